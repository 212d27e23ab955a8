using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>
/// One machine learns 55 000 digits without labels; networks that begin as it, and the same networks from random weights, learn 10 000,
/// 1 000 and 100 labelled ones (the one-shot protocol of monsta-hd/boltzmann-machines). The source has one subset of each size; here
/// there are several, and their spread.
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
    /// <param name="Epochs">Most passes.</param>
    /// <param name="Batch">Rows per update.</param>
    /// <param name="Rate">Multiplier of the rate for pre-trained layers.</param>
    /// <param name="Dropout">Of hidden units.</param>
    /// <param name="InputDropout">Of inputs.</param>
    /// <param name="Validation">Share of the labelled rows to choose the epoch by; 0 learns from all for all epochs.</param>
    protected sealed record Plan(int Labels, int Epochs, int Batch, double Rate, double Dropout, double InputDropout, double Validation);

    public override string Template => "few-labels";

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
        (double tuned, double fromRandom) = AllLabels(context, machine, parts);
        table.Add("60 000", "all rows", PublishedNumber("all labels, pre-trained").Cell, $"{100 * tuned:F2}",
            PublishedNumber("all labels, random start").Cell, $"{100 * fromRandom:F2}", $"{100 * (tuned - fromRandom):F2}");
        points.Add(("60 000", tuned, fromRandom));
        foreach (Plan plan in all)
            foreach (string way in ways)
            {
                // Of 10 000 random rows each class has its share anyway.
                if (context.Quick ? plan.Labels > 1000 : plan.Labels >= 10_000 && way == "stratified") continue;
                double[] pretrained = Accuracies(plan, way, "pre-trained"), random = Accuracies(plan, way, "random start");
                string labels = ways.Length > 1 && plan.Labels < 10_000 ? $"{plan.Labels:N0} {way}" : $"{plan.Labels:N0}";
                points.Add((labels, pretrained.Average(), random.Average()));
                table.Add($"{plan.Labels:N0}", way, PublishedNumber($"{plan.Labels} labels, pre-trained").Cell,
                    Repetition.Percent(pretrained), PublishedNumber($"{plan.Labels} labels, random start").Cell,
                    Repetition.Percent(random), $"{100 * (pretrained.Average() - random.Average()):F2}");
            }
        context.Prose.Write(table.ToText());
        context.WriteText($"{name}-accuracy.svg", SvgChart.Bars(new ChartFrame("Test accuracy by number of labels [%]"),
            [.. points.SelectMany(p => new[] { new ChartBar($"{p.Labels}, pre-trained", 100 * p.Pretrained),
                new ChartBar($"{p.Labels}, random start", 100 * p.Random) })]));
        Write(context, new()
        {
            { "experiment", Name },
            { "subsets", context.Quick ? "2" : $"{Subsets.Small} subsets ({Subsets.Large} of 10 000 labels)" },
            { "table", table },
            { "all-labels-source", AllLabelsSource },
            { "settings", Settings(all) },
            { "minutes", $"{clock.Elapsed.TotalMinutes:F1}" },
        });

        double[] Accuracies(Plan plan, string way, string start)
        {
            int subsets = context.Quick ? 2 : plan.Labels >= 10_000 ? Subsets.Large : Subsets.Small;
            double[] accuracies = [.. Enumerable.Range(0, subsets).Select(s => Accuracy(plan, way, start, s))];
            context.Found($"mean test accuracy, {plan.Labels} labels, {way} subsets, {start} [share]", accuracies.Average(),
                PublishedNumber($"{plan.Labels} labels, {start}").Number / 100);
            return accuracies;
        }

        double Accuracy(Plan plan, string way, string start, int subset)
        {
            string what = $"{plan.Labels} labels, {way} subset {subset}, {start}";
            return kept.Once(what, () =>
            {
                context.Interrupted.ThrowIfCancellationRequested();
                string? from = start == "pre-trained" ? machine.ModelPath : null;
                double accuracy = Learn(plan, parts, from, way == "stratified", (ulong)subset, context);
                context.Say($"{what}: {100 * accuracy:F2} %");
                return [accuracy];
            })[0];
        }
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
