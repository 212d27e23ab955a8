namespace Boltzmann.Experiments;

/// <summary>
/// Series forecast one step ahead: candidates are judged on held-out training steps, the best one of those without and of those with
/// hidden units on the test steps.
/// </summary>
abstract class ForecastExperiment : SequenceExperiment
{
    /// <summary>The named set.</summary>
    protected abstract string Data { get; }

    /// <summary>Of a page: data, split, scale.</summary>
    protected abstract string Setting { get; }

    /// <summary>What is judged: its name and number.</summary>
    protected abstract (string Name, Func<PredictionErrors, double> Of) Judged { get; }

    /// <summary>What is tried.</summary>
    protected abstract IEnumerable<SequenceCandidate> Candidates(string data);

    /// <summary>
    /// Shares of the training steps, the last ones, that are held out in turn and predicted by a machine that learned those before; what is
    /// judged is the mean. One stretch of a series says little about the next: several say more (forecasts from a rolling origin, Tashman
    /// 2000).
    /// </summary>
    protected virtual IReadOnlyList<double> HeldOutShares => [0.1, 0.2, 0.3, 0.4];

    /// <summary>The published number, or the baseline of the specification: its name in Experiments.json.</summary>
    protected virtual string? PublishedName => null;

    /// <summary>The data as they are learned; the set itself for most.</summary>
    protected virtual string DataOf(ExperimentContext context) => Data;

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        string data = DataOf(context), root = Path.Combine(context.Runs, context.Labelled(Name));
        var kept = new Measurements(root, $"{context.Seed}, {context.Quick}, {context.Placement.Precision}");
        SequenceCandidate[] all = [.. Candidates(data)];
        if (context.Quick) all = [all[0], all[^1] with { From = null }];
        var table = new TextTable("machine", $"{Judged.Name}, held out", $"{Judged.Name}, test", "nats per step, test", "steps");
        IReadOnlyList<double> shares = context.Quick ? [HeldOutShares[0]] : HeldOutShares;
        double[] held = [.. all.Select(c => shares.Average(share => kept.Once($"{c.Label}, {share} held out", () =>
            [HeldOut(context, Learned(context, c, share))])[0]))];
        int[] chosen = [.. all.Index().GroupBy(c => c.Item.Plan.Makes == "dybm").Select(group => group.MinBy(c => held[c.Index]).Index)];
        PredictionScore? first = null;
        TrainedSequences? shown = null;
        for (int i = 0; i < all.Length; i++)
        {
            if (!chosen.Contains(i))
            {
                table.Add(all[i].Label, Short(held[i]), "", "", "");
                continue;
            }
            // Without hidden units nothing was stopped by the held-out steps, and the machine learns them too.
            TrainedSequences trained = all[i].Plan.Makes == "dybm"
                ? Trained(context, $"{all[i].Label}-all", all[i].Plan with { ValidationShare = 0 })
                : Learned(context, all[i], shares[0]);
            Sequences test = trained.Prepared(TestOf(context, trained));
            PredictionScore score = Predict(context, trained, test, keeps: true);
            double nats = SequenceEvaluation.IsExact(trained.Model, test)
                ? SequenceEvaluation.LogLikelihood(trained.Model, test, cancellation: context.Interrupted).Mean : double.NaN;
            double value = Judged.Of(score.Model);
            table.Add($"**{all[i].Label}**", Short(held[i]), Short(value), Short(nats), $"{score.Model.Steps:N0}");
            context.Found($"{Judged.Name}, {(all[i].Plan.Makes)}", value);
            if (first is null || value < Judged.Of(first.Model)) (first, shown) = (score, trained);
        }
        table.Add("persistence", "", Short(Judged.Of(first!.Persistence)), "", $"{first.Persistence.Steps:N0}");
        if (first.Mean is PredictionErrors mean) table.Add("mean of the training steps", "", Short(Judged.Of(mean)), "",
            $"{mean.Steps:N0}");
        if (PublishedName is string name)
            table.Add(PublishedNumber(name).Source, "", PublishedNumber(name).Value, "", "");
        DrawSteps(context, shown!, first);
        (string, TextTable)[] more = [.. More(context, shown!)];
        string parts = string.Join(", ", shares.Select(share => $"{100 * share:0} %"));
        WritePage(context, Setting, [($"Held out are the last {parts} of what is learned"
            + (shares.Count > 1 ? ", in turn, and their mean" : "") + " chooses the machines in bold, which are judged on the test steps.",
            table), .. more]);
    }

    /// <summary>The test part, in the units of the data.</summary>
    protected virtual Sequences TestOf(ExperimentContext context, TrainedSequences trained) =>
        trained.Open(new() { Split = DataSplit.Test }, context.Context);

    /// <summary>Further tables of the best machine.</summary>
    protected virtual IEnumerable<(string Words, TextTable Table)> More(ExperimentContext context, TrainedSequences trained) => [];

    // What a candidate begins at comes before it, and has learned the same steps.
    TrainedSequences Learned(ExperimentContext context, SequenceCandidate candidate, double share) =>
        Trained(context, $"{candidate.Label}-{share}", PlanOf(context, candidate, $"-{share}") with { ValidationShare = share });

    double HeldOut(ExperimentContext context, TrainedSequences trained) =>
        Judged.Of(Predict(context, trained, Part(context, trained, DataSplit.Validation)).Model);

    void DrawSteps(ExperimentContext context, TrainedSequences trained, PredictionScore score)
    {
        Sequences test = TestOf(context, trained);
        int first = test.First[0] + test.WarmUp[0], count = Math.Min(200, test.LengthOf(0) - test.WarmUp[0]);
        Matrix predicted = score.Predictions!.RowRange(first, count).Clone();
        trained.ToDataUnits(predicted);
        double[][] rows = [.. Enumerable.Range(first, count).Select(t =>
        {
            var row = new double[test.Columns];
            test.Steps.Rows.Read(t, row);
            return row;
        })];
        Draw(context, "steps", ForecastChart.OneStep("One step ahead", rows, [.. Enumerable.Range(0, count).Select(r => predicted.ReadRow(
            r))],
            names: trained.ColumnNames, shown: count), "The first test steps and what was predicted for each from those before");
    }
}
