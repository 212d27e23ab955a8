namespace Boltzmann.Compute;

/// <summary>
/// Functions of one number in double precision, right at the extremes: the definitions that vector kernels are tested against.
/// </summary>
static class Scalar
{
    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary>log(1 + x) without loss for small x (Kahan's correction).</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? sum : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>log Σ e^{x} over the values; −∞ for none.</summary>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        double top = double.NegativeInfinity, sum = 0;
        foreach (double x in values) top = Math.Max(top, x);
        if (double.IsInfinity(top)) return top;
        foreach (double x in values) sum += Math.Exp(x - top);
        return top + Math.Log(sum);
    }

    /// <summary>The most probable class of a row of outputs, the first of equal ones; with a single output, 1 above a half.</summary>
    public static int ClassOf(ReadOnlySpan<double> outputs)
    {
        if (outputs.Length == 1) return outputs[0] > 0.5 ? 1 : 0;
        int best = 0;
        for (int c = 1; c < outputs.Length; c++)
            if (outputs[c] > outputs[best]) best = c;
        return best;
    }
}
