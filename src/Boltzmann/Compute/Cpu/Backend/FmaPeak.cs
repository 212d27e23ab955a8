using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <summary>
/// The speed of light for products: fused multiply-adds in registers, nothing else. Speeds of kernels are stated as a share of it.
/// </summary>
public static class FmaPeak
{
    /// <summary>Sums that do not wait for one another: enough for the latency of two units.</summary>
    const int Chains = 12;

    /// <summary>
    /// 40 to 100 µs a part: long beside the microsecond of a fork and join across dies, short enough that some samples are not disturbed by
    /// other programs.
    /// </summary>
    const int Iterations = 25_000;

    /// <summary>Runs multiply-adds on all threads at once, again and again, and returns the best rate.</summary>
    /// <param name="precision">Type of the numbers.</param>
    /// <param name="vectorBits">512, 256 or 128.</param>
    /// <param name="threads">Threads that compute at the same time.</param>
    /// <param name="seconds">How long to go on.</param>
    /// <returns>GFLOP/s, a multiply-add counted as two operations, of all threads together.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another width, or fewer than one thread.</exception>
    public static double Measure(Precision precision, int vectorBits, int threads, double seconds) => (precision, vectorBits) switch
    {
        (Precision.Float32, 512) => Measure<Vector512<float>, float, Single512>(threads, seconds),
        (Precision.Float32, 256) => Measure<Vector256<float>, float, Single256>(threads, seconds),
        (Precision.Float32, 128) => Measure<Vector128<float>, float, Single128>(threads, seconds),
        (Precision.Float64, 512) => Measure<Vector512<double>, double, Double512>(threads, seconds),
        (Precision.Float64, 256) => Measure<Vector256<double>, double, Double256>(threads, seconds),
        (Precision.Float64, 128) => Measure<Vector128<double>, double, Double128>(threads, seconds),
        _ => throw new ArgumentOutOfRangeException(nameof(vectorBits), $"vectors have 128, 256 or 512 bits, not {vectorBits}"),
    };

    static double Measure<TV, T, TO>(int threads, double seconds)
        where TV : struct where T : unmanaged, IFloatingPointIeee754<T> where TO : IVec<TV, T>
    {
        var team = new WorkerTeam(threads);
        var job = new Job<TV, T, TO>();
        double operations = 2.0 * Chains * Iterations * TO.Count * threads, best = 0;
        for (long start = Stopwatch.GetTimestamp(); best == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            long before = Stopwatch.GetTimestamp();
            team.Run(ref job, threads);
            best = Math.Max(best, operations / Stopwatch.GetElapsedTime(before).TotalSeconds);
        }
        return best * 1e-9;
    }

    struct Job<TV, T, TO> : IJob where TV : struct where T : unmanaged, IFloatingPointIeee754<T> where TO : IVec<TV, T>
    {
        T sink;

        // The slope is below 1 and the sums stay normal numbers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int part)
        {
            TV a = TO.Splat(T.CreateTruncating(0.5)), b = TO.Splat(T.CreateTruncating(1 + part));
            TV c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
            for (int i = 0; i < Iterations; i++)
            {
                c0 = TO.Fma(c0, a, b); c1 = TO.Fma(c1, a, b); c2 = TO.Fma(c2, a, b); c3 = TO.Fma(c3, a, b);
                c4 = TO.Fma(c4, a, b); c5 = TO.Fma(c5, a, b); c6 = TO.Fma(c6, a, b); c7 = TO.Fma(c7, a, b);
                c8 = TO.Fma(c8, a, b); c9 = TO.Fma(c9, a, b); c10 = TO.Fma(c10, a, b); c11 = TO.Fma(c11, a, b);
            }
            TV sum = TO.Add(TO.Add(TO.Add(c0, c1), TO.Add(c2, c3)),
                TO.Add(TO.Add(TO.Add(c4, c5), TO.Add(c6, c7)), TO.Add(TO.Add(c8, c9), TO.Add(c10, c11))));
            T total = TO.Sum(sum);
            if (T.IsNaN(total)) sink = total;
        }
    }
}
