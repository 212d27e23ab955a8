using System.Text;

namespace Boltzmann.Data;

/// <summary>An alignment, read as a table: a row for each sequence, a column for each site.</summary>
/// <param name="name">The file, in messages.</param>
/// <param name="alignment">What is read.</param>
sealed class AlignmentTable(string name, Alignment alignment) : ITableReader
{
    readonly byte[] utf8 = Encoding.ASCII.GetBytes(alignment.Alphabet.Letters);
    int row = -1;

    /// <summary>The kind of file.</summary>
    public const string Format = "fasta";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Form => "FASTA";

    /// <summary>The sequences.</summary>
    public Alignment Alignment => alignment;

    /// <inheritdoc/>
    public TableSchema? Schema => alignment.Schema;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => field ??= [.. alignment.Schema.Columns.Select(column => column.Name)];

    /// <inheritdoc/>
    public int Columns => alignment.Sites;

    /// <inheritdoc/>
    public bool Read() => ++row < alignment.Count;

    /// <inheritdoc/>
    public string Text(int column) => alignment.Alphabet.Letters[alignment[row][column]].ToString();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Utf8(int column) => utf8.AsSpan(alignment[row][column], 1);

    /// <summary>Never: a gap is a letter of its own.</summary>
    public bool IsMissing(int column) => false;

    /// <summary>Never: digits of an alphabet are letters, too.</summary>
    public bool TryNumber(int column, out double value)
    {
        value = 0;
        return false;
    }

    /// <inheritdoc/>
    public string Where(int column) => $"{name}, sequence {Quoted.Text(alignment.Names[row])}, site {column + 1}:";

    /// <inheritdoc/>
    public void Dispose() { }
}
