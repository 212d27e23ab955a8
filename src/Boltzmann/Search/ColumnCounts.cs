using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// How often each variable was 1 at one temperature, in each of 64 columns of chains that exchange states only within their column: what
/// columns differ by is the error, however slowly chains forget. Counted since the temperatures changed last and in the time between that
/// and the change before, so that at least half of the search counts and its beginning does not.
/// </summary>
sealed class ColumnCounts(int units, double temperature)
{
    const int Columns = ChainLanes.Count;

    int[] now = new int[units * Columns], before = new int[units * Columns];
    long nowTimes, beforeTimes;

    /// <summary>Counts the states as they are.</summary>
    public void Add(ChainLanes chains)
    {
        chains.CountInto(now);
        nowTimes++;
    }

    /// <summary>Temperatures have changed.</summary>
    public void Turn()
    {
        (now, before) = (before, now);
        now.AsSpan().Clear();
        (beforeTimes, nowTimes) = (nowTimes, 0);
    }

    /// <summary>Means over columns and their errors; null before anything was counted.</summary>
    public Marginals? Marginals()
    {
        long times = nowTimes + beforeTimes;
        if (times == 0) return null;
        double[] means = new double[units], variances = new double[units];
        double sum = 0, binomial = 0;
        for (int i = 0; i < units; i++)
        {
            double all = 0, squares = 0, late = 0;
            for (int c = 0; c < Columns; c++)
            {
                double share = (double)(now[i * Columns + c] + before[i * Columns + c]) / times;
                all += share;
                squares += share * share;
                late += now[i * Columns + c];
            }
            double mean = means[i] = all / Columns;
            double between = Math.Max(0, squares / Columns - mean * mean) / (Columns - 1);
            sum += between;
            binomial += mean * (1 - mean) / (Columns * (double)times);
            // Halves that differ by more than columns do have not forgotten how they began.
            double half = nowTimes == 0 || beforeTimes == 0 ? 0
                : (late / Columns / nowTimes - (all * times - late) / Columns / beforeTimes) / 2;
            variances[i] = Math.Max(between, half * half);
        }
        // What was hardly ever seen has too few cases to tell its own error: it forgets as the others do.
        double slowness = binomial > 0 ? Math.Max(1, sum / binomial) : times, cases = Columns * times / slowness;
        for (int i = 0; i < units; i++)
        {
            double likely = (means[i] * cases + 0.5) / (cases + 1);
            variances[i] = Math.Max(variances[i], likely * (1 - likely) / cases);
        }
        return new(temperature, means, [.. variances.Select(Math.Sqrt)], "tempering");
    }
}
