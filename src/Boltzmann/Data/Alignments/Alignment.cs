namespace Boltzmann.Data;

/// <summary>
/// Aligned sequences: each has one letter, or a gap, at each of the same sites. In memory a byte for each letter.
/// </summary>
public sealed class Alignment
{
    readonly byte[] letters;

    internal Alignment(Alphabet alphabet, int sites, byte[] letters, IReadOnlyList<string> names)
    {
        (Alphabet, Sites, this.letters, Names) = (alphabet, sites, letters, names);
    }

    /// <summary>What the letters are.</summary>
    public Alphabet Alphabet { get; }

    /// <summary>Letters of a sequence.</summary>
    public int Sites { get; }

    /// <summary>Number of sequences.</summary>
    public int Count => Names.Count;

    /// <summary>What each sequence is called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What the reader did that nobody asked for, in words; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>A sequence, by places of its letters in the alphabet.</summary>
    public ReadOnlySpan<byte> this[int sequence] => letters.AsSpan(sequence * Sites, Sites);

    /// <summary>All sequences, one after another.</summary>
    internal byte[] Letters => letters;

    /// <summary>A sequence as it is written.</summary>
    public string Text(int sequence)
    {
        ReadOnlySpan<byte> own = this[sequence];
        var text = new char[own.Length];
        for (int i = 0; i < text.Length; i++) text[i] = Alphabet.Letters[own[i]];
        return new(text);
    }

    /// <summary>The sites as columns of a table, called 1, 2, …, each of the letters of the alphabet.</summary>
    public TableSchema Schema => field ??= new([.. Enumerable.Range(1, Sites).Select(site =>
        new TableColumn($"{site}", ColumnType.Categorical) { Categories = [.. Alphabet.Letters.Select(letter => letter.ToString())] })])
    {
        Alphabet = Alphabet,
    };

    /// <summary>The sequences as rows of one-hot blocks, a block for each site.</summary>
    /// <param name="name">What the data are called.</param>
    public Dataset ToDataset(string name) => new(name, new CategoryRows(letters, Sites, Alphabet.Letters.Length) { Note = Note })
    {
        ColumnNames = Schema.UnitNames,
        RowNames = Names,
    };
}
