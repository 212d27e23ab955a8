using System.Runtime.Intrinsics;

namespace Boltzmann.Compute;

/// <summary>min(x, 0)².</summary>
readonly struct LowerSquare : IMap<LowerSquare>
{
    /// <inheritdoc/>
    public static double Invoke(double x, double p, double q, double u) => x < 0 ? x * x : 0;

    /// <inheritdoc/>
    public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> p, Vector128<float> q, Vector128<float> u) =>
        Square(Vector128.Min(x, Vector128<float>.Zero));

    /// <inheritdoc/>
    public static Vector128<double> Invoke(Vector128<double> x, Vector128<double> p, Vector128<double> q, Vector128<double> u) =>
        Square(Vector128.Min(x, Vector128<double>.Zero));

    static Vector128<T> Square<T>(Vector128<T> x) => x * x;
}
