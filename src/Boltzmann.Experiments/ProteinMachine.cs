namespace Boltzmann.Experiments;

/// <summary>A machine of a family: how it is learned, once for each seed.</summary>
/// <param name="Context">How the experiment was asked for.</param>
/// <param name="Family">The sequences.</param>
/// <param name="Name">What tables call it.</param>
/// <param name="Folder">What its runs are called.</param>
/// <param name="Plan">What is learned, but for data and seed.</param>
sealed record ProteinMachine(ExperimentContext Context, ProteinFamily Family, string Name, string Folder, TrainPlan Plan)
{
    const int Betas = 2000, BurnIn = 500;

    /// <summary>Double rectified hidden units, as published, by rates that stay steady (docs/design-notes.md).</summary>
    /// <param name="l1b">The penalty.</param>
    /// <param name="epochs">Passes.</param>
    /// <param name="hidden">Hidden units.</param>
    public static TrainPlan DoubleRelu(double l1b, int epochs, int hidden = 100) => TrainPlan.Of(ModelKind.Rbm) with
    {
        Hidden = [hidden],
        HiddenUnits = [DoubleReluLayer.Name],
        L1b = l1b,
        L2 = 0,
        Epochs = epochs,
        BatchSize = 100,
        LearningRate = [0.02],
        Steps = [3],
        Weights = $"identity:{ProteinFamily.Identity}",
        ValidationRows = 0,
        Metrics = ["reconstruction-error"],
    };

    /// <summary>The same with Bernoulli hidden units.</summary>
    public static TrainPlan Bernoulli(double l1b, int epochs, int hidden = 200) => DoubleRelu(l1b, epochs, hidden) with
    {
        HiddenUnits = [BernoulliLayer.Name],
        LearningRate = [0.05],
    };

    /// <summary>
    /// A Potts machine by pseudo-likelihood, as in direct coupling analysis (Ekeberg et al. 2013). Their penalty λ‖J‖² of a pair is
    /// L2 = 2λ; fields have none.
    /// </summary>
    public static TrainPlan Potts(double l2) => TrainPlan.Of(ModelKind.Bm) with
    {
        Method = TrainingMethod.Pl,
        L2 = l2,
        Epochs = 40,
        BatchSize = 500,
        Optimizer = OptimizerKind.Adam,
        LearningRate = [0.003],
        Weights = $"identity:{ProteinFamily.Identity}",
        ValidationRows = 0,
        Metrics = ["weight-norm"],
    };

    /// <summary>The finished run of a seed.</summary>
    public RunFolder Run(int seed) => Context.Complete($"{Context.Labelled("proteins")}-{Folder}{(seed == 0 ? "" : $"-{seed + 1}")}",
        Plan with
        {
            Data = Family.Write(Path.Combine(Context.Runs, Context.Labelled("proteins"))),
            Epochs = Context.Quick ? 2 : Plan.Epochs,
            Seed = Context.Seed + (ulong)seed,
        });

    /// <summary>The machine of a seed, in double precision.</summary>
    public EnergyModel Load(int seed) => Plan.Kind == ModelKind.Rbm ? ModelFile.LoadRbm(Run(seed).ModelPath, Context.Placement.Double)
        : ModelFile.LoadBoltzmannMachine(Run(seed).ModelPath, Context.Placement.Double);

    /// <summary>What the machine of a seed came to.</summary>
    public ProteinScores Score(Measurements kept, int seed) => ProteinScores.From(kept.Once($"{Folder}, {seed}, likelihood", () =>
    {
        EnergyModel machine = Load(seed);
        Context.Say($"{Name}, seed {Context.Seed + (ulong)seed}: log Z");
        LogPartitionBracket bracket = Likelihoods.Estimate(machine, Family.Learned, Betas, Context, BurnIn);
        double seconds = 60 * ExperimentContext.Minutes(Run(seed));
        var scores = new ProteinScores(Of(Family.FarHeldOut), Of(Family.Test), Of(Family.FarTest), Weighed(), bracket.Gap, seconds);
        Context.Say($"far held out {scores.HeldOut:F2}, test {scores.Test:F2}, far {scores.FarTest:F2}, bracket {bracket.Gap:F2}");
        return scores.ToNumbers();

        double Of(Dataset? rows) => rows is null ? double.NaN : PerRow(rows).Average();

        double Weighed()
        {
            if (Family.Learned.RowWeights is not double[] weights) return PerRow(Family.Learned).Average();
            return PerRow(Family.Learned).Zip(weights, (log, weight) => log * weight).Sum() / weights.Sum();
        }

        IReadOnlyList<double> PerRow(Dataset rows) =>
            FreeEnergy.LogLikelihood(machine, rows.ToMatrix(machine.Placement), bracket.Forward.Value).PerRow;
    }));
}
