namespace Boltzmann.Tests.Backends;

/// <summary>x + p·q·u, by its scalar form alone.</summary>
readonly struct SumOfProduct : IMap<SumOfProduct>
{
    public static double Invoke(double x, double p, double q, double u) => x + p * q * u;
}
