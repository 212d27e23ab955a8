namespace Boltzmann.Searching;

/// <summary>The inverse temperatures between which a search moves, hottest first, in one over the unit of energy.</summary>
/// <param name="Hot">Where chains forget quickly.</param>
/// <param name="Cold">Where they hardly move.</param>
public readonly record struct TemperatureRange(double Hot, double Cold)
{
    // Of the field that a typical spin meets.
    const double HotShare = 0.6, ColdShare = 6;

    // Of a clause's weight.
    const double HotClauses = 1.5, ColdClauses = 7;

    /// <summary>
    /// A first guess from the weights: 0.6/r to 6/r, r as <see cref="BinaryEnergy.TypicalField"/>; for clauses 1.5/w̄ to 7/w̄, w̄ their
    /// mean weight, the arithmetic one where it is hot and the harmonic one where it is cold, so that light clauses beside heavy ones are
    /// heeded. With both, hot and cold enough for either.
    /// </summary>
    public static TemperatureRange Of(BinaryEnergy energy)
    {
        ArgumentNullException.ThrowIfNull(energy);
        double field = energy.TypicalField;
        if (energy.Clauses == 0) return field > 0 ? new(HotShare / field, ColdShare / field) : new(HotShare, ColdShare);
        double sum = 0, inverse = 0;
        foreach (double weight in energy.ClauseWeights)
        {
            sum += Math.Abs(weight);
            inverse += 1 / Math.Abs(weight);
        }
        double hot = HotClauses * energy.Clauses / sum, cold = ColdClauses * inverse / energy.Clauses;
        return field > 0 ? new(Math.Min(hot, HotShare / field), Math.Max(cold, ColdShare / field)) : new(hot, cold);
    }

    /// <summary>So many inverse temperatures, each the same multiple of the one before.</summary>
    public double[] Geometric(int count)
    {
        double[] betas = new double[count];
        for (int t = 0; t < count; t++) betas[t] = count == 1 ? Cold : Hot * Math.Pow(Cold / Hot, (double)t / (count - 1));
        return betas;
    }
}
