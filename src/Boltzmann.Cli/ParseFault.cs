using System.CommandLine;
using System.CommandLine.Parsing;

namespace Boltzmann.Cli;

/// <summary>What is wrong with a command line, in one line of words, with what was probably meant.</summary>
static class ParseFault
{
    /// <summary>The line, without the program's name.</summary>
    public static string Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(command);
        string see = $" (see boltzmann {(path.Length > 0 ? path + " " : "")}--help)";
        // A value after an option that is not understood is not understood either: the first one says it all.
        if (parsed.UnmatchedTokens is [string word, ..])
            return (word.StartsWith('-') && word.Length > 1 ? UnknownOption(command, path, word)
                : command.Subcommands.Count > 0 ? UnknownCommand(command, path, word) : Surplus(parsed, path, word)) + see;
        if (command.Subcommands.Count > 0 && command.Action is null)
            return $"{(path.Length > 0 ? path : "boltzmann")} needs a command: {Names(command.Subcommands)}{see}";
        return Words(parsed.Errors) + see;
    }

    static string UnknownOption(Command command, string path, string word)
    {
        string name = word.Split('=', ':')[0];
        string subject = path.Length > 0 ? path : "boltzmann";
        string[] own = [.. OptionsOf(command).Select(option => option.Name)];
        string[] elsewhere = [.. Leaves(RootOf(command)).Where(leaf => leaf.Options.Any(option => option.Name == name)).Select(PathOf)];
        string meant = DidYouMean.Question(name, own);
        if (meant.Length == 0 && elsewhere.Length > 0) meant = $"; it is one of {Few(elsewhere)}";
        return $"{subject} has no option '{name}'{meant}";
    }

    static string UnknownCommand(Command command, string path, string word)
    {
        string[] elsewhere = [.. Leaves(RootOf(command)).Where(leaf => leaf.Name == word).Select(PathOf)];
        string meant = elsewhere.Length > 0 ? $", but there is {Few(elsewhere)}"
            : DidYouMean.Question(word, command.Subcommands.Select(c => c.Name));
        return $"there is no command '{(path.Length > 0 ? path + " " : "")}{word}'{meant}; expected one of {Names(command.Subcommands)}";
    }

    static string Surplus(ParseResult parsed, string path, string word)
    {
        // Numbers with blanks, where an option takes one: --hidden 500 500.
        string[] tokens = [.. parsed.Tokens.Select(token => token.Value)];
        int at = Array.LastIndexOf(tokens, word);
        return at >= 2 && tokens[at - 2].StartsWith('-') ? $"'{word}' is one value too many for {tokens[at - 2]}, which takes one in {path}"
            : $"'{word}' was not understood";
    }

    // What was not understood says more than what is therefore missing; and words instead of names of types.
    static string Words(IReadOnlyList<ParseError> errors)
    {
        string message = (errors.FirstOrDefault(e => e.Message.Contains('\'')) ?? errors[0]).Message;
        foreach (string type in (string[])["Int32", "Int64", "UInt64"])
            message = message.Replace($"type 'System.{type}'", "a whole number");
        return string.Join(' ', message.Replace("type 'System.Double'", "a number").Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
    }

    static string PathOf(Command command) => command is RootCommand ? ""
        : string.Join(' ', ((string[])[PathOf(command.Parents.OfType<Command>().First()), command.Name]).Where(part => part.Length > 0));

    static Command RootOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is Command parent ? RootOf(parent) : command;

    static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves).Append(command);

    static IEnumerable<Option> OptionsOf(Command command) => command.Options.Where(option => !option.Hidden)
        .Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive));

    static string Names(IEnumerable<Command> commands) => string.Join(", ", commands.Where(c => !c.Hidden).Select(c => c.Name));

    static string Few(string[] names) => names.Length <= 3 ? string.Join(", ", names) : $"{string.Join(", ", names[..3])} and others";
}
