using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Energies along an anneal, and the schedules that follow from them.</summary>
/// <param name="betas">Its levels.</param>
/// <param name="units">Variables.</param>
sealed class AnnealingCurve(double[] betas, int units)
{
    const double Widen = 2;

    readonly double[] means = new double[betas.Length], deviations = new double[betas.Length], motions = new double[betas.Length];
    readonly bool[] isKnown = new bool[betas.Length];
    double[] before = [];

    /// <summary>This curve in an archive that is being made, or the one of a file.</summary>
    public AnnealingCurve Kept(SearchArchive archive, string name)
    {
        var kept = new AnnealingCurve(archive.Keep($"{name}.betas", betas), units) { before = archive.KeepAny($"{name}.before", before) };
        archive.Keep($"{name}.means", means).CopyTo(kept.means, 0);
        archive.Keep($"{name}.deviations", deviations).CopyTo(kept.deviations, 0);
        archive.Keep($"{name}.motions", motions).CopyTo(kept.motions, 0);
        archive.Keep($"{name}.known", isKnown).CopyTo(kept.isKnown, 0);
        return archive.IsReading ? kept : this;
    }

    /// <summary>The levels.</summary>
    public double[] Betas => betas;

    /// <summary>The level with the largest heat capacity: σ_E·β.</summary>
    public int Peak => Enumerable.Range(0, betas.Length).MaxBy(l => deviations[l] * betas[l]);

    /// <summary>The levels as they were measured.</summary>
    public IReadOnlyList<LadderRung> Rungs() => [.. Enumerable.Range(0, betas.Length).Where(l => isKnown[l])
        .Select(l => new LadderRung(betas[l], means[l], deviations[l], double.NaN, double.NaN, 0))];

    /// <summary>Begins a level.</summary>
    public void Begin(ChainLanes[] groups)
    {
        before = [.. groups.SelectMany(g => g.Energies)];
        foreach (ChainLanes group in groups) group.ClearSums();
    }

    /// <summary>Ends it.</summary>
    public void End(int level, ChainLanes[] groups)
    {
        // Deviations within groups: what moves their means together is not heat.
        double sum = 0, squares = 0, rises = 0;
        foreach (ChainLanes group in groups)
        {
            double mean = group.Sums.Sum / group.Sums.Terms;
            sum += group.Reference + mean;
            squares += Math.Max(0, group.Sums.Squares / group.Sums.Terms - mean * mean);
        }
        double[] after = [.. groups.SelectMany(g => g.Energies)];
        for (int c = 0; c < after.Length; c++) rises += 2 * Math.Pow(Math.Max(0, after[c] - before[c]), 2);
        means[level] = sum / groups.Length;
        deviations[level] = Math.Sqrt(squares / groups.Length);
        motions[level] = betas[level] * Math.Sqrt(rises / after.Length);
        isKnown[level] = true;
    }

    /// <summary>Where chains hardly rise any more; further on, if they still do at the last level.</summary>
    public double ColdEnd(double cold)
    {
        int last = Array.FindLastIndex(isKnown, known => known);
        if (last < 1) return cold;
        double limit = LadderPlan.ColdMotion * Math.Sqrt(units);
        if (motions[last] > limit) return betas[last] * Widen;
        while (last > 1 && isKnown[last - 1] && motions[last - 1] <= limit) last--;
        return betas[last];
    }

    /// <summary>Levels of equal lengths √(Δβ·ΔE) between the ends of a range.</summary>
    public double[] Even(TemperatureRange range, int levels)
    {
        int[] known = [.. Enumerable.Range(0, betas.Length).Where(l => isKnown[l])];
        if (known.Length < 2) return range.Geometric(levels);
        double[] logs = [.. known.Select(l => Math.Log(betas[l]))], lengths = new double[known.Length];
        for (int k = 1; k < known.Length; k++)
        {
            double drop = (betas[known[k]] - betas[known[k - 1]]) * (means[known[k - 1]] - means[known[k]]);
            lengths[k] = lengths[k - 1] + Math.Sqrt(Math.Max(0, drop)) + 1e-6;
        }
        double from = LadderPlan.At(logs, lengths, Math.Log(range.Hot)), to = LadderPlan.At(logs, lengths, Math.Log(range.Cold));
        double[] next = [.. Enumerable.Range(0, levels).Select(l =>
            Math.Exp(LadderPlan.At(lengths, logs, from + (to - from) * l / (levels - 1))))];
        next[0] = range.Hot;
        next[^1] = range.Cold;
        return next;
    }
}
