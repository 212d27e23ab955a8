using System.Buffers.Binary;

namespace Boltzmann.Reporting;

/// <summary>
/// The pictures of an animation that grows, a frame after each epoch of a training, say: they are kept compressed, and an animated PNG file
/// that was written of them gives them back. See <see cref="Apng"/> for all frames at once.
/// </summary>
public sealed class AnimationFrames
{
    readonly List<byte[]> frames = [];
    byte[] header = [];
    (int Width, int Height, int Channels) size;

    /// <summary>Number of frames.</summary>
    public int Count => frames.Count;

    /// <summary>Adds a frame at the end.</summary>
    /// <exception cref="ArgumentException">It differs in size or channels from the first.</exception>
    public void Add(PixelImage frame)
    {
        byte[] own = PngChunks.Header(frame);
        if (Count == 0)
        {
            header = own;
            size = (frame.Width, frame.Height, frame.Channels);
        }
        else if (!own.AsSpan().SequenceEqual(header))
            throw new ArgumentException($"frame {Count} is {frame.Width} × {frame.Height} × {frame.Channels}, but the first is "
                + $"{size.Width} × {size.Height} × {size.Channels}", nameof(frame));
        frames.Add(PngChunks.Deflate(frame));
    }

    /// <summary>Whether a frame has the size and channels of the others.</summary>
    public bool Fits(PixelImage frame) => Count == 0 || PngChunks.Header(frame).AsSpan().SequenceEqual(header);

    /// <summary>The bytes of an animated .png file that repeats for ever.</summary>
    /// <param name="delayMs">Milliseconds each frame stays, 1 to 65 535.</param>
    /// <param name="lastDelayMs">Milliseconds the last frame stays, so that the eye can rest on the result; as the others when
    /// null.</param>
    /// <exception cref="ArgumentException">There is no frame, or a delay is out of range.</exception>
    public byte[] Encode(int delayMs, int? lastDelayMs = null)
    {
        if (Count == 0) throw new ArgumentException("an animation has at least one frame");
        RequireDelay(delayMs);
        RequireDelay(lastDelayMs ?? delayMs);
        using var stream = new MemoryStream();
        stream.Write(PngChunks.Signature);
        PngChunks.Write(stream, "IHDR", header);
        var animation = new byte[8];                          // frame count, then 0 plays: for ever
        BinaryPrimitives.WriteInt32BigEndian(animation, Count);
        PngChunks.Write(stream, "acTL", animation);
        int sequence = 0;
        for (int f = 0; f < Count; f++)
        {
            PngChunks.Write(stream, "fcTL", Control(sequence++, f == Count - 1 ? lastDelayMs ?? delayMs : delayMs));
            if (f == 0)
            {
                PngChunks.Write(stream, "IDAT", frames[f]);
                continue;
            }
            var numbered = new byte[4 + frames[f].Length];
            BinaryPrimitives.WriteInt32BigEndian(numbered, sequence++);
            frames[f].CopyTo(numbered, 4);
            PngChunks.Write(stream, "fdAT", numbered);
        }
        PngChunks.Write(stream, "IEND", []);
        return stream.ToArray();
    }

    /// <summary>The first frames of a file as <see cref="Encode"/> writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">How many frames to take.</param>
    /// <exception cref="BadInputException">It cannot be read, is damaged, is no such animation, or has fewer frames.</exception>
    public static AnimationFrames Read(string path, int count)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(File.Exists(path) ? $"{path}: cannot be read" : $"{path}: no such file", e);
        }
        var read = new AnimationFrames();
        bool isAnimation = false;
        foreach (var (type, content) in PngChunks.Read(bytes, path))
        {
            if ((type == "IHDR") == (read.header.Length > 0))
                throw new BadInputException($"{path}: has no header, or more than one; expected one, first");
            isAnimation |= type == "acTL";
            if (type == "IHDR") read.TakeHeader(content, path);
            else if (type == "IDAT" && read.Count == 0) read.frames.Add(content.ToArray());
            else if (type == "fdAT" && read.Count > 0 && content.Length >= 4) read.frames.Add(content[4..].ToArray());
            else if (type is not ("acTL" or "fcTL" or "IEND"))
                throw new BadInputException($"{path}: has a chunk {Quoted.Text(type)} where an animation of training has none");
        }
        if (!isAnimation) throw new BadInputException($"{path}: is a single picture; expected an animation of {count} frames or more");
        if (read.Count < count) throw new BadInputException($"{path}: has {read.Count} frames; expected {count} or more");
        read.frames.RemoveRange(count, read.Count - count);
        return read;
    }

    void TakeHeader(ReadOnlyMemory<byte> content, string path)
    {
        header = content.ToArray();
        if (header.Length != PngChunks.HeaderLength)
            throw new BadInputException($"{path}: has a header of {header.Length} bytes; expected {PngChunks.HeaderLength}");
        size = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)), header[9] == 0 ? 1 : 3);
    }

    static void RequireDelay(int milliseconds)
    {
        if (milliseconds is < 1 or > ushort.MaxValue) throw new ArgumentException($"a frame stays 1 to 65535 ms, not {milliseconds}");
    }

    // Whole frames at (0, 0), left in place afterwards, overwriting what was there.
    byte[] Control(int sequence, int milliseconds)
    {
        var control = new byte[26];
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(4), size.Width);
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(8), size.Height);
        BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(20), (ushort)milliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(22), 1000);
        return control;
    }
}
