using System.Runtime.Intrinsics;

namespace Boltzmann.Temporal;

/// <summary>
/// A trace that has faded to less than a least number, p, is 0. Halved a hundred times, what is left of a spike would come to the
/// subnormal numbers, which processors add and multiply many times slower, and its square in an update much earlier.
/// </summary>
readonly struct Faded : IMap<Faded>
{
    /// <summary>The least number of a precision: nothing beside a spike of any size that the precision learns from.</summary>
    public static double Least(Precision precision) => precision == Precision.Float32 ? Math.ScaleB(1, -60) : Math.ScaleB(1, -500);

    public static double Invoke(double x, double p, double q, double u) => Math.Abs(x) < p ? 0 : x;

    public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> p, Vector128<float> q, Vector128<float> u) =>
        Vector128.AndNot(x, Vector128.LessThan(Vector128.Abs(x), p));

    public static Vector128<double> Invoke(Vector128<double> x, Vector128<double> p, Vector128<double> q, Vector128<double> u) =>
        Vector128.AndNot(x, Vector128.LessThan(Vector128.Abs(x), p));
}
