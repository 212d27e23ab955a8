using System.CommandLine;
using System.CommandLine.Invocation;

namespace Boltzmann.Cli.Help;

/// <summary>Prints the help page of the command that was named.</summary>
/// <param name="isWhole">Whether with all options.</param>
sealed class HelpPageAction(bool isWhole) : SynchronousCommandLineAction
{
    const int Widest = 100;

    /// <summary>A page is shown whatever is missing or wrong beside it.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        int width = Math.Min(Widest, Lines.WidthOf(output) ?? Widest);
        output.Write(new HelpPage(parseResult.CommandResult.Command, width).Render(isWhole));
        return ExitCode.Done;
    }
}
