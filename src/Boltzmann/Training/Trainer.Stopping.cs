namespace Boltzmann;

/// <content>Early stopping.</content>
public sealed partial class Trainer
{
    string? stopped;
    double best = double.NaN;
    int sinceBest;

    string? JudgeStop(Dictionary<string, double> values)
    {
        if (options.EarlyStopping is not EarlyStopping rule || !values.TryGetValue(rule.Metric, out double value) || double.IsNaN(value)) return null;
        bool higher = options.Metrics.First(m => m.Name == rule.Metric).HigherIsBetter;
        double gain = higher ? value - best : best - value;
        if (double.IsNaN(best) || gain > rule.MinimumDelta)
        {
            best = value;
            sinceBest = 0;
            return null;
        }
        return ++sinceBest < rule.Patience ? null : $"{rule.Metric} has not improved on {best:G6} for {sinceBest} measurements";
    }
}
