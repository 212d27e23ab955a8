namespace Boltzmann.Experiments;

/// <summary>One way of learning in the likelihood table.</summary>
/// <param name="Run">What its folder is called, after the experiment.</param>
/// <param name="Name">What the table calls it.</param>
/// <param name="Reference">The published number for it, by its name in Experiments.json; null for none.</param>
/// <param name="Epochs">Passes over the rows.</param>
/// <param name="Plan">Size and method, besides what all rows share.</param>
/// <param name="IsFixed">Whether it learns the fixed binarisation; grey values drawn afresh at each presentation otherwise.</param>
sealed record LikelihoodRow(string Run, string Name, string? Reference, int Epochs, TrainPlan Plan, bool IsFixed = false)
{
    // Settings came from runs judged by held-out training rows: docs/design-notes.md.
    static readonly TrainPlan quickly = TrainPlan.Of(ModelKind.Rbm) with
    {
        Hidden = [500],
        LearningRate = [0.05],
        LearningRateEnd = 0.0005,
    };

    static readonly TrainPlan contrastive = quickly with { Method = TrainingMethod.Cd, SampleVisible = true };

    static readonly TrainPlan persistent = quickly with
    {
        Method = TrainingMethod.Pcd,
        Steps = [5],
        Chains = 100,
        LearningRateEnd = 0.0001,
    };

    /// <summary>The row whose pictures and settings the page shows.</summary>
    public static LikelihoodRow Main { get; } = new("pcd-5", "PCD-5, 100 chains", "PCD", 150, persistent);

    /// <summary>Machines whose likelihood is estimated.</summary>
    public static IReadOnlyList<LikelihoodRow> Large { get; } =
    [
        new("cd-1", "CD-1", "CD-1", 50, contrastive),
        new("cd-25", "CD-25", "CD-25", 10, contrastive with { Steps = [25] }),
        new("pcd-1", "PCD-1, 100 chains", null, 50, quickly with { Method = TrainingMethod.Pcd }),
        new("pt", "tempering, 5 temperatures of 50 chains", null, 15,
            quickly with { Method = TrainingMethod.Pt, Temperatures = 5, Chains = 50 }),
        new("pcd-5-fixed", "PCD-5, the fixed binarisation alone", null, 400, persistent with { LearningRateEnd = 0.00005 }, IsFixed: true),
        Main,
    ];

    /// <summary>Machines small enough to enumerate.</summary>
    public static IReadOnlyList<LikelihoodRow> Small { get; } =
    [
        new("20-cd-1", "20 hidden, CD-1", "20 hidden, CD-1", 50, contrastive with { Hidden = [20] }),
        new("20-pcd-5", "20 hidden, PCD-5", "20 hidden, PCD", 50, persistent with { Hidden = [20] }),
    ];

    /// <summary>Its finished run, made first if it has not been.</summary>
    public RunFolder Complete(ExperimentContext context, string name)
    {
        TrainPlan plan = Plan with { BatchSize = 100, Momentum = [0.5], L2 = 0, Epochs = context.Quick ? 1 : Epochs };
        return context.Complete($"{name}-{Run}", IsFixed
            ? plan with
            {
                Data = "binarized-mnist",
                Binarize = BinarizationWay.None,
                TrainRows = context.Quick ? MnistParts.QuickRows : 50_000,
                Metrics = ["reconstruction-error", "pseudo-likelihood", "free-energy-gap", "weight-norm", "hidden-activity",
                    "validation-log-likelihood:20"],
            }
            : plan with
            {
                Data = MnistParts.Name,
                Binarize = BinarizationWay.Stochastic,
                TrainRows = context.Quick ? MnistParts.QuickRows : null,
                Metrics = ["free-energy-gap", "weight-norm", "validation-log-likelihood:25"],
            });
    }
}
