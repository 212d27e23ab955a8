namespace Boltzmann.Ratings;

/// <summary>Which columns of a table hold what; by usual names, or as the first three fields, where they are not stated.</summary>
public sealed record RatingColumns
{
    /// <summary>Who rated.</summary>
    public string? User { get; init; }

    /// <summary>What was rated.</summary>
    public string? Item { get; init; }

    /// <summary>How.</summary>
    public string? Rating { get; init; }

    /// <summary>When; a number.</summary>
    public string? Time { get; init; }

    /// <summary>Between fields; null to find out.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The character of a word: tab, or itself; null for none.</summary>
    /// <exception cref="BadInputException">It is longer.</exception>
    public static char? DelimiterOf(string? word) => word switch
    {
        null => null,
        "tab" => '\t',
        { Length: 1 } => word[0],
        _ => throw new BadInputException($"--delimiter is {Quoted.Text(word)}; expected one character, or tab"),
    };
}
