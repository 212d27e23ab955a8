namespace Boltzmann.Training;

/// <summary>The best value so far of a number that is measured again and again, and for how many measurements it has stood.</summary>
/// <param name="higherIsBetter">Whether more of it is better.</param>
/// <param name="least">An improvement is more than this.</param>
sealed class BestValue(bool higherIsBetter, double least)
{
    /// <summary>The best value; NaN before the first.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>Measurements since then.</summary>
    public int Since { get; private set; }

    /// <summary>What settles ties, lower being better, where the best value stands; NaN for nothing.</summary>
    public double Tie { get; set; } = double.NaN;

    /// <summary>
    /// Takes a measurement and returns whether it is an improvement. NaN is no measurement: it neither improves nor counts. An infinite
    /// value is never an improvement, least of all the first. What is as good counts as better where the tie is lower; the best value
    /// stays, so that small losses cannot add up.
    /// </summary>
    /// <param name="value">The measurement.</param>
    /// <param name="tie">What settles ties; NaN for nothing.</param>
    public bool Take(double value, double tie = double.NaN)
    {
        if (double.IsNaN(value)) return false;
        double gain = higherIsBetter ? value - Value : Value - value;
        bool improves = double.IsFinite(value) && (double.IsNaN(Value) || gain > least);
        bool wins = double.IsFinite(value) && gain >= 0 && (tie < Tie || (double.IsNaN(Tie) && double.IsFinite(tie)));
        if (!improves && !wins)
        {
            Since++;
            return false;
        }
        if (improves) Value = value;
        (Tie, Since) = (tie, 0);
        return true;
    }

    /// <summary>Begins to count anew; the best value stays.</summary>
    public void Wait() => Since = 0;

    /// <summary>Goes on from what was saved.</summary>
    public void Restore(double value, double tie, int since) => (Value, Tie, Since) = (value, tie, since);
}
