namespace Boltzmann;

/// <summary>The best value so far of a number that is measured again and again, and for how many measurements it has stood.</summary>
/// <param name="higherIsBetter">Whether more of it is better.</param>
/// <param name="least">An improvement is more than this.</param>
sealed class BestValue(bool higherIsBetter, double least)
{
    /// <summary>The best value; NaN before the first.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>Measurements since then.</summary>
    public int Since { get; private set; }

    /// <summary>
    /// Takes a measurement and returns whether it is an improvement. NaN is no measurement: it neither improves nor counts. An infinite
    /// value is never an improvement, least of all the first.
    /// </summary>
    public bool Take(double value)
    {
        if (double.IsNaN(value)) return false;
        double gain = higherIsBetter ? value - Value : Value - value;
        if (!double.IsFinite(value) || !(double.IsNaN(Value) || gain > least))
        {
            Since++;
            return false;
        }
        (Value, Since) = (value, 0);
        return true;
    }

    /// <summary>Begins to count anew; the best value stays.</summary>
    public void Wait() => Since = 0;

    /// <summary>Goes on from what was saved.</summary>
    public void Restore(double value, int since) => (Value, Since) = (value, since);
}
