using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

public sealed partial record TrainPlan
{
    /// <summary>Where the negative phase comes from.</summary>
    public TrainingMethod Method { get; init; } = TrainingMethod.Pcd;

    /// <summary>k, Gibbs sweeps per update, by epoch.</summary>
    public IReadOnlyList<double> Steps { get; init; } = [1];

    /// <summary>What the command line takes for them where rows have draws of their own.</summary>
    public const int StepsOfDocuments = 5;

    /// <summary>Chains, at each temperature.</summary>
    public int Chains { get; init => field = AtLeast(1, "chains", value); } = 100;

    /// <summary><see cref="TrainingMethod.Pt"/>: number of temperatures.</summary>
    public int Temperatures { get; init; } = 10;

    /// <summary><see cref="TrainingMethod.Fpcd"/>: learning rate of the fast weights.</summary>
    public double FastLearningRate { get; init; } = 0.01;

    /// <summary>Machines whose layers learn together: where persistent chains begin.</summary>
    public ChainStart StartChains { get; init; }

    /// <summary>Machines whose layers learn together: sweeps of mean-field inference for each batch, at most.</summary>
    public int MeanFieldUpdates { get; init => field = AtLeast(1, "mean-field-updates", value); } = 10;

    /// <summary>Inference ends when no mean moves further in a sweep; 0 for always all sweeps.</summary>
    public double MeanFieldTolerance { get; init => field = NotNegative("mean-field-tolerance", value); } = 1e-3;

    /// <summary>What a sweep leaves of the old means.</summary>
    public double MeanFieldDamping
    {
        get;
        init => field = value is >= 0 and < 1 ? value
            : throw new BadInputException($"--mean-field-damping must be at least 0 and below 1, not {value}");
    }

    /// <summary>How mean-field updates follow one another.</summary>
    public SweepOrder MeanFieldOrder { get; init; }

    /// <summary>
    /// <see cref="TrainingMethod.Cd"/>: whether visible states are drawn in the chain; their means stand there otherwise.
    /// </summary>
    public bool SampleVisible { get; init; }

    /// <summary><see cref="TrainingMethod.Cd"/>: which inputs are doubled.</summary>
    public Doubling Doubled { get; init; }

    /// <summary><see cref="TrainingMethod.Cd"/>: whether hidden means go down the chain; samples otherwise.</summary>
    public bool HiddenMeans { get; init; }

    /// <summary>Stacks: what a layer learns of those below.</summary>
    public LayerInputWay LayerInput { get; init; }

    /// <summary>
    /// Stacks: learn the mean of so many stochastic passes up from the data in place of <see cref="LayerInput"/>; null for not.
    /// </summary>
    public int? LayerPasses { get; init => field = AtLeast(1, "layer-passes", value); }

    /// <summary>Stacks: epochs, by layer; null for <see cref="Epochs"/> of each.</summary>
    public IReadOnlyList<int>? LayerEpochs
    {
        get;
        init => field = value is null ? null : [.. value.Select(epochs => AtLeast(1, "layer-epochs", epochs))];
    }

    /// <summary>Stacks: step size, by layer; null for <see cref="LearningRate"/>.</summary>
    public IReadOnlyList<double>? LayerLearningRate { get; init; }

    /// <summary>
    /// Passes over the data, of each layer of a stack; null for <see cref="DefaultEpochs"/>, or in mixed units for as many more as make
    /// <see cref="MixedUpdates"/> updates: a table of a few hundred rows needs many passes.
    /// </summary>
    public int? Epochs { get; init => field = AtLeast(1, "epochs", value); }

    /// <summary>What <see cref="Epochs"/> stands at, and the updates of mixed units at least.</summary>
    public const int DefaultEpochs = 20, MixedUpdates = 10_000;

    /// <summary>Rows per update. Small batches learn more per epoch (docs/design-notes.md).</summary>
    public int BatchSize { get; init; } = 20;

    /// <summary>How a gradient becomes a step.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Step size, by epoch.</summary>
    public IReadOnlyList<double> LearningRate { get; init; } = [0.05];

    /// <summary>Where a single learning rate falls to, in a straight line, by the last epoch; null for a tenth of it, and in
    /// mixed units for the rate divided by the epochs, so that it would be 0 one epoch later.</summary>
    public double? LearningRateEnd { get; init => field = value is double end ? NotNegative("learning-rate-end", end) : null; }

    /// <summary>Share of the last step kept, by epoch (Hinton's guide, section 9).</summary>
    public IReadOnlyList<double> Momentum { get; init; } = [0.5];

    /// <summary>Weight decay.</summary>
    public double L2 { get; init; } = 1e-5;

    /// <summary>Lasso penalty on weights.</summary>
    public double L1 { get; init; }

    /// <summary>Strength of <see cref="GroupLasso"/>; null for none.</summary>
    public double? L1b { get; init => field = value is double strength ? NotNegative("l1b", strength) : null; }

    /// <summary>Whether one-hot visible units stay in <see cref="Training.ZeroSum"/> gauge; null for aligned sequences alone.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool? ZeroSum { get; init; }

    /// <summary>Greatest norm of a hidden unit's incoming weights, those from layers nearer to the rows; null for none.</summary>
    public double? MaxNorm { get; init; }

    /// <summary>Chance that a visible unit is dropped from a training row.</summary>
    public double Dropout { get; init; }

    /// <summary>Wanted mean activity of hidden units, by layer of machines whose layers learn together.</summary>
    public IReadOnlyList<double> SparsityTarget { get; init; } = [0.1];

    /// <summary>Strength of the pull to that activity.</summary>
    public IReadOnlyList<double> SparsityCost { get; init; } = [0];

    /// <summary>What a batch leaves of the running mean of activity.</summary>
    public double SparsityDamping { get; init; } = 0.9;

    /// <summary>Whether the gradient is centred (Montavon and Müller 2012).</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool Centering { get; init; } = true;

    /// <summary>Whether the gradient of a visible unit is averaged over the rows of a batch that have it.</summary>
    public bool AveragePresent { get; init; }

    /// <summary>Whether every epoch has a new random order.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool Shuffle { get; init; } = true;

    /// <summary>What to measure, as NAME or NAME:EVERY epochs; null for what suits the kind.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>Stop when this metric has not improved; null for never.</summary>
    public string? EarlyStopping { get; init; }

    /// <summary>Measurements without improvement before stopping.</summary>
    public int Patience { get; init; } = 5;

    /// <inheritdoc/>
    [JsonPropertyName("model")]
    public override string Makes => Kind.Name;

    /// <summary>Graphs: the layers and what joins them.</summary>
    [JsonConverter(typeof(GraphConverter))]
    public GraphDescription? Graph { get; init; }

    /// <summary>Boltzmann machines: the pairs of units that are joined, in place of all; null for all.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Edges { get; init; }

    /// <summary>The plan with the edges of a CSV file, a line each: two different numbers of units, from 0 on, each pair once.</summary>
    /// <exception cref="BadInputException">The file cannot be read or has no line, or a line is no such pair; the message names
    /// it.</exception>
    public TrainPlan WithEdges(string path) => this with { Edges = EdgeSettings.Read(path) };
}
