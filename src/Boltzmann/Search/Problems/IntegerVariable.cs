namespace Boltzmann.Searching;

/// <summary>An integer of a problem, low + Σ factor·bit: an expression of its bits.</summary>
public sealed class IntegerVariable : Expression
{
    internal IntegerVariable(Problem problem, string name, int low, int high, IntegerEncoding encoding, int first, long[] factors)
        : base(problem, low, [.. factors.Select((factor, k) => (first + k, (double)factor))])
    {
        Name = name;
        Low = low;
        High = high;
        Encoding = encoding;
        Factors = factors;
        Bits = [.. factors.Select((_, k) => new Hypothesis(problem, first + k))];
        if (encoding == IntegerEncoding.OneHot) Constraint = Constraint.ExactlyOne([.. Bits]);
    }

    /// <summary>Its name; its bits are called name.0, name.1, …, in <see cref="IntegerEncoding.OneHot"/> by the values.</summary>
    public string Name { get; }

    /// <summary>The least value.</summary>
    public int Low { get; }

    /// <summary>The greatest value.</summary>
    public int High { get; }

    /// <summary>How it is made of its bits.</summary>
    public IntegerEncoding Encoding { get; }

    /// <summary>The hypotheses that it is made of.</summary>
    public IReadOnlyList<Hypothesis> Bits { get; }

    internal long[] Factors { get; }

    /// <summary>What comes with it: that it has one value; null where every state of the bits is a value.</summary>
    internal Constraint? Constraint { get; }

    /// <summary>The hypothesis that it has a value; only in <see cref="IntegerEncoding.OneHot"/>.</summary>
    /// <param name="value">From <see cref="Low"/> to <see cref="High"/>.</param>
    /// <exception cref="InvalidOperationException">Another encoding.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another value.</exception>
    public Hypothesis Is(int value)
    {
        if (Encoding != IntegerEncoding.OneHot)
            throw new InvalidOperationException($"{Name} is {Encoding}: only a OneHot integer has a hypothesis for each value");
        return value >= Low && value <= High ? Bits[value - Low]
            : throw new ArgumentOutOfRangeException(nameof(value), $"{Name} is from {Low} to {High}, not {value}");
    }

    /// <summary>Its value in a state.</summary>
    internal int In(ReadOnlySpan<byte> state) => (int)Of(state);
}
