using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Boltzmann.Data;

/// <summary>Reads PNG files (ISO/IEC 15948) of 8 bits a channel, not interlaced: grey or colours, with a transparency, which is not
/// looked at.</summary>
static class PngPicture
{
    const int MostPixels = 1 << 24;

    public static GreyPicture Read(string path)
    {
        using Stream file = InputBytes.OpenFile(path);
        using var all = new MemoryStream();
        file.CopyTo(all);
        return Read(all.ToArray(), path);
    }

    public static GreyPicture Read(byte[] file, string name)
    {
        var (width, height, channels, palette, pixels) = Decode(file, name);
        double[] grey = new double[width * height];
        for (int i = 0; i < grey.Length; i++)
        {
            int p = i * channels;
            grey[i] = palette.Length > 0 ? Grey(palette.AsSpan(3 * pixels[p], 3))
                : channels < 3 ? pixels[p] / 255.0 : Grey(pixels.AsSpan(p, 3));
        }
        return new(width, height, grey);
    }

    /// <summary>The pixels of a file as red, green, blue, row by row.</summary>
    public static (int Width, byte[] Colours) ReadColours(byte[] file, string name)
    {
        var (width, height, channels, palette, pixels) = Decode(file, name);
        byte[] colours = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            Span<byte> colour = colours.AsSpan(3 * i, 3);
            if (palette.Length > 0) palette.AsSpan(3 * pixels[i], 3).CopyTo(colour);
            else if (channels < 3) colour.Fill(pixels[i * channels]);
            else pixels.AsSpan(i * channels, 3).CopyTo(colour);
        }
        return (width, colours);
    }

    static (int Width, int Height, int Channels, byte[] Palette, byte[] Pixels) Decode(byte[] file, string name)
    {
        if (file.Length < 33 || !file.AsSpan(0, 8).SequenceEqual<byte>([137, 80, 78, 71, 13, 10, 26, 10])) throw Fault("is not a PNG file");
        long width = 0, height = 0;
        int channels = 0;
        byte[] palette = [];
        using var packed = new MemoryStream();
        for (int at = 8; ;)
        {
            if (file.Length - at < 12) throw Fault("ends before its last part, IEND");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12) throw Fault("is cut off");
            ReadOnlySpan<byte> content = file.AsSpan(at + 8, (int)length);
            string kind = Encoding.Latin1.GetString(file, at + 4, 4);
            at += 12 + (int)length;
            if (channels == 0)
            {
                if (kind != "IHDR" || length != 13) throw Fault("does not begin with its header");
                width = BinaryPrimitives.ReadUInt32BigEndian(content);
                height = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
                if (width < 1 || height < 1 || width > MostPixels || height > MostPixels || width * height > MostPixels)
                    throw Fault($"has {width} × {height} pixels; expected {MostPixels:N0} at most");
                if (content[8] != 8) throw Fault($"has {content[8]} bits a channel; expected 8");
                if (content[12] != 0) throw Fault("is interlaced; save it without");
                channels = content[9] switch
                {
                    0 => 1,
                    2 => 3,
                    3 => 1,
                    4 => 2,
                    6 => 4,
                    var type => throw Fault($"has the colour type {type}, which is not known"),
                };
                if (content[9] == 3) palette = new byte[768];
            }
            else if (kind == "PLTE" && palette.Length > 0) content[..Math.Min(768, content.Length)].CopyTo(palette);
            else if (kind == "IDAT") packed.Write(content);
            else if (kind == "IEND") break;
        }
        int stride = (int)width * channels;
        byte[] raw = Unpack(packed, checked((stride + 1) * (int)height));
        return ((int)width, (int)height, channels, palette, Unfilter(raw, stride, channels));

        byte[] Unpack(MemoryStream packed, int length)
        {
            packed.Position = 0;
            byte[] raw = new byte[length];
            try
            {
                using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
                if (zlib.ReadAtLeast(raw, length, throwOnEndOfStream: false) < length) throw Fault("has fewer pixels than it says");
            }
            catch (InvalidDataException)
            {
                throw Fault("is damaged: its pixels cannot be unpacked");
            }
            return raw;
        }

        byte[] Unfilter(byte[] raw, int stride, int channels)
        {
            byte[] pixels = new byte[raw.Length / (stride + 1) * stride];
            for (int y = 0; y * stride < pixels.Length; y++)
            {
                int filter = raw[y * (stride + 1)];
                if (filter > 4) throw Fault($"is damaged: line {y + 1} has the filter {filter}");
                for (int i = 0; i < stride; i++)
                {
                    int here = y * stride + i;
                    int left = i < channels ? 0 : pixels[here - channels], above = y == 0 ? 0 : pixels[here - stride];
                    int corner = y == 0 || i < channels ? 0 : pixels[here - stride - channels];
                    pixels[here] = (byte)(raw[y * (stride + 1) + 1 + i] + filter switch
                    {
                        0 => 0,
                        1 => left,
                        2 => above,
                        3 => (left + above) / 2,
                        _ => Nearest(left, above, corner),
                    });
                }
            }
            return pixels;
        }

        BadInputException Fault(string what) => new($"{name}: {what}");
    }

    // The first of equals in this order, as the standard has it.
    static int Nearest(int left, int above, int corner)
    {
        int sum = left + above - corner;
        int a = Math.Abs(sum - left), b = Math.Abs(sum - above), c = Math.Abs(sum - corner);
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    static double Grey(ReadOnlySpan<byte> colour) => (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255;
}
