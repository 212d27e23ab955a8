using System.CommandLine;
using System.CommandLine.Parsing;

namespace Boltzmann.Cli;

/// <summary>Options that take one of a few words.</summary>
static class ChoiceOption
{
    /// <summary>One word.</summary>
    public static Option<string> Of(string name, string value, string help, params string[] choices) => new(name)
    {
        Description = help,
        HelpName = string.Join('|', choices),
        DefaultValueFactory = _ => value,
        CustomParser = result => Parse(result, name, choices),
    };

    /// <summary>One word, or nothing.</summary>
    public static Option<string?> Optional(string name, string help, params string[] choices) => new(name)
    {
        Description = help,
        HelpName = string.Join('|', choices),
        CustomParser = result => Parse(result, name, choices),
    };

    /// <summary>Several words.</summary>
    public static Option<string[]> Several(string name, string help, params string[] choices) => new(name)
    {
        Description = help,
        HelpName = string.Join('|', choices),
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result =>
        {
            foreach (Token token in result.Tokens)
                if (!choices.Contains(token.Value)) result.AddError(Refusal(name, token.Value, choices));
            return [.. result.Tokens.Select(t => t.Value).Distinct()];
        },
    };

    static string Parse(ArgumentResult result, string name, string[] choices)
    {
        string text = result.Tokens[0].Value;
        if (!choices.Contains(text)) result.AddError(Refusal(name, text, choices));
        return text;
    }

    static string Refusal(string name, string text, string[] choices) =>
        $"{name} must be {string.Join(", ", choices[..^1])} or {choices[^1]}, not '{text}'{DidYouMean.Question(text, choices)}";
}
