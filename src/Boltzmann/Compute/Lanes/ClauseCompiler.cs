namespace Boltzmann.Compute;

/// <summary>Lays the clauses of an energy out for groups of chains: see <see cref="LaneClauses"/>.</summary>
/// <param name="terms">The clauses.</param>
/// <param name="units">Number of units.</param>
sealed class ClauseCompiler(ClauseTerms terms, int units)
{
    /// <summary>Up to this, a clause of three is listed as often as its weight says.</summary>
    const int MostRepeats = 3;

    readonly (int[] Starts, int[] Clauses) occurrences = Find(terms, units);

    /// <summary>The clauses of a unit, and whether its literal there says that it is on.</summary>
    public int Count(int unit) => occurrences.Starts[unit + 1] - occurrences.Starts[unit];

    /// <summary>Adds the least and the most that a unit's clauses can add to its difference, in steps.</summary>
    public void Widen(int unit, LaneScale scale, ref long lowest, ref long highest)
    {
        for (int k = occurrences.Starts[unit]; k < occurrences.Starts[unit + 1]; k++)
        {
            int added = Added(k, scale);
            if (added < 0) lowest += added;
            else highest += added;
        }
    }

    /// <summary>How many pairs of a unit subtract, how many add, and how many other clauses it has: places with equal loops come
    /// together.</summary>
    public (int Minus, int Plus, int Long) Kind(int unit, LaneScale? scale)
    {
        var (minus, plus, longer) = (0, 0, 0);
        for (int k = occurrences.Starts[unit]; k < occurrences.Starts[unit + 1]; k++)
        {
            int repeats = Repeats(k, scale);
            if (repeats < 0) minus -= repeats;
            else if (repeats > 0) plus += repeats;
            else longer++;
        }
        return (minus, plus, longer);
    }

    /// <summary>Lays them out.</summary>
    /// <param name="order">The unit at each place.</param>
    /// <param name="places">The place of each unit.</param>
    /// <param name="scale">Null for floats.</param>
    /// <param name="unit">What floats are divided by.</param>
    public LaneClauses Lists(int[] order, int[] places, LaneScale? scale, double unit)
    {
        int[] starts = new int[units + 1], minusStarts = new int[units], longStarts = new int[units + 1];
        List<int> pairs = [], planes = [], planeStarts = [0];
        List<double> weights = [];
        for (int p = 0; p < units; p++)
        {
            AddPairs(order[p], -1);
            minusStarts[p] = pairs.Count / 2;
            AddPairs(order[p], 1);
            starts[p + 1] = pairs.Count / 2;
            for (int k = occurrences.Starts[order[p]]; k < occurrences.Starts[order[p] + 1]; k++)
            {
                if (Repeats(k, scale) != 0) continue;
                AddPlanes(k, order[p], planes);
                planeStarts.Add(planes.Count);
                weights.Add(scale is LaneScale s ? Added(k, s) : Sign(k) * terms.Weights[Clause(k)] / unit);
            }
            longStarts[p + 1] = weights.Count;
        }
        int[] all = [.. terms.Literals.Select(Plane)];
        double[] costs = scale is LaneScale of ? [.. terms.Weights.Select(weight => (double)of.Of(weight))]
            : [.. terms.Weights.Select(weight => weight / unit)];
        return new(starts, minusStarts, [.. pairs], longStarts, [.. planeStarts], [.. planes],
            scale is null ? [.. weights.Select(weight => (float)weight)] : [],
            scale is null ? [] : [.. weights.Select(weight => (short)weight)],
            terms.Starts, all, costs);

        void AddPairs(int unit, int sign)
        {
            for (int k = occurrences.Starts[unit]; k < occurrences.Starts[unit + 1]; k++)
                for (int times = sign * Repeats(k, scale); times > 0; times--) AddPlanes(k, unit, pairs);
        }

        void AddPlanes(int occurrence, int unit, List<int> to)
        {
            int c = Clause(occurrence);
            for (int i = terms.Starts[c]; i < terms.Starts[c + 1]; i++)
                if (Math.Abs(terms.Literals[i]) - 1 != unit) to.Add(Plane(terms.Literals[i]));
        }

        // Where a literal does not hold: a unit that should be on has its negation.
        int Plane(int literal) => checked((places[Math.Abs(literal) - 1] + (literal > 0 ? units : 0)) * LaneProgram.Lanes);
    }

    int Clause(int occurrence) => Math.Abs(occurrences.Clauses[occurrence]) - 1;

    // A clause keeps a unit's difference down where its literal says that it is on.
    int Sign(int occurrence) => occurrences.Clauses[occurrence] > 0 ? -1 : 1;

    int Added(int occurrence, LaneScale scale) => Sign(occurrence) * scale.Of(terms.Weights[Clause(occurrence)]);

    int Repeats(int occurrence, LaneScale? scale)
    {
        int c = Clause(occurrence);
        if (scale is not LaneScale s || terms.Starts[c + 1] - terms.Starts[c] != 3) return 0;
        int added = Added(occurrence, s);
        return Math.Abs(added) <= MostRepeats ? added : 0;
    }

    // By unit, its clauses counted from 1, negative where its literal says that it is off.
    static (int[], int[]) Find(ClauseTerms terms, int units)
    {
        int[] starts = new int[units + 1], clauses = new int[terms.Literals.Length];
        foreach (int literal in terms.Literals) starts[Math.Abs(literal)]++;
        for (int i = 0; i < units; i++) starts[i + 1] += starts[i];
        int[] next = [.. starts];
        for (int c = 0; c < terms.Weights.Length; c++)
            for (int i = terms.Starts[c]; i < terms.Starts[c + 1]; i++)
                clauses[next[Math.Abs(terms.Literals[i]) - 1]++] = terms.Literals[i] > 0 ? c + 1 : -(c + 1);
        return (starts, clauses);
    }
}
