namespace Boltzmann.Ratings;

/// <summary>
/// Who rated what, and how: the entries of a table of cases by units, by case. Cases are learned from as rows, units are those whose
/// ratings a machine's visible blocks are: films as cases and their viewers as units, or the other way round.
/// </summary>
public sealed class RatingTable
{
    readonly int[] starts, units;
    readonly byte[] levels;

    /// <summary>Entries in any order, brought into cases.</summary>
    /// <param name="cases">Case of each entry.</param>
    /// <param name="units">Unit of each entry.</param>
    /// <param name="levels">Level of each entry, a number of one of the values.</param>
    /// <param name="caseCount">How many cases there are, whether or not they have entries.</param>
    /// <param name="unitCount">How many units there are.</param>
    /// <exception cref="ArgumentException">The spans differ in length, a number is outside its range, or an entry is there
    /// twice.</exception>
    public RatingTable(ReadOnlySpan<int> cases, ReadOnlySpan<int> units, ReadOnlySpan<byte> levels, int caseCount, int unitCount)
    {
        if (cases.Length != units.Length || cases.Length != levels.Length)
            throw new ArgumentException($"{cases.Length} cases, {units.Length} units and {levels.Length} levels: expected one of each an "
                + "entry");
        (Cases, Units) = (caseCount, unitCount);
        foreach (int c in cases)
            if ((uint)c >= (uint)caseCount) throw new ArgumentException($"case {c} is not one of {caseCount}", nameof(cases));
        int[] order = Data.Triples.Order(cases, caseCount, out starts);
        this.units = new int[order.Length];
        this.levels = new byte[order.Length];
        for (int e = 0; e < order.Length; e++) (this.units[e], this.levels[e]) = (units[order[e]], levels[order[e]]);
        for (int c = 0; c < caseCount; c++)
        {
            Span<int> own = this.units.AsSpan(starts[c]..starts[c + 1]);
            own.Sort(this.levels.AsSpan(starts[c]..starts[c + 1]));
            for (int i = 0; i < own.Length; i++)
                if ((uint)own[i] >= (uint)unitCount || (i > 0 && own[i] == own[i - 1]))
                    throw new ArgumentException($"unit {own[i]} of case {c} is not one of {unitCount}, or is there twice", nameof(units));
        }
    }

    /// <summary>Rows that are learned from.</summary>
    public int Cases { get; }

    /// <summary>Visible blocks.</summary>
    public int Units { get; }

    /// <summary>Ratings.</summary>
    public int Count => units.Length;

    /// <summary>Ratings of a case.</summary>
    public int CountOf(int number) => starts[number + 1] - starts[number];

    /// <summary>The units that rated a case, rising.</summary>
    public ReadOnlySpan<int> UnitsOf(int number) => units.AsSpan(starts[number]..starts[number + 1]);

    /// <summary>The level of each of its ratings.</summary>
    public ReadOnlySpan<byte> LevelsOf(int number) => levels.AsSpan(starts[number]..starts[number + 1]);

    /// <summary>The number of a case's first entry.</summary>
    internal int FirstOf(int number) => starts[number];

    /// <summary>The same entries among more cases.</summary>
    internal RatingTable WithCases(int count)
    {
        if (count == Cases) return this;
        var longer = new int[count + 1];
        starts.CopyTo(longer, 0);
        longer.AsSpan(starts.Length).Fill(starts[^1]);
        return new(longer, units, levels, Units);
    }

    RatingTable(int[] starts, int[] units, byte[] levels, int unitCount) =>
        (this.starts, this.units, this.levels, Cases, Units) = (starts, units, levels, starts.Length - 1, unitCount);

    /// <summary>Cases for units and units for cases.</summary>
    public RatingTable Turned()
    {
        var cases = new int[Count];
        for (int c = 0; c < Cases; c++) cases.AsSpan(starts[c]..starts[c + 1]).Fill(c);
        return new(units, cases, levels, Units, Cases);
    }
}
