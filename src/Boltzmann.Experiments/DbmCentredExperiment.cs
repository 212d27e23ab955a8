namespace Boltzmann.Experiments;

/// <summary>
/// Deep Boltzmann machines without pre-training, centred and not (Montavon and Müller 2012), and after greedy pre-training with doubled
/// inputs (Salakhutdinov and Hinton 2009), at the same number of epochs.
/// </summary>
sealed class DbmCentredExperiment : Experiment
{
    const int Betas = 2000;

    public override string Name => "dbm-centred";

    sealed record Way(string Run, string Name, bool IsCentred, bool IsPretrained);

    static readonly Way[] ways =
    [
        new("centred", "centred, no pre-training", true, false), new("plain", "plain, no pre-training", false, false),
        new("pretrained-centred", "centred, pre-trained", true, true), new("pretrained", "plain, pre-trained", false, true),
    ];

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        string name = context.Labelled(Name);
        Dataset start = context.Data.Open("mnist", new DataOptions()),
            test = context.Data.Open("binarized-mnist", new DataOptions { Split = DataSplit.Test });
        if (context.Quick) test = test.Take(300);
        RunFolder stack = context.Complete($"{name}-stack", Common(context, ModelKind.Dbn) with
        {
            Doubled = Doubling.Stack,
            Method = TrainingMethod.Cd,
            SampleVisible = true,
            LearningRate = [0.05],
            Epochs = context.Quick ? 1 : 10,
            Metrics = ["weight-norm"],
        });

        var table = new TextTable("", "bound, forward AIS [nats]", "bound, reverse AIS [nats]", "to be believed", "log Z, forward",
            "log Z, reverse", "weights of layer 1, root mean square", "of layer 2", "time [min]");
        var curves = new List<ChartSeries>();
        foreach (Way way in ways)
        {
            RunFolder run = context.Complete($"{name}-{way.Run}", Common(context, ModelKind.Dbm) with
            {
                Steps = [5],
                Chains = 100,
                LearningRate = [0.05],
                LearningRateEnd = 0.0005,
                Centering = way.IsCentred,
                Epochs = context.Quick ? 1 : 12,
                Metrics = ["reconstruction-error", "weight-norm", "validation-elbo:3"],
                InitFrom = way.IsPretrained ? stack.Path : null,
            });
            MetricsTable metrics = MetricsTable.Open(run.MetricsPath);
            curves.Add(ChartSeries.PerEpoch(way.Name,
                metrics.Column("reconstruction-error [mean square]").Select(value => value ?? double.NaN)));
            Measurements kept = context.MeasurementsOf($"{name}-{way.Run}-likelihood", run);
            double[] values = kept.Once("bound", () =>
            {
                Dbm model = ModelFile.LoadDbm(run.ModelPath, context.Placement.Double);
                LogPartitionBracket bracket = Likelihoods.Estimate(model, start, Betas, context, burnIn: 1000);
                Score bound = Elbo.PerRow(model, test.ToMatrix(model.Placement));
                return [bound.Mean, bound.StandardError, bracket.Forward.Value, bracket.Reverse.Value, Likelihoods.WeightNorm(model, 0),
                    Likelihoods.WeightNorm(model, 1)];
            });
            table.Add(way.Name, $"{values[0] - values[2]:F2} ± {values[1]:F2}", $"{values[0] - values[3]:F2}",
                Likelihoods.Verdict(values[2], values[3]), $"{values[2]:F2}", $"{values[3]:F2}", $"{values[4]:F3}", $"{values[5]:F3}",
                $"{ExperimentContext.Minutes(run):F1}");
            context.Found($"bound on the test log-likelihood, {way.Name} [nats]", values[0] - values[2]);
        }
        context.Prose.Write(table.ToText());

        var frame = new ChartFrame("Reconstruction error") { XTitle = "epoch", YTitle = "mean square" };
        context.WriteText($"{name}-curves.svg", SvgChart.Line(frame, curves));
        Write(context, new()
        {
            { "rows", context.Quick ? "2 000" : "10 000" },
            { "annealing", Likelihoods.Ways(context, Betas) },
            { "table", table },
            { "stack-settings", stack },
        }, ("samples", Path.Combine(context.Runs, $"{name}-centred", Path.GetFileName(stack.SamplesPath))));
    }

    static TrainPlan Common(ExperimentContext context, ModelKind kind) => TrainPlan.Of(kind) with
    {
        Data = MnistParts.Name,
        ValidationRows = MnistParts.HeldOutRows,
        TrainRows = context.Quick ? MnistParts.QuickRows : 10_000,
        Hidden = [500, 1000],
        Binarize = BinarizationWay.Stochastic,
        BatchSize = 20,
        Momentum = [0.5],
        L2 = 0,
    };
}
