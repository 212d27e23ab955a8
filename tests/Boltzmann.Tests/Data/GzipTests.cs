using System.IO.Compression;

namespace Boltzmann.Tests.Data;

/// <summary>gzip as RFC 1952 has it: any number of members, zeros behind the last, and nothing else.</summary>
public sealed class GzipTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly byte[] Text = "1,0\n0,1\n1,1\n"u8.ToArray();
    static readonly byte[] Idx = ArrayFiles.Idx(0x08, [3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    static readonly byte[] Npy = ArrayFiles.Npy("'<f4'", "(2, 3)",
        [.. Enumerable.Range(1, 6).SelectMany(x => BitConverter.GetBytes((float)x))]);

    /// <summary>Every way to write a file as members: where it is cut, what each header has.</summary>
    public static TheoryData<string, byte[]> Files
    {
        get
        {
            var files = new TheoryData<string, byte[]>();
            foreach (var (name, bytes) in new[] { ("some.csv.gz", Text), ("some-idx2-ubyte.gz", Idx), ("some.npy.gz", Npy) })
                foreach (int cut in (int[])[0, 1, 4, bytes.Length / 2, bytes.Length - 1, bytes.Length])
                {
                    byte[] two = [.. Member(bytes[..cut]), .. Member(bytes[cut..], flags: 2 + 4 + 8 + 16)];
                    files.Add(name, two);
                    files.Add(name, [.. two, .. new byte[512 - two.Length % 512]]);
                    files.Add(name, [.. two, 0]);
                    files.Add(name, [.. two, .. Member([])]);
                    files.Add(name, [.. Member([]), .. Member([]), .. two]);
                    files.Add(name, [.. bytes.SelectMany(one => Member([one]))]);
                }
            return files;
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void All_members_are_read(string name, byte[] bytes)
    {
        double[,] expected = Read(name.Replace(".gz", ""), name.Contains("csv") ? Text : name.Contains("npy") ? Npy : Idx);
        Assert.Equal(expected, Read(name, bytes));
    }

    [Fact]
    public void The_end_of_a_member_is_found_wherever_it_lies_in_a_piece()
    {
        var random = new Random(1337);
        for (int length = 8100; length < 8300; length += 3)
        {
            byte[] first = new byte[length], second = new byte[20_000];
            random.NextBytes(first);
            random.NextBytes(second);
            using var members = new GzipMembers(new MemoryStream([.. Member(first), .. Member(second), 0, 0]), "some");
            using var all = new MemoryStream();
            members.CopyTo(all);
            Assert.Equal([.. first, .. second], all.ToArray());
        }
    }

    public static TheoryData<string, byte[], string> Damaged
    {
        get
        {
            var files = new TheoryData<string, byte[], string>();
            foreach (var (name, bytes) in new[] { ("some.csv.gz", Text), ("some-idx2-ubyte.gz", Idx), ("some.npy.gz", Npy) })
            {
                byte[] first = Member(bytes[..5]), second = Member(bytes[5..]), two = [.. first, .. second];
                for (int missing = 1; missing < second.Length; missing++)
                    files.Add(name, two[..^missing], missing < second.Length - 1 ? "truncated" : "trailing bytes");
                files.Add(name, [.. two, 1, 2, 3], "trailing bytes");
                files.Add(name, [.. two, 0, 0, 7], "trailing bytes");
                files.Add(name, [.. two, .. new byte[40_000], 7], "trailing bytes");
                files.Add(name, [.. two, 0, .. second], "trailing bytes");
                files.Add(name, [.. two, 0x1F], "trailing bytes");
                files.Add(name, [.. two, 0x1F, 0x8B, 8], "truncated");
                files.Add(name, [.. first[..^8], (byte)(first[^8] ^ 1), .. first[^7..], .. second], "damaged");
                files.Add(name, [.. first[..^4], (byte)(first[^4] ^ 1), .. first[^3..], .. second], "damaged");
                files.Add(name, [.. two[..^4], (byte)(two[^4] ^ 1), .. two[^3..]], "damaged");
                files.Add(name, [.. first, 0x1F, 0x8B, 9, .. second[3..]], "unknown kind");
                files.Add(name, [.. first, 0x1F, 0x8B, 8, 0x20, .. second[4..]], "unknown kind");
            }
            files.Add("few-idx2-ubyte.gz", [.. Member(Idx[..5]), .. Member(Idx[5..^1])], "take 12 bytes, but 11 follow the header");
            files.Add("more-idx2-ubyte.gz", [.. Member(Idx), .. Member([13])], "take 12 bytes, but 13 follow the header");
            files.Add("bomb-idx2-ubyte.gz", [.. Member(Idx), .. Member(new byte[10_000_000])],
                "take 12 bytes, but more than 12 follow the header");
            files.Add("claim-idx2-ubyte.gz", [.. Member(ArrayFiles.Idx(0x08, [30_000, 1], [])), .. Member([1])], "but 1 follow the header");
            files.Add("greedy-idx2-ubyte.gz", [.. Member(ArrayFiles.Idx(0x08, [1 << 30, 1 << 30], [])), .. Member([1])],
                "can follow the header");
            return files;
        }
    }

    [Theory, MemberData(nameof(Damaged))]
    public void What_is_not_whole_members_is_refused(string name, byte[] bytes, string because) =>
        Assert.Contains(because, ArrayFiles.Refusal(() => Read(name, bytes)));

    [Fact]
    public void Many_small_members_are_read_in_time_that_grows_with_the_file()
    {
        byte[] empty = Member([]);
        byte[] many = [.. Member(Idx), .. Enumerable.Repeat(empty, 20_000).SelectMany(x => x)];
        Assert.Equal(Read("plain-idx2-ubyte", Idx), Read("many-idx2-ubyte.gz", many));
    }

    [Fact]
    public void A_packed_file_is_never_mapped_however_large_it_is()
    {
        int rows = (int)(ArrayReader.MappedBytes >> 10);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(ArrayFiles.Idx(0x08, [(uint)rows, 1024], []));
            for (int r = 0; r < rows; r++) gzip.Write(new byte[1024]);
        }
        Dataset data = IdxReader.Read(folder.File("large-idx2-ubyte.gz", packed.ToArray()));
        Assert.Equal((rows, 1024), (data.Count, data.Columns));
        Assert.IsType<ByteRows>(data.Rows);
    }

    double[,] Read(string name, byte[] bytes) => DataSource.Open(folder.File(name, bytes)).ToMatrix(Placement.Default.Double).ToArray();

    // A header with some of what it may have, deflated data, sum and size; of nothing .NET writes nothing.
    static byte[] Member(byte[] bytes, byte flags = 0)
    {
        byte[] plain = bytes.Length == 0 ? [.. new byte[10], 3, 0, .. new byte[8]] : ArrayFiles.Gzip(bytes);
        return
        [
            0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 255,
            .. (flags & 4) == 0 ? [] : (byte[])[3, 0, 1, 0, 2],
            .. (flags & 8) == 0 ? [] : "name\0"u8.ToArray(),
            .. (flags & 16) == 0 ? [] : "words\0"u8.ToArray(),
            .. (flags & 2) == 0 ? [] : (byte[])[1, 2],
            .. plain[10..],
        ];
    }
}
