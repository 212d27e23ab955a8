using System.CommandLine;

namespace Boltzmann.Cli;

/// <summary>The options that say how a file is read where it does not say so itself.</summary>
/// <param name="more">Kinds of files beside those of rows, which machines with memory read.</param>
sealed class ReadingInput(IReadOnlyList<string>? more = null)
{
    readonly Option<string?> format = ChoiceOption.Optional($"--{RowOptions.Format}", RowOptions.FormatHelp, [.. TableFormats.Names,
        .. (more ?? []).Except(TableFormats.Names)]);

    readonly Option<string?> delimiter = new($"--{RowOptions.Delimiter}") { Description = RowOptions.DelimiterHelp, HelpName = "CHAR" };

    readonly Option<string?> sign = ChoiceOption.Optional($"--{RowOptions.Decimal}", RowOptions.DecimalHelp, "comma", "point");

    readonly Option<string[]?> na = new($"--{RowOptions.Na}")
    {
        Description = RowOptions.NaHelp,
        HelpName = "TEXT",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> array = new($"--{RowOptions.Array}") { Description = RowOptions.ArrayHelp, HelpName = "NAME" };

    readonly Option<string?> labelsFrom = new($"--{RowOptions.LabelsFrom}")
    {
        Description = RowOptions.LabelsFromHelp,
        HelpName = "NAME|FILE"
    };

    /// <summary>The options, for a command.</summary>
    public IEnumerable<Option> Options => [format, delimiter, sign, na, array, labelsFrom];

    /// <summary>What they say.</summary>
    public FileReading Of(ParseResult parsed) => new()
    {
        Format = parsed.GetValue(format),
        Delimiter = parsed.GetValue(delimiter),
        Decimal = parsed.GetValue(sign),
        Na = parsed.GetValue(na) is { Length: > 0 } texts ? texts : null,
        Array = parsed.GetValue(array),
        LabelsFrom = parsed.GetValue(labelsFrom),
    };
}
