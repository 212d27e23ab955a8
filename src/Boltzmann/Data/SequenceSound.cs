using System.Globalization;

namespace Boltzmann.Data;

/// <summary>
/// Sound as one sequence of frames, which overlap where the hop is shorter than they are: the natural logarithm of a frame's power
/// spectrum, or its samples. What is left at the end, shorter than a frame, is left out.
/// </summary>
static class SequenceSound
{
    const int LongestFrame = 1 << 16;

    /// <summary>Reads a WAV file.</summary>
    /// <exception cref="BadInputException">It cannot be read, is shorter than a frame, or frames do not fit into memory.</exception>
    public static Sequences Read(InputBytes input, SequenceOptions options)
    {
        int frame = options.Frame, hop = options.Hop;
        if (frame is < 2 or > LongestFrame) throw new BadInputException($"--frame {frame}: expected 2 to {LongestFrame} samples");
        if (hop < 1) throw new BadInputException($"--hop {hop}: expected 1 or more samples");
        var (samples, rate) = WavReader.Read(input);
        if (samples.Length < frame)
            throw new BadInputException($"{input.Name}: has {samples.Length} samples, fewer than a frame of {frame}");
        int steps = (samples.Length - frame) / hop + 1, columns = options.IsRaw ? frame : frame / 2 + 1;
        if ((long)steps * columns > Array.MaxLength)
            throw new BadInputException($"{input.Name}: {steps} frames of {columns} numbers do not fit into memory: expected a "
                + "greater hop");
        var values = new float[steps * columns];
        if (options.IsRaw)
            for (int i = 0; i < steps; i++) samples.AsSpan(i * hop, frame).CopyTo(values.AsSpan(i * columns));
        else
            Parallel.For(0, steps, () => new RealSpectrum(frame), (i, _, spectrum) =>
            {
                LogPowers(spectrum, samples.AsSpan(i * hop, frame), values.AsSpan(i * columns, columns));
                return spectrum;
            }, _ => { });
        return new(new(Path.GetFileName(input.Name), new NumberRows(values, columns))
        {
            ColumnNames = options.IsRaw ? null : [.. Enumerable.Range(0, columns).Select(k => Hertz(k * (double)rate / frame))],
        });
    }

    // Silence has no power. Rounding to 16 bits has: a noise of variance 2⁻³⁰/12, which is added, so that the logarithm is finite.
    static void LogPowers(RealSpectrum spectrum, ReadOnlySpan<float> samples, Span<float> values)
    {
        double floor = spectrum.WindowPower * Math.ScaleB(1, -30) / 12;
        var powers = new double[values.Length];
        spectrum.Powers(samples, powers);
        for (int k = 0; k < powers.Length; k++) values[k] = (float)Math.Log(powers[k] + floor);
    }

    static string Hertz(double frequency) => $"{Math.Round(frequency, 1).ToString(CultureInfo.InvariantCulture)} Hz";
}
