using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The command line as a person would type it again.</summary>
static class CommandLineText
{
    public static string Of(ParseResult parsed) => "boltzmann " + string.Join(' ', parsed.Tokens.Select(t => Quoted(t.Value)));

    static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,=+".Contains(c)) ? word : $"'{word.Replace("'", "'\\''")}'";
}
