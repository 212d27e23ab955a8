using System.CommandLine;
using System.CommandLine.Help;
using Boltzmann.Cli.Commands;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli;

/// <summary>The command line: parses, runs one command, and turns every way it can end into an exit code and at most one line.</summary>
static class Application
{
    /// <summary>Runs the command that the arguments name.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CommonOptions common = new();
        RootCommand root = CreateRoot(common, output, error);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Lines.Write(error, $"boltzmann: {ParseFault.Of(parsed)}");
            return ExitCode.BadInput;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null
            });
        }
        catch (BadInputException e)
        {
            return Fail(e, ExitCode.BadInput);
        }
        catch (OperationCanceledException e) when (e.CancellationToken.IsCancellationRequested)
        {
            // Not by whoever knows how to go on, whose words are kept below.
            error.WriteLine("boltzmann: interrupted");
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException e)
        {
            return Fail(e, ExitCode.Interrupted);
        }
        catch (OutOfMemoryException e)
        {
            return Fail(e, ExitCode.Failed, "there is not enough memory; fewer rows, hidden units or chains need less");
        }
        catch (Exception e)
        {
            return Fail(e, ExitCode.Failed);
        }

        int Fail(Exception e, int code, string? message = null)
        {
            Lines.Write(error, $"boltzmann: {(message ?? e.Message).ReplaceLineEndings(" ")}");
            if (parsed.GetValue(common.Verbose)) error.WriteLine(e);
            return code;
        }
    }

    /// <summary>All commands.</summary>
    internal static RootCommand CreateRoot(CommonOptions common, TextWriter output, TextWriter error)
    {
        RootCommand root = new("Boltzmann machines: train, judge, sample and look at them.");
        common.AddTo(root);
        foreach (Command command in All(common, output, error)) root.Subcommands.Add(command);
        HelpOption help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpPageAction(isWhole: false);
        help.Description = "How a command is called, with its most important options.";
        root.Options.OfType<VersionOption>().First().Description = "The version of this program.";
        root.WithExamples(
            ("train rbm", "learns from built-in digits; writes a report"),
            ("data list", "other data sets, by name"),
            ("evaluate runs/NAME", "the likelihood of held-out rows"),
            ("sample runs/NAME --picture samples.png", "draws from the model"));
        return root;
    }

    static IEnumerable<Command> All(CommonOptions common, TextWriter output, TextWriter error)
    {
        Session Open(ParseResult parsed) => new(common, parsed, output, error);
        yield return TrainCommand.Create(Open);
        yield return FineTuneCommand.Create(Open);
        yield return TuneCommand.Create(Open);
        yield return PredictCommand.Create(Open);
        yield return EvaluateCommand.Create(Open);
        yield return RecommendCommand.Create(Open);
        yield return CouplingsCommand.Create(Open);
        yield return ContactsCommand.Create(Open);
        yield return TransformCommand.Create(Open);
        yield return NearestCommand.Create(Open);
        yield return ReconstructCommand.Create(Open);
        yield return EncodeCommand.Create(Open);
        yield return DecodeCommand.Create(Open);
        yield return SampleCommand.Create(Open);
        yield return CompleteCommand.Create(Open);
        yield return ScoreCommand.Create(Open);
        yield return SearchCommand.Create(Open);
        yield return DiagnoseCommand.Create(Open);
        yield return InspectCommand.Create(Open);
        yield return CompareCommand.Create(Open);
        yield return ExportCommand.Create(Open);
        yield return DataCommand.Create(Open);
        yield return BenchCommand.Create(Open);
        yield return ExperimentCommand.Create(Open);
    }
}
