using System.Runtime.Intrinsics;

namespace Boltzmann.Compute;

/// <summary>−1, 0 or 1.</summary>
readonly struct Sign : IMap<Sign>
{
    /// <inheritdoc/>
    public static double Invoke(double x, double p, double q, double u) => x > 0 ? 1 : x < 0 ? -1 : 0;

    /// <inheritdoc/>
    public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> p, Vector128<float> q, Vector128<float> u) =>
        Of(x, Vector128<float>.One);

    /// <inheritdoc/>
    public static Vector128<double> Invoke(Vector128<double> x, Vector128<double> p, Vector128<double> q, Vector128<double> u) =>
        Of(x, Vector128<double>.One);

    static Vector128<T> Of<T>(Vector128<T> x, Vector128<T> one) =>
        (Vector128.GreaterThan(x, Vector128<T>.Zero) & one) - (Vector128.LessThan(x, Vector128<T>.Zero) & one);
}
