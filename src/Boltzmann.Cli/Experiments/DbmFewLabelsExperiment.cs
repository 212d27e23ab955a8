using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Experiments;

/// <summary>Few labels, from a deep Boltzmann machine 784-512-1024 whose lower hidden units are kept rarely active: such features tell classes apart better than those of the likeliest machine.</summary>
sealed class DbmFewLabelsExperiment : FewLabelsExperiment
{
    static readonly string[] sparse = ["--sparsity-target", "0.1", "--sparsity-cost", "0.1"];

    public override string Name => "dbm-mnist-few-labels";

    public override string Description => "784-512-1024, a deep Boltzmann machine on MNIST, pre-trained without labels, fine-tuned on 60 000, 10 000, 1 000 and 100 labels";

    public override string Published => "98.68 / 97.11 / 93.54 / 83.79 % accuracy, one subset each (monsta)";

    public override string Takes => "30 min on 2 cores, after dbm-mnist";

    protected override (int Small, int Large) Subsets => (4, 1);

    // Settings by 5 000 held-out training rows: docs/design-notes.md.
    protected override IReadOnlyList<Plan> Plans { get; } =
    [
        new(10_000, "97.11", "94.50", Epochs: 100, Batch: 128, Rate: 1, Dropout: 0.5, InputDropout: 0.2, Validation: 0.1),
        new(1_000, "93.54", "89.14", Epochs: 100, Batch: 32, Rate: 0.1, Dropout: 0.5, InputDropout: 0, Validation: 0),
        new(100, "83.79", "76.24", Epochs: 300, Batch: 32, Rate: 0.1, Dropout: 0.5, InputDropout: 0, Validation: 0),
    ];

    protected override IReadOnlyList<Plan> PublishedPlans { get; } =
    [
        new(10_000, "97.11", "94.50", Epochs: 100, Batch: 128, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(1_000, "93.54", "89.14", Epochs: 100, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
        new(100, "83.79", "76.24", Epochs: 1000, Batch: 32, Rate: 0.01, Dropout: 0, InputDropout: 0, Validation: 0.1),
    ];

    protected override (string Pretrained, string Random) PublishedWithAll => ("98.68", "98.28");

    protected override string AllLabelsSource => "dbm-mnist, from the same machine";

    protected override IReadOnlyList<int> Hidden { get; } = [512, 1024];

    protected override RunFolder Pretrain(ExperimentContext context) => Machine(context);

    /// <summary>The finished run of the machine.</summary>
    public static RunFolder Machine(ExperimentContext context)
    {
        string name = context.Labelled("dbm-mnist-few-labels");
        string[] common = [.. MnistParts.Arguments, "--hidden", "512", "1024", "--binarize", "stochastic", "--momentum", "0.5", "--batch-size", "100", .. context.Quick ? (string[])["--train-rows", "2000"] : []];
        // Machines taught one by one with undoubled inputs: the features of each are good by themselves, and the joint learning that follows finds their balance.
        RunFolder stack = Complete(ModelKind.Dbn, $"{name}-stack",
            [.. common, .. sparse, "--method", "pcd", "--chains", "100", "--learning-rate", "0.1", "--epochs", context.Quick ? "1" : "20", "--metrics", "hidden-activity", "weight-norm"]);
        // A strong pull on the upper layer makes it swing: its penalty reaches every weight into a unit.
        return Complete(ModelKind.Dbm, name,
        [
            .. common, .. sparse, "0.003", "--init-from", stack.Path, "--learning-rate", "0.02", "--learning-rate-end", "0.005", "--epochs", context.Quick ? "1" : "10", "--metrics", "hidden-activity", "weight-norm", "mean-field-updates",
        ]);

        RunFolder Complete(ModelKind kind, string run, string[] arguments) =>
            TrainingLauncher.Complete(context.Session.Context, TrainSettings.FromArguments(kind, arguments), Path.Combine(context.Runs, run), context.CommandLine).Folder;
    }

    protected override Network From(string path, int classes, Rng rng, Placement placement) => Network.From(ModelFile.LoadDbm(path, placement), classes, new SoftmaxHead(), rng);

    protected override IReadOnlyList<double> Rates(double ofMachine) => [ofMachine, ofMachine, 1];

    protected override (double Pretrained, double Random) AllLabels(ExperimentContext context, RunFolder machine, MnistParts parts) =>
        (DbmMnistExperiment.Tune(context, parts, DbmMnistExperiment.Doubled).TestScore.Accuracy, DbmMnistExperiment.Tune(context, parts, DbmMnistExperiment.RandomStart).TestScore.Accuracy);
}
