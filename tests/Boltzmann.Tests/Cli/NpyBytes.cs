using System.Text;

namespace Boltzmann.Tests.Cli;

/// <summary>NPY files written byte by byte, and read back so.</summary>
static class NpyBytes
{
    public static byte[] Of(double[][] rows) => Of($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows.Length}, "
        + $"{(rows.Length == 0 ? 0 : rows[0].Length)}), }}", [.. rows.SelectMany(r => r.SelectMany(BitConverter.GetBytes))]);

    public static byte[] Of(string header, byte[] data)
    {
        string padded = header.PadRight(118 - 1) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, 0, .. Encoding.ASCII.GetBytes(padded), .. data];
    }

    /// <summary>The numbers of a file of float32 or float64 rows.</summary>
    public static double[][] Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int start = 10 + bytes[8] + 256 * bytes[9];
        string header = Encoding.ASCII.GetString(bytes, 10, start - 10);
        string[] shape = header[(header.IndexOf('(') + 1)..header.IndexOf(')')].Split(',');
        int rows = int.Parse(shape[0]), columns = int.Parse(shape[1]), width = header.Contains("<f4") ? 4 : 8;
        Assert.Equal(start + rows * columns * width, bytes.Length);
        return [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Select(c => start + (r * columns + c) * width)
            .Select(at => width == 4 ? BitConverter.ToSingle(bytes, at) : BitConverter.ToDouble(bytes, at)).ToArray())];
    }
}
