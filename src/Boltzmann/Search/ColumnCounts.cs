using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// How often each variable was 1 at one temperature, in each of some columns of chains that exchange states only within their column: what
/// columns differ by is the error, however slowly chains forget. Counted since the temperatures changed last and in the time between that
/// and the change before, so that at least half of the search counts and its beginning does not.
/// </summary>
/// <param name="units">Variables.</param>
/// <param name="groups">Groups of 64 columns.</param>
/// <param name="temperature">T, in the unit of energy.</param>
sealed class ColumnCounts(int units, int groups, double temperature) : IColumnCounts
{
    readonly int columns = groups * ChainLanes.Count;

    // Of unit i in chain c of group g at 64(units·g + i) + c.
    int[] now = new int[units * groups * ChainLanes.Count], before = new int[units * groups * ChainLanes.Count];
    long nowTimes, beforeTimes;

    /// <inheritdoc/>
    public void Add(LadderChains chains)
    {
        for (int g = 0; g < groups; g++)
            chains.Groups[g].CountInto(now.AsSpan(g * units * ChainLanes.Count, units * ChainLanes.Count));
        nowTimes++;
    }

    /// <inheritdoc/>
    public void Turn()
    {
        (now, before) = (before, now);
        now.AsSpan().Clear();
        (beforeTimes, nowTimes) = (nowTimes, 0);
    }

    /// <inheritdoc/>
    public void Keep(SearchArchive archive)
    {
        now = archive.Keep("counts.now", now);
        before = archive.Keep("counts.before", before);
        nowTimes = archive.Keep("counts.now_times", nowTimes);
        beforeTimes = archive.Keep("counts.before_times", beforeTimes);
    }

    /// <inheritdoc/>
    public Marginals? Marginals()
    {
        long times = nowTimes + beforeTimes;
        if (times == 0) return null;
        double[] means = new double[units], variances = new double[units];
        double sum = 0, binomial = 0;
        for (int i = 0; i < units; i++)
        {
            double all = 0, squares = 0, late = 0;
            for (int c = 0; c < columns; c++)
            {
                int at = (c / ChainLanes.Count * units + i) * ChainLanes.Count + c % ChainLanes.Count;
                double share = (double)(now[at] + before[at]) / times;
                all += share;
                squares += share * share;
                late += now[at];
            }
            double mean = means[i] = all / columns;
            double between = Math.Max(0, squares / columns - mean * mean) / (columns - 1);
            sum += between;
            binomial += mean * (1 - mean) / (columns * (double)times);
            // Halves that differ by more than columns do have not forgotten how they began.
            double half = nowTimes == 0 || beforeTimes == 0 ? 0
                : (late / columns / nowTimes - (all * times - late) / columns / beforeTimes) / 2;
            variances[i] = Math.Max(between, half * half);
        }
        // What was hardly ever seen has too few cases to tell its own error: it forgets as the others do.
        double slowness = binomial > 0 ? Math.Max(1, sum / binomial) : times, cases = columns * times / slowness;
        for (int i = 0; i < units; i++)
        {
            double likely = (means[i] * cases + 0.5) / (cases + 1);
            variances[i] = Math.Max(variances[i], likely * (1 - likely) / cases);
        }
        return new(temperature, means, [.. variances.Select(Math.Sqrt)], "tempering");
    }
}
