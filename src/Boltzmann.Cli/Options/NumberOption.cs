using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Boltzmann.Cli;

/// <summary>Options that are numbers of a range, refused with the range in words.</summary>
static class NumberOption
{
    const string Finite = "must be a finite number", AboveZero = "must be a number above 0";

    /// <summary>A whole number.</summary>
    public static Option<int> Whole(string name, int value, int least, string help, int most = int.MaxValue) =>
        new(name)
        {
            Description = help,
            DefaultValueFactory = _ => value,
            CustomParser = result => ParseWhole(result, name, least, most)
            ?? value
        };

    /// <summary>A whole number, or nothing.</summary>
    public static Option<int?> OptionalWhole(string name, int least, string help, int most = int.MaxValue) =>
        new(name) { Description = help, CustomParser = result => ParseWhole(result, name, least, most) };

    /// <summary>A whole number of any size, which is judged by what it is for.</summary>
    public static Option<int> Unbounded(string name, int value) => new(name)
    {
        DefaultValueFactory = _ => value,
        CustomParser = result => ParseUnbounded(result, name, result.Tokens[0].Value) ?? value,
    };

    /// <summary>A whole number, or a word that stands for another one.</summary>
    public static Option<int> WholeOr(string name, int value, int least, string word, int wordValue) => new(name)
    {
        DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            if (result.Tokens[0].Value == word) return wordValue;
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least)
                return number;
            result.AddError($"{name} must be at least {least}, or {word}, not '{result.Tokens[0].Value}'");
            return value;
        },
    };

    /// <summary>A whole number of any size, or nothing.</summary>
    public static Option<int?> OptionalUnbounded(string name) =>
        new(name) { CustomParser = result => ParseUnbounded(result, name, result.Tokens[0].Value) };

    /// <summary>One whole number or several, with blanks or commas between them.</summary>
    public static Option<int[]> SeveralWhole(string name, int[] values) => new(name)
    {
        DefaultValueFactory = _ => values,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => ParseSeveralWhole(result, name),
    };

    /// <summary>One whole number or several, or nothing.</summary>
    public static Option<int[]?> OptionalSeveralWhole(string name) => new(name)
    {
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => ParseSeveralWhole(result, name),
    };

    /// <summary>A number above 0.</summary>
    public static Option<double> Positive(string name, double value, string help) => new(name)
    {
        Description = help,
        DefaultValueFactory = _ => value,
        CustomParser = result => Parse(result, name, AboveZero, x => x > 0) ?? value,
    };

    /// <summary>A number of at least 0.</summary>
    public static Option<double> NotNegative(string name, double value, string help) => new(name)
    {
        Description = help,
        DefaultValueFactory = _ => value,
        CustomParser = result => Parse(result, name, "must be a number of at least 0", x => x >= 0) ?? value,
    };

    /// <summary>A number above 0, or nothing.</summary>
    public static Option<double?> OptionalPositive(string name, string help) =>
        new(name) { Description = help, CustomParser = result => Parse(result, name, AboveZero, x => x > 0) };

    /// <summary>Any finite number.</summary>
    public static Option<double> Any(string name, double value, string? help = null) =>
        new(name) { Description = help, DefaultValueFactory = _ => value, CustomParser = result => ParseAny(result, name) ?? value };

    /// <summary>Any finite number, or nothing.</summary>
    public static Option<double?> Optional(string name, string? help = null) =>
        new(name) { Description = help, CustomParser = result => ParseAny(result, name) };

    /// <summary>One finite number or several.</summary>
    public static Option<double[]> Several(string name, double[] values) => new(name)
    {
        DefaultValueFactory = _ => values,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => ParseSeveral(result, name),
    };

    /// <summary>One finite number or several, or nothing.</summary>
    public static Option<double[]?> OptionalSeveral(string name) => new(name)
    {
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => ParseSeveral(result, name),
    };

    static int? ParseWhole(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        bool isWhole = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        if (isWhole && number >= least && number <= most) return number;
        result.AddError($"{name} must be a whole number {(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}, not "
            + $"'{text}'");
        return null;
    }

    static int? ParseUnbounded(ArgumentResult result, string name, string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) return number;
        result.AddError(text.Contains(',') ? $"{name} takes one number here, not '{text}': expected a whole number without commas"
            : $"{name} must be a whole number, not '{text}'");
        return null;
    }

    static int[] ParseSeveralWhole(ArgumentResult result, string name)
    {
        var numbers = new List<int>();
        foreach (Token token in result.Tokens)
            foreach (string part in token.Value.Split(','))
            {
                // 1,000 would be a layer of one unit and one of none.
                if (part.Length > 1 && part[0] == '0' && token.Value.Contains(','))
                    result.AddError($"{name} must be a whole number, or several with blanks between them, not '{token.Value}'");
                else if (ParseUnbounded(result, name, part) is int number) numbers.Add(number);
                else return [];
            }
        return [.. numbers];
    }

    static double? ParseAny(ArgumentResult result, string name) => Parse(result, name, Finite, _ => true);

    static double[] ParseSeveral(ArgumentResult result, string name) =>
        [.. result.Tokens.Select(token => Parse(result, token.Value, name, Finite, _ => true) ?? 0)];

    static double? Parse(ArgumentResult result, string name, string range, Predicate<double> fits) =>
        Parse(result, result.Tokens[0].Value, name, range, fits);

    static double? Parse(ArgumentResult result, string text, string name, string range, Predicate<double> fits)
    {
        bool isNumber = TypedNumber.TryRead(text, out double number);
        if (isNumber && double.IsFinite(number) && fits(number)) return number;
        result.AddError(isNumber ? $"{name} {range}, not '{text}'" : TypedNumber.Refusal(name, text));
        return null;
    }
}
