namespace Boltzmann.Experiments;

/// <summary>
/// Few labels, from a deep Boltzmann machine 784-512-1024 whose lower hidden units are kept rarely active, for features that tell classes
/// apart instead of for its likelihood.
/// </summary>
sealed class DbmFewLabelsExperiment : FewLabelsExperiment
{
    public override string Name => "dbm-mnist-few-labels";

    protected override (int Small, int Large) Subsets => (4, 1);

    // Settings by 5 000 held-out training rows: docs/design-notes.md.
    protected override IReadOnlyList<Plan> Plans { get; } =
    [
        new(10_000, Epochs: 100, Batch: 128, Rate: 1, Dropout: 0.5, InputDropout: 0.2, Validation: 0.1),
        new(1_000, Epochs: 100, Batch: 32, Rate: 0.1, Dropout: 0.5, InputDropout: 0, Validation: 0),
        new(100, Epochs: 300, Batch: 32, Rate: 0.1, Dropout: 0.5, InputDropout: 0, Validation: 0),
    ];

    protected override IReadOnlyList<Plan> PublishedPlans { get; } =
    [
        new(10_000, Epochs: 100, Batch: 128, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(1_000, Epochs: 100, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(100, Epochs: 1000, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
    ];

    protected override string AllLabelsSource => "dbm-mnist, from the same machine";

    protected override IReadOnlyList<int> Hidden { get; } = [512, 1024];

    protected override RunFolder Pretrain(ExperimentContext context) => Machine(context);

    /// <summary>The finished run of the machine.</summary>
    public static RunFolder Machine(ExperimentContext context)
    {
        string name = context.Labelled("dbm-mnist-few-labels");
        TrainPlan Common(ModelKind kind) => TrainPlan.Of(kind) with
        {
            Data = MnistParts.Name,
            ValidationRows = MnistParts.HeldOutRows,
            TrainRows = context.Quick ? MnistParts.QuickRows : null,
            Hidden = [512, 1024],
            Binarize = BinarizationWay.Stochastic,
            Momentum = [0.5],
            BatchSize = 100,
            SparsityTarget = [0.1],
        };

        // Machines taught one by one with undoubled inputs: the features of each are good by themselves, and the joint learning that
        // follows finds their balance.
        RunFolder stack = context.Complete($"{name}-stack", Common(ModelKind.Dbn) with
        {
            SparsityCost = [0.1],
            Method = TrainingMethod.Pcd,
            Chains = 100,
            LearningRate = [0.1],
            Epochs = context.Quick ? 1 : 20,
            Metrics = ["hidden-activity", "weight-norm"],
        });
        // A strong pull on the upper layer makes it swing: its penalty reaches every weight into a unit.
        return context.Complete(name, Common(ModelKind.Dbm) with
        {
            SparsityCost = [0.1, 0.003],
            InitFrom = stack.Path,
            LearningRate = [0.02],
            LearningRateEnd = 0.005,
            Epochs = context.Quick ? 1 : 10,
            Metrics = ["hidden-activity", "weight-norm", "mean-field-updates"],
        });
    }

    protected override Network From(string path, int classes, Rng rng, Placement placement) =>
        Network.From(ModelFile.LoadDbm(path, placement), classes, new SoftmaxHead(), rng);

    protected override IReadOnlyList<double> Rates(double ofMachine) => [ofMachine, ofMachine, 1];

    protected override (double Pretrained, double Random) AllLabels(ExperimentContext context, RunFolder machine, MnistParts parts) =>
        (DbmMnistExperiment.Tune(context, parts, DbmMnistExperiment.Doubled).TestScore.Accuracy,
            DbmMnistExperiment.Tune(context, parts, DbmMnistExperiment.RandomStart).TestScore.Accuracy);
}
