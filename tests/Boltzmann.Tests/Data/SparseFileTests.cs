using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>Files of sparse rows: what they hold, and what is said where they hold something else.</summary>
public sealed class SparseFileTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    Dataset Read(string name, string text, string? format = null, DataOptions? options = null) =>
        DataSource.Open(folder.File(name, text), (options ?? new()) with { Format = format });

    string Refusal(string text, string format, DataOptions? options = null) =>
        ArrayFiles.Refusal(() => Read("bad.txt", text, format, options));

    static double[][] Values(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(r =>
    {
        var row = new double[data.Columns];
        data.Rows.Read(r, row);
        return row;
    })];

    [Fact]
    public void Svmlight_lines_are_labels_and_entries()
    {
        Dataset data = Read("x.svm", "# made by hand\n+1 qid:3 1:0.5 3:-2e1 # first\n-1 \t2:1\r\n\n1.0\n1 3:1 1:0");
        Assert.Equal([[0.5, 0, -20], [0, 1, 0], [0, 0, 0], [0, 0, 1]], Values(data));
        Assert.Equal(["-1", "1"], data.LabelNames);
        Assert.Equal([1, 0, 1, 1], data.Labels!);
        Assert.Equal("x.svm: columns counted from 1; qid passed over in 1 rows", data.Rows.Origin!.Note);
        Assert.Equal(4, data.Rows.Entries);
    }

    [Fact]
    public void Indices_are_counted_from_the_least_that_occurs()
    {
        Dataset zero = Read("x.svm", "1 0:1 2:1\n0 1:1\n"), one = Read("y.libsvm", "1 1:1 3:1\n0 2:1\n");
        Assert.Equal(Values(zero), Values(one));
        Assert.Equal((0, 1), (zero.Rows.Origin!.FirstIndex, one.Rows.Origin!.FirstIndex));
    }

    [Fact]
    public void Rows_for_a_model_are_as_wide_and_counted_as_its_own()
    {
        var options = new DataOptions { Columns = 4, FirstIndex = 0 };
        Assert.Equal([[0, 1, 0, 0]], Values(Read("x.svm", "1 1:1\n", options: options)));
        Assert.Equal([[1, 0, 0, 0]], Values(Read("x.svm", "1 1:1\n", options: options with { FirstIndex = 1 })));
        Assert.Contains("line 2: has the index 4, expected at most 3, as there are 4 columns counted from 0",
            Refusal("1 1:1\n1 4:1\n", "svmlight", options));
        Assert.Contains("line 1: has the index 0, but columns are counted from 1",
            Refusal("1 0:1\n", "svmlight", options with { FirstIndex = 1 }));
        Assert.Equal([[0, 1, 0, 0], [0, 0, 0, 0]], Values(Read("x.svm", "1 1:1\n1 4:1\n",
            options: options with { Csv = new() { IgnoreExtra = true } })));
    }

    [Fact]
    public void Gzip_is_read_and_lines_may_be_long()
    {
        string line = "1 " + string.Join(' ', Enumerable.Range(1, 40_000).Select(i => $"{i}:{i % 7}"));
        Dataset data = DataSource.Open(folder.File("x.svm.gz", ArrayFiles.Gzip(Encoding.UTF8.GetBytes($"{line}\n0 1:1\n{line}"))));
        Assert.Equal((3, 40_000), (data.Count, data.Columns));
        Assert.Equal(Enumerable.Range(1, 40_000).Select(i => (double)(i % 7)), Values(data)[2]);
    }

    [Theory]
    [InlineData("1:1 2:1\n", "line 1: begins with '1:1': expected one label")]
    [InlineData("1 1:1\n0 1:x\n", "line 2, entry 1: found '1:x': expected index:value")]
    [InlineData("1 1:1 -2:3\n", "line 1, entry 2: found '-2:3'")]
    [InlineData("1 1:1e39\n", "entry 1: found '1:1e39'")]
    [InlineData("1 1:nan\n", "entry 1: found '1:nan'")]
    [InlineData("1 3:1 1:1 3:2\n", "line 1: has the index 3 twice")]
    [InlineData("1,2 3:1\n", "begins with '1,2'")]
    [InlineData("1 1:1 2147483647:1\n", "line 1, entry 2: found the index 2147483647: expected at most 4194304")]
    [InlineData("1 0:1 4194304:1\n", "has 4,194,305 columns: expected at most 4,194,304")]
    [InlineData("", "has no rows")]
    [InlineData("1\n0\n", "no row has an entry")]
    public void Svmlight_lines_that_are_none_are_named(string text, string expected) =>
        Assert.Contains(expected, Refusal(text, "svmlight"));

    [Fact]
    public void Counts_have_labels_or_none()
    {
        Dataset without = Read("ap.dat", "0\n2 0:3 4:1\n1 2:7\n", "counts"),
            with = Read("news.dat", "5 2 0:3 4:1\n0 0\n5 1 2:7\n", "counts");
        Assert.Equal([[0, 0, 0, 0, 0], [3, 0, 0, 0, 1], [0, 0, 7, 0, 0]], Values(without));
        Assert.Equal([[3, 0, 0, 0, 1], [0, 0, 0, 0, 0], [0, 0, 7, 0, 0]], Values(with));
        Assert.Null(without.Labels);
        Assert.Equal(["0", "5"], with.LabelNames);
        Assert.Equal([1, 0, 1], with.Labels!);
    }

    [Theory]
    [InlineData("2 0:1\n", "line 1: says 2 pairs, but has 1")]
    [InlineData("1 0:1\n1 3:-1\n", "line 2, entry 1: found '3:-1': expected index:count")]
    [InlineData("1 0:1.5\n", "entry 1: found '0:1.5'")]
    [InlineData("2 1:1 1:2\n", "line 1: has the index 1 twice")]
    [InlineData("1 0:1\n7 1 3:1\n", "line 2, entry 1: found '1'")]
    [InlineData("7 1 0:1\nx 3:1\n", "line 2: found '3:1' where the number of pairs stands")]
    public void Documents_that_are_none_are_named(string text, string expected) =>
        Assert.Contains(expected, Refusal(text, "counts"));

    [Fact]
    public void Triples_are_found_by_the_names_of_a_header()
    {
        Dataset data = Read("r.csv", "timestamp,rating,movieId,userId\n9,4.5,10,2\n9,1,9,2\n9,3,10,11\n", "triples");
        Assert.Equal([[1, 4.5], [0, 3]], Values(data));
        Assert.Equal(["9", "10"], data.ColumnNames);
        Assert.Null(data.Missing);
    }

    [Fact]
    public void Ratings_that_are_not_there_are_absent_and_zero_is_one()
    {
        Dataset data = Read("u.data", "1\t10\t5\t881250949\n1\t11\t0\t881250950\n2\t10\t1\t881250951\n", "ratings");
        Assert.Equal([[5, 0], [1, double.NaN]], Values(data));
        Assert.Equal(MissingValues.Absent, data.Missing);
        Assert.Equal((3, 1), (data.Rows.Entries!.Value, data.CompleteRows().Count));
    }

    [Fact]
    public void Fields_stand_between_any_delimiters_and_without_a_third_all_are_one()
    {
        Assert.Equal([[1, 0], [1, 1]], Values(Read("t.txt", "b;y\na;x\nb;x\n", "triples")));
        Assert.Equal([[0, 2], [3, 0]], Values(Read("t.txt", "1::10::2\n2::9::3\n", "triples")));
        Dataset quoted = Read("t.txt", "row,column,value\n\"a, \"\"b\"\"\",x,2\n", "triples");
        Assert.Equal([[2]], Values(quoted));
        Assert.Equal([[1, 2]], Values(Read("t.txt", "1,1,1\n1,2,2\n", "triples", new() { Csv = new() { HasHeader = false } })));
    }

    [Fact]
    public void Columns_of_a_model_are_found_by_name()
    {
        var options = new DataOptions { Csv = new() { Columns = ["x", "y", "z"] } };
        Assert.Equal([[0, 0, 2]], Values(Read("t.txt", "a,z,2\n", "triples", options)));
        Assert.Contains("line 2, field 2: the column 'w' is not one of the 3",
            Refusal("a,z,2\na,w,2\n", "triples", options));
        Assert.Equal([[0, 0, 2]], Values(Read("t.txt", "a,z,2\na,w,2\n", "triples",
            options with { Csv = options.Csv with { IgnoreExtra = true } })));
    }

    [Theory]
    [InlineData("1,2,3\n1,2\n", "line 2: has 2 fields, expected at least 3")]
    [InlineData("1,2,3\n1,3,x\n", "line 2, field 3: found 'x': expected a finite number")]
    [InlineData("1,2,3\n\n\n1,3,4\n1,2,5\n", "line 5: has the row and the column ('2') of line 1 again")]
    [InlineData("1,,3\n", "line 1, field 2: is empty")]
    [InlineData("1,\"2,3\n", "line 1: a quotation mark without end")]
    [InlineData("user,item,rating\n", "has no entries")]
    public void Triples_that_are_none_are_named(string text, string expected) =>
        Assert.Contains(expected, Refusal(text, "triples"));

    // scipy 1.10.1: csr_matrix([[0, 2, 0], [1, 0, 3]]), the same as csc and coo.
    static byte[] Archive(string format, string shape, params (string Name, int[] Numbers)[] places) => ArrayFiles.Npz(
    [
        ("format.npy", ArrayFiles.Npy("'|S3'", "()", Encoding.ASCII.GetBytes(format))),
        ("shape.npy", ArrayFiles.Npy("'<i8'", "(2,)", [.. shape.Split(',').SelectMany(n => BitConverter.GetBytes(long.Parse(n)))])),
        .. places.Select(p => ($"{p.Name}.npy", ArrayFiles.Npy("'<i4'", $"({p.Numbers.Length},)",
            [.. p.Numbers.SelectMany(BitConverter.GetBytes)]))),
    ]);

    [Fact]
    public void Archives_of_scipy_are_read_in_any_of_three_forms()
    {
        byte[] csr = Archive("csr", "2,3", ("indptr", [0, 1, 3]), ("indices", [1, 2, 0]), ("data", [2, 3, 1]), ("y", [1, 0])),
            csc = Archive("csc", "2,3", ("indptr", [0, 1, 2, 3]), ("indices", [1, 0, 1]), ("data", [1, 2, 3])),
            coo = Archive("coo", "2,3", ("row", [1, 0, 1, 1]), ("col", [2, 1, 0, 2]), ("data", [1, 2, 1, 2]));
        foreach (byte[] bytes in (byte[][])[csr, csc, coo])
            Assert.Equal([[0, 2, 0], [1, 0, 3]], Values(DataSource.Open(folder.File("m.npz", bytes))));
        Assert.Equal([1, 0], DataSource.Open(folder.File("m.npz", csr)).Labels!);
        Assert.Equal(3, DataSource.Open(folder.File("m.npz", csr)).Rows.Entries);
    }

    [Fact]
    public void Archives_that_make_no_matrix_are_refused()
    {
        Assert.Contains("'indptr' does not rise from 0 to its 2 entries in 2 steps",
            Refused(Archive("csr", "2,3", ("indptr", [0, 1]), ("indices", [1, 2]), ("data", [2, 3]))));
        Assert.Contains("entry 2 is in column 3, but there are 3",
            Refused(Archive("csr", "2,3", ("indptr", [0, 1, 2]), ("indices", [1, 3]), ("data", [2, 3]))));
        Assert.Contains("has 1 numbers of a column for 2 entries",
            Refused(Archive("csr", "2,3", ("indptr", [0, 1, 2]), ("indices", [1]), ("data", [2, 3]))));
        Assert.Contains("expected a whole number of 0 or more",
            Refused(Archive("csr", "2,3", ("indptr", [0, 1, 2]), ("indices", [1, -1]), ("data", [2, 3]))));
        Assert.Contains("format is 'bsr': expected csr, csc or coo", Refused(Archive("bsr", "2,3", ("data", [2, 3]))));
        Assert.Contains("has 4 columns, expected 3", ArrayFiles.Refusal(() => DataSource.Open(folder.File("m.npz",
            Archive("csr", "1,4", ("indptr", [0, 1]), ("indices", [1]), ("data", [2]))), new() { Columns = 3 })));

        string Refused(byte[] bytes) => ArrayFiles.Refusal(() => DataSource.Open(folder.File("m.npz", bytes)));
    }

    // As the pages of the sets and others' readers count them.
    [Theory]
    [InlineData("text-ap/ap.dat.gz", "counts", 2246, 10_473, 302_031, 435_838)]
    [InlineData("text-20newsgroups/train.dat.gz", "counts", 11_314, 5000, 866_316, 1_250_680)]
    [InlineData("movielens-small/ratings.csv.gz", "triples", 610, 9724, 100_836, 353_083)]
    public void Real_files_have_their_published_counts(string name, string format, int rows, int columns, int entries, double sum)
    {
        string? real = Environment.GetEnvironmentVariable(DataFolders.Variable);
        Assert.SkipUnless(real is not null && File.Exists(Path.Combine(real, name)), $"{DataFolders.Variable} names no folder with {name}");
        Dataset data = DataSource.Open(Path.Combine(real, name), new() { Format = format });
        Assert.Equal((rows, columns, entries), (data.Count, data.Columns, (int)data.Rows.Entries!));
        Assert.Equal(sum, data.Means().Sum() * rows, 0.1);
    }

    [Fact]
    public void Options_that_mean_nothing_to_sparse_files_are_refused()
    {
        Assert.Contains("--format ratings", Refusal("1 1:1\n", "svmlight", new() { Missing = MissingValues.Absent }));
        Assert.Contains("has no columns of labels", Refusal("1 1:1\n", "svmlight", new() { Csv = new() { LabelColumn = "0" } }));
        Assert.Contains("mnist is a named set", ArrayFiles.Refusal(() => DataSource.Open("mnist", new() { Format = "csr" })));
        Assert.Contains("svmlight, counts, triples, ratings, csr",
            ArrayFiles.Refusal(() => DataSource.Open(folder.File("x.bin", [1, 2, 3]))));
    }
}
