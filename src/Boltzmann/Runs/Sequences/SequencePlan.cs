using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>
/// What `train` is to learn of sequences, and how: a dybm, a crbm, an rtrbm or an rnn-rbm. What a kind does not take is neither read nor
/// written for it. Lists by epoch go from the first epoch, and the last value stays. <see cref="Of"/> has the defaults of a kind.
/// </summary>
public sealed partial record SequencePlan : RunPlan
{
    /// <summary>Named set or file.</summary>
    public string Data { get; init; } = "science";

    /// <summary>Kind of the file, whatever its name ends in; null to find out.</summary>
    public string? Format { get; init; }

    /// <summary>Columns of a table to have, by name; null for all.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Columns of a table to leave out, by name.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? SkipColumns { get; init; }

    /// <summary>The column that says which sequence a row belongs to; null where all are one.</summary>
    public string? SequenceColumn { get; init; }

    /// <summary>Whether a table's first line names the columns; null to find out.</summary>
    [JsonPropertyName("header"), JsonConverter(typeof(TextFlagConverter))]
    public bool? HasHeader { get; init; }

    /// <summary>Between the cells of a table of text: a character, tab, or space for runs of blanks; null to find out.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The decimal sign of a table of text, comma or point; null to find out.</summary>
    public string? Decimal { get; init; }

    /// <summary>Piano rolls: pitch of the first column.</summary>
    public int Low { get; init; } = 21;

    /// <summary>Piano rolls: pitch of the last column.</summary>
    public int High { get; init; } = 108;

    /// <summary>Texts: the letters there may be, "a-z"; null for those found.</summary>
    public string? Alphabet { get; init; }

    /// <summary>Texts with counts: whether every line weighs the same.</summary>
    public bool IgnoreCounts { get; init; }

    /// <summary>
    /// Texts with counts: whether steps are drawn as often as their counts say (<see cref="TrainerOptions.DrawByWeight"/>), in place of
    /// weighing their gradients.
    /// </summary>
    public bool DrawByCount { get; init; }

    /// <summary>Sound: samples of a frame.</summary>
    public int Frame { get; init; } = 200;

    /// <summary>Sound: samples between frames.</summary>
    public int Hop { get; init; } = 80;

    /// <summary>Sound: frames are samples, not spectra.</summary>
    public bool Raw { get; init; }

    /// <summary>Bouncing balls: videos to learn from; null for 4000.</summary>
    public int? Videos { get; init => field = AtLeast(1, "videos", value); }

    /// <summary>Share of the sequences, or of the steps of one, that is held out where the data have no validation part.</summary>
    public double ValidationShare
    {
        get;
        init => field = value is >= 0 and < 1 ? value
            : throw new BadInputException($"--validation-share must be at least 0 and below 1, not {value}");
    } = 0.1;

    /// <summary>Steps before a part of one sequence that only fill the memory.</summary>
    public int WarmUp { get; init => field = AtLeast(0, "warm-up", value); } = 100;

    /// <summary>How columns are scaled, by the training steps.</summary>
    public DataScale Scale { get; init; }

    /// <summary>
    /// Kind of the visible units; auto: multinomial for texts, bernoulli for bits and grey values of sets, else gaussian.
    /// </summary>
    public string VisibleUnits { get; init; } = "auto";

    /// <summary>Kind of the hidden units.</summary>
    public string HiddenUnits { get; init; } = BernoulliLayer.Name;

    /// <summary>Hidden units.</summary>
    public int Hidden { get; init => field = AtLeast(1, "hidden", value); } = 150;

    /// <summary>Units of the recurrent network.</summary>
    public int Recurrent { get; init => field = AtLeast(1, "recurrent", value); } = 100;

    /// <summary>d of a queue and traces.</summary>
    public int Delay { get; init; } = 2;

    /// <summary>λ of traces; null for those of the kind.</summary>
    public IReadOnlyList<double>? Decays { get; init; }

    /// <summary>Units of a random network beside the queue and traces, whose echoes of the past are remembered; null for none.</summary>
    public int? Echo { get; init => field = AtLeast(1, "echo", value); }

    /// <summary>A delay for each connection: "1-9" to draw them, or a CSV file of them; null for a queue and traces.</summary>
    public string? Delays { get; init; }

    /// <summary>Whether the newest step feeds the traces, or the one that leaves the queue.</summary>
    public TraceFeed Feed { get; init; }

    /// <summary>Gaussian units: whether the precision is learned.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool LearnPrecision { get; init; }

    /// <summary>Gaussian units: standard deviation.</summary>
    public double Sigma { get; init; } = 1;

    /// <summary>Standard deviation of the initial weights.</summary>
    public double WeightsStd { get; init => field = NotNegative("weights-std", value); } = 0.01;

    /// <summary>An rbm, or for a crbm a dybm or a crbm, whose weights and biases are the start; null for none.</summary>
    public string? InitFrom { get; init; }

    /// <summary>
    /// Where the negative phase comes from; null for enumeration where a step has few states to sum, as letters have, else contrastive
    /// divergence.
    /// </summary>
    public TrainingMethod? Method { get; init; }

    /// <summary>k of CD-k, by epoch.</summary>
    public IReadOnlyList<double> Steps { get; init; } = [1];

    /// <summary>Whether visible units are drawn in a chain; their means otherwise.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool SampleVisible { get; init; }

    /// <summary>Steps in any order: whether the gradient is centred (<see cref="Training.Centering"/>), the context included.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool Centering { get; init; } = true;

    /// <summary>Whether steps are learned one by one in order.</summary>
    public bool Online { get; init; }

    /// <summary>Online: where the memory is emptied.</summary>
    public MemoryReset ResetBetween { get; init; }

    /// <summary>Steps back through time.</summary>
    public int Truncate { get; init => field = AtLeast(1, "truncate", value); } = 100;

    /// <summary>Greatest norm of the gradient through time; null for no limit.</summary>
    public double? Clip { get; init; }

    /// <summary>Passes over the data.</summary>
    public int Epochs { get; init => field = AtLeast(1, "epochs", value); } = 20;

    /// <summary>Steps of an update; through time, sequences.</summary>
    public int BatchSize { get; init => field = AtLeast(1, "batch-size", value); } = 100;

    /// <summary>How a gradient becomes a step.</summary>
    public SequenceOptimizer Optimizer { get; init; } = SequenceOptimizer.Adam;

    /// <summary>Step size, by epoch.</summary>
    public IReadOnlyList<double> LearningRate { get; init; } = [0.01];

    /// <summary>
    /// What a single rate falls to, in a straight line, by the last epoch; null for a hundredth of it, and online for no fall.
    /// </summary>
    public double? LearningRateEnd { get; init; }

    /// <summary>Share of the last step kept, by epoch; β₁ of Adam.</summary>
    public IReadOnlyList<double> Momentum { get; init; } = [0.9];

    /// <summary>Weight decay.</summary>
    public double L2 { get; init => field = NotNegative("l2", value); }

    /// <summary>Lasso penalty.</summary>
    public double L1 { get; init => field = NotNegative("l1", value); }

    /// <summary>Whether steps, or sequences, come in a new random order every epoch.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool Shuffle { get; init; } = true;

    /// <summary>Stop when this has not improved on held-out steps: log-likelihood or rmse; null for never.</summary>
    public string? EarlyStopping { get; init; }

    /// <summary>Epochs without improvement before stopping.</summary>
    public int Patience { get; init => field = AtLeast(1, "patience", value); } = 5;

    /// <summary>Which epoch's model to keep.</summary>
    public KeptEpoch Keep { get; init; } = KeptEpoch.Last;

    /// <inheritdoc/>
    [JsonPropertyName("model")]
    public override string Makes => Kind.Name;
}
