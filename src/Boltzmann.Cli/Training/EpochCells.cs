namespace Boltzmann.Cli.Training;

/// <summary>What is written of an epoch: cells of a table, or a line. An estimate never stands alone.</summary>
static class EpochCells
{
    const string Layer = "layer", Epoch = "epoch", Rate = "rows/s", Time = "time", Left = "left", Trust = " trust";

    // With four digits and a sign; with an error behind it.
    const int Number = 8, Estimate = 15, Doubtful = 11;

    // The main metric and how far it may be trusted come before rate and time left, others after them.
    const int LeftRank = 3, RateRank = 4, FirstOther = 5;

    /// <summary>The columns of a table of epochs.</summary>
    /// <param name="metrics">What is measured, the most important first.</param>
    /// <param name="isDeep">Whether machines are told apart.</param>
    public static IReadOnlyList<EpochColumn> Columns(IReadOnlyList<string> metrics, bool isDeep)
    {
        var columns = new List<EpochColumn>();
        if (isDeep) columns.Add(new(Layer, 0, Layer, Layer.Length));
        columns.Add(new(Epoch, 0, Epoch, Epoch.Length));
        foreach (var (i, metric) in metrics.Index())
        {
            int rank = i == 0 ? 0 : i == 1 ? 1 : FirstOther + i;
            columns.Add(new(metric, rank, EpochColumn.TitleOf(metric), MayBeEstimated(metric) ? Estimate : Number));
            if (MayBeEstimated(metric)) columns.Add(new(metric + Trust, rank, "effective\nsamples", Doubtful));
        }
        columns.Add(new(Time, int.MaxValue, Time, Number));
        columns.Add(new(Rate, RateRank, Rate, Number));
        columns.Add(new(Left, LeftRank, Left, Number));
        return columns;
    }

    /// <summary>The cells of an epoch, by column.</summary>
    public static IReadOnlyDictionary<string, string> Of(GreedyProgress greedy, EpochRecord epoch, string left)
    {
        var cells = new Dictionary<string, string>
        {
            [Layer] = $"{greedy.Machine}/{greedy.Machines}",
            [Epoch] = $"{epoch.Number}/{greedy.Progress.Epochs}",
            [Time] = $"{epoch.Seconds:F1} s",
            [Rate] = $"{epoch.RowsPerSecond:N0}",
            [Left] = left,
        };
        foreach (var (name, value) in epoch.Metrics)
        {
            if (!epoch.Estimates.TryGetValue(name, out MetricValue? estimate))
            {
                if (double.IsNaN(value)) continue;
                cells[name] = NumberText.Short(value);
                if (MayBeEstimated(name)) cells[name + Trust] = "exact";
                continue;
            }
            cells[name] = double.IsNaN(value) ? "n/a" : $"{NumberText.Short(value)} ± {Error(estimate)}";
            cells[name + Trust] = double.IsNaN(value) ? "" : NumberText.Short(estimate.EffectiveSampleSize, 2)
                + (estimate.Verdict == BracketVerdict.Doubtful ? " doubtful" : "");
        }
        return cells;
    }

    // Of an error that is nothing beside the value one digit will do.
    static string Error(MetricValue estimate) => NumberText.Short(estimate.StandardError, estimate.StandardError < 0.01 ? 1 : 2);

    /// <summary>A line of an epoch where nothing is aligned.</summary>
    /// <param name="epoch">What was measured.</param>
    /// <param name="metrics">Names, the most important first.</param>
    /// <param name="last">The number of the last epoch.</param>
    /// <param name="left">The time left; empty for none.</param>
    public static string Line(EpochRecord epoch, IReadOnlyList<string> metrics, int last, string left)
    {
        string[] unlisted = [.. epoch.Metrics.Keys.Except(metrics)];
        string values = string.Join("  ", metrics.Concat(unlisted).Where(epoch.Metrics.ContainsKey)
            .Where(name => !double.IsNaN(epoch.Metrics[name]) || epoch.Estimates.ContainsKey(name))
            .Select(name => $"{name} {Words(epoch.Metrics[name], epoch.Estimates.GetValueOrDefault(name))}"));
        string time = $"{epoch.Seconds:F1} s  {epoch.RowsPerSecond:N0} rows/s{(left.Length > 0 ? $"  {left} left" : "")}";
        return $"epoch {epoch.Number.ToString().PadLeft(last.ToString().Length)}/{last}  {values}  {time}";
    }

    static string Words(double value, MetricValue? estimate) => estimate is null ? NumberText.Short(value) : double.IsNaN(value) ? "n/a"
        : $"{NumberText.Short(value)} ± {NumberText.Short(estimate.StandardError, 2)} (AIS, effective sample size "
            + $"{NumberText.Short(estimate.EffectiveSampleSize, 2)}{(estimate.Verdict == BracketVerdict.Doubtful ? ", doubtful" : "")})";

    static bool MayBeEstimated(string metric) => metric.EndsWith("log-likelihood", StringComparison.Ordinal)
        && !metric.StartsWith("exact", StringComparison.Ordinal) || metric.EndsWith("elbo", StringComparison.Ordinal);
}
