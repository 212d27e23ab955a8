using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Boltzmann.Tests;

/// <summary>The safetensors format, written and read.</summary>
public sealed class SafetensorsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string File1 => folder["one.safetensors"];

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void A_matrix_comes_back_to_the_bit(Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        double[] hostile =
        [
            0.0, -0.0, 1, -1.5, Math.PI, 1e-45, -1e-310, float.MaxValue, float.MinValue, float.Epsilon, double.Epsilon,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1.0 / 3, 16777217,
        ];
        foreach (int columns in new[] { 1, 7, 16, 17, 33, 1000 })
            foreach (int rows in new[] { 0, 1, 2, 129 })
            {
                var matrix = new Matrix(rows, columns, placement);
                var row = new double[columns];
                for (int r = 0; r < rows; r++)
                {
                    for (int c = 0; c < columns; c++) row[c] = hostile[(r * columns + c) % hostile.Length];
                    matrix.WriteRow(r, row);
                }
                var writer = new SafetensorsWriter();
                writer.Add("w", matrix);
                writer.Write(File1);
                using SafetensorsFile file = SafetensorsFile.Open(File1);
                Matrix read = file.ReadMatrix("w", placement);
                Assert.Equal((rows, columns), (read.Rows, read.Columns));
                for (int r = 0; r < rows; r++)
                    Assert.Equal(matrix.ReadRow(r).Select(BitConverter.DoubleToInt64Bits),
                        read.ReadRow(r).Select(BitConverter.DoubleToInt64Bits));
            }
    }

    [Fact]
    public void Arrays_and_metadata_come_back()
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["boltzmann"] = """{"format": 1}""";
        writer.Metadata["größe \"\\"] = "Zeile 1\nline 2 \u0001 🙂";
        writer.Add("bytes", [1, 2, 255]);
        writer.Add("numbers", [1.5, double.NaN, -0.0]);
        writer.Add("whole \"numbers\"", [long.MinValue, -1, long.MaxValue]);
        writer.Add("none", Array.Empty<long>());
        writer.AddRow("row", Matrix.Row([1, 2, 3]));
        writer.Write(File1);

        using SafetensorsFile file = SafetensorsFile.Open(File1);
        Assert.Equal(writer.Metadata.OrderBy(m => m.Key), file.Metadata.OrderBy(m => m.Key));
        Assert.Equal([1, 2, 255], file.ReadBytes("bytes"));
        Assert.Equal([1.5, double.NaN, -0.0], file.ReadDoubles("numbers"));
        Assert.Equal([long.MinValue, -1, long.MaxValue], file.ReadInt64s("whole \"numbers\""));
        Assert.Empty(file.ReadInt64s("none"));
        Assert.Equal([1, 2, 3], file.ReadMatrix("row").ReadRow(0));
        Assert.Equal([3L], file["row"].Shape);
        Assert.False(file.Contains("column"));
        Assert.Equal([1, 2, 255], file.ReadDoubles("bytes"));
    }

    [Fact]
    public void Tensors_are_contiguous_aligned_and_in_order_of_width()
    {
        var writer = new SafetensorsWriter();
        writer.Add("bytes", new byte[3]);
        writer.Add("single", new Matrix(3, 5));
        writer.Add("whole", new long[2]);
        writer.Add("double", new Matrix(1, 3, Placement.Default.Double));
        writer.Add("single again", new Matrix(1, 1));
        writer.Write(File1);
        using SafetensorsFile file = SafetensorsFile.Open(File1);
        Assert.Equal(["whole", "double", "single", "single again", "bytes"], file.Tensors.Select(t => t.Name));
        long dataStart = 8 + BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(File1));
        Assert.Equal(0, dataStart % 8);
        foreach (StoredTensor tensor in file.Tensors) Assert.Equal(0, tensor.Begin % (tensor.Bytes / tensor.Count));
    }

    [Fact]
    public void A_small_file_has_these_very_bytes()
    {
        using var stream = new MemoryStream();
        GoldenWriter().Write(stream);
        string golden = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "Golden", "tiny.safetensors");
        if (Environment.GetEnvironmentVariable("BOLTZMANN_WRITE_GOLDEN") == "1") File.WriteAllBytes(golden, stream.ToArray());
        Assert.Equal(File.ReadAllBytes(golden), stream.ToArray());

        const string header = """{"__metadata__":{"boltzmann":"{\"format\":1}"},"weights.0-1":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"layers.0.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""";
        int padded = (header.Length + 7) / 8 * 8;
        byte[] expected =
        [
            .. BitConverter.GetBytes((ulong)padded), .. Encoding.UTF8.GetBytes(header.PadRight(padded)),
            .. new float[] { 1, 2, 3, -0.5f, 0.25f, 1e-3f, 7, -8 }.SelectMany(BitConverter.GetBytes),
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void The_wider_and_narrower_types_of_other_programs_are_read()
    {
        void Reads(string type, byte[] bytes, params double[] expected)
        {
            WriteFile($$$"""{"t":{"dtype":"{{{type}}}","shape":[{{{expected.Length}}}],"data_offsets":[0,{{{bytes.Length}}}]}}""", bytes);
            using SafetensorsFile file = SafetensorsFile.Open(File1);
            Assert.Equal(expected, file.ReadMatrix("t", Placement.Default.Double).ReadRow(0));
        }
        Reads("F64", [.. BitConverter.GetBytes(Math.PI)], Math.PI);
        Reads("F16", [0x00, 0x3C, 0x01, 0x00, 0x00, 0xFC], 1, Math.Pow(2, -24), double.NegativeInfinity);
        Reads("BF16", [0x80, 0x3F, 0x40, 0xC0], 1, -3);
        Reads("I64", [.. BitConverter.GetBytes(-3L)], -3);
        Reads("U64", [.. BitConverter.GetBytes(1UL << 63)], 9223372036854775808.0);
        Reads("I32", [.. BitConverter.GetBytes(-70000)], -70000);
        Reads("U32", [.. BitConverter.GetBytes(uint.MaxValue)], uint.MaxValue);
        Reads("I16", [0xFE, 0xFF], -2);
        Reads("U16", [0xFE, 0xFF], 65534);
        Reads("I8", [0xFF, 0x7F], -1, 127);
        Reads("U8", [0xFF, 0x7F], 255, 127);
        Reads("BOOL", [0, 1, 1], 0, 1, 1);
    }

    [Fact]
    public void Types_without_a_decoder_are_carried_but_not_read()
    {
        WriteFile("""{"c":{"dtype":"C64","shape":[1],"data_offsets":[0,8]},"f":{"dtype":"F4","shape":[4],"data_offsets":[8,10]}}""", new byte[10]);
        using SafetensorsFile file = SafetensorsFile.Open(File1);
        Assert.Equal(8, file.ReadBytes("c").Length);
        Assert.Equal(2, file.ReadBytes("f").Length);
        Assert.Contains("C64", Assert.Throws<BadInputException>(() => file.ReadMatrix("c")).Message);
        Assert.Contains("I64", Assert.Throws<BadInputException>(() => file.ReadInt64s("f")).Message);
    }

    [Fact]
    public void Python_would_see_the_same_numbers()
    {
        var rng = new Rng(3);
        var weights = new Matrix(5, 3);
        weights.SampleNormal(rng);
        var doubles = new Matrix(2, 2, Placement.Default.Double);
        doubles.SampleNormal(rng);
        var writer = new SafetensorsWriter();
        writer.Metadata["boltzmann"] = "{}";
        writer.Add("weights.0-1", weights);
        writer.AddRow("layers.0.bias", weights.RowRange(0, 1));
        writer.Add("d", doubles);
        writer.Write(File1);

        var (metadata, arrays) = PythonView.Load(File1);
        Assert.Equal("{}", metadata["boltzmann"]);
        Assert.Equal([5, 3], arrays["weights.0-1"].Shape);
        Assert.Equal([3], arrays["layers.0.bias"].Shape);
        Assert.Equal(weights.ToArray().Cast<double>(), arrays["weights.0-1"].Values);
        Assert.Equal(weights.ReadRow(0), arrays["layers.0.bias"].Values);
        Assert.Equal(doubles.ToArray().Cast<double>(), arrays["d"].Values);
    }

    [Fact]
    public void A_file_replaced_while_open_is_read_on_as_it_was()
    {
        Write(1);
        using SafetensorsFile file = SafetensorsFile.Open(File1);
        Write(2);
        Assert.Equal(1, file.ReadMatrix("w")[0, 0]);
        using SafetensorsFile now = SafetensorsFile.Open(File1);
        Assert.Equal(2, now.ReadMatrix("w")[0, 0]);

        void Write(double value)
        {
            var writer = new SafetensorsWriter();
            writer.Add("w", Matrix.Row(3, value));
            writer.Write(File1);
        }
    }

    [Fact]
    public void Names_are_used_once()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", new byte[1]);
        Assert.Throws<ArgumentException>(() => writer.Add("a", new long[1]));
        Assert.Throws<ArgumentException>(() => writer.Add("__metadata__", new long[1]));
        Assert.Throws<ArgumentException>(() => writer.AddRow("b", new Matrix(2, 2)));
    }

    static SafetensorsWriter GoldenWriter()
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["boltzmann"] = """{"format":1}""";
        writer.Add("weights.0-1", Matrix.From(new double[,] { { 1, 2, 3 }, { -0.5, 0.25, 1e-3 } }));
        writer.AddRow("layers.0.bias", Matrix.Row([7, -8]));
        return writer;
    }

    void WriteFile(string header, byte[] data) =>
        File.WriteAllBytes(File1, [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header),
            .. data]);

    static string ThisFile([CallerFilePath] string path = "") => path;
}
