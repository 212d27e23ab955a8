using System.CommandLine;
using System.CommandLine.Parsing;

namespace Boltzmann.Cli;

/// <summary>Options that are numbers of a range, refused with the range in words.</summary>
static class NumberOption
{
    /// <summary>A whole number.</summary>
    public static Option<int> Whole(string name, int value, int least, string help, int most = int.MaxValue) =>
        new(name) { Description = help, DefaultValueFactory = _ => value, CustomParser = result => ParseWhole(result, name, least, most) ?? value };

    /// <summary>A whole number, or nothing.</summary>
    public static Option<int?> OptionalWhole(string name, int least, string help, int most = int.MaxValue) =>
        new(name) { Description = help, CustomParser = result => ParseWhole(result, name, least, most) };

    /// <summary>A number above 0.</summary>
    public static Option<double> Positive(string name, double value, string help) => new(name)
    {
        Description = help,
        DefaultValueFactory = _ => value,
        CustomParser = result => Parse(result, name, "must be a number above 0", x => x > 0) ?? value,
    };

    /// <summary>Any finite number, or nothing.</summary>
    public static Option<double?> Optional(string name, string help) =>
        new(name) { Description = help, CustomParser = result => Parse(result, name, "must be a finite number", _ => true) };

    static int? ParseWhole(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, out int number) && number >= least && number <= most) return number;
        result.AddError($"{name} must be a whole number {(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}, not '{text}'");
        return null;
    }

    static double? Parse(ArgumentResult result, string name, string range, Predicate<double> fits)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, out double number) && double.IsFinite(number) && fits(number)) return number;
        result.AddError($"{name} {range}, not '{text}'");
        return null;
    }
}
