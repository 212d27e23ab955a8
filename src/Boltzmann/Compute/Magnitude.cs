using System.Runtime.Intrinsics;

namespace Boltzmann.Compute;

/// <summary>|x|.</summary>
readonly struct Magnitude : IMap<Magnitude>
{
    /// <inheritdoc/>
    public static double Invoke(double x, double p, double q, double u) => Math.Abs(x);

    /// <inheritdoc/>
    public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> p, Vector128<float> q, Vector128<float> u) =>
        Vector128.Abs(x);

    /// <inheritdoc/>
    public static Vector128<double> Invoke(Vector128<double> x, Vector128<double> p, Vector128<double> q, Vector128<double> u) =>
        Vector128.Abs(x);
}
