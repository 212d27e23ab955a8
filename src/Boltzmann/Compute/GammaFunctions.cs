namespace Boltzmann.Compute;

/// <summary>log Γ and its slope, by recurrence to arguments of 8 or more and asymptotic series there: exact to about 10⁻¹³.</summary>
static class GammaFunctions
{
    const double Far = 8;

    /// <summary>log Γ(x), x &gt; 0.</summary>
    public static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < Far; x++) shift -= Math.Log(x);
        double square = 1 / (x * x);
        double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square * (1.0 / 1188
            - square * 691.0 / 360360))))) / x;
        return shift + (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + series;
    }

    /// <summary>ψ(x) = d log Γ(x)/dx, x &gt; 0.</summary>
    public static double Digamma(double x)
    {
        double shift = 0;
        for (; x < Far; x++) shift -= 1 / x;
        double square = 1 / (x * x);
        double series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square * (1.0 / 240 - square * (1.0 / 132
            - square * 691.0 / 32760)))));
        return shift + Math.Log(x) - 0.5 / x - series;
    }
}
