namespace Boltzmann.Experiments;

/// <summary>Steps of a sequence that a machine did not expect, close together.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">From the first to the last.</param>
/// <param name="Greatest">The greatest −log p among them, in nats.</param>
sealed record SurpriseEvent(int First, int Count, double Greatest)
{
    // Improbable is what is further above the median than this many times the distance of the upper quartile from it.
    const double Far = 20;

    /// <summary>The most surprising events, the greatest first.</summary>
    /// <param name="surprises">−log p by step.</param>
    /// <param name="reach">Steps for which what was read once bears on what is expected.</param>
    /// <param name="most">At most so many.</param>
    public static IReadOnlyList<SurpriseEvent> Find(IReadOnlyList<double> surprises, int reach, int most)
    {
        double[] sorted = [.. surprises.Order()];
        double median = sorted[sorted.Length / 2], limit = median + Far * (sorted[sorted.Length * 3 / 4] - median);
        List<SurpriseEvent> events = [];
        for (int t = 0; t < surprises.Count; t++)
        {
            if (surprises[t] <= limit) continue;
            if (events is [.., var last] && t - (last.First + last.Count - 1) <= reach)
                events[^1] = last with { Count = t - last.First + 1, Greatest = Math.Max(last.Greatest, surprises[t]) };
            else events.Add(new(t, 1, surprises[t]));
        }
        return [.. events.OrderByDescending(e => e.Greatest).Take(most)];
    }
}
