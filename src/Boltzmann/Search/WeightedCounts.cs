using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>
/// As <see cref="ColumnCounts"/> where draws count by a weight: 0 for those that do not count at all, otherwise what a draw is worth of
/// the distribution that is wanted. Shares are Σ w·x / Σ w (importance sampling, normalised by itself), over all columns together.
/// </summary>
/// <param name="units">Variables.</param>
/// <param name="groups">Groups of 64 columns.</param>
/// <param name="temperature">T, in the unit of energy.</param>
/// <param name="weightOf">Of a state.</param>
sealed class WeightedCounts(int units, int groups, double temperature, Func<byte[], double> weightOf) : IColumnCounts
{
    readonly int columns = groups * ChainLanes.Count;

    // Of unit i in column c at columns·i + c.
    double[] now = new double[units * groups * ChainLanes.Count], before = new double[units * groups * ChainLanes.Count];
    double[] nowAll = new double[groups * ChainLanes.Count], beforeAll = new double[groups * ChainLanes.Count];

    // Draws, those that count, and the sums of their weights and squared weights: now, then before.
    double[] sums = new double[8];
    readonly byte[] state = new byte[units];

    /// <inheritdoc/>
    public void Add(LadderChains chains)
    {
        for (int c = 0; c < columns; c++)
        {
            chains.Groups[c / ChainLanes.Count].Get(c % ChainLanes.Count, state);
            double weight = weightOf(state);
            sums[0]++;
            if (weight == 0) continue;
            sums[1]++;
            sums[2] += weight;
            sums[3] += weight * weight;
            nowAll[c] += weight;
            for (int i = 0; i < units; i++)
                if (state[i] != 0) now[columns * i + c] += weight;
        }
    }

    /// <inheritdoc/>
    public void Turn()
    {
        (now, before, nowAll, beforeAll) = (before, now, beforeAll, nowAll);
        now.AsSpan().Clear();
        nowAll.AsSpan().Clear();
        sums = [0, 0, 0, 0, .. sums[..4]];
    }

    /// <inheritdoc/>
    public Marginals? Marginals()
    {
        double draws = sums[0] + sums[4], counted = sums[1] + sums[5], all = sums[2] + sums[6];
        if (draws == 0) return null;
        double[] means = new double[units], variances = new double[units];
        if (counted == 0) return new(temperature, means, variances, "tempering") { FeasibleShare = 0 };
        double between = 0, binomial = 0, effective = all * all / (sums[3] + sums[7]);
        for (int i = 0; i < units; i++)
        {
            double early = 0, late = 0, squares = 0;
            for (int c = 0; c < columns; c++) (early, late) = (early + before[columns * i + c], late + now[columns * i + c]);
            double mean = means[i] = (early + late) / all;
            for (int c = 0; c < columns; c++)
            {
                double off = now[columns * i + c] + before[columns * i + c] - mean * (nowAll[c] + beforeAll[c]);
                squares += off * off;
            }
            // Of a ratio of sums, to first order.
            double own = squares / (all * all) * columns / (columns - 1);
            between += own;
            binomial += mean * (1 - mean) / effective;
            // Halves that differ by more than columns do have not forgotten how they began.
            double half = sums[2] == 0 || sums[6] == 0 ? 0 : (late / sums[2] - early / sums[6]) / 2;
            variances[i] = Math.Max(own, half * half);
        }
        // What was hardly ever seen has too few cases to tell its own error: it forgets as the others do.
        double slowness = binomial > 0 ? Math.Max(1, between / binomial) : effective / columns, cases = effective / slowness;
        for (int i = 0; i < units; i++)
        {
            double likely = (means[i] * cases + 0.5) / (cases + 1);
            variances[i] = Math.Max(variances[i], likely * (1 - likely) / cases);
        }
        return new(temperature, means, [.. variances.Select(Math.Sqrt)], "tempering") { FeasibleShare = counted / draws };
    }

    /// <inheritdoc/>
    public void Keep(SearchArchive archive)
    {
        (now, before) = (archive.Keep("counts.now", now), archive.Keep("counts.before", before));
        (nowAll, beforeAll) = (archive.Keep("counts.now_all", nowAll), archive.Keep("counts.before_all", beforeAll));
        sums = archive.Keep("counts.sums", sums);
    }
}
