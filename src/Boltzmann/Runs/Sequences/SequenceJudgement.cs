namespace Boltzmann.Runs;

/// <summary>How the machine that a run keeps does on held-out steps, or where there are none on its own.</summary>
/// <param name="Result">By the names of --json.</param>
/// <param name="Summary">One line.</param>
/// <param name="Likelihood">Of those steps; null where it would need annealing.</param>
/// <param name="Predictions">Of the next step.</param>
/// <param name="IsHeldOut">Whether the steps were held out.</param>
sealed record SequenceJudgement(IReadOnlyDictionary<string, double> Result, string Summary, SequenceScore? Likelihood,
    PredictionScore Predictions, bool IsHeldOut)
{
    // Operations of chains: seconds to a minute.
    const double MostWork = 5e11;

    public static SequenceJudgement Of(SequenceTask task, RunContext context)
    {
        SequenceScoring scoring = task.Scoring(new SequenceScoring().Samples, new SequenceScoring().Sweeps);
        Sequences data = Affordable(task, scoring, task.Data.Validation ?? task.Data.Training);
        double[] mean = [.. task.Data.Training.Steps.Statistics.Means];
        SequenceScore? likelihood = task.IsExact ? SequenceEvaluation.LogLikelihood(task.Kept, data, cancellation: context.Interrupted)
            : null;
        PredictionScore predictions = SequenceEvaluation.Predictions(task.Kept, data, scoring, mean, keeps: data.Steps.Count <= 5000,
            context.Interrupted);
        var result = new Dictionary<string, double>();
        if (likelihood is not null) result[SequenceTask.LogLikelihood] = likelihood.Mean;
        result[SequenceTask.Rmse] = predictions.Model.Rmse;
        result[SequenceTask.PersistenceRmse] = predictions.Persistence.Rmse;
        result["steps"] = data.CountedSteps;
        result["sequences"] = data.Count;
        if (task.FirstExactRecall is int recall) result[SequenceTask.FirstRecall] = recall;
        bool isHeldOut = task.Data.Validation is not null;
        string where = isHeldOut ? $"{data.CountedSteps:N0} steps held out" : $"the {data.CountedSteps:N0} steps it learned";
        string summary = $"{where}: {(likelihood is null ? "" : $"{NumberText.Short(likelihood.Mean)} nats per step, ")}"
            + $"RMSE {NumberText.Short(predictions.Model.Rmse)}, of persistence {NumberText.Short(predictions.Persistence.Rmse)}"
            + (task.FirstExactRecall is int first ? $"; recalled whole for the first time after presentation {first}" : "");
        return new(result, summary, likelihood, predictions, isHeldOut);
    }

    // Chains of all steps of many videos would take longer than learning them: the first sequences stand for the others.
    static Sequences Affordable(SequenceTask task, SequenceScoring scoring, Sequences data)
    {
        SequenceModel model = task.Kept;
        if (model.Hidden is null || task.IsExact || scoring.IsMeanField) return data;
        double stepWork = 2.0 * scoring.Samples * scoring.Sweeps * model.Visible.Units * model.Hidden.Units;
        int most = (int)Math.Max(1, MostWork / stepWork), count = 1;
        while (count < data.Count && data.First[count] + data.LengthOf(count) <= most) count++;
        return count == data.Count ? data : data.Select([.. Enumerable.Range(0, count)]);
    }
}
