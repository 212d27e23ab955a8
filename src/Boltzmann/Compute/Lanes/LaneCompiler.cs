namespace Boltzmann.Compute;

/// <summary>Lays a quadratic energy out for groups of 64 chains: see <see cref="LaneProgram"/>.</summary>
/// <remarks>
/// Units come in the order of the loops that move them: those of whole and of half biases, and those whose sums need more than a byte;
/// among them by their numbers of neighbours, so that a processor foresees where the loops end.
/// </remarks>
sealed class LaneCompiler
{
    /// <summary>Bytes hold sums up to this, on both sides of 0.</summary>
    const int ByteRange = 127;

    /// <summary>16 bits hold sums up to this; what is left of them is the noise's, which must be able to exceed every sum.</summary>
    const int ShortRange = 32_000;

    /// <summary>Up to this, a neighbour is listed as often as its weight says: an addition each, where a product needs two.</summary>
    const int MostRepeats = 3;

    /// <summary>
    /// Share of all neighbours that units with wide sums may have with weights of their own before all units are moved in 16 bits.
    /// </summary>
    const double WideShare = 0.25;

    readonly double[] biases, weights;
    readonly int[] starts, others, pairs;
    readonly LaneScale? scale;
    readonly LaneForm form;
    readonly (int Lowest, int Highest)[] ranges;
    readonly int[] blockOf;

    readonly ClauseTerms terms;
    readonly ClauseCompiler clauses;

    /// <summary>What floats are divided by, a power of 2, so that none of them overflows or vanishes.</summary>
    readonly double unit = 1;

    LaneCompiler(double[] biases, int[] first, int[] second, double[] weights, IReadOnlyList<IReadOnlyList<int>> blocks, LaneForm? form,
        ClauseTerms? terms)
    {
        this.terms = terms ?? ClauseTerms.None;
        clauses = new(this.terms, biases.Length);
        blockOf = new int[biases.Length];
        for (int b = 0; b < blocks.Count; b++)
            foreach (int unit in blocks[b]) blockOf[unit] = b + 1;
        // Units that are moved together are drawn by noise of their own kind, in float.
        if (blocks.Count > 0) form = LaneForm.Floats;
        this.biases = biases;
        this.weights = weights;
        (starts, others, pairs) = Adjacency(biases.Length, first, second);
        scale = form == LaneForm.Floats ? null : LaneScale.Find(biases, [.. weights, .. this.terms.Weights]);
        ranges = scale is LaneScale s ? Ranges(s) : [];
        this.form = form is LaneForm asked && Holds(asked) ? asked : Fastest();
        if (this.form != LaneForm.Floats) return;
        scale = null;
        double largest = 0;
        foreach (double value in (IEnumerable<double>)[.. biases, .. weights, .. this.terms.Weights])
            largest = Math.Max(largest, Math.Abs(value));
        if (largest > 0) unit = Math.ScaleB(1, Math.ILogB(largest));
    }

    /// <param name="biases">a, one for each unit.</param>
    /// <param name="first">One unit of each pair; no pair is there twice.</param>
    /// <param name="second">The other.</param>
    /// <param name="weights">b, one for each pair.</param>
    /// <param name="form">Null for the fastest that holds the numbers; so is one that does not hold them.</param>
    /// <param name="terms">Clauses of three literals and more; null for none.</param>
    /// <param name="offset">What every state costs, beside the energy's own offset.</param>
    /// <param name="blocks">Units of which exactly one is on; null for none. With them the form is of floats, and there are no
    /// clauses.</param>
    public static LaneProgram Compile(double[] biases, int[] first, int[] second, double[] weights, LaneForm? form = null,
        ClauseTerms? terms = null, double offset = 0, IReadOnlyList<IReadOnlyList<int>>? blocks = null) =>
        new LaneCompiler(biases, first, second, weights, blocks ?? [], form, terms).Compile(offset);

    LaneProgram Compile(double offset)
    {
        int n = biases.Length;
        var kinds = new UnitKind[n];
        for (int i = 0; i < n; i++) kinds[i] = Kind(i);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) order[i] = i;
        Array.Sort(kinds, order);
        int[] places = new int[n];
        for (int p = 0; p < n; p++) places[order[p]] = p;
        return new(form, scale?.Step ?? unit, order, Lists(order, places), Segments(order, kinds), BlockEnds(kinds))
        {
            Clauses = terms.Weights.Length > 0 ? clauses.Lists(order, places, scale, unit) : null,
            Offset = offset,
        };
    }

    // Places with equal loops come together, in the order of their units; blocks behind all others, each by itself.
    readonly record struct UnitKind(int Block, bool IsWide, bool IsHalf, int Plus, int Minus, int Weighted, (int, int, int) Clauses,
        int Unit)
        : IComparable<UnitKind>
    {
        public int CompareTo(UnitKind other)
        {
            int byBlock = Block.CompareTo(other.Block);
            return byBlock != 0 ? byBlock : (IsWide, IsHalf, Plus, Minus, Weighted, Clauses, Unit).CompareTo((other.IsWide, other.IsHalf,
                other.Plus, other.Minus, other.Weighted, other.Clauses, other.Unit));
        }
    }

    static int[] BlockEnds(UnitKind[] kinds)
    {
        var ends = new List<int>();
        for (int p = 0; p < kinds.Length; p++)
            if (kinds[p].Block > 0 && (p + 1 == kinds.Length || kinds[p + 1].Block != kinds[p].Block)) ends.Add(p + 1);
        return [.. ends];
    }

    UnitKind Kind(int unit)
    {
        int plus = 0, minus = 0, weighted = 0;
        for (int k = starts[unit]; k < starts[unit + 1]; k++)
        {
            int repeats = Repeats(pairs[k]);
            if (repeats > 0) plus += repeats;
            else if (repeats < 0) minus -= repeats;
            else weighted++;
        }
        return new(blockOf[unit], IsWide(unit), IsHalf(unit), plus, minus, weighted, clauses.Kind(unit, scale), unit);
    }

    bool IsHalf(int unit) => scale is LaneScale s && (s.Halves(biases[unit]) & 1) != 0;

    bool IsWide(int unit) => form == LaneForm.Bytes && !Fits(unit, ByteRange);

    // How often a neighbour is listed, negative if it subtracts; 0 if it has a weight.
    int Repeats(int pair)
    {
        if (scale is not LaneScale s) return 0;
        int steps = s.Of(weights[pair]);
        return Math.Abs(steps) <= MostRepeats ? steps : 0;
    }

    LaneLists Lists(int[] order, int[] places)
    {
        int n = order.Length;
        int[] from = new int[n + 1], plusEnds = new int[n], minusEnds = new int[n];
        var neighbors = new List<int>(others.Length);
        var through = new List<int>(others.Length);
        for (int p = 0; p < n; p++)
        {
            Add(order[p], 1);
            plusEnds[p] = neighbors.Count;
            Add(order[p], -1);
            minusEnds[p] = neighbors.Count;
            Add(order[p], 0);
            from[p + 1] = neighbors.Count;
        }
        return scale is LaneScale s
            ? new(from, plusEnds, minusEnds, [.. neighbors], [], [], [.. order.Select(i => (short)(s.Halves(biases[i]) >> 1))],
                [.. through.Select(pair => Repeats(pair) == 0 ? (short)s.Of(weights[pair]) : (short)Math.Sign(weights[pair]))])
            : new(from, plusEnds, minusEnds, [.. neighbors], [.. order.Select(i => (float)(biases[i] / unit))],
                [.. through.Select(pair => (float)(weights[pair] / unit))], [], []);

        void Add(int unit, int sign)
        {
            for (int k = starts[unit]; k < starts[unit + 1]; k++)
            {
                int repeats = Repeats(pairs[k]), times = sign == 0 ? (repeats == 0 ? 1 : 0) : sign * repeats;
                for (; times > 0; times--)
                {
                    neighbors.Add(checked(places[others[k]] * LaneProgram.Lanes));
                    through.Add(pairs[k]);
                }
            }
        }
    }

    LaneSegment[] Segments(int[] order, UnitKind[] kinds)
    {
        var segments = new List<LaneSegment>();
        for (int first = 0, end; first < order.Length; first = end)
        {
            UnitKind kind = kinds[first];
            int lowest = int.MaxValue, highest = int.MinValue;
            for (end = first; end < order.Length && kinds[end].IsWide == kind.IsWide && kinds[end].IsHalf == kind.IsHalf
                && kinds[end].Block > 0 == kind.Block > 0; end++)
            {
                if (scale is null) continue;
                lowest = Math.Min(lowest, ranges[order[end]].Lowest);
                highest = Math.Max(highest, ranges[order[end]].Highest);
            }
            segments.Add(new(first, end, kind.IsHalf, kind.IsWide, lowest, highest, kind.Block > 0));
        }
        return [.. segments];
    }

    (int, int)[] Ranges(LaneScale s)
    {
        var result = new (int, int)[biases.Length];
        for (int i = 0; i < result.Length; i++)
        {
            long lowest = s.Halves(biases[i]) >> 1, highest = lowest;
            for (int k = starts[i]; k < starts[i + 1]; k++)
            {
                int steps = s.Of(weights[pairs[k]]);
                if (steps < 0) lowest += steps;
                else highest += steps;
            }
            clauses.Widen(i, s, ref lowest, ref highest);
            result[i] = ((int)Math.Max(lowest, int.MinValue), (int)Math.Min(highest, int.MaxValue));
        }
        return result;
    }

    bool Fits(int unit, int range) => ranges[unit].Lowest >= -range && ranges[unit].Highest <= range;

    bool Holds(LaneForm asked)
    {
        if (asked == LaneForm.Floats) return true;
        if (scale is null) return false;
        long total = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            if (!Fits(i, ShortRange)) return false;
            total += Math.Max(Math.Abs(ranges[i].Lowest), Math.Abs(ranges[i].Highest)) + 1;
        }
        // Twice the energy in steps, carried in 32 bits.
        return total < int.MaxValue / 4;
    }

    LaneForm Fastest()
    {
        if (!Holds(LaneForm.Shorts)) return LaneForm.Floats;
        // Neighbours that are listed are summed as bytes, however many; those with a weight, and clauses, as two halves.
        long wide = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            if (Fits(i, ByteRange)) continue;
            wide += clauses.Count(i) + 1;
            for (int k = starts[i]; k < starts[i + 1]; k++)
                if (Repeats(pairs[k]) == 0) wide++;
        }
        return wide <= WideShare * (others.Length + terms.Literals.Length + ranges.Length) ? LaneForm.Bytes : LaneForm.Shorts;
    }

    static (int[] Starts, int[] Others, int[] Pairs) Adjacency(int units, int[] first, int[] second)
    {
        int[] starts = new int[units + 1], others = new int[2 * first.Length], pairs = new int[2 * first.Length];
        for (int e = 0; e < first.Length; e++)
        {
            starts[first[e] + 1]++;
            starts[second[e] + 1]++;
        }
        for (int i = 0; i < units; i++) starts[i + 1] += starts[i];
        int[] next = [.. starts];
        for (int e = 0; e < first.Length; e++)
        {
            (others[next[first[e]]], pairs[next[first[e]]++]) = (second[e], e);
            (others[next[second[e]]], pairs[next[second[e]]++]) = (first[e], e);
        }
        return (starts, others, pairs);
    }
}
