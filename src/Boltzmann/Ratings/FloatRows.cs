using System.Numerics;
using System.Runtime.InteropServices;

namespace Boltzmann.Ratings;

/// <summary>Sums over short rows of single-precision numbers of whole lines (<see cref="RatingMachine.Width"/>).</summary>
static class FloatRows
{
    /// <summary>Σ a_i·b_i.</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(a), y = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sum = Vector<float>.Zero;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return Vector.Sum(sum);
    }

    /// <summary>destination += scale·source.</summary>
    public static void Add(Span<float> destination, ReadOnlySpan<float> source, float scale = 1)
    {
        Span<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(destination);
        ReadOnlySpan<Vector<float>> y = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (int i = 0; i < x.Length; i++) x[i] += y[i] * scale;
    }

    /// <summary>A step with momentum: velocity ← m·velocity + rate·(scale·gradient − decay·values), values += velocity.</summary>
    public static void Move(Span<float> values, Span<float> velocity, ReadOnlySpan<float> gradient, float scale, in RatingStep step)
    {
        float rate = step.Rate * scale, decay = step.Rate * step.Decay;
        Span<Vector<float>> x = MemoryMarshal.Cast<float, Vector<float>>(values), v = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        for (int i = 0; i < x.Length; i++)
        {
            v[i] = v[i] * step.Momentum + g[i] * rate - x[i] * decay;
            x[i] += v[i];
        }
        // Biases are not whole lines.
        for (int i = x.Length * Vector<float>.Count; i < values.Length; i++)
        {
            velocity[i] = velocity[i] * step.Momentum + gradient[i] * rate - values[i] * decay;
            values[i] += velocity[i];
        }
    }
}
