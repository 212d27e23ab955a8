using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Boltzmann.Tests.Data;

public sealed class NpyReaderTests : IDisposable
{
    static readonly double[,] TwoByThree = { { 1, 2, 3 }, { 4, 5, 6 } };

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    Dataset Read(byte[] bytes) => NpyReader.Read(folder.File("array.npy", bytes));

    // Made by NumPy 1.24: numpy.save("a.npy", numpy.array([[1.5, -2], [3, 0.25]], dtype="<f4"))
    const string SavedByNumpy =
        "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3No"
        + "YXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AAAAwAAAQEAAAIA+";

    [Theory]
    [InlineData("b1", 1)]
    [InlineData("u1", 1)]
    [InlineData("u2", 2)]
    [InlineData("u4", 4)]
    [InlineData("u8", 8)]
    [InlineData("i1", 1)]
    [InlineData("i2", 2)]
    [InlineData("i4", 4)]
    [InlineData("i8", 8)]
    [InlineData("f2", 2)]
    [InlineData("f4", 4)]
    [InlineData("f8", 8)]
    public void Every_type_and_byte_order_is_read(string type, int bytes)
    {
        double[] values = type switch
        {
            "b1" => [1, 0, 0, 1, 1, 0],
            _ when type[0] == 'u' => [1, 0, 200, 3, 5, 255],
            _ => [1, -2, 3, -100, 0, 127]
        };
        foreach (char order in "<>|")
        {
            var entries = new List<byte>();
            foreach (double value in values)
            {
                byte[] little = type switch
                {
                    "f2" => BitConverter.GetBytes((Half)value),
                    "f4" => BitConverter.GetBytes((float)value),
                    "f8" => BitConverter.GetBytes(value),
                    _ => BitConverter.GetBytes((long)value)[..bytes],
                };
                entries.AddRange(order == '>' ? little.Reverse() : little);
            }
            Dataset data = NpyReader.Read(folder.File("array.npy", ArrayFiles.Npy($"'{order}{type}'", "(2, 3)", [.. entries])), scale: 1);
            Assert.Equal(values, data.ToMatrix().ToArray().Cast<double>());
        }
    }

    [Fact]
    public void A_file_of_NumPy_is_read_and_written_back_byte_for_byte()
    {
        byte[] saved = Convert.FromBase64String(SavedByNumpy);
        Matrix matrix = Read(saved).ToMatrix();
        Assert.Equal(new double[,] { { 1.5, -2 }, { 3, 0.25 } }, matrix.ToArray());
        string path = Path.Combine(folder.Path, "out.npy");
        NpyWriter.Write(path, matrix);
        Assert.Equal(saved, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fortran_order_is_read_correctly_in_every_version(int version)
    {
        byte[] bytes = ArrayFiles.Npy("'|u1'", "(2, 3)", [1, 4, 2, 5, 3, 6], fortran: true, version);
        Assert.Equal(TwoByThree, NpyReader.Read(folder.File("bytes.npy", bytes), scale: 1).ToMatrix().ToArray());
        byte[] numbers = ArrayFiles.Npy("'<f8'", "(2, 3)", [.. MemoryMarshal.AsBytes<double>([1, 4, 2, 5, 3, 6])], fortran: true, version);
        Assert.Equal(TwoByThree, Read(numbers).ToMatrix().ToArray());
    }

    [Fact]
    public void Fortran_order_of_pictures_agrees_with_C_order()
    {
        // Entry (n, y, x) is 100n + 10y + x, for a shape of 2 × 3 × 4.
        List<byte> c = [], fortran = [];
        for (int n = 0; n < 2; n++)
            for (int y = 0; y < 3; y++)
                for (int x = 0; x < 4; x++)
                    c.Add((byte)(100 * n + 10 * y + x));
        for (int x = 0; x < 4; x++)
            for (int y = 0; y < 3; y++)
                for (int n = 0; n < 2; n++)
                    fortran.Add((byte)(100 * n + 10 * y + x));
        Dataset one = Read(ArrayFiles.Npy("'|u1'", "(2, 3, 4)", [.. c])),
            other = Read(ArrayFiles.Npy("'|u1'", "(2, 3, 4)", [.. fortran], fortran: true));
        Assert.Equal(new ImageShape(4, 3), other.Image);
        Assert.Equal(one.ToMatrix().ToArray(), other.ToMatrix().ToArray());
    }

    [Fact]
    public void One_axis_is_a_column_and_the_header_may_be_laid_out_as_it_likes()
    {
        Dataset data = Read(ArrayFiles.NpyText("{ \"shape\":(3,),\"fortran_order\":True , 'descr' : '|u1'}   ", [1, 0, 1]));
        Assert.Equal((3, 1), (data.Count, data.Columns));
        Assert.Equal(2, Read(ArrayFiles.NpyText("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L)}", [1, 0])).Count);
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_said_in_one_line_with_its_name()
    {
        byte[] good = ArrayFiles.Npy("'<f4'", "(2, 1)", new byte[8]);
        (byte[] Bytes, string Expected)[] cases =
        [
            ([], "truncated"),
            (good[..20], "longer than the file"),
            (good[..^1], "take 8 bytes, but 7 follow"),
            ([.. good, 0], "take 8 bytes, but 9 follow"),
            ([0x94, .. good[1..]], "expected NPY"),
            ([.. good[..6], 4, .. good[7..]], "version 4.0"),
            ([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255, 1], "a header of 4294967295 bytes"),
            (ArrayFiles.Npy("'|O'", "(2, 1)", new byte[16]), "Python objects, which are refused"),
            (ArrayFiles.Npy("[('a', '<f4')]", "(2,)", new byte[8]), "records of several fields"),
            (ArrayFiles.Npy("'<c8'", "(1, 1)", new byte[8]), "type '<c8'"),
            (ArrayFiles.Npy("'<U3'", "(1, 1)", new byte[12]), "holds texts, expected an array of numbers"),
            (ArrayFiles.Npy("'<M8[D]'", "(1, 1)", new byte[8]), "type '<M8[D]'"),
            (ArrayFiles.Npy("'<f4'", "()", new byte[4]), "single number"),
            (ArrayFiles.Npy("'<f4'", $"({string.Join(',', Enumerable.Repeat(1, 65))})", new byte[4]), "65 axes"),
            (ArrayFiles.Npy("'<f4'", "(0, 4)", []), "no rows"),
            (ArrayFiles.Npy("'<f4'", "(4, 0)", []), "no columns"),
            (ArrayFiles.Npy("'<f4'", "(1152921504606846976, 8)", new byte[8]), "rows or columns"),
            (ArrayFiles.Npy("'<f4'", "(2, 1152921504606846976, 1152921504606846976, 1152921504606846976)", new byte[8]), "rows or columns"),
            (ArrayFiles.Npy("'<f4'", "(1000000000, 1000000000)", new byte[8]), "but 8 follow"),
            (ArrayFiles.Npy("'<f4'", "(99999999999999999999, 1)", new byte[8]), "below 2^63"),
            (ArrayFiles.Npy("'<f4'", "(-1, 1)", new byte[8]), "below 2^63"),
            (ArrayFiles.Npy("'<f4'", "(2, 1)", [0, 0, 0, 0, 0, 0, 0xC0, 0x7F]), "row 2, column 1 is NaN"),
            (ArrayFiles.NpyText("{'descr': '<f4', 'shape': (1,)}", new byte[4]), "no 'fortran_order'"),
            (ArrayFiles.NpyText("{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)}", new byte[4]), "neither True nor False"),
            (ArrayFiles.NpyText("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} 2", new byte[4]), "text after"),
            (ArrayFiles.NpyText("{'descr': '<f4', 'descr': '<f4', 'shape': (1,)}", new byte[4]), "the key 'descr'"),
            (ArrayFiles.NpyText("{'descr': '<f4", new byte[4]), "without end"),
            (Encoding.UTF8.GetBytes("a,b\n1,2\n"), "expected NPY"),
        ];
        foreach (var (bytes, expected) in cases)
        {
            string path = folder.File("wrong.npy", bytes), message = ArrayFiles.Refusal(() => NpyReader.Read(path));
            Assert.StartsWith(path, message);
            Assert.Contains(expected, message);
        }
    }

    [Fact]
    public void An_archive_gives_the_array_asked_for_and_its_labels()
    {
        byte[] x = ArrayFiles.Npy("'|u1'", "(2, 1)", [0, 1]), z = ArrayFiles.Npy("'|u1'", "(2, 1)", [1, 1]),
            y = ArrayFiles.Npy("'<i8'", "(2,)", [.. MemoryMarshal.AsBytes<long>([4, 2])]);
        string path = folder.File("some.npz", ArrayFiles.Npz(("z.npy", z), ("x.npy", x), ("y.npy", y), ("note.txt", [1])));
        Dataset data = NpzReader.Read(path);
        Assert.Equal(("some.npz", 0.5), (data.Name, data.Means()[0]));
        Assert.Equal([4, 2], data.Labels!);
        Assert.Equal(5, data.Classes);
        Assert.Equal([1.0], NpzReader.Read(path, "z").Means());
        Assert.Contains("no array 'w': expected the name of one of: 'x' [2 × 1], 'y' [2], 'z' [2 × 1] (--array)",
            ArrayFiles.Refusal(() => NpzReader.Read(path, "w")));
        Assert.Equal([1.0], NpzReader.Read(folder.File("one.npz", ArrayFiles.Npz(("z.npy", z)))).Means());
        Assert.Contains("expected the name of one of: 'w' [2 × 1], 'z' [2 × 1]",
            ArrayFiles.Refusal(() => NpzReader.Read(folder.File("two.npz", ArrayFiles.Npz(("w.npy", z), ("z.npy", z))))));
        Assert.Contains("2 labels for 1 rows", ArrayFiles.Refusal(() => NpzReader.Read(folder.File("short.npz",
            ArrayFiles.Npz(("x.npy", ArrayFiles.Npy("'|u1'", "(1, 1)", [0])), ("y.npy", y))))));
        Assert.Contains("not a readable NPZ", ArrayFiles.Refusal(() => NpzReader.Read(folder.File("no.npz", [1, 2, 3]))));
    }

    [Fact]
    public void A_flipped_bit_in_an_archive_is_found()
    {
        byte[] bytes = ArrayFiles.Npz(System.IO.Compression.CompressionLevel.NoCompression,
            ("x.npy", ArrayFiles.Npy("'|u1'", "(64, 1)", [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 37))])));
        int at = bytes.AsSpan().IndexOf(new byte[] { 37, 74, 111 });
        Assert.True(at > 0);
        bytes[at + 1] ^= 64;
        Assert.Contains("damaged", ArrayFiles.Refusal(() => NpzReader.Read(folder.File("flipped.npz", bytes))));
    }

    [Fact]
    public void Batches_are_written_as_one_array_or_not_at_all()
    {
        string path = Path.Combine(folder.Path, "out.npy");
        var batch = Matrix.From(TwoByThree, new Placement(ReferenceBackend.Shared, Precision.Float64));
        NpyWriter.Write(path, 4, 3, Precision.Float64, [batch, batch]);
        Dataset back = NpyReader.Read(path);
        Assert.Equal((4, 3), (back.Count, back.Columns));
        Assert.Equal(TwoByThree, back.ToMatrix(2, 2).ToArray());
        byte[] before = File.ReadAllBytes(path);
        Assert.Throws<ArgumentException>(() => NpyWriter.Write(path, 5, 3, Precision.Float64, [batch, batch]));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
