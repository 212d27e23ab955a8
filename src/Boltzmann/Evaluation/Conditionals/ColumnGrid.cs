namespace Boltzmann.Evaluation;

/// <summary>
/// A grid for the density of a real column given the others. With U = γx²/2 − θx the logarithm of the weight is −γx²/2 + θx + A(x), A
/// convex; so the points where it is level are fixed points of x ← x + slope/γ, a map that rises: from far outside it comes down to the
/// outermost of them.
/// </summary>
static class ColumnGrid
{
    // e^−40 of the height is nothing. The trapezoidal rule on normal densities of deviation σ errs by 2e^{−2π²σ²/h²} (Poisson's formula);
    // at the end of a range it errs by h²/12.
    const double Depth = 40, Far = 1e4, Steps = 2, StepsWithEnd = 128, Margin = 9;
    const int MostMoves = 1000, MostValues = 1 << 17;

    /// <exception cref="ArgumentException">The column is not of real units with a precision.</exception>
    /// <exception cref="BadInputException">The distribution is too wide.</exception>
    public static double[] Of(ColumnBlock block, Matrix rows)
    {
        if (block.Units.QuadraticPrecision is not Matrix precision)
            throw new ArgumentException($"the density of a column needs real units (gaussian, relu), but these are {block.Units.Kind}");
        double sigma = 1 / Math.Sqrt(precision[0, 0]), least = block.Units.Values.Minimum;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var (_, given) in block.Given(rows))
        {
            high = Math.Max(high, End(given, sigma, least, +1));
            low = Math.Min(low, End(given, sigma, least, -1));
        }
        if (!(low < high)) (low, high) = (Math.Max(least, -sigma), Math.Max(least, 0) + sigma);
        double step = sigma / (double.IsFinite(least) ? StepsWithEnd : Steps), values = Math.Ceiling((high - low) / step) + 1;
        if (!(values <= MostValues)) throw new BadInputException($"a column given the others reaches from {low:G4} to {high:G4}, "
            + $"{(high - low) / sigma:G4} standard deviations of its unit: too wide for a grid");
        return [.. Enumerable.Range(0, (int)values).Select(i => low + i * step)];
    }

    static double End(ColumnBlock.GivenRows given, double sigma, double least, int sign)
    {
        double x = sign * Far * sigma;
        for (int move = 0; move < MostMoves; move++)
        {
            double[] above = given.LogWeights([x + sigma / 2]), below = given.LogWeights([x - sigma / 2]);
            double next = Outermost(above.Zip(below, (a, b) => x + (a - b) * sigma), sign);
            bool isThere = sign * (x - next) < sigma / 8;
            x = next;
            if (isThere) break;
        }
        // From the outermost level point outward the weight falls; how fast, the layers above decide.
        x = Math.Max(x, least);
        double[] top = given.LogWeights([x]);
        for (double away = Margin * sigma; ; away *= 2)
        {
            double end = x + sign * away;
            if (end <= least) return least;
            if (!double.IsFinite(end) || !given.LogWeights([end]).Zip(top).Any(w => w.First > w.Second - Depth)) return end;
        }
    }

    static double Outermost(IEnumerable<double> values, int sign) => sign * values.Max(x => sign * x);
}
