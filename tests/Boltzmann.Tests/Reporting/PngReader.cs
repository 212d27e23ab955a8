using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Boltzmann.Tests.Reporting;

/// <summary>A PNG decoder written from the specification alone, for 8-bit grey and colour, still and animated.</summary>
static class PngReader
{
    public static PixelImage Decode(byte[] file) => Frames(file)[0];

    public static List<(string Type, byte[] Content)> Chunks(byte[] file)
    {
        Assert.Equal([137, 80, 78, 71, 13, 10, 26, 10], file[..8]);
        var chunks = new List<(string, byte[])>();
        int at = 8;
        while (at < file.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            uint crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), crc);
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        Assert.Equal(file.Length, at);
        Assert.Equal("IHDR", chunks[0].Item1);
        Assert.Equal("IEND", chunks[^1].Item1);
        return chunks;
    }

    public static List<PixelImage> Frames(byte[] file)
    {
        List<(string Type, byte[] Content)> chunks = Chunks(file);
        byte[] header = chunks[0].Content;
        Assert.Equal(8, header[8]);
        Assert.Equal([0, 0, 0], header[10..13]);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        int channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new InvalidDataException() };
        return [.. chunks.Where(c => c.Type is "IDAT" or "fdAT").Select(c => Unfilter(c.Type == "IDAT" ? c.Content : c.Content[4..], width,
            height, channels))];
    }

    /// <summary>CRC-32 bit by bit: the polynomial of ISO 3309, as in the PNG specification.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte b in bytes)
            for (int bit = 0; bit < 8; bit++)
            {
                uint odd = (crc ^ (uint)(b >> bit)) & 1;
                crc = (crc >> 1) ^ (odd == 1 ? 0xEDB88320 : 0);
            }
        return ~crc;
    }

    static PixelImage Unfilter(byte[] compressed, int width, int height, int channels)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        byte[] raw = lines.ToArray();
        int stride = width * channels;
        Assert.Equal((stride + 1) * height, raw.Length);
        var pixels = new byte[stride * height];
        int At(int y, int i) => y < 0 || i < 0 ? 0 : pixels[(y * stride) + i];
        for (int y = 0; y < height; y++)
            for (int i = 0; i < stride; i++)
            {
                int a = At(y, i - channels), b = At(y - 1, i), c = i < channels ? 0 : At(y - 1, i - channels), p = a + b - c;
                int nearest = new[] { a, b, c }.MinBy(v => Math.Abs(p - v));     // the first of equals: a, b, c, as specified
                int predicted = raw[y * (stride + 1)] switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => nearest,
                    _ => throw new InvalidDataException()
                };
                pixels[(y * stride) + i] = (byte)(raw[(y * (stride + 1)) + 1 + i] + predicted);
            }
        return new(width, height, channels, pixels);
    }
}
