using System.Buffers.Binary;

namespace Boltzmann.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Pictures => ArrayFiles.Idx(0x08, [2, 2, 3], [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pictures_are_read_as_grey_values_from_plain_and_gzip_files(bool compressed)
    {
        Dataset data = IdxReader.Read(folder.File("some-idx3-ubyte", compressed ? ArrayFiles.Gzip(Pictures) : Pictures));
        Assert.Equal((2, 6, new ImageShape(3, 2)), (data.Count, data.Columns, data.Image));
        var row = new double[6];
        data.Rows.Read(0, row);
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8, 1], row.Select(x => Math.Round(x, 15)));
        Assert.Equal(4 / 255.0, data.ToMatrix(new Placement(ReferenceBackend.Shared, Precision.Float64))[1, 3], 15);
    }

    [Fact]
    public void Bytes_of_zero_and_one_are_bits_unless_a_scale_is_stated()
    {
        string path = folder.File("bits", ArrayFiles.Idx(0x08, [2, 2], [0, 1, 1, 0]));
        Assert.Equal([0.5, 0.5], IdxReader.Read(path).Means());
        Assert.Equal([5, 5], IdxReader.Read(path, scale: 10).Means());
    }

    [Theory]
    [InlineData(0x09, 1)]
    [InlineData(0x0B, 2)]
    [InlineData(0x0C, 4)]
    [InlineData(0x0D, 4)]
    [InlineData(0x0E, 8)]
    public void Every_type_of_number_is_read(byte type, int bytes)
    {
        double[] values = [1, -2, 3, -100, 0, 127];
        var entries = new byte[values.Length * bytes];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> place = entries.AsSpan(i * bytes);
            if (type == 0x09) place[0] = (byte)(sbyte)values[i];
            if (type == 0x0B) BinaryPrimitives.WriteInt16BigEndian(place, (short)values[i]);
            if (type == 0x0C) BinaryPrimitives.WriteInt32BigEndian(place, (int)values[i]);
            if (type == 0x0D) BinaryPrimitives.WriteSingleBigEndian(place, (float)values[i]);
            if (type == 0x0E) BinaryPrimitives.WriteDoubleBigEndian(place, values[i]);
        }
        Dataset data = IdxReader.Read(folder.File("numbers", ArrayFiles.Idx(type, [3, 2], entries)));
        Assert.Equal([[1, -2], [3, -100], [0, 127]], Enumerable.Range(0, 3).Select(r => data.ToMatrix(r, 1).ReadRow(0)));
    }

    [Fact]
    public void Labels_are_integers_along_one_axis()
    {
        Assert.Equal([3, 0, 9], IdxReader.ReadLabels(folder.File("labels", ArrayFiles.Idx(0x08, [3], [3, 0, 9]))));
        Assert.Contains("row 2 is -1", ArrayFiles.Refusal(() => IdxReader.ReadLabels(folder.File("negative",
            ArrayFiles.Idx(0x09, [2], [1, 255])))));
        Assert.Contains("one axis", ArrayFiles.Refusal(() => IdxReader.ReadLabels(folder.File("pictures", Pictures))));
    }

    [Fact]
    public void A_mapped_file_gives_the_same_rows_as_one_in_memory()
    {
        byte[] numbers = new byte[5 * 7 * 4];
        for (int i = 0; i < 35; i++) BinaryPrimitives.WriteSingleBigEndian(numbers.AsSpan(4 * i), i * 0.25f);
        foreach (byte[] bytes in new[] { Pictures, ArrayFiles.Idx(0x08, [2, 2], [0, 1, 1, 0]), ArrayFiles.Idx(0x0D, [5, 7], numbers) })
        {
            string path = folder.File("mapped", bytes);
            Dataset read = IdxReader.Read(path);
            using InputBytes input = InputBytes.Open(path);
            Dataset mapped = IdxReader.Read(input, null, path);
            using var rows = Assert.IsType<MappedRows>(mapped.Rows);
            Assert.Equal(read.ToMatrix().ToArray(), mapped.ToMatrix().ToArray());
            Assert.Equal(read.Means(), mapped.Means());
        }
    }

    [Fact]
    public void Bytes_take_the_step_of_a_training_only_where_their_own_was_found()
    {
        string path = folder.File("counts", ArrayFiles.Idx(0x08, [2, 2], [0, 4, 2, 1]));
        Dataset found = IdxReader.Read(path), stated = IdxReader.Read(path, scale: 0.25);
        Assert.Equal([0.0, 0.4, 0.2, 0.1], Values(found.WithFoundStep(0.1)));
        Assert.Equal([0.2, 0.1], Values(found.Take(1, first: 1).WithFoundStep(0.1)));
        Assert.Same(found, found.WithFoundStep(0.25));
        Assert.Same(stated, stated.WithFoundStep(0.1));
        Dataset bits = NpyReader.Read(folder.File("bits.npy", ArrayFiles.Npy("'|b1'", "(1, 2)", [0, 1])));
        Assert.Same(bits, bits.WithFoundStep(0.1));
        using InputBytes input = InputBytes.Open(path);
        Dataset mapped = IdxReader.Read(input, null, path), restated = mapped.WithFoundStep(0.1);
        using var first = Assert.IsType<MappedRows>(mapped.Rows);
        using var second = Assert.IsType<MappedRows>(restated.Rows);
        first.Dispose();
        Assert.Equal([0.0, 0.4, 0.2, 0.1], Values(restated));
        Assert.Same(restated, restated.WithFoundStep(0.5));
    }

    static double[] Values(Dataset data) => [.. Enumerable.Range(0, data.Count).SelectMany(r =>
        data.ToMatrix(r, 1, Placement.Default.Double).ReadRow(0)).Select(x => Math.Round(x, 15))];

    [Fact]
    public void What_is_wrong_with_a_file_is_said_in_one_line_with_its_name()
    {
        byte[] gzip = ArrayFiles.Gzip(Pictures);
        (byte[] Bytes, string Expected)[] cases =
        [
            ([], "truncated"),
            ([0, 0, 8], "truncated"),
            ([0, 0, 8, 3, 0], "truncated"),
            (Pictures[..^1], "12 bytes, but 11 follow"),
            ([.. Pictures, 0], "12 bytes, but 13 follow"),
            ([1, .. Pictures[1..]], "begins with 0x01000803, expected IDX"),
            ([0, 0, 7, .. Pictures[3..]], "begins with"),
            (ArrayFiles.Idx(0x08, [], [1]), "begins with"),
            (ArrayFiles.Idx(0x08, [0, 3], []), "no rows"),
            (ArrayFiles.Idx(0x08, [3, 0], []), "no columns"),
            (ArrayFiles.Idx(0x08, [uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue], [1]), "rows or columns"),
            (ArrayFiles.Idx(0x08, [1 << 30, 1 << 30], [1]), "bytes, but 1 follow"),
            (ArrayFiles.Idx(0x0E, [1, 1], [0x7F, 0xF0, 0, 0, 0, 0, 0, 0]), "row 1, column 1 is ∞"),
            (gzip[..^1], "truncated"),
            (gzip[..^9], "truncated"),
            (gzip[..12], "truncated"),
            ([.. gzip, 1, 2, 3], "trailing bytes"),
            ([.. gzip, .. gzip], "trailing bytes"),
            (ArrayFiles.Gzip([.. Pictures, 9]), "12 bytes, but 13 follow"),
            (ArrayFiles.Gzip(Pictures[..^1]), "truncated"),
            ([.. gzip[..^6], (byte)(gzip[^6] ^ 1), .. gzip[^5..]], "damaged"),
            (ArrayFiles.Gzip(ArrayFiles.Idx(0x08, [1 << 30, 1 << 30], [1])), "but"),
        ];
        foreach (var (bytes, expected) in cases)
        {
            string path = folder.File("wrong.idx", bytes), message = ArrayFiles.Refusal(() => IdxReader.Read(path));
            Assert.StartsWith(path, message);
            Assert.Contains(expected.Replace("∞", double.PositiveInfinity.ToString()), message);
        }
        Assert.Contains("no such file", ArrayFiles.Refusal(() => IdxReader.Read(Path.Combine(folder.Path, "absent"))));
        Assert.Contains("folder", ArrayFiles.Refusal(() => IdxReader.Read(folder.Path)));
    }
}
