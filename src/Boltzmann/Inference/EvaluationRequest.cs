namespace Boltzmann.Inference;

/// <summary>
/// What to find out about a model. Without anything it asks what suits the model: loss, accuracy and the like of one that predicts,
/// log Z and likelihoods or bounds of others. <see cref="Passes"/> and <see cref="GapRows"/> are refused where nothing asked for needs
/// them, and where labels answer, all that is said of rows and of log Z.
/// </summary>
public sealed record EvaluationRequest
{
    /// <summary>What <see cref="Passes"/> and <see cref="GapRows"/> stand at.</summary>
    public const int DefaultPasses = 10, DefaultGapRows = 20;

    /// <summary>The rows that the model is judged by.</summary>
    public RowsRequest Rows { get; init; } = new();

    /// <summary>What to find; empty for what suits the model.</summary>
    public IReadOnlyList<EvaluationMetric> Metrics { get; init; } = [];

    /// <summary>
    /// What NaN in the rows, and empty cells of a table, stand for: units that are no part of their row's machine, or values that nobody
    /// wrote down, which are summed out. Null for what a given <see cref="Dataset"/> says itself, and for as in the model's training where
    /// the rows are those of it; else gaps are refused.
    /// </summary>
    public MissingValues? Missing { get; init; }

    /// <summary>How grey values become bits; as in the model's training by default.</summary>
    public BinarizationWay Binarize { get; init; }

    /// <summary>Level of <see cref="BinarizationWay.Threshold"/>; null for that of the model's training, else 0.5.</summary>
    public double? Threshold { get; init; }

    /// <summary>
    /// <see cref="EvaluationMetric.Elbo"/> of a deep belief network: draws of the way up for each row, where not all of them can be
    /// enumerated; null for <see cref="DefaultPasses"/>.
    /// </summary>
    public int? Passes { get; init => field = Requested.AtLeast(1, "passes", value); }

    /// <summary>
    /// <see cref="EvaluationMetric.VariationalGap"/>: how many rows, from the first on; each takes an annealing of its own. Null for
    /// <see cref="DefaultGapRows"/>.
    /// </summary>
    public int? GapRows { get; init => field = Requested.AtLeast(1, "gap-rows", value); }

    /// <summary>How log Z is found, where a metric needs it.</summary>
    public LogPartitionRequest LogPartition { get; init; } = new();

    /// <summary>
    /// Whether it is answered by labels. A deep model with labels can be asked either way, for what it says of labels or of rows, but not
    /// both at once; settings of log Z ask of rows.
    /// </summary>
    /// <exception cref="BadInputException">It asks both ways.</exception>
    internal bool IsByLabels(ModelDescription model)
    {
        string kind = model.Model;
        if (kind == ModelKind.Network.Name || kind == ModelKind.ClassificationRbm.Name) return true;
        if (!LoadedLabelled.IsOf(model)) return false;
        EvaluationMetric[] ofRows = [.. Metrics.Intersect(EvaluationMetrics.OfRows(kind))],
            ofLabels = [.. Metrics.Intersect(EvaluationMetrics.OfPredictors)];
        if (ofRows.Length > 0 && ofLabels.Length > 0)
        {
            throw new BadInputException($"--metrics {Metrics.Words(" ")}: a {kind} is judged by its labels ({ofLabels.Words()}) and by its "
                + $"rows ({ofRows.Words()}) apart; ask for one of the two");
        }
        return ofRows.Length == 0 && (ofLabels.Length > 0 || !LogPartition.Stated.Any());
    }

    /// <summary>The members stated that only an answer by rows needs, by their names on the command line.</summary>
    internal IEnumerable<string> StatedOfRows
    {
        get
        {
            if (Missing is not null) yield return "missing";
            if (Binarize != BinarizationWay.Auto) yield return "binarize";
            if (Threshold is not null) yield return "threshold";
            if (Passes is not null) yield return "passes";
            if (GapRows is not null) yield return "gap-rows";
            foreach (string member in LogPartition.Stated) yield return member;
        }
    }
}
