namespace Boltzmann.Experiments;

/// <summary>Few labels, from a machine of 1024 hidden units.</summary>
sealed class RbmFewLabelsExperiment : FewLabelsExperiment
{
    public override string Name => "rbm-mnist-few-labels";

    public override string Description =>
        "784-1024 on MNIST, pre-trained without labels, fine-tuned on 60 000, 10 000, 1 000 and 100 labels";

    public override string Published => "97.27 / 93.65 / 81.70 % accuracy, one subset each (monsta)";

    public override string Takes => "15 min on 2 cores, after rbm-mnist";

    // The settings were tried on held-out training rows: docs/design-notes.md.
    protected override IReadOnlyList<Plan> Plans { get; } =
    [
        new(10_000, "97.27", "94.73", Epochs: 100, Batch: 128, Rate: 1, Dropout: 0.5, InputDropout: 0.2, Validation: 0.1),
        new(1_000, "93.65", "88.71", Epochs: 150, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0),
        new(100, "81.70", "76.02", Epochs: 300, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0),
    ];

    protected override IReadOnlyList<Plan> PublishedPlans { get; } =
    [
        new(10_000, "97.27", "94.73", Epochs: 100, Batch: 128, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(1_000, "93.65", "88.71", Epochs: 100, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(100, "81.70", "76.02", Epochs: 1000, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
    ];

    protected override (string Pretrained, string Random) PublishedWithAll => ("98.73", "98.20");

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
