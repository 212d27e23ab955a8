namespace Boltzmann.Tests.Data;

public sealed class DataSourceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Pictures => ArrayFiles.Idx(0x08, [3, 2, 2], [0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1]);

    static byte[] Labels(int count = 3) => ArrayFiles.Idx(0x08, [(uint)count], [.. Enumerable.Range(0, count).Select(i => (byte)(i + 1))]);

    public static TheoryData<string, byte[]> Files => new()
    {
        { "a-images.idx", Pictures },
        { "a-images.idx.gz", ArrayFiles.Gzip(Pictures) },
        { "a-ubyte", Pictures },
        { "a.bin", Pictures },
        { "a.gz", ArrayFiles.Gzip(Pictures) },
        { "a.npy", ArrayFiles.Npy("'|u1'", "(3, 4)", Pictures[16..]) },
        { "a.NPY.gz", ArrayFiles.Gzip(ArrayFiles.Npy("'|u1'", "(3, 4)", Pictures[16..])) },
        { "a.npz", ArrayFiles.Npz(("x.npy", ArrayFiles.Npy("'|u1'", "(3, 4)", Pictures[16..]))) },
        { "a.amat", "0 1 1 0\n1 1 0 0\n0 0 1 1\n"u8.ToArray() },
        { "a.tra", "0,1,1,0\n1,1,0,0\n0,0,1,1\n"u8.ToArray() },
        { "a.data", "0 1 1 0\n1 1 0 0\n0 0 1 1\n"u8.ToArray() },
        { "a.dat.gz", ArrayFiles.Gzip("0;1;1;0\n1;1;0;0\n0;0;1;1\n"u8.ToArray()) },
        { "a.rows", "0|1|1|0\n1|1|0|0\n0|0|1|1\n"u8.ToArray() },
        { "array", ArrayFiles.Npy("'|u1'", "(3, 4)", Pictures[16..]) },
        { "archive", ArrayFiles.Npz(("x.npy", ArrayFiles.Npy("'|u1'", "(3, 4)", Pictures[16..]))) },
        { "a.csv", "0,1,1,0\n1,1,0,0\n0,0,1,1\n"u8.ToArray() },
        { "a.tsv", "0\t1\t1\t0\n1\t1\t0\t0\n0\t0\t1\t1\n"u8.ToArray() },
    };

    [Theory, MemberData(nameof(Files))]
    public void Every_kind_of_file_is_known_by_its_ending_or_beginning(string name, byte[] bytes)
    {
        Dataset data = DataSource.Open(folder.File(name, bytes));
        Assert.Equal(new double[,] { { 0, 1, 1, 0 }, { 1, 1, 0, 0 }, { 0, 0, 1, 1 } }, data.ToMatrix().ToArray());
        Assert.Null(data.Labels);
    }

    [Fact]
    public void Labels_lie_beside_pictures_or_where_stated()
    {
        string pictures = folder.File("some-images-idx3-ubyte", Pictures),
            labels = folder.File("some-labels-idx1-ubyte.gz", ArrayFiles.Gzip(Labels()));
        Assert.Equal([1, 2, 3], DataSource.Open(pictures).Labels!);
        Assert.Equal(["0", "1", "2", "3"], DataSource.Open(pictures).LabelNames!);
        Assert.Equal([1, 2, 3], DataSource.Open(folder.File("b.amat", "0\n1\n2\n"), new() { LabelsPath = labels }).Labels!);
        Assert.Equal([0, 0, 4], DataSource.Open(pictures,
            new() { LabelsPath = folder.File("y.npy", ArrayFiles.Npy("'|u1'", "(3,)", [0, 0, 4])) }).Labels!);
        folder.File("some-labels-idx1-ubyte.gz", Labels(2));
        Assert.Contains("2 labels for 3 rows", ArrayFiles.Refusal(() => DataSource.Open(pictures)));
    }

    [Fact]
    public void What_a_file_is_may_be_stated()
    {
        string table = folder.File("a.npy", "1,2\n3,4\n");
        Assert.Equal([2.0, 3.0], DataSource.Open(table, new() { Format = "csv" }).Means());
        Assert.Contains("expected NPY", ArrayFiles.Refusal(() => DataSource.Open(table)));
        Assert.Contains(", csv, not 'xls'",
            ArrayFiles.Refusal(() => DataSource.Open(table, new() { Format = "xls" })));
        Dataset labelled = DataSource.Open(folder.File("a.amat", "0.5 1 7\n2 3 8\n"), new() { Csv = new() { LabelColumn = "-1" } });
        Assert.Equal([1.25, 2.0], labelled.Means());
        Assert.Equal(["7", "8"], labelled.LabelNames!);
    }

    [Fact]
    public void Labels_stand_in_a_text_of_their_own_too()
    {
        string rows = folder.File("rows.csv", "0,1\n1,0\n1,1\n");
        foreach (string text in (string[])["cat\nant\ncat\n", "kind\ncat\nant\ncat\n", "cat\r\nant\r\ncat"])
        {
            Dataset data = DataSource.Open(rows, new() { LabelsPath = folder.File("labels.txt", text) });
            Assert.Equal([1, 0, 1], data.Labels!);
            Assert.Equal(["ant", "cat"], data.LabelNames!);
        }
        foreach (string text in (string[])["cat\nant\ncat\nant\n", "1\n2\n1\n2\n"])
            Assert.Contains("4 labels for 3 rows",
                ArrayFiles.Refusal(() => DataSource.Open(rows, new() { LabelsPath = folder.File("labels.txt", text) })));
    }

    [Fact]
    public void A_table_is_read_no_further_than_wanted()
    {
        string path = folder.File("a.csv", string.Concat(Enumerable.Repeat("0,1\n", 200)) + "damaged\n");
        Assert.Equal(200, DataSource.Open(path, new() { MostRows = 200 }).Count);
        Assert.Contains("line 201", ArrayFiles.Refusal(() => DataSource.Open(path, new() { MostRows = 201 })));
        // The classes are those of all rows.
        string labelled = folder.File("b.csv", "0,a\n1,b\n1,c\n");
        Assert.Equal(["a", "b", "c"],
            DataSource.Open(labelled, new() { MostRows = 1, Csv = new() { LabelColumn = "-1" } }).LabelNames!);
    }

    [Fact]
    public void The_last_rows_are_kept_for_validation_on_request()
    {
        string path = folder.File("a.csv", "0\n1\n2\n3\n4\n");
        Assert.Equal([1.0], DataSource.Open(path, new() { ValidationRows = 2 }).Means());
        Assert.Equal([3.5], DataSource.Open(path, new() { ValidationRows = 2, Split = DataSplit.Validation }).Means());
        Assert.Contains("expected a number of rows",
            ArrayFiles.Refusal(() => DataSource.Open(path, new() { Split = DataSplit.Validation })));
        Assert.Contains("5 cannot be kept", ArrayFiles.Refusal(() => DataSource.Open(path, new() { ValidationRows = 5 })));
        Assert.Contains("no test part", ArrayFiles.Refusal(() => DataSource.Open(path, new() { Split = DataSplit.Test })));
    }

    [Fact]
    public void What_cannot_be_opened_says_what_could_be()
    {
        Assert.Contains("neither a file nor a data set: expected a file, - for standard input, or one of digits, ",
            ArrayFiles.Refusal(() => DataSource.Open("minst")));
        Assert.Contains("no such file", ArrayFiles.Refusal(() => DataSource.Open(Path.Combine(folder.Path, "a.csv"))));
        Assert.Contains("no such file", ArrayFiles.Refusal(() => DataSource.Open("absent.npy")));
        Assert.Contains("neither its ending nor its first bytes tell its format: expected .npy",
            ArrayFiles.Refusal(() => DataSource.Open(folder.File("a.bin", [1, 2, 3, 4]))));
        Assert.Contains("is a folder", ArrayFiles.Refusal(() => DataSource.Open(folder.Path)));
        Assert.Contains("no columns of labels",
            ArrayFiles.Refusal(() => DataSource.Open(folder.File("a.npy", []), new() { Csv = new() { LabelColumn = "0" } })));
    }
}
