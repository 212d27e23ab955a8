namespace Boltzmann.Tests.Data;

/// <summary>Tables of sequences.</summary>
public sealed class SequenceTableTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_are_steps_of_one_sequence_and_columns_can_be_left_out()
    {
        string path = folder.File("a.csv", "month,x,y\n2001-01,1,2\n2001-02,3.5,-4\n");
        Assert.Contains("line 2, column 1 ('month'): is '2001-01'", SequenceFiles.Refusal(path));
        Sequences read = SequenceFiles.Read(path, new() { SkipColumns = ["month"] });
        Assert.Equal(("a.csv", 1, 2), (read.Name, read.Count, read.Steps.Count));
        Assert.Equal(["x", "y"], read.Steps.ColumnNames);
        Assert.Equal([1, 2, 3.5, -4], SequenceFiles.Values(read));
        Assert.Equal([2, 1, -4, 3.5], SequenceFiles.Values(SequenceFiles.Read(path, new() { Columns = ["y", "x"] })));
        Assert.Equal([1, 3.5], SequenceFiles.Values(SequenceFiles.Read(path, new() { SkipColumns = ["0", "-1"] })));
    }

    [Fact]
    public void A_column_says_which_sequence_a_row_belongs_to()
    {
        string path = folder.File("a.tsv.gz", ArrayFiles.Gzip("who\tx\nb\t1\nb\t2\na\t3\n"u8.ToArray()));
        Sequences read = SequenceFiles.Read(path, new() { SequenceColumn = "who" });
        Assert.Equal(["b", "a"], read.Names);
        Assert.Equal([0, 2], read.First);
        Assert.Equal(["x"], read.Steps.ColumnNames);
        Assert.Equal([1, 2, 3], SequenceFiles.Values(read));
    }

    [Fact]
    public void Other_ways_to_write_a_table_are_found_out_as_for_rows()
    {
        Assert.Equal([0.5, 1.25], SequenceFiles.Values(SequenceFiles.Read(folder.File("a.csv", "x;y\n0,5;1,25\n"))));
        Assert.Equal([0.5, 1], SequenceFiles.Values(SequenceFiles.Read(folder.File("b.jsonl", "{\"x\": 0.5, \"y\": true}\n"))));
        Assert.Equal([7, 8], SequenceFiles.Values(SequenceFiles.Read(folder.File("c.txt", "x\n7\n8\n"), new() { Format = "csv" })));
        Assert.Equal([7, 8], SequenceFiles.Values(SequenceFiles.Read(folder.File("d", "x,y\n7,8\n"))));
    }

    [Theory]
    [InlineData("x,who\n1,a\n2,b\n3,a\n", "line 4, column 2 ('who'): the sequence 'a' comes back after another")]
    [InlineData("x,who\n1,a\n2,\n", "line 3, column 2 ('who'): is empty: expected the name of a sequence")]
    [InlineData("x,who\n1,a\nNA,a\n", "line 3, column 1 ('x'): has no value")]
    [InlineData("x,who\n1,a\nabc,a\n", "line 3, column 1 ('x'): is 'abc': expected a finite number")]
    [InlineData("x,who\n", "has no sequences")]
    [InlineData("", "has no")]
    [InlineData("x,name\n1,a\n", "has no column 'who' of sequences: expected one of 'x', 'name'")]
    [InlineData("who\na\na\n", "no column is left")]
    public void Bad_tables_are_refused_with_the_place(string text, string message) => Assert.Contains(message,
        SequenceFiles.Refusal(folder.File("a.csv", text), SequenceFiles.Whole with { SequenceColumn = "who" }), StringComparison.Ordinal);

    [Fact]
    public void Contradictions_and_options_that_do_nothing_are_refused()
    {
        string path = folder.File("a.csv", "x,y\n1,2\n");
        string Refused(SequenceOptions options) => SequenceFiles.Refusal(path, options);
        Assert.Contains("also to be left out", Refused(new() { Columns = ["x"], SkipColumns = ["x"] }));
        Assert.Contains("read twice", Refused(new() { Columns = ["x", "x"] }));
        Assert.Contains("has no column '2' to leave out", Refused(new() { SkipColumns = ["2"] }));
        Assert.Contains("--alphabet does nothing here", Refused(new() { Alphabet = "a-z" }));
        Assert.Contains("--raw does nothing here", Refused(new() { IsRaw = true }));
        Assert.Contains("--videos does nothing here", Refused(new() { Videos = 3 }));
        Assert.Contains("a column of labels does nothing here", Refused(new() { Csv = new() { LabelColumn = "y" } }));
        string rolls = folder.File("a.json", "[[[60]]]");
        Assert.Contains("--header does nothing here", SequenceFiles.Refusal(rolls, new() { Csv = new() { HasHeader = true } }));
        Assert.Contains("--delimiter does nothing here",
            SequenceFiles.Refusal(rolls, new() { Csv = new() { Delimiter = ';' } }));
        Assert.Contains("--ignore-counts does nothing here", SequenceFiles.Refusal(rolls, new() { IgnoreCounts = true }));
        Assert.Contains("--format must be one of npy", Refused(new() { Format = "cvs" }));
        Assert.Contains("no such file", SequenceFiles.Refusal(folder.Path + "/none.csv"));
        Assert.Contains("neither its ending nor its first bytes", SequenceFiles.Refusal(folder.File("x.bin", [1, 2, 3, 0])));
    }
}
