using System.Runtime.Intrinsics;

namespace Boltzmann.Tests.Backends;

/// <summary>x + p·q·u with vector forms of its own: all widths of float, the narrowest of double.</summary>
readonly struct SumOfProductVector : IMap<SumOfProductVector>
{
    public static double Invoke(double x, double p, double q, double u) => x + p * q * u;

    public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> p, Vector128<float> q, Vector128<float> u) => x + p * q * u;

    public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> p, Vector256<float> q, Vector256<float> u) => x + p * q * u;

    public static Vector512<float> Invoke(Vector512<float> x, Vector512<float> p, Vector512<float> q, Vector512<float> u) => x + p * q * u;

    public static Vector128<double> Invoke(Vector128<double> x, Vector128<double> p, Vector128<double> q, Vector128<double> u) =>
        x + p * q * u;
}
