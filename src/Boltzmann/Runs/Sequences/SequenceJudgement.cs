namespace Boltzmann.Runs;

/// <summary>How the machine that a run keeps does on held-out steps, or where there are none on its own.</summary>
/// <param name="Result">By the names of --json.</param>
/// <param name="Summary">One line.</param>
/// <param name="Where">Which steps these are, in words.</param>
/// <param name="Likelihood">Of those steps.</param>
/// <param name="Predictions">Of the next step.</param>
/// <param name="Steps">The steps judged: all, or where predictions are by chains the first.</param>
sealed record SequenceJudgement(IReadOnlyDictionary<string, double> Result, string Summary, string Where,
    SequenceScore Likelihood, PredictionScore Predictions, Sequences Steps)
{
    // Chains of predictions in all: of few steps a hundred each, of many fewer, as their errors cancel.
    const int Chains = 200_000;

    public static SequenceJudgement Of(SequenceTask task, RunContext context)
    {
        Sequences all = task.Data.Validation ?? task.Data.Training, data = task.Judged(all);
        double[] mean = [.. task.Data.Training.Steps.Statistics.Means];
        SequenceScore likelihood = SequenceEvaluation.LogLikelihood(task.Kept, data, task.ScoringOf(data),
            cancellation: context.Interrupted);
        SequenceScoring scoring = task.Scoring(Math.Clamp(Chains / data.Steps.Count, 10, 100), new SequenceScoring().Sweeps);
        PredictionScore predictions = SequenceEvaluation.Predictions(task.Kept, data, scoring, mean, keeps: data.Steps.Count <= 5000,
            context.Interrupted);
        var result = new Dictionary<string, double>();
        result[SequenceTask.LogLikelihood] = likelihood.Midpoint;
        result[SequenceTask.Rmse] = predictions.Model.Rmse;
        result[SequenceTask.PersistenceRmse] = predictions.Persistence.Rmse;
        result["steps"] = data.CountedSteps;
        result["sequences"] = data.Count;
        if (task.StepsPerSecond > 0) result[SequenceTrainer.StepsPerSecond] = task.StepsPerSecond;
        if (task.FirstExactRecall is int recall) result[SequenceTask.FirstRecall] = recall;
        bool isHeldOut = task.Data.Validation is not null;
        bool isAll = data.CountedSteps == all.CountedSteps;
        string count = isAll ? $"{all.CountedSteps:N0}" : $"the first {data.CountedSteps:N0} of {all.CountedSteps:N0}";
        string where = isHeldOut ? $"{count} steps held out" : $"{(isAll ? "the " : "")}{count} steps it learned";
        string summary = $"{where}: {NumberText.Short(likelihood.Midpoint)} nats per step"
            + (likelihood.BackwardMean is double backward
                ? $" ({NumberText.Short(backward)} to {NumberText.Short(likelihood.Mean)} by annealing)" : "")
            + $", RMSE {NumberText.Short(predictions.Model.Rmse)}, of persistence {NumberText.Short(predictions.Persistence.Rmse)}"
            + (task.FirstExactRecall is int first ? $"; recalled whole for the first time after presentation {first}" : "");
        return new(result, summary, where, likelihood, predictions, data);
    }
}
