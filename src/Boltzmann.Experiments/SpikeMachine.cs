using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>A way to learn which neurons fire together.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Hidden">Hidden units of an RBM; 0 for the pairwise machine, joined to all and without any.</param>
/// <param name="Epochs">At most; the rate falls to them.</param>
sealed record SpikeMachine(string Name, int Hidden, int Epochs)
{
    const int Every = 10, Chains = 500, Sweeps = 3, Betas = 1000;
    const double Deviation = 0.01;
    const uint JudgeStream = 0x73706b6a;

    /// <summary>Learns by PCD-3; held-out bins choose the epoch, log Z being estimated by AIS.</summary>
    /// <param name="training">Bins to learn from.</param>
    /// <param name="held">Bins to choose by; null to learn so many epochs and take what is then.</param>
    /// <param name="epochs">The last epoch; null for all.</param>
    /// <param name="context">Interruption, precision.</param>
    /// <param name="seed">Of start, order and chains.</param>
    public LearnedSpikes Learn(Dataset training, Dataset? held, int? epochs, ExperimentContext context, ulong seed)
    {
        var visible = new BernoulliLayer(training.Columns, context.Placement);
        EnergyModel model = Hidden > 0 ? new Rbm(visible, new BernoulliLayer(Hidden, context.Placement)) : new BoltzmannMachine(visible);
        model.SetRandomWeights(Deviation, new Rng(seed));
        visible.SetFromMoments(training.Statistics.Means, training.Statistics.Variances);
        int schedule = context.Quick ? 2 : Epochs, most = epochs ?? schedule;
        var trainer = new Trainer(model, new PersistentContrastiveDivergence(context.Quick ? 50 : Chains, Sweeps), new Sgd(), new()
        {
            LearningRate = Schedule.Geometric(0.1, 0.001, schedule),
            L2 = 0,
        }, seed);
        var clock = new Stopwatch();
        LearnedSpikes best = new(0, double.NegativeInfinity, model, 0);
        clock.Start();
        foreach (TrainingProgress progress in trainer.Run(training, most))
        {
            context.Interrupted.ThrowIfCancellationRequested();
            if (held is null || progress.Completed is null || (progress.Epoch % Every > 0 && progress.Epoch < most)) continue;
            clock.Stop();
            double score = Judge(model, training, held, context, seed);
            if (score > best.Held) best = new(progress.Epoch, score, model.Clone(), 0);
            clock.Start();
        }
        return (held is null ? new(most, double.NaN, model, 0) : best) with { Seconds = clock.Elapsed.TotalSeconds };
    }

    static double Judge(EnergyModel model, Dataset training, Dataset held, ExperimentContext context, ulong seed)
    {
        EnergyModel judged = model.Clone(context.Placement.Double);
        double logPartition = AnnealedImportanceSampling.Estimate(judged, new Annealing
        {
            Betas = context.Quick ? 100 : Betas,
            Start = Annealing.BaseRate(judged, training.ToMatrix(judged.Placement)),
        }, new Rng(seed, JudgeStream)).Value;
        return FreeEnergy.LogLikelihood(judged, held.ToMatrix(judged.Placement), logPartition).Mean;
    }
}
