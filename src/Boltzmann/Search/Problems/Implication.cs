namespace Boltzmann.Searching;

/// <summary>
/// What hard constraints say about hypotheses before any search: a literal whose truth, or whose falsehood, would keep a sum from its bound
/// whatever the others are. Every feasible state has these values.
/// </summary>
sealed class Implication
{
    readonly ConstraintPart[] parts;
    readonly SortedDictionary<int, bool> known = [];
    readonly long[] lowest, highest, largest, from, to;
    readonly List<int>?[] partsOf;
    readonly Queue<(int Variable, bool Value)> open = new();
    bool isContradictory;

    Implication(IEnumerable<ConstraintPart> parts, int variables)
    {
        this.parts = [.. parts];
        int count = this.parts.Length;
        (lowest, highest, largest, from, to) = (new long[count], new long[count], new long[count], new long[count], new long[count]);
        partsOf = new List<int>?[variables];
        for (int p = 0; p < count; p++)
        {
            ConstraintPart part = this.parts[p];
            lowest[p] = highest[p] = part.Constant;
            for (int l = 0; l < part.Literals.Length; l++)
            {
                long factor = part.Factors[l];
                if (factor < 0) lowest[p] += factor;
                else highest[p] += factor;
                largest[p] = Math.Max(largest[p], Math.Abs(factor));
                (partsOf[part.Literals[l].Variable] ??= []).Add(p);
            }
            // The sums that some helper brings to where they cost nothing, as an interval.
            long moved = -part.Step * part.Range, most = part.IsTriangle ? 1 : 0;
            (from[p], to[p]) = (Math.Min(0, moved), Math.Max(0, moved) + most);
        }
    }

    /// <summary>What is known and what follows; null if nothing can keep the constraints.</summary>
    /// <param name="constraints">All of the problem; soft ones say nothing.</param>
    /// <param name="variables">Hypotheses.</param>
    /// <param name="known">What is required or clamped.</param>
    public static SortedDictionary<int, bool>? Of(IEnumerable<ProblemConstraint> constraints, int variables,
        IReadOnlyDictionary<int, bool> known)
    {
        var implication = new Implication(constraints.Where(entry => entry.IsHard).SelectMany(entry => entry.Constraint.Parts), variables);
        foreach (var (variable, value) in known) implication.open.Enqueue((variable, value));
        for (int p = 0; p < implication.parts.Length; p++) implication.Look(p);
        implication.Follow();
        return implication.isContradictory ? null : implication.known;
    }

    void Follow()
    {
        var changed = new List<int>();
        while (!isContradictory && open.TryDequeue(out var fact))
        {
            if (known.TryGetValue(fact.Variable, out bool was))
            {
                isContradictory = was != fact.Value;
                continue;
            }
            known.Add(fact.Variable, fact.Value);
            if (partsOf[fact.Variable] is not List<int> own) continue;
            changed.Clear();
            int last = -1;
            foreach (int p in own)
            {
                // A variable may be twice in a sum.
                if (p == last) continue;
                last = p;
                for (int l = 0; l < parts[p].Literals.Length; l++)
                {
                    Hypothesis literal = parts[p].Literals[l];
                    if (literal.Variable == fact.Variable) Settle(p, parts[p].Factors[l], fact.Value != literal.IsNegated);
                }
                changed.Add(p);
            }
            foreach (int p in changed) Look(p);
        }
    }

    void Settle(int part, long factor, bool holds)
    {
        if (holds == factor > 0) lowest[part] += Math.Abs(factor);
        else highest[part] -= Math.Abs(factor);
    }

    void Look(int p)
    {
        if (lowest[p] > to[p] || highest[p] < from[p])
        {
            isContradictory = true;
            return;
        }
        ConstraintPart part = parts[p];
        bool hasGaps = !part.IsTriangle && Math.Abs(part.Step) > 1;
        if (!hasGaps && lowest[p] + largest[p] <= to[p] && highest[p] - largest[p] >= from[p]) return;
        int free = -1, count = 0;
        for (int l = 0; l < part.Literals.Length; l++)
        {
            if (known.ContainsKey(part.Literals[l].Variable)) continue;
            (free, count) = (l, count + 1);
            long size = Math.Abs(part.Factors[l]);
            // At its greater value the sum is at least this, at its smaller one at most that.
            bool canBeMore = lowest[p] + size <= to[p], canBeLess = highest[p] - size >= from[p];
            if (size == 0 || (canBeMore && canBeLess)) continue;
            if (!canBeMore && !canBeLess) isContradictory = true;
            else Say(part.Literals[l], canBeMore == part.Factors[l] > 0);
        }
        if (count == 1 && hasGaps) LookAtLast(p, free);
        if (count == 0 && part.Best(lowest[p]).Cost > 0) isContradictory = true;
    }

    // Of sums that must be odd, the last term is known.
    void LookAtLast(int p, int literal)
    {
        ConstraintPart part = parts[p];
        long size = Math.Abs(part.Factors[literal]);
        bool less = part.Best(lowest[p]).Cost == 0, more = part.Best(lowest[p] + size).Cost == 0;
        if (!less && !more) isContradictory = true;
        else if (less != more) Say(part.Literals[literal], more == part.Factors[literal] > 0);
    }

    void Say(Hypothesis literal, bool holds) => open.Enqueue((literal.Variable, holds != literal.IsNegated));
}
