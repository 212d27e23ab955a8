namespace Boltzmann;

/// <content>Early stopping.</content>
public sealed partial class Trainer
{
    double best = double.NaN, bestTie = double.NaN;
    int sinceBest;

    // Follows from what a snapshot holds, so a run resumed after its end stays ended, unless it is given more patience.
    string? Stopped => options.EarlyStopping is EarlyStopping rule && sinceBest >= rule.Patience
        ? $"{rule.Metric} has not improved on {best:G6}{TieWords} for {sinceBest} measurements" : null;

    string TieWords => double.IsNaN(bestTie) ? "" : $", nor {TieBreaker} on {bestTie:G6} where it was equalled,";

    string? TieBreaker => options.EarlyStopping is EarlyStopping rule
        ? options.Metrics.FirstOrDefault(m => m.Name == rule.Metric)?.TieBreaker : null;

    // A measurement without a number neither counts nor waits. One that is as good counts as better where its tie-breaker is lower.
    void JudgeStop(Dictionary<string, double> values)
    {
        if (options.EarlyStopping is not EarlyStopping rule || !values.TryGetValue(rule.Metric, out double value) || double.IsNaN(value)) return;
        bool higher = options.Metrics.First(m => m.Name == rule.Metric).HigherIsBetter;
        double gain = higher ? value - best : best - value;
        double tie = TieBreaker is string breaker && values.TryGetValue(breaker, out double loss) ? loss : double.NaN;
        bool improves = double.IsNaN(best) || gain > rule.MinimumDelta;
        if (improves) best = value;
        if (improves || (gain >= 0 && (tie < bestTie || (double.IsNaN(bestTie) && !double.IsNaN(tie)))))
        {
            bestTie = tie;
            sinceBest = 0;
        }
        else sinceBest++;
    }
}
