namespace Boltzmann.Tests.Data;

/// <summary>NPY and NPZ files of sequences.</summary>
public sealed class SequenceArrayTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Array(string shape, int count, bool fortran = false) =>
        ArrayFiles.Npy("'<f4'", shape, SequenceFiles.Floats(SequenceFiles.Count(count)), fortran);

    [Theory]
    [InlineData("(6, 2)", 1, 6, 2)]
    [InlineData("(12,)", 1, 12, 1)]
    [InlineData("(2, 3, 2)", 2, 6, 2)]
    [InlineData("(4, 1, 3)", 4, 4, 3)]
    public void The_shape_says_how_many_sequences_there_are(string shape, int sequences, int steps, int columns)
    {
        Sequences read = SequenceFiles.Read(folder.File("a.npy.gz", ArrayFiles.Gzip(Array(shape, 12))));
        Assert.Equal((sequences, steps, columns), (read.Count, read.Steps.Count, read.Columns));
        Assert.All(Enumerable.Range(0, sequences), i => Assert.Equal(steps / sequences, read.LengthOf(i)));
        Assert.Equal(SequenceFiles.Count(12).Select(x => (double)x), SequenceFiles.Values(read));
    }

    [Fact]
    public void Column_order_is_understood()
    {
        // Entry (n, t, v) of a 2 × 3 × 2 array lies at n + 2t + 6v.
        double[] expected = [.. from n in Enumerable.Range(0, 2) from t in Enumerable.Range(0, 3) from v in Enumerable.Range(0, 2)
            select (double)(n + 2 * t + 6 * v)];
        Assert.Equal(expected, SequenceFiles.Values(SequenceFiles.Read(folder.File("a.npy", Array("(2, 3, 2)", 12, fortran: true)))));
    }

    [Fact]
    public void A_mapped_file_has_the_same_steps()
    {
        string path = folder.File("a.npy", Array("(2, 3, 2)", 12));
        using InputBytes input = InputBytes.Open(path);
        Sequences mapped = SequenceArrays.Read(input, path);
        Assert.IsType<MappedRows>(mapped.Steps.Rows);
        Assert.Equal([0, 3], mapped.First);
        Assert.Equal(SequenceFiles.Values(SequenceFiles.Read(path)), SequenceFiles.Values(mapped));
    }

    [Fact]
    public void Integers_are_numbers_and_bytes_are_what_they_are_elsewhere()
    {
        Assert.Equal([327, 1754], SequenceFiles.Values(SequenceFiles.Read(folder.File("a.npy",
            ArrayFiles.Npy("'<u2'", "(2,)", SequenceFiles.Words(327, 1754))))));
        Assert.Equal([0, 1], SequenceFiles.Values(SequenceFiles.Read(folder.File("b.npy", ArrayFiles.Npy("'|u1'", "(2,)", [0, 1])))));
        Assert.Equal([0, 1], SequenceFiles.Values(SequenceFiles.Read(folder.File("c.npy", ArrayFiles.Npy("'|u1'", "(2,)", [0, 255])))));
    }

    [Fact]
    public void Arrays_of_an_archive_are_sequences_in_the_order_of_their_names()
    {
        string path = folder.File("a.npz", ArrayFiles.Npz(("b.npy", Array("(2, 2)", 4)), ("a.npy", Array("(1, 2)", 2))));
        Sequences read = SequenceFiles.Read(path);
        Assert.Equal(["a", "b"], read.Names);
        Assert.Equal([0, 1], read.First);
        Assert.Equal([0, 1, 0, 1, 2, 3], SequenceFiles.Values(read));
        Sequences single = SequenceFiles.Read(folder.File("b.npz", ArrayFiles.Npz(("any.npy", Array("(2, 2, 3)", 12)))));
        Assert.Equal((2, 4, 3, "b.npz"), (single.Count, single.Steps.Count, single.Columns, single.Name));
    }

    [Fact]
    public void Bytes_of_several_arrays_are_worth_the_same()
    {
        static byte[] Bytes(params byte[] values) => ArrayFiles.Npy("'|u1'", $"({values.Length},)", values);
        Assert.Equal([0, 1.0 / 255, 1], SequenceFiles.Values(SequenceFiles.Read(folder.File("a.npz",
            ArrayFiles.Npz(("a.npy", Bytes(0, 1)), ("b.npy", Bytes(255)))))), (x, y) => Math.Abs(x - y) < 1e-15);
        byte[] numbers = ArrayFiles.Npy("'<f8'", "(1,)", BitConverter.GetBytes(0.1));
        Assert.Equal([0, 200, 0.1], SequenceFiles.Values(SequenceFiles.Read(folder.File("b.npz",
            ArrayFiles.Npz(("a.npy", Bytes(0, 200)), ("b.npy", numbers))))));
    }

    [Fact]
    public void Lengths_cut_the_rows()
    {
        static byte[] Lengths(params ushort[] values) => ArrayFiles.Npy("'<u2'", $"({values.Length},)", SequenceFiles.Words(values));
        string File(byte[] lengths) => folder.File("a.npz", ArrayFiles.Npz(("x.npy", Array("(6, 2)", 12)), ("lengths.npy", lengths)));
        Sequences read = SequenceFiles.Read(File(Lengths(1, 3, 2)));
        Assert.Equal([0, 1, 4], read.First);
        Assert.Equal([0, 2, 5], SequenceFiles.Read(File(ArrayFiles.Npy("'|u1'", "(3,)", [2, 3, 1]))).First);
        Assert.Contains("'lengths' add up to 5, but 'x' has 6 rows", SequenceFiles.Refusal(File(Lengths(2, 3))));
        Assert.Contains("the length of sequence 2 is 0", SequenceFiles.Refusal(File(Lengths(6, 0))));
        Assert.Contains("the length of sequence 1 is 1.5", SequenceFiles.Refusal(
            File(ArrayFiles.Npy("'<f4'", "(1,)", SequenceFiles.Floats(1.5f)))));
        Assert.Contains("beside which only 'x' is expected", SequenceFiles.Refusal(folder.File("b.npz",
            ArrayFiles.Npz(("x.npy", Array("(2, 2)", 4)), ("lengths.npy", Lengths(2)), ("y.npy", Array("(2,)", 2))))));
    }

    [Fact]
    public void Bad_arrays_are_refused()
    {
        string Npy(byte[] bytes) => SequenceFiles.Refusal(folder.File("a.npy", bytes));
        Assert.Contains("expected [steps × columns]", Npy(Array("(1, 2, 2, 3)", 12)));
        Assert.Contains("expected [steps × columns]", Npy(Array("()", 1)));
        Assert.Contains("has no steps (shape 0 × 3)", Npy(Array("(0, 3)", 0)));
        Assert.Contains("its sequences have no steps", Npy(Array("(2, 0, 3)", 0)));
        Assert.Contains("has no sequences", Npy(Array("(0, 2, 3)", 0)));
        Assert.Contains("sequence 2, step 1, column 2 is NaN", Npy(ArrayFiles.Npy("'<f4'", "(2, 2, 2)",
            SequenceFiles.Floats(0, 0, 0, 0, 0, float.NaN, 0, 0))));
        Assert.Contains("row 2, column 1 is NaN", Npy(ArrayFiles.Npy("'<f4'", "(2, 2)", SequenceFiles.Floats(0, 0, float.NaN, 0))));
        string Npz(params (string, byte[])[] arrays) => SequenceFiles.Refusal(folder.File("a.npz", ArrayFiles.Npz(arrays)));
        Assert.Contains("has no sequences", Npz());
        Assert.Contains("the sequence 'b' has 1 columns, but 'a' has 2",
            Npz(("a.npy", Array("(1, 2)", 2)), ("b.npy", Array("(2,)", 2))));
        Assert.Contains("the array 'a' is several sequences", Npz(("a.npy", Array("(2, 1, 2)", 4)), ("b.npy", Array("(1, 2)", 2))));
        Assert.Contains("--sequence-column does nothing here",
            SequenceFiles.Refusal(folder.File("b.npy", Array("(2, 2)", 4)), new() { SequenceColumn = "a" }));
    }
}
