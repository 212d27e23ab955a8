namespace Boltzmann.Runs;

/// <summary>What settings of a training came to that vary by epoch, or that its plan left to the data.</summary>
static class EffectiveSettings
{
    /// <summary>Names of the settings that the data settle unless stated, so that a value of theirs is not a change.</summary>
    public static IReadOnlyCollection<string> Settled(TrainPlan plan)
    {
        TrainPlan usual = TrainPlan.Of(plan.Kind);
        List<string> names = ["epochs", "seed", "precision"];
        if (usual.VisibleUnits == TrainPlan.AutoUnits) names.AddRange(["visible-units", "scale"]);
        if (plan.VisibleUnits == MixedLayer.Name) names.AddRange(["learn-precision", "missing"]);
        bool isEndUsual = plan.LearningRateEnd is null || plan.VisibleUnits == MixedLayer.Name;
        if (plan.LearningRate.Count == 1 && isEndUsual) names.Add("learning-rate-end");
        if (plan.Epochs is int epochs && epochs != TrainPlan.DefaultEpochs && plan.VisibleUnits != MixedLayer.Name) names.Remove("epochs");
        return names;
    }

    /// <summary>The settings with what they came to.</summary>
    public static IReadOnlyList<ReportSetting> Of(TrainingTask task)
    {
        var all = new List<ReportSetting>();
        for (int m = 0; m < task.Options.Count; m++)
        {
            TrainerOptions options = task.Options[m];
            int epochs = task.Epochs[m];
            string layer = task.IsGreedy ? $", layer {m + 1}" : "";
            all.Add(new($"epochs{layer}", $"{epochs}"));
            all.Add(new($"learning rate{layer}", ReportSettings.Schedule(options.LearningRate.Values, epochs)));
            if (options.Momentum.Values.Distinct().Count() > 1)
                all.Add(new($"momentum{layer}", ReportSettings.Schedule(options.Momentum.Values, epochs)));
            if (options.Steps is Schedule steps && steps.Values.Distinct().Count() > 1)
                all.Add(new($"steps{layer}", ReportSettings.Schedule(steps.Values, epochs)));
            all.Add(new($"metrics{layer}", string.Join(", ", options.Metrics.Select(metric =>
                metric.Every == 1 ? metric.Name : $"{metric.Name} every {metric.Every} epochs"))));
        }
        all.Add(new("visible units", string.Join(", ", task.Shown.RowLayers.Select(UnitWords.Of))));
        all.Add(new("scale", task.Plan.Scale == DataScale.Auto ? "none" : $"{task.Settings["scale"]}"));
        all.Add(new("rows to learn from", $"{task.Training.Count:N0}"));
        all.Add(new("rows held out", task.Validation is null ? "none" : $"{task.Validation.Count:N0}"));
        all.Add(new("grey values become bits", $"{task.Options[0].Binarization}"));
        if (task.Plan.Missing is not null) all.Add(new("missing values", $"{task.Settings["missing"]}"));
        all.Add(new("seed", $"{task.Seed}"));
        all.Add(new("precision", $"{task.Settings["precision"]}"));
        return all;
    }
}
