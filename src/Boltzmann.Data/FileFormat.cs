namespace Boltzmann.Data;

/// <summary>A kind of file that holds rows.</summary>
/// <param name="Name">What it is called by --format.</param>
/// <param name="Endings">Endings of names that tell it, in lower case, those of files that may be packed with .gz behind them.</param>
/// <param name="Read">Reads a file, opened at its beginning, as options say.</param>
sealed record FileFormat(string Name, string[] Endings, Func<InputBytes, DataOptions, Dataset> Read)
{
    /// <summary>What a file of the kind begins with; null where its name alone tells.</summary>
    public BeginsSo? Begins { get; init; }

    /// <summary>Whether values may be missing in it.</summary>
    public bool HasGaps { get; init; }

    /// <summary>Whether labels may stand in a column of it.</summary>
    public bool HasLabelColumn { get; init; }

    /// <summary>Whether a file begins like one of a kind.</summary>
    public delegate bool BeginsSo(ReadOnlySpan<byte> start);
}
