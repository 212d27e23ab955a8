namespace Boltzmann.Searching;

/// <summary>Where the temperatures of a ladder should lie, from what was measured.</summary>
static class LadderPlan
{
    /// <summary>What is left of a chain's energy after a block at the hot end.</summary>
    const double HotMemory = 0.1;

    /// <summary>
    /// β times what a chain's energy still changes by at the cold end, over √n: changes of independent variables add like that. Where it is
    /// 0.35, one variable in some hundred still changes.
    /// </summary>
    public const double ColdMotion = 0.35;

    /// <summary>Exchanges are rarer than one in twenty beyond this length: erfc(2.77/2) = 0.05.</summary>
    const double LongestStep = 2.77;

    const double Widen = 1.6;

    public static double[] Next(LadderMeter meter, double[] betas, Tempering settings, int fewest, int most)
    {
        int n = betas.Length;
        // Two temperatures have no shape.
        if (n < 3) return betas;
        // Lengths between neighbours: √(Δβ·ΔE), of which the share of accepted exchanges is erfc(length/2) for normal energies.
        double[] logs = [.. betas.Select(beta => Math.Log(beta))], lengths = new double[n];
        for (int t = 1; t < n; t++)
            lengths[t] = lengths[t - 1] + Math.Sqrt(Math.Max(0, (betas[t] - betas[t - 1]) * (meter.Mean(t - 1) - meter.Mean(t)))) + 1e-3;
        double hot = logs[0], cold = logs[^1];
        if (settings.Range is null)
        {
            hot = Hot(meter, logs);
            if (settings.Temperature is null) cold = Cold(meter, logs, betas);
        }
        // Beyond the ends as dense as at the ends.
        double from = At(logs, lengths, hot), to = At(logs, lengths, cold), total = to - from;
        int count = settings.Temperatures ?? fewest;
        if (settings.Temperatures is null)
        {
            while (count < most && total / (count - 1) > LongestStep) count *= 2;
        }
        double[] next = new double[count];
        for (int t = 0; t < count; t++) next[t] = Math.Exp(At(lengths, logs, from + total * t / (count - 1)));
        next[0] = Math.Exp(hot);
        next[^1] = Math.Exp(cold);
        return next;
    }

    static double Hot(LadderMeter meter, double[] logs)
    {
        int n = logs.Length;
        if (meter.Memory(0) > HotMemory)
            return logs[0] - Further(meter.Memory(0) - HotMemory, meter.Memory(2) - meter.Memory(0), logs[2] - logs[0]);
        int t = 0;
        while (t + 2 < n && meter.Memory(t + 1) <= HotMemory) t++;
        double here = meter.Memory(t), there = meter.Memory(t + 1);
        double share = there > here ? Math.Clamp((HotMemory - here) / (there - here), 0, 1) : 0;
        return Math.Min(logs[t] + share * (logs[t + 1] - logs[t]), logs[n / 2]);
    }

    static double Cold(LadderMeter meter, double[] logs, double[] betas)
    {
        int n = logs.Length;
        double limit = Math.Log(ColdMotion * Math.Sqrt(meter.Units));
        double[] motion = [.. Enumerable.Range(0, n).Select(t => Math.Log(Math.Max(1e-300, betas[t] * meter.Motion(t))))];
        if (motion[^1] > limit) return logs[^1] + Further(motion[^1] - limit, motion[^3] - motion[^1], logs[^1] - logs[^3]);
        int t = n - 1;
        while (t > 1 && motion[t - 1] <= limit) t--;
        return logs[t - 1] + (logs[t] - logs[t - 1]) * Math.Clamp((limit - motion[t - 1]) / (motion[t] - motion[t - 1]), 0, 1);
    }

    // How much further an end must lie that misses its mark by an excess, where over a distance a change was seen.
    static double Further(double excess, double change, double distance) =>
        change > 0 ? Math.Min(Math.Log(Widen), excess / change * distance) : Math.Log(Widen);

    // Piecewise linear through (x, y), and on beyond both ends at the slope there.
    internal static double At(double[] x, double[] y, double where)
    {
        int i = 1;
        while (i < x.Length - 1 && x[i] < where) i++;
        double width = x[i] - x[i - 1];
        return y[i - 1] + (width > 0 ? (y[i] - y[i - 1]) * (where - x[i - 1]) / width : 0);
    }
}
