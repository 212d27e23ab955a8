using FsCheck;
using FsCheck.Fluent;

namespace Boltzmann.Tests.Data;

/// <summary>Random bytes and damaged files: a reader gives a dataset or one clear line, soon, and allocates little.</summary>
public sealed class HostileFileTests
{
    // Seeds from 1337; the files are small, so a reader that believes a header shows at once in what it allocates.
    const long MostAllocated = 8 << 20;

    static readonly byte[][] Valid =
    [
        ArrayFiles.Idx(0x08, [2, 2, 3], [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]),
        ArrayFiles.Gzip(ArrayFiles.Idx(0x08, [4, 3], new byte[12])),
        ArrayFiles.Idx(0x0D, [2, 2], new byte[16]),
        ArrayFiles.Npy("'<f4'", "(2, 3)", new byte[24]),
        ArrayFiles.Npy("'|u1'", "(2, 3)", new byte[6], fortran: true, version: 2),
        ArrayFiles.Npz(("x.npy", ArrayFiles.Npy("'<f8'", "(2, 2)", new byte[32])),
            ("y.npy", ArrayFiles.Npy("'<i8'", "(2,)", new byte[16]))),
        "0 1 1\n1 0 7\n0.5 2 3\n"u8.ToArray(),
    ];

    static readonly (string Name, Func<Stream, Dataset> Read)[] Readers =
    [
        ("idx", stream => { using InputBytes input = InputBytes.Over(stream, "hostile"); return IdxReader.Read(input); }),
        ("npy", stream => { using InputBytes input = InputBytes.Over(stream, "hostile"); return NpyReader.Read(input); }),
        ("npz", stream => NpzReader.Read(stream, "hostile")),
        ("amat", stream => { using InputBytes input = InputBytes.Over(stream, "hostile"); return AmatReader.Read(input); }),
    ];

    static Gen<byte[]> Mutated =>
        from original in Gen.Elements(Valid)
        from edits in Gen.ListOf(Gen.Choose(0, int.MaxValue), 4)
        from values in Gen.ListOf(Gen.Choose(0, 255), 4)
        from kind in Gen.Choose(0, 4)
        select Mutate(original, [.. edits], [.. values], kind);

    static Gen<byte[]> Random => Gen.ArrayOf(Gen.Choose(0, 255).Select(x => (byte)x));

    [Fact]
    public void Random_bytes_give_one_clear_line() => Check(Random);

    [Fact]
    public void Damaged_files_give_one_clear_line_or_a_dataset() => Check(Mutated);

    [Fact]
    public void Every_prefix_of_a_valid_file_is_refused()
    {
        foreach (var (bytes, reader) in Valid.Take(6).Zip([0, 0, 0, 1, 1, 2]))
            for (int length = 0; length < bytes.Length; length++)
                Assert.Throws<BadInputException>(() => Readers[reader].Read(new MemoryStream(bytes[..length])));
    }

    static void Check(Gen<byte[]> files) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1337, 1337), Prop.ForAll(files.ToArbitrary(), Survives));

    static bool Survives(byte[] bytes)
    {
        foreach (var (_, read) in Readers)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Dataset data = read(new MemoryStream(bytes, writable: false));
                if (data.Count < 1 || data.Columns < 1) return false;
                data.Rows.Read(data.Count - 1, new double[data.Columns]);
            }
            catch (BadInputException e) when (!e.Message.Contains('\n'))
            {
            }
            if (GC.GetAllocatedBytesForCurrentThread() - before > MostAllocated) return false;
        }
        return true;
    }

    static byte[] Mutate(byte[] original, int[] edits, int[] values, int kind)
    {
        var bytes = new List<byte>(original);
        for (int i = 0; i < edits.Length && bytes.Count > 0; i++)
        {
            int at = edits[i] % bytes.Count;
            if (kind == 0) bytes[at] = (byte)values[i];
            else if (kind == 1) bytes[at] ^= (byte)(1 << (values[i] & 7));
            else if (kind == 2) bytes.Insert(at, (byte)values[i]);
            else if (kind == 3) bytes.RemoveAt(at);
            else if (i == 0) bytes.RemoveRange(at, bytes.Count - at);
        }
        return [.. bytes];
    }
}
