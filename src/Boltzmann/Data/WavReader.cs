using System.Buffers.Binary;
using System.Text;

namespace Boltzmann.Data;

/// <summary>The samples of a WAV file: 16-bit PCM of one channel.</summary>
static class WavReader
{
    const int Plain = 1, Extensible = 0xFFFE;

    /// <summary>Whether a file begins like one.</summary>
    public static bool Is(ReadOnlySpan<byte> start) => start.Length >= 12 && start[..4].SequenceEqual("RIFF"u8)
        && start[8..12].SequenceEqual("WAVE"u8);

    /// <summary>Reads all samples, −1 to 1, and how many there are in a second.</summary>
    /// <exception cref="BadInputException">It is no WAV file, has several channels, other samples, or ends too early.</exception>
    public static (float[] Samples, int Rate) Read(InputBytes input)
    {
        byte[] file = input.ReadAll();
        if (!Is(file)) throw new BadInputException($"{input.Name}: does not begin like WAV: expected sound of 16-bit PCM, one channel");
        int rate = 0;
        for (long at = 12; at + 8 <= file.Length;)
        {
            ReadOnlySpan<byte> head = file.AsSpan((int)at, 8);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (length > file.Length - at - 8)
                throw new BadInputException($"{input.Name}: torn: its part {Quoted.Text(Encoding.Latin1.GetString(head[..4]))} takes "
                    + $"{length} bytes, but {file.Length - at - 8} follow");
            ReadOnlySpan<byte> part = file.AsSpan((int)at + 8, (int)length);
            if (head[..4].SequenceEqual("fmt "u8)) rate = Rate(part, input.Name);
            else if (head[..4].SequenceEqual("data"u8))
                return rate > 0 ? (Samples(part, input.Name), rate) : throw new BadInputException($"{input.Name}: its samples come before "
                    + "the part 'fmt ', which says how they are written");
            at += 8 + length + length % 2;   // parts begin at even places
        }
        throw new BadInputException($"{input.Name}: torn: has no samples (no part 'data')");
    }

    static int Rate(ReadOnlySpan<byte> part, string name)
    {
        if (part.Length < 16) throw new BadInputException($"{name}: torn: its part 'fmt ' has {part.Length} bytes, expected 16 or more");
        int format = BinaryPrimitives.ReadUInt16LittleEndian(part), channels = BinaryPrimitives.ReadUInt16LittleEndian(part[2..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(part[14..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(part[4..]);
        if (format == Extensible && part.Length >= 26) format = BinaryPrimitives.ReadUInt16LittleEndian(part[24..]);
        if (format != Plain)
            throw new BadInputException($"{name}: is {Kind(format)} (format {format}): expected 16-bit PCM, which is not compressed");
        if (channels != 1)
            throw new BadInputException($"{name}: is {(channels == 2 ? "stereo" : $"sound of {channels} channels")}: expected one channel");
        if (bits != 16) throw new BadInputException($"{name}: has samples of {bits} bits: expected 16");
        if (rate is 0 or > int.MaxValue) throw new BadInputException($"{name}: has {rate} samples a second: expected 1 or more");
        return (int)rate;
    }

    static string Kind(int format) => format switch
    {
        3 => "sound of floating-point numbers",
        6 or 7 => "compressed by a logarithmic law",
        0x55 => "MP3 within WAV",
        _ => "compressed",
    };

    static float[] Samples(ReadOnlySpan<byte> data, string name)
    {
        if (data.Length % 2 != 0) throw new BadInputException($"{name}: torn: its samples take {data.Length} bytes, two each");
        var samples = new float[data.Length / 2];
        for (int t = 0; t < samples.Length; t++) samples[t] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * t)..]) / 32768f;
        return samples;
    }
}
