using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Boltzmann.Ratings;

namespace Boltzmann.Runs;

/// <summary>What `train ratings` is to learn, and how.</summary>
public sealed record RatingPlan : RunPlan
{
    /// <summary>The name of such runs.</summary>
    public const string Name = "ratings";

    /// <inheritdoc/>
    [JsonPropertyName("model")]
    public override string Makes => Name;

    /// <summary>File of ratings: user, item, rating.</summary>
    public string? Data { get; init; }

    /// <summary>Column of users; null for a usual name, or the first field.</summary>
    public string? User { get; init; }

    /// <summary>Column of items.</summary>
    public string? Item { get; init; }

    /// <summary>Column of ratings.</summary>
    public string? Rating { get; init; }

    /// <summary>Between fields: a character, or tab; null to find out.</summary>
    public string? Delimiter { get; init; }

    /// <summary>What the rows are that the machine learns from: item, so that users are its units, or user.</summary>
    public string By
    {
        get;
        init => field = value is "item" or "user" ? value
            : throw new BadInputException($"--by is {Quoted.Text(value)}; expected item or user");
    } = "item";

    /// <summary>Share of the ratings, drawn by the seed, that are held out to judge by.</summary>
    public double ValidationShare
    {
        get;
        init => field = value is >= 0 and < 1 ? value
            : throw new BadInputException($"--validation-share must be at least 0 and below 1, not {value}");
    } = 0.1;

    /// <summary>Hidden units.</summary>
    public int Hidden { get; init => field = AtLeast(1, "hidden", value); } = 100;

    /// <summary>Whether hidden units hear who has rated a case, beside how.</summary>
    public bool Conditional { get; init; }

    /// <summary>Conditional: a file of more user–item pairs that are known to be rated, whatever the rating; null for none.</summary>
    public string? Rated { get; init; }

    /// <summary>Standard deviation of the initial weights.</summary>
    public double WeightsStd { get; init => field = NotNegative("weights-std", value); } = 0.01;

    /// <summary>Ratings of the common shares that each unit is credited with in the biases to begin with.</summary>
    public double Smoothing { get; init => field = Positive("smoothing", value); } = 5;

    /// <summary>k of CD-k, by epoch.</summary>
    public IReadOnlyList<double> Steps { get; init; } = [1];

    /// <summary>Passes over the ratings.</summary>
    public int Epochs { get; init => field = AtLeast(1, "epochs", value); } = 40;

    /// <summary>Cases of an update.</summary>
    public int BatchSize { get; init => field = AtLeast(1, "batch-size", value); } = 100;

    /// <summary>Step size, by epoch.</summary>
    public IReadOnlyList<double> LearningRate { get; init; } = [0.05];

    /// <summary>What a single rate falls to, in a straight line, by the last epoch; null for a tenth of it.</summary>
    public double? LearningRateEnd { get; init; }

    /// <summary>Share of the last step kept.</summary>
    public double Momentum
    {
        get;
        init => field = value is >= 0 and < 1 ? value
            : throw new BadInputException($"--momentum must be at least 0 and below 1, not {value}");
    } = 0.9;

    /// <summary>Weight decay.</summary>
    public double L2 { get; init => field = NotNegative("l2", value); } = 0.01;

    /// <summary>Cases that each unit's gradient is divided by beside those that have it.</summary>
    public double Prior { get; init => field = NotNegative("prior", value); } = 2;

    /// <summary>Which epoch's machine to keep: the best on held-out ratings, or the last.</summary>
    public KeptEpoch Keep { get; init; } = KeptEpoch.Best;

    /// <summary>The plan in a run folder's settings.</summary>
    /// <exception cref="BadInputException">They are of another kind, or a value is not what it should be; the message names it.</exception>
    public static new RatingPlan From(RunSettings settings) => Read(settings, new(), PlanJson.Default.RatingPlan);

    internal override string DataName => Data ?? "";

    /// <summary>Whether items are the cases.</summary>
    internal bool IsByItem => By == "item";

    /// <summary>Which columns the file has.</summary>
    internal RatingColumns Columns => new() { User = User, Item = Item, Rating = Rating, Delimiter = RatingColumns.DelimiterOf(Delimiter) };

    internal override IRunTask Open(RunContext context, string? checkpoint) => new RatingTask(this, context);

    internal override IEnumerable<KeyValuePair<string, JsonNode?>> Json() =>
        (JsonObject)JsonSerializer.SerializeToNode(this, PlanJson.Default.RatingPlan)!;

    /// <summary>How the machine learns.</summary>
    internal RatingTrainerOptions Options(int threads) => new()
    {
        BatchSize = BatchSize,
        LearningRate = LearningRate.Count == 1
            ? Schedule.Linear(LearningRate[0], LearningRateEnd ?? LearningRate[0] / 10, Epochs) : new([.. LearningRate]),
        Momentum = Momentum,
        L2 = L2,
        Steps = new([.. Steps]),
        Prior = Prior,
        Threads = threads > 0 ? threads : Environment.ProcessorCount,
    };

    /// <exception cref="BadInputException">A setting asks for what cannot be with another.</exception>
    internal void Check()
    {
        if (Data is null) throw new BadInputException("train ratings needs --data FILE, a table of user, item and rating");
        if (Rated is not null && !Conditional)
            throw new BadInputException("--rated tells what has been rated to a machine that hears it; expected --conditional beside it");
        if (LearningRateEnd is not null && LearningRate.Count > 1)
            throw new BadInputException("--learning-rate-end is what a single learning rate falls to, but several are given");
        if (Steps.Any(k => k < 1 || k != Math.Floor(k))) throw new BadInputException("--steps are whole numbers of sweeps, at least 1");
        if (LearningRate.Append(LearningRateEnd ?? 1).Any(rate => !(rate > 0 && double.IsFinite(rate))))
            throw new BadInputException("--learning-rate must be above 0");
        if (Precision is Compute.Precision.Float64)
            throw new BadInputException("--precision float64: machines of ratings learn in float32");
    }

    static double Positive(string name, double value) => value > 0 ? value
        : throw new BadInputException($"--{name} must be above 0, not {value}");
}
