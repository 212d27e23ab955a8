namespace Boltzmann.Data;

/// <summary>What a file of sequences does not say itself.</summary>
public sealed record SequenceOptions
{
    /// <summary>Looked into first for named sets; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Seed of generated sets.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;

    /// <summary>Kind of a file whatever its name ends in: csv, json-lines, npy, npz, rolls, text, wav; null to find out.</summary>
    public string? Format { get; init; }

    /// <summary>Columns of a table to have, by name, in this order; null for all.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Columns of a table to leave out, by name.</summary>
    public IReadOnlyList<string> SkipColumns { get; init; } = [];

    /// <summary>The column of a table that says which sequence a row belongs to; null where all rows are one.</summary>
    public string? SequenceColumn { get; init; }

    /// <summary>Header and delimiter of tables of text.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>Piano rolls: the lowest pitch, of the first column.</summary>
    public int LowestPitch { get; init; } = 21;

    /// <summary>Piano rolls: the highest pitch, of the last column.</summary>
    public int HighestPitch { get; init; } = 108;

    /// <summary>Texts: the letters that there may be, as a list with ranges, "a-z0-9"; null for those found.</summary>
    public string? Alphabet { get; init; }

    /// <summary>Texts: whether a count stands behind the text of each line; null where the first line tells.</summary>
    public bool? HasCounts { get; init; }

    /// <summary>Texts with counts: whether each line weighs the same; otherwise it weighs as much as its count.</summary>
    public bool IgnoreCounts { get; init; }

    /// <summary>Sound: samples of a frame.</summary>
    public int Frame { get; init; } = 200;

    /// <summary>Sound: samples from the beginning of a frame to that of the next.</summary>
    public int Hop { get; init; } = 80;

    /// <summary>Sound: frames are the samples themselves, not their log power spectrum.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Bouncing balls: videos to learn from; a twentieth as many, at least one, are for the test. Null for 4000.</summary>
    public int? Videos { get; init; }

    /// <summary>
    /// Whether this is how a model's training read its data, of which only what has a meaning for these data holds; what is stated for
    /// other data is refused otherwise.
    /// </summary>
    public bool IsRemembered { get; init; }

    /// <summary>
    /// Where the data have no validation part: the share of the sequences, or of the steps of a single one, that is set apart at the end.
    /// </summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Steps before a part of a single sequence that are read to fill the memory, and not scored.</summary>
    public int WarmUp { get; init; } = 100;
}
