namespace Boltzmann.Experiments;

/// <summary>A table in memory, field by field as a file has it.</summary>
/// <param name="Name">What pages call it.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">Fields in the order of the columns; an empty one has no value.</param>
sealed record ExperimentTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)
{
    const uint GapStream = 0x67617073, OrderStream = 0x6f726472;

    /// <summary>A named table, or a file.</summary>
    public static ExperimentTable Read(ExperimentContext context, string name)
    {
        using ITableReader reader = Open(context, name);
        string[] columns = TableDetector.NamesOf(reader);
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, columns.Length).Select(c => reader.IsMissing(c) ? "" : reader.Text(c))]);
        return new(name, columns, rows);
    }

    /// <summary>What its columns hold, as training finds it.</summary>
    public static TableSchema SchemaOf(ExperimentContext context, string path)
    {
        using ITableReader reader = Open(context, path);
        return TableDetector.Detect(reader, new());
    }

    /// <summary>The units of a file's rows, unscaled; words that the schema does not know are missing.</summary>
    public static Dataset Units(ExperimentContext context, string path, TableSchema schema)
    {
        using ITableReader reader = Open(context, path);
        return new TableRows(reader, schema, new() { UnseenIsAbsent = true }).Read(new());
    }

    /// <summary>Writes it to a file.</summary>
    public string Write(string path)
    {
        using var text = new StringWriter { NewLine = "\n" };
        RowsFile.WriteFields(text, Columns, Rows);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, text.ToString());
        return path;
    }

    /// <summary>The rows in an order that the seed settles, at most so many.</summary>
    public ExperimentTable Shuffled(ulong seed, int most)
    {
        int[] order = [.. Enumerable.Range(0, Rows.Count)];
        new Rng(seed, OrderStream).Shuffle<int>(order);
        return this with { Rows = [.. order.Take(most).Select(r => Rows[r])] };
    }

    /// <summary>The last rows, and the others.</summary>
    public (ExperimentTable Training, ExperimentTable Test) Divide(double testShare)
    {
        int test = (int)(testShare * Rows.Count);
        return (this with { Rows = [.. Rows.SkipLast(test)] }, this with { Rows = [.. Rows.TakeLast(test)] });
    }

    /// <summary>The table without a share of its fields, each as likely as any other to go.</summary>
    public ExperimentTable WithGaps(double share, ulong seed)
    {
        var rng = new Rng(seed, GapStream);
        return this with { Rows = [.. Rows.Select(row => Array.ConvertAll(row, field => rng.NextUniform() < share ? "" : field))] };
    }

    /// <summary>The table with one column said in other words, moved to the end.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="name">Its new name.</param>
    /// <param name="said">The new field for the old one.</param>
    public ExperimentTable WithClass(string column, string name, Func<string, string> said)
    {
        int place = Columns.ToList().IndexOf(column);
        return this with
        {
            Columns = [.. Columns.Where((_, c) => c != place), name],
            Rows = [.. Rows.Select(row => (string[])[.. row.Where((_, c) => c != place), said(row[place])])],
        };
    }

    static ITableReader Open(ExperimentContext context, string name) => context.Data.OpenTable(name, new())
        ?? throw new BadInputException($"{name} is not a table of text");
}
