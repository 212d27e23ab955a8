using System.Buffers.Binary;

namespace Boltzmann;

/// <summary>
/// Animated PNG: browsers and most viewers play it, older ones show the first frame. Lossless and with all colours, unlike GIF;
/// for particles over sweeps and filters over epochs.
/// </summary>
public static class Apng
{
    /// <summary>The bytes of an animated .png file that repeats for ever.</summary>
    /// <param name="frames">At least one; all of the same size and channels.</param>
    /// <param name="delayMs">Milliseconds each frame stays, 1 to 65 535.</param>
    /// <param name="lastDelayMs">Milliseconds the last frame stays, so that the eye can rest on the result; as the others when null.</param>
    /// <exception cref="ArgumentException">There is no frame, the frames differ in size, or a delay is out of range.</exception>
    public static byte[] Encode(IReadOnlyList<PixelImage> frames, int delayMs, int? lastDelayMs = null)
    {
        if (frames.Count == 0) throw new ArgumentException("an animation has at least one frame", nameof(frames));
        CheckDelay(delayMs);
        CheckDelay(lastDelayMs ?? delayMs);
        PixelImage first = frames[0];
        using var stream = new MemoryStream();
        PngChunks.WriteHeader(stream, first);
        var animation = new byte[8];                          // frame count, then 0 plays: for ever
        BinaryPrimitives.WriteInt32BigEndian(animation, frames.Count);
        PngChunks.Write(stream, "acTL", animation);
        int sequence = 0;
        for (int f = 0; f < frames.Count; f++)
        {
            PixelImage frame = frames[f];
            if ((frame.Width, frame.Height, frame.Channels) != (first.Width, first.Height, first.Channels))
            {
                throw new ArgumentException($"frame {f} is {frame.Width} × {frame.Height} × {frame.Channels}, "
                    + $"but the first is {first.Width} × {first.Height} × {first.Channels}", nameof(frames));
            }
            PngChunks.Write(stream, "fcTL", FrameControl(frame, sequence++, f == frames.Count - 1 ? lastDelayMs ?? delayMs : delayMs));
            byte[] pixels = PngChunks.Deflate(frame);
            if (f == 0)
            {
                PngChunks.Write(stream, "IDAT", pixels);
                continue;
            }
            var numbered = new byte[4 + pixels.Length];
            BinaryPrimitives.WriteInt32BigEndian(numbered, sequence++);
            pixels.CopyTo(numbered, 4);
            PngChunks.Write(stream, "fdAT", numbered);
        }
        PngChunks.Write(stream, "IEND", []);
        return stream.ToArray();
    }

    static void CheckDelay(int milliseconds)
    {
        if (milliseconds is < 1 or > ushort.MaxValue) throw new ArgumentException($"a frame stays 1 to 65535 ms, not {milliseconds}");
    }

    // Whole frames at (0, 0), left in place afterwards, overwriting what was there.
    static byte[] FrameControl(PixelImage frame, int sequence, int milliseconds)
    {
        var control = new byte[26];
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(4), frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(8), frame.Height);
        BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(20), (ushort)milliseconds);
        BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(22), 1000);
        return control;
    }
}
