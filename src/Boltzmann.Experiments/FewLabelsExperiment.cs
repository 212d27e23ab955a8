using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>
/// One machine learns 55 000 digits without labels; networks that begin as it, and the same networks from random weights, learn 10 000, 1
/// 000 and 100 labelled ones (the one-shot protocol of monsta-hd/boltzmann-machines). The source has one subset of each size; here there
/// are several, and their spread.
/// </summary>
abstract class FewLabelsExperiment : Experiment
{
    const uint SubsetStream = 0x73756273, StartStream = 0x73746172;

    /// <summary>Subsets of each size, and of 10 000 labels.</summary>
    protected virtual (int Small, int Large) Subsets => (10, 5);

    /// <summary>How each number of labels is learned.</summary>
    protected abstract IReadOnlyList<Plan> Plans { get; }

    /// <summary>And how the source did it.</summary>
    protected abstract IReadOnlyList<Plan> PublishedPlans { get; }

    /// <summary>What the source came to with all labels, with pre-training and without, in percent.</summary>
    protected abstract (string Pretrained, string Random) PublishedWithAll { get; }

    /// <summary>Where the row of all labels comes from, in words.</summary>
    protected abstract string AllLabelsSource { get; }

    /// <summary>The finished run of the machine that learned without labels.</summary>
    protected abstract RunFolder Pretrain(ExperimentContext context);

    /// <summary>A network that begins as the machine of a file, with a softmax above.</summary>
    protected abstract Network From(string path, int classes, Rng rng, Placement placement);

    /// <summary>Sizes of its hidden layers.</summary>
    protected abstract IReadOnlyList<int> Hidden { get; }

    /// <summary>
    /// Multipliers of the rate of its layers, the last of which is the new one, when those of the machine have a multiplier of their own.
    /// </summary>
    protected abstract IReadOnlyList<double> Rates(double ofMachine);

    /// <summary>Test accuracy with all labels.</summary>
    protected abstract (double Pretrained, double Random) AllLabels(ExperimentContext context, RunFolder machine, MnistParts parts);

    /// <summary>How so many labels are learned.</summary>
    /// <param name="Labels">Labelled rows, those to choose by included.</param>
    /// <param name="Published">Accuracy of the source with pre-training, in percent.</param>
    /// <param name="PublishedRandom">And without.</param>
    /// <param name="Epochs">Most passes.</param>
    /// <param name="Batch">Rows per update.</param>
    /// <param name="Rate">Multiplier of the rate for pre-trained layers.</param>
    /// <param name="Dropout">Of hidden units.</param>
    /// <param name="InputDropout">Of inputs.</param>
    /// <param name="Validation">Share of the labelled rows to choose the epoch by; 0 learns from all for all epochs.</param>
    protected sealed record Plan(int Labels, string Published, string PublishedRandom, int Epochs, int Batch, double Rate, double Dropout,
        double InputDropout, double Validation);

    public override void Run(ExperimentContext context)
    {
        MnistParts parts = MnistParts.Open(context);
        RunFolder machine = Pretrain(context);
        string name = context.Labelled(Name);
        IReadOnlyList<Plan> all = context.AsPublished ? PublishedPlans : Plans;
        var kept = new Measurements(Path.Combine(context.Runs, name),
            $"{string.Join("; ", all.Select(plan => plan.ToString()))}; {machine.Settings.ToJson().ToJsonString()}");
        var clock = Stopwatch.StartNew();

        string[] ways = context.AsPublished ? ["plain"] : ["stratified", "plain"];
        var points = new List<(string Labels, double Pretrained, double Random)>();
        var table = new TextTable("labels", "subsets", "published, pre-trained [%]", "ours, pre-trained [%]", "published, random start [%]",
            "ours, random start [%]", "gain [points]");
        var rows = new List<string[]>();
        foreach (Plan plan in all)
            foreach (string way in ways)
            {
                // Of 10 000 random rows each class has its share anyway.
                if (context.Quick ? plan.Labels > 1000 : plan.Labels >= 10_000 && way == "stratified") continue;
                double[] Accuracies(bool isPretrained) => [.. Enumerable.Range(0, context.Quick ? 2 : plan.Labels >= 10_000 ? Subsets.Large
                    : Subsets.Small).Select(s =>
                    kept.Once($"{plan.Labels} labels, {way} subset {s}, {(isPretrained ? "pre-trained" : "random start")}", () =>
                {
                    context.Interrupted.ThrowIfCancellationRequested();
                    double accuracy = Learn(plan, parts, isPretrained ? machine.ModelPath : null, way == "stratified", (ulong)s, context);
                    context.Say($"{plan.Labels} labels, {way} subset {s}, {(isPretrained ? "pre-trained" : "random start")}: "
                        + $"{100 * accuracy:F2} %");
                    return [accuracy];
                })[0])];
                double[] pretrained = Accuracies(isPretrained: true), random = Accuracies(isPretrained: false);
                context.Found($"mean test accuracy, {plan.Labels} labels, {way} subsets, pre-trained [share]", pretrained.Average(),
                    double.Parse(plan.Published) / 100);
                context.Found($"mean test accuracy, {plan.Labels} labels, {way} subsets, random start [share]", random.Average(),
                    double.Parse(plan.PublishedRandom) / 100);
                points.Add(($"{plan.Labels:N0} {(ways.Length > 1 && plan.Labels < 10_000 ? way : "")}".Trim(), pretrained.Average(),
                    random.Average()));
                rows.Add([$"{plan.Labels:N0}", way, plan.Published, Repetition.Percent(pretrained), plan.PublishedRandom,
                    Repetition.Percent(random), $"{100 * (pretrained.Average() - random.Average()):F2}"]);
            }
        (double tuned, double fromRandom) = AllLabels(context, machine, parts);
        table.Add("60 000", "all rows", PublishedWithAll.Pretrained, $"{100 * tuned:F2}", PublishedWithAll.Random, $"{100 * fromRandom:F2}",
            $"{100 * (tuned - fromRandom):F2}");
        points.Insert(0, ("60 000", tuned, fromRandom));
        foreach (string[] row in rows) table.Add(row);
        context.Prose.Write(table.ToText());

        MarkdownPage page = context.Page(Name)
            .Paragraph($"{Description}. Accuracy on the 10 000 test rows: mean and spread (standard deviation) over "
            + $"{(context.Quick ? "2" : $"{Subsets.Small} subsets ({Subsets.Large} of 10 000 labels)")} of the 55 000 rows that the "
            + "machine has seen without labels. " +
                "Stratified subsets have as many rows of each class as of any other, to within the shares of the whole; plain ones are "
                    + "drawn at random, as the source's single ones were.")
            .Table(table)
            .Paragraph(context.AsPublished
                ? "The run as published: Adam, a hundredth of the rate for the pre-trained layer, a tenth of the labels to stop by "
                + "(patience 12, the rate falling on a plateau)."
                : "The plain form: Adam at 0.001. With 10 000 labels the whole network learns with dropout and a tenth of the labels "
                + "chooses the epoch. With 1 000 and 100 all labels teach, for a fixed number of epochs; pre-trained layers move more "
                + "slowly than the new one, as the table of settings says.")
            .Paragraph($"The row of 60 000 labels (55 000 and 5 000 to choose the epoch by) is that of {AllLabelsSource}. The published "
            + "numbers are of one subset each; the spread says how much that alone may have been worth.")
            .Image("Accuracy by number of labels", $"{name}-accuracy.svg")
            .Heading("Settings by number of labels").Table(Settings(all))
            .Paragraph($"Fine-tuning took {clock.Elapsed.TotalMinutes:F1} minutes in this context. Machine: "
            + $"{Machine.Describe(context.Placement)}. Seed {context.Seed}.")
            .Heading("How to repeat it").Code(context.CommandLine, "sh");
        context.WriteText($"{name}-accuracy.svg", SvgChart.Bars(new ChartFrame("Test accuracy by number of labels [%]"),
            [.. points.SelectMany(p => new[] { new ChartBar($"{p.Labels}, pre-trained", 100 * p.Pretrained),
                new ChartBar($"{p.Labels}, random start", 100 * p.Random) })]));
        context.Write(name, page);
    }

    static TextTable Settings(IReadOnlyList<Plan> all)
    {
        var table = new TextTable("labels", "epochs", "batch", "rate of pre-trained layers", "dropout", "of inputs",
            "labels to choose the epoch by");
        foreach (Plan plan in all)
            table.Add($"{plan.Labels:N0}", $"{plan.Epochs}", $"{plan.Batch}", $"{0.001 * plan.Rate:R}", $"{plan.Dropout}",
                $"{plan.InputDropout}", $"{plan.Labels * plan.Validation:N0}");
        return table;
    }

    double Learn(Plan plan, MnistParts parts, string? start, bool stratify, ulong subset, ExperimentContext context)
    {
        Dataset labelled = Split.Random(parts.Training, plan.Labels, new Rng(context.Seed + subset, SubsetStream), stratify).Test;
        var (training, validation) = plan.Validation > 0
            ? Split.Random(labelled, plan.Validation, new Rng(context.Seed + subset, SubsetStream + 1), stratify)
            : (labelled, null);
        var rng = new Rng(context.Seed + subset, StartStream);
        int classes = parts.Training.Classes;
        Network network = start is null
            ? Network.Create(parts.Training.Columns, Hidden, classes, new SoftmaxHead(), rng, placement: context.Placement)
            : From(start, classes, rng, context.Placement);
        string metric = plan.Labels <= 100 ? "validation-loss" : "validation-accuracy";
        var trainer = new NetworkTrainer(network, new Adam(), new()
        {
            BatchSize = plan.Batch,
            LayerRates = start is null ? [1] : [.. Rates(plan.Rate)],
            Dropout = plan.Dropout,
            InputDropout = plan.InputDropout,
            Shuffle = !context.AsPublished,
            L2 = context.AsPublished ? [2e-5, 0] : [0],
            EarlyStopping = validation is null ? null : new(metric, context.AsPublished ? 12 : plan.Epochs),
            Plateau = context.AsPublished ? new(metric) : null,
            RestoreBest = !context.AsPublished,
        }, context.Seed + subset);
        foreach (TrainingProgress progress in trainer.Run(Examples.OfClasses(training, classes), context.Quick ? 2 : plan.Epochs,
            validation is null ? null : Examples.OfClasses(validation, classes)))
            if (progress.Completed is not null) context.Interrupted.ThrowIfCancellationRequested();
        return NetworkScore.Of(network, Examples.OfClasses(parts.Test, classes)).Accuracy;
    }
}
