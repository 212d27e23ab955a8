using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>Makes array files byte by byte, by a way other than the library's.</summary>
static class ArrayFiles
{
    public static byte[] Idx(byte type, uint[] axes, byte[] entries)
    {
        var header = new byte[4 + 4 * axes.Length];
        header[2] = type;
        header[3] = (byte)axes.Length;
        for (int i = 0; i < axes.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4 + 4 * i), axes[i]);
        return [.. header, .. entries];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }

    public static byte[] Npy(string descr, string shape, byte[] entries, bool fortran = false, int version = 1) =>
        NpyText($"{{'descr': {descr}, 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", entries, version);

    public static byte[] NpyText(string header, byte[] entries, int version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header + "\n");
        byte[] length = version == 1 ? [(byte)text.Length, (byte)(text.Length >> 8)] : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. entries];
    }

    public static byte[] Npz(params (string Name, byte[] Bytes)[] arrays) => Npz(CompressionLevel.Fastest, arrays);

    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Bytes)[] arrays)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in arrays)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }

    /// <summary>The error line of an action that must be refused.</summary>
    public static string Refusal(Action action)
    {
        string message = Assert.Throws<BadInputException>(action).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
