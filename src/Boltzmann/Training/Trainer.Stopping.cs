namespace Boltzmann;

/// <content>Early stopping.</content>
public sealed partial class Trainer
{
    double best = double.NaN;
    int sinceBest;

    // Follows from what a snapshot holds, so a run resumed after its end stays ended, unless it is given more patience.
    string? Stopped => options.EarlyStopping is EarlyStopping rule && sinceBest >= rule.Patience
        ? $"{rule.Metric} has not improved on {best:G6} for {sinceBest} measurements" : null;

    void JudgeStop(Dictionary<string, double> values)
    {
        if (options.EarlyStopping is not EarlyStopping rule || !values.TryGetValue(rule.Metric, out double value) || double.IsNaN(value)) return;
        bool higher = options.Metrics.First(m => m.Name == rule.Metric).HigherIsBetter;
        double gain = higher ? value - best : best - value;
        if (double.IsNaN(best) || gain > rule.MinimumDelta)
        {
            best = value;
            sinceBest = 0;
        }
        else sinceBest++;
    }
}
