using System.Buffers.Binary;
using System.Numerics;

namespace Boltzmann.Tests.Data;

/// <summary>WAV files as frames.</summary>
public sealed class SoundTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Wav(short[] samples, int channels = 1, int bits = 16, int format = 1, int rate = 8000, bool hasList = false,
        bool isExtensible = false)
    {
        byte[] fmt = new byte[isExtensible ? 40 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(fmt, (ushort)(isExtensible ? 0xFFFE : format));
        BinaryPrimitives.WriteUInt16LittleEndian(fmt.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(fmt.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(fmt.AsSpan(14), (ushort)bits);
        if (isExtensible) BinaryPrimitives.WriteUInt16LittleEndian(fmt.AsSpan(24), (ushort)format);
        byte[] data = [.. samples.SelectMany(BitConverter.GetBytes)];
        return [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, .. Part("fmt "u8, fmt), .. hasList ? Part("LIST"u8, [1, 2, 3]) : [],
            .. Part("data"u8, data)];

        static byte[] Part(ReadOnlySpan<byte> name, byte[] bytes) => [.. name, .. BitConverter.GetBytes(bytes.Length), .. bytes,
            .. bytes.Length % 2 == 1 ? [(byte)0] : System.Array.Empty<byte>()];
    }

    static short[] Noise(int count)
    {
        var rng = new Rng(5);
        return [.. Enumerable.Range(0, count).Select(_ => (short)(rng.NextUniform() * 60_000 - 30_000))];
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Raw_frames_are_the_samples(bool hasList, bool isExtensible)
    {
        string path = folder.File("a.wav", Wav([0, 16384, -32768, 32767, 1], hasList: hasList, isExtensible: isExtensible));
        Sequences read = SequenceFiles.Read(path, new() { IsRaw = true, Frame = 2, Hop = 2 });
        Assert.Equal([0, 0.5, -1, 32767 / 32768.0], SequenceFiles.Values(read));
        Assert.Equal((2, 2, 1), (read.Steps.Count, read.Columns, read.Count));
        Assert.Equal(4, SequenceFiles.Read(path, new() { IsRaw = true, Frame = 2, Hop = 1 }).Steps.Count);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(64)]
    [InlineData(200)]
    public void Frames_are_the_logarithm_of_the_power_spectrum(int frame)
    {
        short[] samples = Noise(3 * frame);
        Sequences read = SequenceFiles.Read(folder.File("a.wav.gz", ArrayFiles.Gzip(Wav(samples))), new() { Frame = frame, Hop = frame });
        double[] values = SequenceFiles.Values(read);
        Assert.Equal((3, frame / 2 + 1), (read.Steps.Count, read.Columns));
        double[] window = [.. Enumerable.Range(0, frame).Select(t => Math.Pow(Math.Sin(Math.PI * t / frame), 2))];
        double floor = window.Sum(w => w * w) / 12 / 32768 / 32768;
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < read.Columns; k++)
            {
                Complex sum = Enumerable.Range(0, frame).Aggregate(Complex.Zero, (sum, t) => sum
                    + window[t] * samples[i * frame + t] / 32768 * Complex.Exp(new(0, -2 * Math.PI * k * t / frame)));
                double power = sum.Magnitude * sum.Magnitude + floor;
                Assert.Equal(Math.Log(power), values[i * read.Columns + k], 1e-5);
            }
    }

    [Fact]
    public void A_tone_stands_out_in_its_band_and_silence_is_finite()
    {
        short[] tone = [.. Enumerable.Range(0, 400).Select(t => (short)(10_000 * Math.Sin(2 * Math.PI * 1000 * t / 8000)))];
        Sequences read = SequenceFiles.Read(folder.File("a.wav", Wav([.. tone, .. new short[400]])));
        Assert.Equal((8, 101), (read.Steps.Count, read.Columns));
        double[] values = SequenceFiles.Values(read);
        Assert.Equal(25, Array.IndexOf(values, values[..101].Max()));
        Assert.Equal(("0 Hz", "1000 Hz", "4000 Hz"),
            (read.Steps.ColumnNames![0], read.Steps.ColumnNames[25], read.Steps.ColumnNames[100]));
        // The window's squares sum to 3/8 of the frame.
        Assert.All(values[^101..], x => Assert.Equal(Math.Log(75 / 12.0 / 32768 / 32768), x, 1e-5));
    }

    [Fact]
    public void Other_sound_is_refused()
    {
        string Refused(byte[] bytes, SequenceOptions? options = null) => SequenceFiles.Refusal(folder.File("a.wav", bytes), options);
        byte[] good = Wav(new short[300]);
        Assert.Contains("is stereo: expected one channel", Refused(Wav(new short[300], channels: 2)));
        Assert.Contains("sound of 6 channels", Refused(Wav(new short[300], channels: 6)));
        Assert.Contains("samples of 24 bits: expected 16", Refused(Wav(new short[300], bits: 24)));
        Assert.Contains("sound of floating-point numbers (format 3)", Refused(Wav(new short[300], format: 3)));
        Assert.Contains("compressed by a logarithmic law (format 7)", Refused(Wav(new short[300], format: 7, isExtensible: true)));
        Assert.Contains("torn: its part 'data' takes 600 bytes, but 599 follow", Refused(good[..^1]));
        Assert.Contains("torn: has no samples", Refused(good[..36]));
        Assert.Contains("torn: its part 'fmt ' takes 16 bytes, but 10 follow", Refused(good[..30]));
        Assert.Contains("does not begin like WAV", Refused([1, 2, 3]));
        Assert.Contains("has 199 samples, fewer than a frame of 200", Refused(Wav(new short[199])));
        Assert.Contains("--frame 1: expected 2", Refused(good, new() { Frame = 1 }));
        Assert.Contains("--hop 0: expected 1", Refused(good, new() { Hop = 0 }));
        Assert.Contains("has 0 samples a second", Refused(Wav(new short[300], rate: 0)));
        Assert.Contains("its samples come before", Refused([.. good[..12], .. good[36..]]));
    }

    [Fact]
    public void Every_beginning_of_a_file_is_refused_in_one_line()
    {
        byte[] good = Wav(new short[210], hasList: true);
        for (int length = 0; length < good.Length; length++) SequenceFiles.Refusal(folder.File("a.wav", good[..length]));
    }
}
