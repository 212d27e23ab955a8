namespace Boltzmann.Evaluation;

/// <summary>Rows in falling order of their scores for one class, which row of them is of the class, and where ties end.</summary>
sealed class RankedRows
{
    readonly int[] order;
    readonly bool[] isOfClass, endsTie;

    RankedRows(int[] order, bool[] isOfClass, bool[] endsTie) => (this.order, this.isOfClass, this.endsTie) = (order, isOfClass, endsTie);

    /// <summary>Ranks rows; null where none is of the class, or a score is not a number and orders nothing.</summary>
    public static RankedRows? Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> arePositive)
    {
        if (scores.Length != arePositive.Length)
            throw new ArgumentException($"{arePositive.Length} labels do not fit {scores.Length} scores");
        double[] keys = [.. scores.ToArray().Select(score => -score)];
        if (!arePositive.Contains(true) || keys.Any(double.IsNaN)) return null;
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order);
        var isOfClass = new bool[order.Length];
        var endsTie = new bool[order.Length];
        for (int r = 0; r < order.Length; r++)
        {
            isOfClass[r] = arePositive[order[r]];
            endsTie[r] = r + 1 == order.Length || keys[r + 1] != keys[r];
        }
        return new(order, isOfClass, endsTie);
    }

    /// <summary>Area under the precision–recall curve; NaN where no row that counts is of the class.</summary>
    /// <param name="counts">How often each row is there; null for once.</param>
    public double AveragePrecision(int[]? counts = null)
    {
        double area = 0, rows = 0, found = 0, foundBefore = 0;
        for (int r = 0; r < order.Length; r++)
        {
            int count = counts is null ? 1 : counts[order[r]];
            rows += count;
            if (isOfClass[r]) found += count;
            if (!endsTie[r] || found == foundBefore) continue;
            area += (found - foundBefore) * found / rows;
            foundBefore = found;
        }
        return area / found;
    }
}
