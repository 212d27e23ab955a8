namespace Boltzmann.Tests;

/// <summary>The factors of a gradient by interaction.</summary>
public static class FactorsOf
{
    extension(Gradient gradient)
    {
        public ReadOnlySpan<Factor> ConnectionFactors(int connection) => gradient.Of(connection).Factors(0);
    }
}
