using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Boltzmann.Tests.Data;

public sealed class CsvDatasetTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    Dataset Read(string text, CsvOptions? options = null) => CsvDataset.Read(folder.File("some.csv", text), options);

    static CsvOptions Label(string column) => new() { LabelColumn = column };

    [Theory]
    [InlineData("1,2.5\n-3,4e2\n", 0)]
    [InlineData("a,b\n1,2.5\n-3,4e2", 2)]
    [InlineData("\uFEFFa;b\r\n1;2.5\r\n\r\n-3;4e2\r\n", 2)]
    [InlineData("\"a\"\t\"b\"\n 1\t 2.5 \n\"-3\"\t400.0\n", 2)]
    public void Headers_and_delimiters_are_found_out(string text, int names)
    {
        Dataset data = Read(text);
        Assert.Equal(new double[,] { { 1, 2.5 }, { -3, 400 } }, data.ToMatrix().ToArray());
        Assert.Equal(names == 0 ? null : ["a", "b"], data.ColumnNames);
        Assert.Null(data.Labels);
    }

    [Fact]
    public void A_stated_header_overrides_what_the_rows_look_like()
    {
        Assert.Equal(["1", "2"], Read("1,2\n3,4\n", new() { HasHeader = true }).ColumnNames!);
        Assert.Contains("line 1, column 1: is 'a'", ArrayFiles.Refusal(() => Read("a,b\n3,4\n", new() { HasHeader = false })));
    }

    [Theory]
    [InlineData("x,y,kind\n1,2,cat\n3,4,ant\n5,6,cat\n", "kind")]
    [InlineData("x,y,kind\n1,2,cat\n3,4,ant\n5,6,cat\n", "-1")]
    [InlineData("1,cat,2\n3,ant,4\n5,cat,6\n", "1")]
    [InlineData("cat,1,2\nant,3,4\ncat,5,6\n", "0")]
    [InlineData("kind,x,y\ncat,1,2\nant,3,4\ncat,5,6\n", "kind")]
    public void Labels_are_picked_by_name_or_number(string text, string column)
    {
        Dataset data = Read(text, Label(column));
        Assert.Equal([1, 0, 1], data.Labels!);
        Assert.Equal(["ant", "cat"], data.LabelNames!);
        Assert.Equal(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, data.ToMatrix().ToArray());
        Assert.Equal(data.ColumnNames is null ? null : ["x", "y"], data.ColumnNames);
    }

    [Fact]
    public void Integer_labels_are_ordered_by_value_and_known_classes_keep_their_numbers()
    {
        Dataset data = Read("0.5,10\n0.5,9\n0.5,-1\n", Label("-1"));
        Assert.Equal(["-1", "9", "10"], data.LabelNames!);
        Assert.Equal([2, 1, 0], data.Labels!);
        Assert.Equal([2, 0, 2], Read("0.5,b\n1,a\n2,b\n", Label("-1") with { LabelNames = ["a", "c", "b"] }).Labels!);
        Assert.Contains("line 2, column 2: the label is 'd', expected one of 'a', 'c'",
            ArrayFiles.Refusal(() => Read("0.5,a\n1,d\n", Label("-1") with { LabelNames = ["a", "c"] })));
    }

    [Theory]
    [InlineData("", null, "has no rows")]
    [InlineData("\n\n", null, "has no rows")]
    [InlineData("a,b\n", null, "a header but no rows")]
    [InlineData("1,2\n3\n", null, "line 2: has 1 columns, expected 2")]
    [InlineData("1,2\n3,4\n\n5,6,7\n", null, "line 4: has 3 columns, expected 2")]
    [InlineData("a,b\n1,2\n3,x\n", null, "line 3, column 2 ('b'): is 'x': expected a finite number")]
    [InlineData("a,b\n1,2\n3,\n", null, "line 3, column 2 ('b'): is empty")]
    [InlineData("1,2\nNaN,3\n", null, "line 2, column 1: is 'NaN'")]
    [InlineData("1,2\n3,Infinity\n", null, "line 2, column 2: is 'Infinity'")]
    [InlineData("1,2\n3,1e999\n", null, "line 2, column 2: is '1e999'")]
    [InlineData("a,b\n1,2\n", "c", "no column 'c' for the labels: expected one of 'a', 'b'")]
    [InlineData("1,2\n", "c", "no column 'c' for the labels: expected its number")]
    [InlineData("1,2\n", "2", "no column 2 for the labels: expected -2 to 1")]
    [InlineData("1,2\n", "-3", "no column -3")]
    [InlineData("a,a\n1,2\n", "a", "two columns named 'a'")]
    [InlineData("1\n2\n", "0", "no column but the labels")]
    [InlineData("1,a\n2,\n", "1", "line 2, column 2: has no label")]
    [InlineData("1,\"2\n3,4\n", null, "line 1, column 2: not well-formed CSV")]
    public void What_is_wrong_is_said_with_line_and_column(string text, string? label, string expected)
    {
        string message = ArrayFiles.Refusal(() => Read(text, new() { LabelColumn = label }));
        Assert.Contains("some.csv", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void A_missing_or_truncated_file_is_refused()
    {
        Assert.Contains("no such file", ArrayFiles.Refusal(() => CsvDataset.Read(Path.Combine(folder.Path, "absent.csv"))));
        byte[] gzip = ArrayFiles.Gzip("1,2\n3,4\n"u8.ToArray());
        Assert.Equal(2, CsvDataset.Read(folder.File("good.csv.gz", gzip)).Count);
        Assert.Contains("truncated", ArrayFiles.Refusal(() => CsvDataset.Read(folder.File("cut.csv.gz", gzip[..^2]))));
    }

    [Fact]
    public void Random_and_damaged_tables_give_one_clear_line_or_a_dataset()
    {
        Gen<string> text = Gen.ArrayOf(Gen.Elements("1", ",", "\n", "0.5", "\"", "a", ";", "\t", "\r\n", "NaN", " ", "-", "\0", "é",
            "1,2\n", "3,4\n")).Select(string.Concat);
        Gen<string?> label = Gen.Elements(null, "0", "-1", "a");
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1337, 1337),
            Prop.ForAll(Gen.Zip(text, label).ToArbitrary(), pair =>
        {
            try
            {
                using InputBytes input = InputBytes.Over(new MemoryStream(Encoding.UTF8.GetBytes(pair.Item1)), "hostile");
                using Boltzmann.Data.TextTable table = Boltzmann.Data.TextTable.Open(input, new());
                return CsvDataset.Read(table, new() { LabelColumn = pair.Item2 }).Count > 0;
            }
            catch (BadInputException e)
            {
                return !e.Message.Contains('\n');
            }
        }));
    }
}
