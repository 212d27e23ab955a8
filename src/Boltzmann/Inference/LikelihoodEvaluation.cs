namespace Boltzmann.Inference;

/// <summary>
/// Judges a model in memory as <see cref="TrainedModel.Evaluate(EvaluationRequest, RunContext)"/> judges a file: the log-likelihood of rows
/// where it can be had, else the bound on it.
/// </summary>
static class LikelihoodEvaluation
{
    /// <summary>Judges it, always in double precision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">What it is judged by, complete.</param>
    /// <param name="learned">Rows of its training: where log Z is estimated, the start of the path and the check come from them.</param>
    /// <param name="context">Seed, bars.</param>
    /// <exception cref="BadInputException">The model has no distribution.</exception>
    public static EvaluationResult Measure(GenerativeModel model, ModelRows rows, ModelRows learned, RunContext context)
    {
        EnergyModel machine = model.Undirected;
        LogPartitionResult logPartition = LogPartitionSearch.Find(new(), machine, new(model, learned, context.Seed), context);
        EvaluationResult result = model is StackModel { Below: > 0, Stack: Dbn stack }
            ? DbnEvaluation.Measure(context, stack, rows, OfStack(stack), logPartition, EvaluationRequest.DefaultPasses)
            : MachineEvaluation.Measure(context, machine, rows,
                [MachineEvaluation.HasQuickSums(machine) ? EvaluationMetric.LogLikelihood : EvaluationMetric.Elbo], logPartition, 0);
        return result with { Rows = rows.Count, Data = rows.Data.Name, Binarization = rows.Binarization };
    }

    static EvaluationMetric[] OfStack(Dbn stack) =>
        [DbnEvaluation.IsEnumerable(stack) ? EvaluationMetric.LogLikelihood : EvaluationMetric.Elbo];
}
