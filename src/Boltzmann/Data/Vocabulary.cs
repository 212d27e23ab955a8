using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// Which columns of files that number them a model has, such as the most frequent words of a collection of documents: other files of the
/// same numbering are brought to these columns.
/// </summary>
public sealed class Vocabulary
{
    readonly int[] columns;

    /// <summary>Some of the columns of files.</summary>
    /// <param name="width">Columns of the files.</param>
    /// <param name="columns">Those to have, rising, from 0.</param>
    /// <param name="names">What these are called.</param>
    /// <exception cref="ArgumentException">There are none, they do not rise within the width, or there is not one name for
    /// each.</exception>
    public Vocabulary(int width, IReadOnlyList<int> columns, IReadOnlyList<string> names)
    {
        for (int c = 0; c < columns.Count; c++)
            if (columns[c] < (c == 0 ? 0 : columns[c - 1] + 1) || columns[c] >= width)
                throw new ArgumentException($"columns do not rise within 0..{width - 1}", nameof(columns));
        if (columns.Count == 0 || names.Count != columns.Count)
            throw new ArgumentException($"{names.Count} names for {columns.Count} columns", nameof(names));
        (Width, this.columns, Names) = (width, [.. columns], names);
    }

    /// <summary>Columns of the files.</summary>
    public int Width { get; }

    /// <summary>Those that are there, rising, from 0.</summary>
    public IReadOnlyList<int> Columns => columns;

    /// <summary>What they are called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The columns with the greatest sums; of equal ones the first.</summary>
    /// <param name="data">Rows of numbered columns.</param>
    /// <param name="count">How many; null for all.</param>
    /// <param name="names">What the data's columns are called; null for their numbers.</param>
    /// <exception cref="BadInputException">There are fewer, or another number of names.</exception>
    public static Vocabulary MostFrequent(Dataset data, int? count, IReadOnlyList<string>? names)
    {
        if (names is not null && names.Count != data.Columns)
            throw new BadInputException($"{data.Name}: has {data.Columns} columns, but the vocabulary {names.Count} words");
        if (count < 1 || count > data.Columns)
            throw new BadInputException($"--words {count}: {data.Name} has {data.Columns} columns: expected 1 to {data.Columns}");
        double[] sums = Sums(data.Rows);
        int first = data.Rows.Origin?.FirstIndex ?? 0;
        int[] chosen = [.. Enumerable.Range(0, data.Columns).OrderByDescending(c => sums[c]).Take(count ?? data.Columns).Order()];
        return new(data.Columns, chosen, [.. chosen.Select(c => names?[c] ?? $"{c + first}")]);
    }

    /// <summary>Words from a text with one on each line, in the order of the numbers that files have for them.</summary>
    /// <param name="path">The file; also gzip.</param>
    /// <exception cref="BadInputException">It cannot be read, is empty, or has a word twice; with the line.</exception>
    public static IReadOnlyList<string> ReadNames(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        var lines = new TextLines(input);
        var names = new List<string>();
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            string word = Encoding.UTF8.GetString(line).Trim();
            if (word.Length == 0) throw new BadInputException($"{lines.Where}: is empty: expected a word on each line");
            if (!seen.TryAdd(word, lines.Number))
                throw new BadInputException($"{lines.Where}: has {Quoted.Text(word)}, as line {seen[word]}: expected each word once");
            names.Add(word);
        }
        return names.Count > 0 ? names : throw new BadInputException($"{path}: is empty: expected a word on each line");
    }

    /// <summary>Rows of a file's columns with these alone; rows of other widths, or with names, as they are.</summary>
    public Dataset Of(Dataset data)
    {
        if (data.ColumnNames is not null || data.Columns != Width) return data;
        return new(data.Name, Chosen(data.Rows))
        {
            Labels = data.Labels,
            LabelNames = data.LabelNames,
            ColumnNames = Names,
            RowNames = data.RowNames,
            RowWeights = data.RowWeights,
            Missing = data.Missing,
        };
    }

    // Sparse rows stay sparse, as a copy: a batch then need not look through what is left out.
    Rows Chosen(Rows rows)
    {
        if (columns.Length == Width) return rows;
        if (rows.Elsewhere is not 0) return new SelectedColumns(rows, columns);
        var places = new int[Width];
        Array.Fill(places, -1);
        for (int c = 0; c < columns.Length; c++) places[columns[c]] = c;
        var builder = new SparseBuilder("the rows");
        var found = new int[Width];
        var values = new double[Width];
        for (int r = 0; r < rows.Count; r++)
        {
            int count = rows.ReadEntries(r, found, values);
            for (int e = 0; e < count; e++)
                if (places[found[e]] is >= 0 and int place) builder.Add(place, values[e]);
            _ = builder.EndRow();
        }
        return builder.ToRows(columns.Length, origin: rows.Origin);
    }

    static double[] Sums(Rows rows)
    {
        var sums = new double[rows.Columns];
        var found = new int[rows.Columns];
        var values = new double[rows.Columns];
        for (int r = 0; r < rows.Count; r++)
        {
            int count = rows.Columns;
            if (rows.Elsewhere is 0) count = rows.ReadEntries(r, found, values);
            else rows.Read(r, values);
            for (int e = 0; e < count; e++) sums[rows.Elsewhere is 0 ? found[e] : e] += values[e];
        }
        return sums;
    }
}
