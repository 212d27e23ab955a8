namespace Boltzmann.Ratings;

/// <summary>What a machine expects of ratings, given those that are known.</summary>
public static class RatingPrediction
{
    /// <summary>E[value] of each entry, given the known ratings of its case, in the order of cases and units.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="known">What it is told.</param>
    /// <param name="asked">The entries; their levels are not looked at.</param>
    /// <param name="alsoRated">Of each case the units known to have rated it, beside those of <paramref name="known"/>; null for
    /// none.</param>
    /// <param name="threads">Threads; the result does not depend on them.</param>
    /// <exception cref="ArgumentException">An entry that is asked for is known, so that nothing would be predicted.</exception>
    public static double[] Expected(RatingMachine machine, RatingTable known, RatingTable asked, int[][]? alsoRated = null, int threads = 0)
    {
        var expected = new double[asked.Count];
        Parallel.For(0, asked.Cases, new() { MaxDegreeOfParallelism = threads > 0 ? threads : -1 }, c =>
        {
            ReadOnlySpan<int> units = asked.UnitsOf(c);
            if (units.IsEmpty) return;
            var inputs = new float[machine.Width];
            machine.SetInputs(known.UnitsOf(c), known.LevelsOf(c), alsoRated is null ? [] : alsoRated[c], inputs);
            for (int e = 0; e < units.Length; e++)
            {
                if (known.UnitsOf(c).BinarySearch(units[e]) >= 0)
                    throw new ArgumentException($"unit {units[e]} of case {c} is asked for and known");
                expected[asked.FirstOf(c) + e] = machine.Expected(units[e], inputs);
            }
        });
        return expected;
    }
}
