namespace Boltzmann.Data;

/// <summary>
/// UCI's mushrooms: a letter for the class and 22 for its properties. Each property becomes a block of bits, one per letter that occurs in
/// it.
/// </summary>
static class Mushrooms
{
    const int Properties = 22;

    public static Dataset Read(string path)
    {
        string text = ReadText(path);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (int r = 0; r < lines.Length; r++)
            if (lines[r].Length != 2 * Properties + 1 || Enumerable.Range(0, Properties).Any(p => lines[r][2 * p + 1] != ','))
                throw new BadInputException($"{path}, line {r + 1}: expected {Properties + 1} letters with commas between");
        if (lines.Length == 0) throw new BadInputException($"{path}: has no rows");
        (int Property, char Letter)[] columns = [.. Enumerable.Range(1,
            Properties).SelectMany(p => lines.Select(line => line[2 * p]).Distinct().Order().Select(letter => (p, letter)))];
        var bits = new byte[lines.Length * columns.Length];
        for (int r = 0; r < lines.Length; r++)
            for (int c = 0; c < columns.Length; c++)
                bits[r * columns.Length + c] = lines[r][2 * columns[c].Property] == columns[c].Letter ? (byte)1 : (byte)0;
        return new("mushrooms", new ByteRows(bits, columns.Length, scale: 1))
        {
            Labels = [.. lines.Select(line => line[0] == 'e' ? 0 : 1)],
            LabelNames = ["edible", "poisonous"],
            ColumnNames = [.. columns.Select(column => $"{column.Property}={column.Letter}")],
        };
    }

    static string ReadText(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        using var reader = new StreamReader(new InputStream(input), System.Text.Encoding.Latin1);
        string text = reader.ReadToEnd();
        input.RequireEnd();
        return text;
    }
}
