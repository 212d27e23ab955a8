namespace Boltzmann.Data;

/// <summary>Reads class labels from a file of their own: IDX, NPY, or a text with a label on each line.</summary>
static class LabelFile
{
    /// <summary>The class of each row, and the names of the classes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">Labels that are wanted: a text with one more may have a header.</param>
    /// <exception cref="BadInputException">The file cannot be read, or holds something other than labels.</exception>
    public static (int[] Labels, IReadOnlyList<string> Names) Read(string path, int rows)
    {
        using InputBytes input = InputBytes.Open(path);
        FileFormat format = FileFormats.Of(path, input, new());
        switch (format.Name)
        {
            case "npy":
                return ArrayLabels.Read(input);
            case FileFormats.Table:
                return ReadText(input, rows);
            case FileFormats.JsonLines:
                throw new BadInputException($"{path}: is JSON lines: expected labels in IDX, NPY, or a text with one on each line");
            default:
                int[] labels = IdxReader.ReadLabels(input);
                return (labels, ClassLabels.Names(labels));
        }
    }

    static (int[] Labels, IReadOnlyList<string> Names) ReadText(InputBytes input, int rows)
    {
        using TextTable table = TextTable.Open(input, new() { HasHeader = false, Delimiter = ',' });
        if (table.Columns != 1) throw new BadInputException($"{input.Name}: has {table.Columns} columns, expected one label on each line");
        var lines = new List<(string Label, string Where)>();
        for (; table.Read(); lines.Add((table.Text(0), table.Where(0))))
            if (table.Utf8(0).IsEmpty) throw new BadInputException($"{table.Where(0)} has no label");
        var labels = new LabelBuffer(null);
        bool hasHeader = lines.Count == rows + 1
            && TableHeader.IsFirst([.. lines.Select(line => new[] { line.Label })], new(CsvOptions.UsualMissingTexts), comma: false);
        foreach (var (label, where) in lines.Skip(hasHeader ? 1 : 0)) labels.Add(label, () => where);
        return labels.Finish();
    }
}
