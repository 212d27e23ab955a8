namespace Boltzmann.Layers;

/// <summary>log n! of counts, listed for small ones and by Stirling's series (to 1/n⁷) beyond, exact to rounding.</summary>
static class LogFactorial
{
    static readonly double[] Listed = List();

    /// <summary>log n!; between whole numbers interpolated, which no law depends on: counts of data are whole.</summary>
    /// <param name="n">At least 0; less is taken for 0.</param>
    public static double Of(double n)
    {
        double whole = Math.Max(0, Math.Floor(n));
        double rest = Math.Max(0, n - whole), value = OfWhole(whole);
        return rest == 0 ? value : value + rest * Math.Log(whole + 1);
    }

    static double OfWhole(double n)
    {
        if (n < Listed.Length) return Listed[(int)n];
        double square = n * n;
        return (n + 0.5) * Math.Log(n) - n + 0.5 * Math.Log(2 * Math.PI)
            + (1 - (1 / 30.0 - (1 / 105.0 - 1 / (140 * square)) / square) / square) / (12 * n);
    }

    static double[] List()
    {
        var list = new double[256];
        for (int n = 2; n < list.Length; n++) list[n] = list[n - 1] + Math.Log(n);
        return list;
    }
}
