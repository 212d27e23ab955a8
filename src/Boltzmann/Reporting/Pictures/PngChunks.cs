using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Boltzmann.Reporting;

/// <summary>
/// What PNG and animated PNG share: signature, chunks with their CRC-32, filtered and deflated pixel lines (ISO/IEC 15948).
/// </summary>
static class PngChunks
{
    public static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Bytes of the content of an IHDR chunk.</summary>
    public const int HeaderLength = 13;

    public static void WriteHeader(Stream stream, PixelImage image)
    {
        stream.Write(Signature);
        Write(stream, "IHDR", Header(image));
    }

    /// <summary>The content of the IHDR chunk of a picture.</summary>
    public static byte[] Header(PixelImage image)
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;                                        // bits per sample
        header[9] = (byte)(image.Channels == 1 ? 0 : 2);      // grey, or red-green-blue
        return header;
    }

    /// <summary>The chunks of a file.</summary>
    /// <exception cref="BadInputException">It is no PNG file, it ends within a chunk, or a check sum is wrong.</exception>
    public static IReadOnlyList<(string Type, ReadOnlyMemory<byte> Content)> Read(byte[] file, string path)
    {
        if (!file.AsSpan().StartsWith(Signature)) throw new BadInputException($"{path}: is not a PNG file");
        var chunks = new List<(string, ReadOnlyMemory<byte>)>();
        for (long at = Signature.Length; at < file.Length;)
        {
            long length = at + 12 > file.Length ? long.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (length > file.Length - at - 12) throw new BadInputException($"{path}: ends within a chunk at byte {at}");
            ReadOnlySpan<byte> checkedBytes = file.AsSpan((int)at + 4, (int)length + 4);
            if (Crc32.Append(0, checkedBytes) != BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)(at + 8 + length))))
                throw new BadInputException($"{path}: the check sum of the chunk at byte {at} is wrong");
            chunks.Add((Encoding.ASCII.GetString(checkedBytes[..4]), file.AsMemory((int)at + 8, (int)length)));
            at += 12 + length;
        }
        return chunks;
    }

    /// <summary>One chunk: length, type, content, CRC-32 of type and content.</summary>
    public static void Write(Stream stream, string type, ReadOnlySpan<byte> content)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, content.Length);
        stream.Write(word);
        Encoding.ASCII.GetBytes(type, word);
        stream.Write(word);
        stream.Write(content);
        uint crc = Crc32.Append(Crc32.Append(0, word), content);
        BinaryPrimitives.WriteUInt32BigEndian(word, crc);
        stream.Write(word);
    }

    /// <summary>The lines, each behind the number of its filter, in a zlib stream.</summary>
    public static byte[] Deflate(PixelImage image)
    {
        int stride = image.Width * image.Channels;
        var above = new byte[stride];
        var best = new byte[stride + 1];
        var trial = new byte[stride + 1];
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            for (int y = 0; y < image.Height; y++)
            {
                byte[] line = image.Pixels.AsSpan(y * stride, stride).ToArray();
                long least = long.MaxValue;
                for (byte filter = 0; filter <= 4; filter++)
                {
                    long sum = Filter(filter, line, above, image.Channels, trial);
                    if (sum >= least) continue;
                    least = sum;
                    (best, trial) = (trial, best);
                }
                zlib.Write(best);
                above = line;
            }
        }
        return compressed.ToArray();
    }

    // The sum of magnitudes of the differences is the heuristic the PNG specification recommends for choosing a line's filter.
    static long Filter(byte filter, byte[] line, byte[] above, int distance, byte[] filtered)
    {
        filtered[0] = filter;
        long sum = 0;
        for (int i = 0; i < line.Length; i++)
        {
            int left = i < distance ? 0 : line[i - distance];
            int corner = i < distance ? 0 : above[i - distance];
            int predicted = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            byte difference = (byte)(line[i] - predicted);
            filtered[i + 1] = difference;
            sum += Math.Abs((int)(sbyte)difference);
        }
        return sum;
    }

    static int Paeth(int left, int above, int corner)
    {
        int guess = left + above - corner;
        int toLeft = Math.Abs(guess - left), toAbove = Math.Abs(guess - above), toCorner = Math.Abs(guess - corner);
        if (toLeft <= toAbove && toLeft <= toCorner) return left;
        return toAbove <= toCorner ? above : corner;
    }
}
