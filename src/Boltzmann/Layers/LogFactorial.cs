namespace Boltzmann.Layers;

/// <summary>log n! of counts, listed for small ones.</summary>
static class LogFactorial
{
    static readonly double[] Listed = List();

    /// <summary>log n!; between whole numbers interpolated, which no law depends on: counts of data are whole.</summary>
    /// <param name="n">At least 0; less is taken for 0.</param>
    public static double Of(double n)
    {
        double whole = Math.Max(0, Math.Floor(n));
        double rest = Math.Max(0, n - whole);
        double value = whole < Listed.Length ? Listed[(int)whole] : GammaFunctions.LogGamma(whole + 1);
        return rest == 0 ? value : value + rest * Math.Log(whole + 1);
    }

    static double[] List()
    {
        var list = new double[256];
        for (int n = 2; n < list.Length; n++) list[n] = list[n - 1] + Math.Log(n);
        return list;
    }
}
