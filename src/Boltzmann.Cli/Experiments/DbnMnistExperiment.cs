using Boltzmann.Cli.Training;

namespace Boltzmann.Cli.Experiments;

/// <summary>The deep belief network of Hinton, Osindero and Teh (2006), 784-500-500-2000, without labels, and the network that it becomes by back-propagation with dropout (Hinton et al. 2012).</summary>
sealed class DbnMnistExperiment : Experiment
{
    static readonly string[] adam = ["--learning-rate", "0.001", "--learning-rate-end", "2e-5", "--patience", "1000"];

    public override string Name => "dbn-mnist";

    public override string Description => "784-500-500-2000 on MNIST, pre-trained layer by layer, fine-tuned by back-propagation with dropout";

    public override string Published => "1.25 % (up-down), 1.15 % (back-propagation), 1.04 % (with dropout) test error";

    public override string Takes => "40 min on 2 cores";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Session session = context.Session;
        MnistParts parts = MnistParts.Open(context);
        string name = context.Labelled(Name);
        RunFolder stack = TrainingLauncher.Complete(session.Context, TrainSettings.FromArguments(ModelKind.Dbn, PretrainingArguments(context)), Path.Combine(context.Runs, $"{name}-stack"), context.CommandLine).Folder;
        FineTuned[] tuned =
        [
            FineTuned.Complete(context, $"{name}-dropout", stack.ModelPath, parts.Test, TuningArguments(context, [.. adam, "--dropout", "0.25", "--input-dropout", "0.2", "--epochs", "60"])),
            FineTuned.Complete(context, $"{name}-plain", stack.ModelPath, parts.Test, TuningArguments(context, [.. adam, "--epochs", "15"])),
            FineTuned.Complete(context, $"{name}-random", stack.ModelPath, parts.Test, TuningArguments(context, [.. adam, "--epochs", "15", "--random-start"])),
        ];

        var table = new TextTable("", "published test error [%]", "ours, test error [%]", "validation error [%]", "settings", "time [s]");
        Add("pre-trained, with dropout", "1.04", tuned[0]);
        Add("pre-trained, plain back-propagation", "1.15", tuned[1]);
        Add("random weights, plain back-propagation", "1.6", tuned[2]);
        session.Prose.Write(table.ToText());

        double[] sources = [0.0104, 0.0115, 0.016];
        for (int i = 0; i < tuned.Length; i++) context.Found($"test error, {Path.GetFileName(tuned[i].Folder.Path)} [share]", tuned[i].ErrorPercent / 100, sources[i]);

        void Add(string what, string published, FineTuned run) =>
            table.Add(what, published, $"{run.ErrorPercent:F2}", $"{run.ValidationErrorPercent:F2}", run.Words, $"{run.Seconds:F0}");

        Dbn model = ModelFile.LoadDbn(stack.ModelPath, session.Placement);
        MetricsTable metrics = MetricsTable.Open(stack.MetricsPath);
        context.WriteText($"{name}-curves.svg", FineTuned.Curves("validation-accuracy", ("pre-trained, dropout", tuned[0]), ("pre-trained, plain", tuned[1]), ("random weights, plain", tuned[2])));
        context.WriteText($"{name}-confusion.svg", tuned[0].ConfusionChart());
        context.WriteText($"{name}-reliability.svg", ClassificationCharts.Reliability(tuned[0].Reliability));
        context.WriteBytes($"{name}-digits.png", ClassPassages.Draw(parts.Test, new StackModel(model), model.Machines.Count));
        context.WriteBytes($"{name}-filters-2.png", File.ReadAllBytes(stack.LayerFiltersPath(2)));
        context.Write(name, context.Page(Name)
            .Paragraph($"{Description}. 55 000 rows to learn from, 5 000 to choose the epoch by, 10 000 for the test. Published: 1.25 % by up-down learning of a network with labels (Hinton, Osindero and Teh 2006), 1.15 % by back-propagation, 1.04 % with dropout; 1.6 % by back-propagation from random weights (Salakhutdinov and Hinton 2009).")
            .Table(table)
            .Paragraph($"Pre-training of three layers: {metrics.Rows} epochs in all, {(metrics.Column("time [s]").Sum() ?? double.NaN) / 60:F1} minutes, without labels. Machine: {Machine.Describe(session.Placement)}. Seed {session.Seed}. Times are those of the runs, which shared the machine with other work.")
            .Heading("Learning with and without pre-training").Image("Validation accuracy by epoch", $"{name}-curves.svg")
            .Heading("What was taken for what").Image("Confusion matrix on the test rows", $"{name}-confusion.svg").Image("Reliability of probabilities", $"{name}-reliability.svg")
            .Heading("What the network dreams").Paragraph("Chains of the two upper layers, passed down to pixel probabilities; before fine-tuning.").Image("Samples", $"{name}-samples.png")
            .Heading("Reconstructions").Paragraph("A digit of each class: data, top hidden units, reconstruction through all layers.").Image("Reconstructions per digit", $"{name}-digits.png")
            .Heading("Filters").Paragraph("Of the first and of the second layer, the latter passed down.").Image("Filters of layer 1", $"{name}-filters.png").Image("Filters of layer 2", $"{name}-filters-2.png")
            .Heading("How to repeat it").Code(context.CommandLine, "sh")
            .Heading("Settings of the stack").Code(stack.Settings.ToJson().ToJsonString(new() { WriteIndented = true }), "json")
            .Heading("Settings of the fine-tuning").Code(tuned[0].Folder.Settings.ToJson().ToJsonString(new() { WriteIndented = true }), "json"),
            ("samples", stack.SamplesPath), ("filters", stack.FiltersPath));
    }

    static string[] PretrainingArguments(ExperimentContext context) =>
    [
        .. MnistParts.Arguments, "--hidden", "500", "500", "2000", "--method", "pcd", "--chains", "100", "--batch-size", "100", "--learning-rate", "0.1",
        "--sparsity-target", "0.1", "--sparsity-cost", "0.1", "--epochs", context.Quick ? "1" : "25",
        "--metrics", "reconstruction-error", "free-energy-gap", "weight-norm", "hidden-activity",
        .. context.Quick ? (string[])["--train-rows", "2000"] : [],
    ];

    static string[] TuningArguments(ExperimentContext context, string[] more) =>
    [
        .. MnistParts.Arguments,
        .. context.Quick ? (string[])["--train-rows", "2000", "--epochs", "2", .. more.Where(option => option == "--random-start")] : more,
    ];
}
