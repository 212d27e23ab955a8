using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Boltzmann.Cli.Commands;

namespace Boltzmann.Cli;

/// <summary>The command line: parses, runs one command, and turns every way it can end into an exit code and at most one line.</summary>
static class Application
{
    /// <summary>Runs the command that the arguments name.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CommonOptions common = new();
        RootCommand root = new("Boltzmann machines: train, judge, sample and look at them.");
        common.AddTo(root);
        foreach (Command command in All(common, output, error)) root.Subcommands.Add(command);

        if (root.Options.OfType<HelpOption>().First().Action is HelpAction help) help.MaxWidth = HelpWidth(output);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"boltzmann: {Words(parsed.Errors)} (see boltzmann {CommandPath(parsed)}--help)");
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
        catch (Exception e)
        {
            return Fail(e, ExitCode.Failed);
        }

        int Fail(Exception e, int code)
        {
            error.WriteLine($"boltzmann: {e.Message.ReplaceLineEndings(" ")}");
            if (parsed.GetValue(common.Verbose)) error.WriteLine(e);
            return code;
        }
    }

    static int HelpWidth(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Console.WindowWidth > 40 ? Console.WindowWidth : 120;

    static IEnumerable<Command> All(CommonOptions common, TextWriter output, TextWriter error)
    {
        Session Open(ParseResult parsed) => new(common, parsed, output, error);
        yield return TrainCommand.Create(Open);
        yield return FineTuneCommand.Create(Open);
        yield return PredictCommand.Create(Open);
        yield return EvaluateCommand.Create(Open);
        yield return TransformCommand.Create(Open);
        yield return ReconstructCommand.Create(Open);
        yield return SampleCommand.Create(Open);
        yield return DiagnoseCommand.Create(Open);
        yield return InspectCommand.Create(Open);
        yield return DataCommand.Create(Open);
        yield return BenchCommand.Create(Open);
        yield return ExperimentCommand.Create(Open);
    }

    // What was not understood says more than what is therefore missing; and one line, in words instead of names of types.
    static string Words(IReadOnlyList<ParseError> errors)
    {
        string message = (errors.FirstOrDefault(e => e.Message.Contains('\'')) ?? errors[0]).Message;
        foreach (string type in (string[])["Int32", "Int64", "UInt64"])
            message = message.Replace($"type 'System.{type}'", "a whole number");
        return string.Join(' ', message.Replace("type 'System.Double'", "a number").Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }

    static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } result; at = at.Parent)
            names.Insert(0, result.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}
