using System.Runtime.Intrinsics;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Compute;

public sealed unsafe class OverRootTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void A_quotient_by_a_root_is_right_to_the_last_places(int bits)
    {
        bool isThere = bits == 128 ? Vector128.IsHardwareAccelerated : bits == 256 ? Vector256.IsHardwareAccelerated
            : Vector512.IsHardwareAccelerated;
        Assert.SkipUnless(isThere, $"no vectors of {bits} bits here");
        if (bits == 128) Hold<Vector128<float>, Single128>();
        else if (bits == 256) Hold<Vector256<float>, Single256>();
        else Hold<Vector512<float>, Single512>();
    }

    static void Hold<TV, TO>() where TO : struct, IVec<TV, float>
    {
        var rng = new Rng(8);
        const int Count = 4096;
        float[] a = new float[Count], squares = new float[Count], found = new float[Count];
        foreach (float epsilon in (float[])[1e-6f, 1e-3f, 1])
        {
            for (int i = 0; i < Count; i++)
            {
                squares[i] = (float)Math.Pow(10, 58 * rng.NextUniform() - 28);
                a[i] = (float)((rng.NextUniform() - 0.5) * Math.Sqrt(squares[i]));
            }
            (a[0], squares[0]) = (0, 0);
            fixed (float* pa = a, ps = squares, pf = found)
                for (int i = 0; i < Count; i += TO.Count)
                    TO.Store(TO.OverRoot(TO.Load(pa + i), TO.Load(ps + i), TO.Splat(epsilon)), pf + i);
            for (int i = 0; i < Count; i++)
            {
                double right = a[i] / (Math.Sqrt(squares[i]) + epsilon);
                Assert.True(Math.Abs(found[i] - right) <= 2.4e-7 * Math.Abs(right), $"{a[i]}, {squares[i]}: {found[i]}, not {right}");
            }
        }
    }
}
