using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>An object on each line is a row.</summary>
public sealed class JsonTableTests : IDisposable
{
    const string People = "{\"age\": 41, \"sex\": \"f\", \"lived\": true, \"fare\": 7.250}\n\n"
        + "{\"sex\": \"m\", \"age\": null, \"fare\": 1e2}\r\n"
        + "{\"sex\": \"\\u00e6\\\"\", \"lived\": false, \"age\": -3, \"fare\": 8}";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    ITableReader Open(string text, string name = "some.jsonl") => DataSource.OpenTable(folder.File(name, text))!;

    string Refusal(string text)
    {
        return ArrayFiles.Refusal(() =>
        {
            using ITableReader table = Open(text);
            while (table.Read()) { }
        });
    }

    [Theory, InlineData("some.jsonl"), InlineData("some.ndjson"), InlineData("some"), InlineData("some.json")]
    public void Keys_are_columns_and_what_a_line_lacks_is_missing(string name)
    {
        using ITableReader table = Open(People, name);
        Assert.Equal(["age", "sex", "lived", "fare"], table.Names!);
        Assert.Equal("JSON lines", table.Form);
        var rows = new List<string>();
        while (table.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, 4).Select(c => table.IsMissing(c) ? "-"
                : table.TryNumber(c, out double x) ? $"{table.Text(c)}={x}" : table.Text(c))));
        Assert.Equal(["41=41|f|true=1|7.250=7.25", "-|m|-|1e2=100", "-3=-3|æ\"|false=0|8=8"], rows);
    }

    [Fact]
    public void The_same_table_as_CSV_has_the_same_schema_and_rows()
    {
        var rng = new Random(1);
        var csv = new StringBuilder("size,colour,good\n");
        var json = new StringBuilder();
        for (int r = 0; r < 200; r++)
        {
            string size = rng.Next(10) == 0 ? "" : $"{rng.Next(1000) / 4.0}", colour = new[] { "red", "green", "blue" }[rng.Next(3)];
            bool good = rng.Next(2) == 0;
            csv.Append($"{size},{colour},{(good ? "true" : "false")}\n");
            json.Append($"{{\"size\":{(size == "" ? "null" : size)},\"colour\":\"{colour}\",\"good\":{(good ? "true" : "false")}}}\n");
        }
        var (schema, rows) = Read("a.csv", csv.ToString());
        var (own, ownRows) = Read("a.jsonl", json.ToString());
        Assert.Equal(schema.Columns, own.Columns);
        Assert.Equal(rows, ownRows);

        (TableSchema, double[,]) Read(string name, string text)
        {
            TableSchema found;
            using (ITableReader table = Open(text, name)) found = TableDetector.Detect(table, new());
            using ITableReader again = Open(text, name);
            return (found, new TableRows(again, found, new()).Read(new()).ToMatrix(Placement.Default.Double).ToArray());
        }
    }

    [Fact]
    public void Numbers_alone_are_read_as_numbers_with_labels_and_gzip()
    {
        byte[] packed = ArrayFiles.Gzip("{\"a\":1,\"b\":0.5,\"k\":\"x\"}\n{\"b\":2,\"a\":3,\"k\":\"y\"}\n"u8.ToArray());
        Dataset data = DataSource.Open(folder.File("some.jsonl.gz", packed), new() { Csv = new() { LabelColumn = "k" } });
        Assert.Equal([2, 1.25], data.Means());
        Assert.Equal(["a", "b"], data.ColumnNames!);
        Assert.Equal(["x", "y"], data.LabelNames!);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":1,\"b\":2}\n", "line 2: has a key 'b', which the first line has not")]
    [InlineData("{\"a\":1}\n{\"a\":1,\"a\":2}\n", "line 2: has two keys 'a'")]
    [InlineData("{\"a\":1}\n[1]\n", "line 2: is a list: expected an object on each line")]
    [InlineData("{\"a\":1}\n3\n", "line 2: is no object")]
    [InlineData("{\"a\":1}\n{\"a\":1,}\n", "line 2, character 8: is not well-formed JSON")]
    [InlineData("{\"a\":1}\n{\"a\":1\n", "line 2, character 7: is not well-formed JSON")]
    [InlineData("{\"a\":1} {\"a\":2}\n", "line 1, character 9: is not well-formed JSON")]
    [InlineData("{\n \"a\": 1\n}\n", "line 1, character 2: is not well-formed JSON")]
    [InlineData("{}\n", "line 1: has no keys")]
    [InlineData("\n \n", "has no rows")]
    [InlineData("{\"a\":\"\\ud800\"}\n", "line 1: has a text that is not well-formed")]
    public void What_is_no_row_is_refused_with_its_line(string text, string expected) => Assert.Contains(expected, Refusal(text));

    [Fact]
    public void Nested_values_are_refused_by_name_unless_they_are_left_out()
    {
        const string Text = "{\"a\":0.5,\"tags\":[1,2]}\n{\"a\":3,\"tags\":{}}\n{\"a\":7,\"tags\":[]}\n";
        Assert.Contains("line 1, column 2 ('tags'): is a list: expected numbers, texts or true and false; --ignore tags leaves the column "
            + "out", ArrayFiles.Refusal(() => Detect(new())));
        Assert.Equal(["a"], Detect(new() { Ignore = ["tags"] }).UnitNames);
        Assert.Equal("holds a list", Detect(new() { IgnoresUnusable = true }).Columns[1].Reason);
        Assert.Contains("line 1, column 2 ('tags'): is a list: expected a finite number",
            ArrayFiles.Refusal(() => DataSource.Open(folder.File("some.jsonl", Text))));

        TableSchema Detect(TableOptions options)
        {
            using ITableReader table = Open(Text);
            return TableDetector.Detect(table, options);
        }
    }

    [Fact]
    public void A_text_is_no_number_though_it_looks_like_one() =>
        Assert.Contains("line 2, column 1 ('a'): is the text '2': expected a finite number",
            ArrayFiles.Refusal(() => DataSource.Open(folder.File("some.jsonl", "{\"a\":1}\n{\"a\":\"2\"}\n"))));

    [Fact]
    public void Missing_texts_and_numbers_are_those_of_other_tables()
    {
        string path = folder.File("some.jsonl", "{\"a\":-999,\"b\":\"NA\"}\n{\"a\":1,\"b\":\"x\"}\n");
        using ITableReader table = DataSource.OpenTable(path,
            new() { Csv = new() { MissingTexts = [.. CsvOptions.UsualMissingTexts, "-999"] } })!;
        Assert.True(table.Read());
        Assert.True(table.IsMissing(0) && table.IsMissing(1) && !table.TryNumber(0, out _));
        Assert.True(table.Read());
        Assert.False(table.IsMissing(0) || table.IsMissing(1));
    }
}
