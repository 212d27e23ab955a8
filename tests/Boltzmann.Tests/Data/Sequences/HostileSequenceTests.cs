using System.IO.Compression;
using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>Damaged files of sequences are read or refused in one line; nothing else happens.</summary>
public sealed class HostileSequenceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Npz(CompressionLevel level) => ArrayFiles.Npz(level,
        ("a.npy", ArrayFiles.Npy("'<f4'", "(2, 2)", SequenceFiles.Floats(0, 1, 2, 3))),
        ("b.npy", ArrayFiles.Npy("'<f4'", "(1, 2)", SequenceFiles.Floats(4, 5))));

    static readonly Dictionary<string, byte[]> files = new()
    {
        ["a.json"] = Encoding.UTF8.GetBytes("{\"train\": [[[60, 64], []], [[61]]], \"test\": [[[62]]]}"),
        ["a.txt"] = Encoding.UTF8.GetBytes("one 3\n\u00E9t\u00E9 2\nthree 1\n"),
        ["a.csv"] = Encoding.UTF8.GetBytes("who,x,y\na,1,2\na,3,4\nb,5,6\n"),
        ["a.npy"] = ArrayFiles.Npy("'<f4'", "(2, 1, 2)", SequenceFiles.Floats(0, 1, 2, 3)),
        ["stored.npz"] = Npz(CompressionLevel.NoCompression),
        ["packed.npz"] = Npz(CompressionLevel.Fastest),
        ["a.json.gz"] = ArrayFiles.Gzip(Encoding.UTF8.GetBytes("[[[60, 64], []], [[61]]]")),
    };

    public static TheoryData<string> Names => [.. files.Keys];

    void Open(string name, byte[] bytes)
    {
        string path = folder.File(name, bytes);
        try
        {
            string? column = name == "a.csv" ? "who" : null;
            Sequences read = SequenceSource.Open(path, SequenceFiles.Whole with { SequenceColumn = column }).Training;
            Assert.Equal(read.Steps.Count, Enumerable.Range(0, read.Count).Sum(read.LengthOf));
        }
        catch (BadInputException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_beginning_is_read_or_refused(string name)
    {
        for (int length = 0; length < files[name].Length; length++) Open(name, files[name][..length]);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_changed_byte_is_read_or_refused(string name)
    {
        byte[] bytes = [.. files[name]];
        for (int i = 0; i < bytes.Length; i++)
            foreach (byte change in new byte[] { 0x01, 0x10, 0x80, 0xFF })
            {
                bytes[i] ^= change;
                Open(name, bytes);
                bytes[i] ^= change;
            }
    }
}
