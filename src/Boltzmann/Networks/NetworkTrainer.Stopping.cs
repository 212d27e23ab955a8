namespace Boltzmann;

/// <content>Early stopping, the best parameters so far, and the rate's decay.</content>
public sealed partial class NetworkTrainer
{
    double best = double.NaN, bestTie = double.NaN, plateauBest = double.NaN, decay = 1;
    int sinceBest, sincePlateau;
    bool atBest;

    // The parameters of the best epoch; while the network itself holds those, after the end, what the last update left.
    Network? bestNetwork;

    /// <summary>The best value so far of the metric that early stopping watches; NaN before the first.</summary>
    public double Best => best;

    // Follows from what a snapshot holds, so a run resumed after its end stays ended, unless it is given more patience.
    string? Stopped => options.EarlyStopping is EarlyStopping rule && sinceBest >= rule.Patience
        ? $"{rule.Metric} has not improved on {best:G6}{TieWords} for {sinceBest} epochs" : null;

    string TieWords => double.IsNaN(bestTie) ? "" : $", nor {TieBreaker} on {bestTie:G6} where it was equalled,";

    // Accuracy is a count, so it often ties, and of unbalanced classes from the first epoch on: the loss tells which of equals has learned
    // more.
    string? TieBreaker => options.EarlyStopping is EarlyStopping rule ? NetworkMetric.TieBreaker(rule.Metric) : null;

    void Judge(Dictionary<string, double> values, bool isLast)
    {
        if (options.Plateau is Plateau plateau)
        {
            if (Improves(plateau.Metric, values[plateau.Metric], ref plateauBest, 0)) sincePlateau = 0;
            else if (++sincePlateau >= plateau.Patience)
            {
                decay *= plateau.Factor;
                sincePlateau = 0;
            }
        }
        if (options.EarlyStopping is not EarlyStopping rule) return;
        double value = values[rule.Metric], loss = TieBreaker is string breaker ? values[breaker] : double.NaN;
        bool improves = Improves(rule.Metric, value, ref best, rule.MinimumDelta);
        // What is as good counts as better where its loss is lower; the best value stays, so that small losses of the metric cannot add up.
        if (improves || (IsAsGood(rule.Metric, value) && (loss < bestTie || (double.IsNaN(bestTie) && double.IsFinite(loss)))))
        {
            sinceBest = 0;
            bestTie = loss;
            if (options.RestoreBest)
            {
                bestNetwork ??= Network.Clone();
                bestNetwork.CopyFrom(Network);
            }
        }
        else sinceBest++;
        if (bestNetwork is not null && sinceBest > 0 && (isLast || Stopped is not null)) Exchange(toBest: true);
    }

    // A checkpoint of 0.1.0 has the best network, but not its loss.
    void FindBestTie(Examples validation)
    {
        if (bestNetwork is null || !double.IsNaN(bestTie) || TieBreaker != NetworkMetric.Validation + NetworkMetric.Loss) return;
        bestTie = NetworkScore.Of(bestNetwork, validation).Loss;
    }

    // More epochs go on from the last update, to which the optimiser's memory belongs, not from the best epoch.
    void LeaveBest()
    {
        if (atBest) Exchange(toBest: false);
    }

    void Exchange(bool toBest)
    {
        Network other = Network.Clone();
        Network.CopyFrom(bestNetwork!);
        bestNetwork!.CopyFrom(other);
        atBest = toBest;
    }

    bool IsAsGood(string metric, double value) => NetworkMetric.HigherIsBetter(metric) ? value >= best : value <= best;

    static bool Improves(string metric, double value, ref double best, double least)
    {
        // What cannot be measured is no improvement, least of all the first.
        if (!double.IsFinite(value)) return false;
        double gain = NetworkMetric.HigherIsBetter(metric) ? value - best : best - value;
        if (!double.IsNaN(best) && !(gain > least)) return false;
        best = value;
        return true;
    }
}
