namespace Boltzmann;

public sealed partial class TrainedModel
{
    /// <summary>
    /// Judges the model, always in double precision whatever it was loaded in: log Z and likelihoods, exact or by annealed importance
    /// sampling, bounds, pseudo-likelihoods and reconstructions by rows; loss, accuracy and the like of one that predicts, by their labels.
    /// </summary>
    /// <param name="request">What to find, by which rows; what suits the model and the data of its training when null.</param>
    /// <param name="context">Opens data by name, settles what is drawn, is told of progress and warnings; null where rows are given and
    /// nobody is told.</param>
    /// <exception cref="BadInputException">Rows cannot be read or do not fit, a metric does not go with the model or takes too long, or
    /// the request states what nothing asked for needs; the message says which.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted.</exception>
    public EvaluationResult Evaluate(EvaluationRequest? request = null, RunContext? context = null)
    {
        EvaluationRequest asked = request ?? new();
        RunContext told = context ?? RunContext.WithoutData;
        return Telemetry.Evaluate(Description.Model, () => Judged(asked, told), result => result.Numbers);
    }

    /// <summary>The same by rows of a program's own.</summary>
    /// <param name="rows">In the units of the data; a <see cref="Dataset"/> brings its labels.</param>
    /// <param name="request">What to find; what suits the model when null.</param>
    /// <param name="context">Settles what is drawn, is told of progress and warnings; null for nobody.</param>
    /// <exception cref="BadInputException">As of the other form.</exception>
    public EvaluationResult Evaluate(RowData rows, EvaluationRequest? request = null, RunContext? context = null)
    {
        request ??= new();
        return Evaluate(request with { Rows = request.Rows with { Given = rows } }, context);
    }

    EvaluationResult Judged(EvaluationRequest request, RunContext context)
    {
        var heard = new WarningList(context.Observer);
        context = context with { Observer = heard };
        TrainedModel judged = inDouble.Value;
        EvaluationResult result = request.IsByLabels(Description) ? LabelEvaluation.Measure(judged.predictor!, request, context)
            : RowEvaluation.Measure(judged.machine!, request, context);
        return result with { Warnings = heard.Warnings };
    }
}
