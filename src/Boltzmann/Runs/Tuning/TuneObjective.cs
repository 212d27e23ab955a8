namespace Boltzmann.Runs;

/// <summary>What a search chooses by: a metric of held-out rows that the training measures, at the end of each round.</summary>
/// <param name="Training">The training, set to measure it.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Epochs">Epochs of the last round.</param>
sealed record TuneObjective(RunPlan Training, string Metric, int Epochs)
{
    /// <summary>The objective of a search: looks at the data and the model, so that what is wrong with all trials is found here.</summary>
    /// <param name="training">The training, its choices made.</param>
    /// <param name="metric">What was asked for; null for the most important metric.</param>
    /// <param name="context">Data and place.</param>
    /// <exception cref="BadInputException">The metric is of other rows, unknown or without a direction, no rows are held out, or the
    /// training itself is impossible.</exception>
    public static TuneObjective Of(RunPlan training, string? metric, RunContext context)
    {
        if (metric is not null) RequireHeldOut(metric);
        if (training is TrainPlan { EarlyStopping: not null } or FineTunePlan { EarlyStopping: not null and not "none" })
            throw new BadInputException("--early-stopping does not go with tune, which stops trials itself");
        if (training is TrainPlan { LayerEpochs: not null })
            throw new BadInputException("--layer-epochs does not go with tune, whose rounds count --epochs");
        if (training is FineTunePlan tuned)
        {
            var settled = (FineTuneTask)(tuned with { EarlyStopping = "none" }).Open(context, null);
            if (settled.Validation is null) throw NoRows();
            string chosen = Choose(metric, NetworkMetric.Names(settled.Network.Head, withValidation: true));
            return new(tuned with { EarlyStopping = "none" }, chosen, tuned.Epochs);
        }
        var plan = (TrainPlan)training;
        var task = (TrainingTask)plan.Open(context, null);
        if (task.Validation is null) throw NoRows();
        string[] measured = [.. task.Options.SelectMany(options => options.Metrics).Select(m => m.Name).Distinct()];
        int epochs = plan.Epochs ?? TrainPlan.DefaultEpochs;
        string name = Choose(metric, metric is null ? measured : [.. measured.Union(MetricCatalog.Names)]);
        // A likelihood takes longer than an epoch: it is wanted at the ends of rounds alone, where everything is measured.
        string[] metrics = [.. (plan.Metrics ?? measured).Where(text => text.Split(':')[0] != name), $"{name}:{epochs}"];
        TrainPlan measuring = plan with { Metrics = metrics };
        // Refuses what is not defined for the model.
        if (metric is not null) _ = ((TrainingTask)measuring.Open(context, null)).Learn();
        return new(measuring, name, epochs);
    }

    static void RequireHeldOut(string metric)
    {
        string bare = metric.Split('-', 2) is ["test", string rest] ? rest : metric;
        if (MetricOrder.IsOfTest(metric))
            throw new BadInputException($"--metric {metric}: what is chosen by the test split cannot be judged by it any more; choose by "
                + $"held-out rows, --metric {NetworkMetric.Validation}{bare}");
        if (MetricOrder.IsHeldOut(metric)) return;
        string held = NetworkMetric.Validation + metric;
        bool isKnown = MetricOrder.HigherIsBetter(held) is not null;
        throw new BadInputException($"--metric {metric} is not of held-out rows"
            + (isKnown ? $"; choose by --metric {held}" : DidYouMean.Question(metric, HeldOut(MetricCatalog.Names))));
    }

    static string Choose(string? metric, IReadOnlyList<string> known)
    {
        string[] possible = [.. MetricOrder.Of(HeldOut(known), null)];
        if (possible.Length == 0) throw new BadInputException("the training measures nothing of held-out rows; expected --metric");
        return metric is null ? possible[0] : possible.Contains(metric) ? metric
            : throw new BadInputException($"--metric {metric}: there is no such metric{DidYouMean.Question(metric, possible)}; expected "
                + $"one of {string.Join(", ", possible)}");
    }

    static IEnumerable<string> HeldOut(IEnumerable<string> names) =>
        names.Where(name => MetricOrder.IsHeldOut(name) && MetricOrder.HigherIsBetter(name) is not null);

    static BadInputException NoRows() => new("tune chooses by held-out rows, and none are set apart: expected --validation-rows N above 0");
}
