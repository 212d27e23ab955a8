namespace Boltzmann.Networks;

/// <content>The best parameters so far, and the rate's decay.</content>
public sealed partial class NetworkTrainer
{
    // What the metric of the plateau has come to; null without one.
    readonly BestValue? lastDrop;
    double decay = 1;
    bool atBest;

    // The parameters of the best epoch; while the network itself holds those, after the end, what the last update left.
    Network? bestNetwork;

    /// <summary>The best value so far of the metric that early stopping watches; NaN before the first.</summary>
    public double Best => loop.Best;

    void Decay(Plateau plateau, double value)
    {
        if (lastDrop!.Take(value) || lastDrop.Since < plateau.Patience) return;
        decay *= plateau.Factor;
        lastDrop.Wait();
    }

    void KeepBest(bool improved, bool isEnd)
    {
        if (!improved)
        {
            if (bestNetwork is not null && isEnd) Exchange(toBest: true);
            return;
        }
        if (!options.RestoreBest) return;
        bestNetwork ??= Network.Clone();
        bestNetwork.CopyFrom(Network);
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
}
