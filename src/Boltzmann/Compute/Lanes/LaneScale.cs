namespace Boltzmann.Compute;

/// <summary>
/// Finds the step that all weights are whole multiples of, and the biases of its half: then differences of energy are whole numbers and
/// can be carried exactly. Weights with up to nine decimals are tried.
/// </summary>
/// <param name="Step">δ: each weight is a whole multiple of it, each bias of δ/2.</param>
readonly record struct LaneScale(double Step)
{
    const int Decimals = 9;
    const double Largest = 1L << 31;

    /// <summary>The scale of these numbers; null if they have none, such as weights drawn from a normal distribution.</summary>
    public static LaneScale? Find(ReadOnlySpan<double> biases, ReadOnlySpan<double> weights)
    {
        double scale = 1;
        for (int decimals = 0; decimals <= Decimals; decimals++, scale *= 10)
        {
            if (AreWhole(biases, 2 * scale) && AreWhole(weights, scale)) return Divided(biases, weights, scale);
            if (AreWhole(biases, 4 * scale) && AreWhole(weights, 2 * scale)) return Divided(biases, weights, 2 * scale);
            if (AreWhole(biases, 8 * scale) && AreWhole(weights, 4 * scale)) return Divided(biases, weights, 4 * scale);
        }
        return null;
    }

    /// <summary>The number of steps in a weight.</summary>
    public int Of(double weight) => (int)Math.Round(weight / Step);

    /// <summary>The number of half steps in a bias.</summary>
    public int Halves(double bias) => (int)Math.Round(2 * bias / Step);

    static bool AreWhole(ReadOnlySpan<double> values, double scale)
    {
        foreach (double value in values)
        {
            double scaled = Math.Abs(value * scale);
            if (!(scaled < Largest) || Math.Abs(scaled - Math.Round(scaled)) > 1e-12 * scaled) return false;
        }
        return true;
    }

    static LaneScale? Divided(ReadOnlySpan<double> biases, ReadOnlySpan<double> weights, double scale)
    {
        long divisor = 0;
        foreach (double weight in weights) divisor = Gcd(divisor, (long)Math.Round(Math.Abs(weight) * scale));
        // Halves of the weights' divisor serve the biases, where they do: in a cut each bias is half a sum of weights.
        long halves = 0;
        foreach (double bias in biases) halves = Gcd(halves, (long)Math.Round(Math.Abs(bias) * 2 * scale));
        return new(Math.Max(1, Gcd(divisor, halves)) / scale);
    }

    static long Gcd(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
