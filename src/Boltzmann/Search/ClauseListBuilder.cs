using System.Runtime.InteropServices;

namespace Boltzmann.Searching;

/// <summary>Collects clauses: doubled literals are merged, clauses that always hold left out, equal clauses added up.</summary>
sealed class ClauseListBuilder
{
    readonly List<int> starts = [0], literals = [];
    readonly List<double> weights = [];
    int[] sorted = [];

    /// <summary>Clauses so far.</summary>
    public int Count => weights.Count;

    /// <summary>Adds a clause.</summary>
    /// <param name="clause">Signed literals from 1, in any order.</param>
    /// <param name="weight">What it costs where none holds.</param>
    /// <returns>Whether it has a literal or always holds; an empty clause is the caller's to count.</returns>
    public bool Add(ReadOnlySpan<int> clause, double weight)
    {
        if (clause.Length == 0) return false;
        if (sorted.Length < clause.Length) sorted = new int[Math.Max(clause.Length, 2 * sorted.Length)];
        Span<int> own = sorted.AsSpan(0, clause.Length);
        clause.CopyTo(own);
        // By variable; a variable's literals side by side.
        own.Sort(static (a, b) => (Math.Abs(a), a).CompareTo((Math.Abs(b), b)));
        int begin = literals.Count;
        for (int i = 0; i < own.Length; i++)
        {
            if (i > 0 && own[i] == own[i - 1]) continue;
            if (i > 0 && own[i] == -own[i - 1])
            {
                CollectionsMarshal.SetCount(literals, begin);
                return true;
            }
            literals.Add(own[i]);
        }
        starts.Add(literals.Count);
        weights.Add(weight);
        return true;
    }

    /// <summary>The clauses in the order in which they came, those that come to a weight of 0 left out.</summary>
    public ClauseList Build()
    {
        int count = weights.Count;
        if (count == 0) return ClauseList.Empty;
        int[] from = [.. starts], all = [.. literals], order = new int[count];
        double[] values = [.. weights];
        ulong[] keys = new ulong[count];
        for (int c = 0; c < count; c++)
        {
            order[c] = c;
            keys[c] = Hash(Of(c));
        }
        Array.Sort(keys, order);
        bool merged = false, areRepeats = values.AsSpan().IndexOfAnyExcept(values[0]) < 0;
        for (int first = 0, end; first < count; first = end)
        {
            for (end = first + 1; end < count && keys[end] == keys[first]; end++) { }
            if (end - first == 1) continue;
            // Clauses of one hash: into the earliest that is equal.
            Array.Sort(order, first, end - first);
            for (int i = first; i < end; i++)
                for (int j = first; j < i; j++)
                {
                    if (!double.IsFinite(values[order[j]]) || !Of(order[i]).SequenceEqual(Of(order[j]))) continue;
                    values[order[j]] += values[order[i]];
                    values[order[i]] = double.NaN;
                    merged = true;
                    break;
                }
        }
        if (!merged && Array.IndexOf(values, 0d) < 0) return new(from, all, values) { AreRepeats = areRepeats };
        int kept = 0, at = 0;
        for (int c = 0; c < count; c++)
        {
            // Marked as merged, or nothing.
            if (!(Math.Abs(values[c]) > 0)) continue;
            (int begin, int length) = (from[c], from[c + 1] - from[c]);
            Array.Copy(all, begin, all, at, length);
            values[kept] = values[c];
            from[kept++] = at;
            at += length;
        }
        from[kept] = at;
        return new(from[..(kept + 1)], all[..at], values[..kept]) { AreRepeats = areRepeats };

        ReadOnlySpan<int> Of(int clause) => all.AsSpan(from[clause]..from[clause + 1]);
    }

    // Fowler, Noll and Vo's, by literals.
    static ulong Hash(ReadOnlySpan<int> clause)
    {
        ulong hash = 14695981039346656037;
        foreach (int literal in clause) hash = unchecked((hash ^ (uint)literal) * 1099511628211);
        return hash;
    }
}
