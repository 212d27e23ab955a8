using System.CommandLine;
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

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // A word that is not known explains more than the command that is then missing.
            ParseError first = parsed.Errors.FirstOrDefault(e => e.Message.Contains('\'')) ?? parsed.Errors[0];
            error.WriteLine($"boltzmann: {first.Message.TrimEnd('.')} (see boltzmann {CommandPath(parsed)}--help)");
            return ExitCode.BadInput;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (BadInputException e)
        {
            return Fail(e, ExitCode.BadInput);
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

    static IEnumerable<Command> All(CommonOptions common, TextWriter output, TextWriter error)
    {
        Session Open(ParseResult parsed) => new(common, parsed, output, error);
        yield return TrainCommand.Create(Open);
        yield return BenchCommand.Create(Open);
        yield return ExperimentCommand.Create(Open);
    }

    static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } result; at = at.Parent) names.Insert(0, result.Command.Name);
        return names.Count == 0 ? "" : string.Join(' ', names) + " ";
    }
}
