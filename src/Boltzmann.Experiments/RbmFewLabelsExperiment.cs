namespace Boltzmann.Experiments;

/// <summary>Few labels, from a machine of 1024 hidden units.</summary>
sealed class RbmFewLabelsExperiment : FewLabelsExperiment
{
    public override string Name => "rbm-mnist-few-labels";

    // The settings were tried on held-out training rows: docs/design-notes.md.
    protected override IReadOnlyList<Plan> Plans { get; } =
    [
        new(10_000, Epochs: 100, Batch: 128, Rate: 1, Dropout: 0.5, InputDropout: 0.2, Validation: 0.1),
        new(1_000, Epochs: 150, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0),
        new(100, Epochs: 300, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0),
    ];

    protected override IReadOnlyList<Plan> PublishedPlans { get; } =
    [
        new(10_000, Epochs: 100, Batch: 128, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(1_000, Epochs: 100, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(100, Epochs: 1000, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
    ];

    protected override string AllLabelsSource => "rbm-mnist";

    protected override IReadOnlyList<int> Hidden { get; } = [1024];

    protected override RunFolder Pretrain(ExperimentContext context) => RbmMnistExperiment.Pretrain(context);

    protected override Network From(string path, int classes, Rng rng, Placement placement) =>
        Network.From([ModelFile.LoadRbm(path, placement)], classes, new SoftmaxHead(), rng);

    protected override IReadOnlyList<double> Rates(double ofMachine) => [ofMachine, 1];

    protected override (double Pretrained, double Random) AllLabels(ExperimentContext context, RunFolder machine, MnistParts parts)
    {
        FineTuned Tuned(bool isRandom) => FineTuned.Complete(context, context.Labelled("rbm-mnist")
            + (isRandom ? RbmMnistExperiment.RandomSuffix : RbmMnistExperiment.TunedSuffix), machine.ModelPath, parts.Test,
            RbmMnistExperiment.TuningPlan(context, isRandom));
        return (Tuned(isRandom: false).TestScore.Accuracy, Tuned(isRandom: true).TestScore.Accuracy);
    }
}
