using System.Numerics;

namespace Boltzmann.Data;

/// <summary>
/// The power spectrum of stretches of one length n: |Σ_t w_t x_t e^{−2πi kt/n}|² for k = 0 … n/2, w_t = ½ − ½ cos(2πt/n) (Hann's window).
/// An even length is halved (Cooley and Tukey 1965), an odd one summed up as it is defined.
/// </summary>
sealed class RealSpectrum
{
    readonly double[] window;
    readonly Complex[] turns;   // e^{−2πi k/n}
    readonly Complex[] values, transformed, scratch;

    /// <summary>For stretches of a length.</summary>
    public RealSpectrum(int length)
    {
        window = new double[length];
        turns = new Complex[length];
        for (int t = 0; t < length; t++)
        {
            window[t] = 0.5 - 0.5 * Math.Cos(2 * Math.PI * t / length);
            turns[t] = Complex.FromPolarCoordinates(1, -2 * Math.PI * t / length);
        }
        (values, transformed, scratch) = (new Complex[length], new Complex[length], new Complex[length]);
    }

    /// <summary>How many powers there are.</summary>
    public int Bands => window.Length / 2 + 1;

    /// <summary>The sum of the window's squares, by which the power of white noise is greater than its variance.</summary>
    public double WindowPower => window.Sum(w => w * w);

    /// <summary>Computes the powers of a stretch.</summary>
    public void Powers(ReadOnlySpan<float> samples, Span<double> powers)
    {
        for (int t = 0; t < values.Length; t++) values[t] = window[t] * samples[t];
        Transform(values, transformed, scratch, 1);
        for (int k = 0; k < powers.Length; k++)
            powers[k] = transformed[k].Real * transformed[k].Real + transformed[k].Imaginary * transformed[k].Imaginary;
    }

    // stride: by how much of a whole turn a step of this length turns.
    void Transform(Span<Complex> source, Span<Complex> target, Span<Complex> free, int stride)
    {
        int length = source.Length, half = length / 2;
        if (length % 2 != 0)
        {
            for (int k = 0; k < length; k++)
            {
                Complex sum = 0;
                for (int t = 0; t < length; t++) sum += source[t] * turns[(int)((long)k * t % length) * stride];
                target[k] = sum;
            }
            return;
        }
        for (int t = 0; t < half; t++) (free[t], free[half + t]) = (source[2 * t], source[2 * t + 1]);
        Transform(free[..half], source[..half], target[..half], 2 * stride);
        Transform(free[half..], source[half..], target[half..], 2 * stride);
        for (int k = 0; k < half; k++)
        {
            Complex odd = source[half + k] * turns[k * stride];
            (target[k], target[half + k]) = (source[k] + odd, source[k] - odd);
        }
    }
}
