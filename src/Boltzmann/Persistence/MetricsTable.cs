using System.Globalization;
using System.Text;

namespace Boltzmann;

/// <summary>
/// metrics.csv: what was measured while training, a row per epoch or evaluation, a column per quantity, named with its unit. An empty cell
/// was not measured. Rows are appended as they come; a quantity measured for the first time adds a column and rewrites the file.
/// </summary>
/// <remarks>A row counts once its line is complete, so a table can be read while it grows, and after a kill.</remarks>
public sealed class MetricsTable
{
    readonly string path;
    readonly List<string> columns = [];
    readonly List<double?[]> rows = [];
    bool appendable;

    MetricsTable(string path) => this.path = path;

    /// <summary>The names of the columns, in order of first appearance.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Number of rows.</summary>
    public int Rows => rows.Count;

    /// <summary>One value; null where it was not measured.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double? this[int row, string column]
    {
        get
        {
            int index = columns.IndexOf(column);
            if (index < 0) throw new ArgumentException($"the metrics have no column {column}, but {string.Join(", ", columns)}", nameof(column));
            return index < rows[row].Length ? rows[row][index] : null;
        }
    }

    /// <summary>All values of a column, row by row.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double?[] Column(string name) => [.. Enumerable.Range(0, Rows).Select(row => this[row, name])];

    /// <summary>Reads a table; an absent file is an empty table, written with its first row.</summary>
    /// <exception cref="BadInputException">The file is not such a table; the message names line and column.</exception>
    public static MetricsTable Open(string path)
    {
        var table = new MetricsTable(path);
        if (File.Exists(path)) table.Parse(File.ReadAllText(path));
        return table;
    }

    /// <summary>Adds a row, in memory and in the file.</summary>
    /// <param name="values">Names and values; NaN and infinities are kept.</param>
    /// <exception cref="ArgumentException">A name is empty, given twice, or contains a comma, a quote or a line break.</exception>
    public void Append(IEnumerable<KeyValuePair<string, double>> values)
    {
        var row = new double?[columns.Count].ToList();
        int known = columns.Count;
        foreach (var (name, value) in values)
        {
            int index = columns.IndexOf(name);
            if (index < 0)
            {
                if (name.Length == 0 || name.AsSpan().ContainsAny(",\"\r\n")) throw new ArgumentException($"\"{name}\" cannot name a column", nameof(values));
                index = columns.Count;
                columns.Add(name);
                row.Add(null);
            }
            if (row[index] is not null) throw new ArgumentException($"{name} is given twice", nameof(values));
            row[index] = value;
        }
        rows.Add([.. row]);
        if (!appendable || columns.Count > known) Write();
        else AppendLine(rows[^1]);
    }

    /// <summary>Drops the rows whose value in a column is greater: on resuming, what was measured after the checkpoint.</summary>
    /// <param name="column">E.g. "epoch".</param>
    /// <param name="last">The greatest value that stays.</param>
    /// <exception cref="ArgumentException">The table has rows, but not that column.</exception>
    public void KeepThrough(string column, double last)
    {
        if (Rows == 0) return;
        int[] later = [.. Enumerable.Range(0, Rows).Where(row => this[row, column] > last)];
        if (later.Length == 0) return;
        foreach (int row in later.Reverse()) rows.RemoveAt(row);
        Write();
    }

    void Parse(string text)
    {
        // What follows the last line break is a row that was still being written.
        int end = text.LastIndexOf('\n') + 1;
        appendable = end == text.Length && end > 0;
        if (end == 0) return;
        string[] lines = text[..(end - 1)].Split('\n');
        foreach (string name in Cells(lines[0]))
        {
            if (name.Length == 0 || columns.Contains(name)) throw new BadInputException($"{path}: line 1: a column name is empty or appears twice");
            columns.Add(name);
        }
        for (int line = 1; line < lines.Length; line++)
        {
            string[] cells = Cells(lines[line]);
            if (cells.Length != columns.Count) throw new BadInputException($"{path}: line {line + 1} has {cells.Length} values; expected {columns.Count}");
            rows.Add([.. cells.Select((cell, c) => Value(cell, line + 1, c))]);
        }
    }

    double? Value(string cell, int line, int column) =>
        cell.Length == 0 ? null
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw new BadInputException($"{path}: line {line}, column {StoredTensor.Quoted(columns[column])}: {StoredTensor.Quoted(cell)} is not a number");

    void Write()
    {
        var text = new StringBuilder();
        text.Append(string.Join(',', columns)).Append('\n');
        foreach (double?[] row in rows) text.Append(Line(row));
        AtomicFile.WriteText(path, text.ToString());
        appendable = true;
    }

    void AppendLine(double?[] row)
    {
        using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(Encoding.UTF8.GetBytes(Line(row)));
    }

    string Line(double?[] row) =>
        string.Join(',', columns.Select((_, c) => c < row.Length ? row[c]?.ToString("R", CultureInfo.InvariantCulture) : null)) + "\n";

    static string[] Cells(string line) => line.TrimEnd('\r').Split(',');
}
