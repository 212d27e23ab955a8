namespace Boltzmann.Runs;

/// <summary>Runs whose settings are the same but for the seed: one, or several whose spread says how much is chance.</summary>
/// <param name="Runs">In the order in which they were named; at least one.</param>
public sealed record RunGroup(IReadOnlyList<ComparedRun> Runs)
{
    /// <summary>The run's name, or those of the first and the last one.</summary>
    public string Name => Runs.Count == 1 ? Runs[0].Name : $"{Runs[0].Name} … {Runs[^1].Name}";

    /// <summary>What the runs have of a metric in the end: its last value of each, where that is finite.</summary>
    /// <returns>Mean over seeds with its standard error, NaN below two; null where no run has a value.</returns>
    public Score? Last(string metric)
    {
        double[] values = [.. Runs.Select(run => run.Metrics.Find(metric)?.Last?.Value).OfType<double>().Where(double.IsFinite)];
        return values.Length == 0 ? null : new Score(values);
    }

    /// <summary>
    /// The curve of a metric: of a run alone its own, with the errors of its estimates; of several the mean over seeds with its standard
    /// error, at each epoch that all of them have reached and measured.
    /// </summary>
    public IReadOnlyList<MetricReading> Curve(string metric)
    {
        MetricCurve?[] curves = [.. Runs.Select(run => run.Metrics.Find(metric))];
        if (curves.Contains(null)) return [];
        if (curves.Length == 1) return curves[0]!.Readings;
        var readings = new List<MetricReading>();
        foreach (MetricReading reading in curves[0]!.Readings)
        {
            double[] values = [.. curves.Select(curve => curve!.At(reading.Epoch)?.Value).OfType<double>().Where(double.IsFinite)];
            if (values.Length < curves.Length) continue;
            var mean = new Score(values);
            readings.Add(new(reading.Epoch, mean.Mean, mean.StandardError));
        }
        return readings;
    }
}
