using System.Globalization;
using System.Text;

namespace Boltzmann.Persistence;

/// <summary>
/// metrics.csv: what was measured while training, a row per epoch or evaluation, a column per quantity (<see
/// cref="MetricColumns"/>). An empty cell was not measured. Rows are appended as they come; a quantity measured for the first time adds a
/// column and rewrites the file.
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
    public double? this[int row, string column] => At(rows[row], IndexOf(column));

    /// <summary>All values of a column, row by row.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double?[] Column(string name)
    {
        int index = IndexOf(name);
        return [.. rows.Select(row => At(row, index))];
    }

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
        KeyValuePair<string, double>[] given = [.. values];
        foreach (var (name, _) in given)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAny(",\"\r\n"))
                throw new ArgumentException($"\"{name}\" cannot name a column", nameof(values));
            if (given.Count(v => v.Key == name) > 1) throw new ArgumentException($"{name} is given twice", nameof(values));
        }
        int known = columns.Count;
        columns.AddRange(given.Select(v => v.Key).Where(name => !columns.Contains(name)).ToArray());
        var row = new double?[columns.Count];
        foreach (var (name, value) in given) row[columns.IndexOf(name)] = value;
        rows.Add(row);
        if (!appendable || columns.Count > known) Write();
        else AppendLine(row);
    }

    /// <summary>Drops the rows whose value in a column is greater: on resuming, what was measured after the checkpoint.</summary>
    /// <param name="column">E.g. "epoch".</param>
    /// <param name="last">The greatest value that stays.</param>
    /// <exception cref="ArgumentException">The table has rows, but not that column.</exception>
    public void KeepThrough(string column, double last) => KeepThrough((column, last));

    /// <summary>Drops the rows that come later by several columns, each counting where those before it are equal.</summary>
    /// <param name="last">Columns and the values of the last row that stays: layer 2, epoch 5.</param>
    /// <exception cref="ArgumentException">The table has rows, but not such a column.</exception>
    public void KeepThrough(params (string Column, double Value)[] last)
    {
        if (Rows == 0) return;
        (int Index, double Value)[] ends = [.. last.Select(l => (IndexOf(l.Column), l.Value))];
        if (rows.RemoveAll(IsLater) > 0) Write();

        bool IsLater(double?[] row)
        {
            foreach (var (index, value) in ends)
                if (At(row, index) != value) return At(row, index) > value;
            return false;
        }
    }

    // A row is shorter than the columns if some were added after it.
    static double? At(double?[] row, int column) => column < row.Length ? row[column] : null;

    int IndexOf(string column)
    {
        int index = columns.IndexOf(column);
        return index >= 0 ? index
            : throw new ArgumentException($"the metrics have no column {column}, but {string.Join(", ", columns)}", nameof(column));
    }

    void Parse(string text)
    {
        // What follows the last line break is a row that was still being written.
        int end = text.LastIndexOf('\n') + 1;
        appendable = end == text.Length && end > 0;
        if (end == 0) return;
        string[] lines = text[..(end - 1)].Split('\n');
        string[] written = Cells(lines[0]);
        foreach (string name in MetricColumns.Plain(written))
        {
            if (name.Length == 0 || columns.Contains(name))
                throw new BadInputException($"{path}: line 1: a column name is empty or appears twice");
            columns.Add(name);
        }
        // Columns of an older version get their names of now with the first row that is added.
        appendable &= columns.SequenceEqual(written);
        for (int line = 1; line < lines.Length; line++)
        {
            string[] cells = Cells(lines[line]);
            if (cells.Length != columns.Count)
                throw new BadInputException($"{path}: line {line + 1} has {cells.Length} values; expected {columns.Count}");
            rows.Add([.. cells.Select((cell, c) => Value(cell, line + 1, c))]);
        }
    }

    double? Value(string cell, int line, int column) =>
        cell.Length == 0 ? null
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw new BadInputException($"{path}: line {line}, column {Quoted.Text(columns[column])}: {Quoted.Text(cell)} is not a number");

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
        string.Join(',', columns.Select((_, c) => At(row, c)?.ToString("R", CultureInfo.InvariantCulture))) + "\n";

    static string[] Cells(string line) => line.TrimEnd('\r').Split(',');
}
