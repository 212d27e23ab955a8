using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>
/// What `fine-tune` is to make of a trained model by back-propagation. Lists by layer go from the first layer upward, lists by epoch from
/// the first epoch, and the last value stays.
/// </summary>
public sealed record FineTunePlan : RunPlan
{
    /// <summary>What is predicted.</summary>
    public PredictionTask Task { get; init; }

    /// <summary>Named set or file with labels; null for the data that the model was trained on.</summary>
    public string? Data { get; init; }

    /// <summary>CSV column that holds labels or targets: its name, or its number from 0 (-1 for the last).</summary>
    public string? LabelColumn { get; init; }

    /// <summary>Whether the CSV's first line names the columns; null to find out.</summary>
    [JsonPropertyName("header"), JsonConverter(typeof(TextFlagConverter))]
    public bool? HasHeader { get; init; }

    /// <summary>Kind of the file, whatever its name ends in; null to find out.</summary>
    public string? Format { get; init; }

    /// <summary>Between the cells of a table of text: a character, tab or space; null to find out.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The decimal sign in a table of text: comma or point; null to find out.</summary>
    public string? Decimal { get; init; }

    /// <summary>Further cells that stand for a missing value; null for the usual ones alone.</summary>
    public IReadOnlyList<string>? Na { get; init; }

    /// <summary>The array of an NPZ archive; null for one of a usual name.</summary>
    public string? Array { get; init; }

    /// <summary>The array of the NPZ archive, or the file, that holds labels.</summary>
    public string? LabelsFrom { get; init; }

    /// <summary>What the bytes of a file are divided by; null for what they were in the model's training.</summary>
    public double? ScaleBytes { get; init => field = RowSource.Divisor(value); }

    /// <summary>Whether columns that the model did not learn from are passed over; they are refused otherwise.</summary>
    public bool IgnoreExtra { get; init; }

    /// <summary>Rows to learn from, at most; null for all.</summary>
    public int? TrainRows { get; init => field = AtLeast(1, "train-rows", value); }

    /// <summary>File with held-out rows; null where some are set apart.</summary>
    public string? ValidationData { get; init; }

    /// <summary>Rows set apart to choose the best epoch; null for a tenth of the data, at most 5000.</summary>
    public int? ValidationRows { get; init; }

    /// <summary>Whether rows set apart keep the shares of the classes.</summary>
    public bool Stratify { get; init; }

    /// <summary>Whether weights are random instead of the model's, in the same shape.</summary>
    public bool RandomStart { get; init; }

    /// <summary>From a deep Boltzmann machine: whether layers with one above begin with doubled weights.</summary>
    public bool Doubled { get; init; }

    /// <summary>
    /// From a deep Boltzmann machine: whether the first layer also takes the means of the second hidden layer (Salakhutdinov and Hinton
    /// 2009).
    /// </summary>
    public bool MeanFieldInput { get; init; }

    /// <summary>Sizes of further, random hidden layers above the model's; null for none.</summary>
    public IReadOnlyList<int>? Hidden
    {
        get;
        init => field = value is null ? null : [.. value.Select(units => AtLeast(1, "hidden", units))];
    }

    /// <summary>Of hidden units; null for the mean of the model's units.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Whether inputs of hidden layers are normalised (Ioffe and Szegedy 2015).</summary>
    public bool BatchNormalization { get; init; }

    /// <summary>Most passes over the data.</summary>
    public int Epochs
    {
        get;
        init => field = value >= 1 ? value : throw new BadInputException($"the number of epochs must be at least 1, not {value}");
    } = 50;

    /// <summary>Rows per update.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>How a gradient becomes a step.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>Step size, by epoch (Kingma and Ba 2015 for Adam).</summary>
    public IReadOnlyList<double> LearningRate { get; init; } = [0.001];

    /// <summary>Where a single learning rate falls to, geometrically, by the last epoch; null where it stays.</summary>
    public double? LearningRateEnd { get; init; }

    /// <summary>Share of the last step kept, by epoch.</summary>
    public IReadOnlyList<double> Momentum { get; init; } = [0.9];

    /// <summary>Multipliers of the learning rate, by layer.</summary>
    public IReadOnlyList<double> LayerRates { get; init; } = [1];

    /// <summary>Weight decay, by layer.</summary>
    public IReadOnlyList<double> L2 { get; init; } = [0];

    /// <summary>Greatest norm of a hidden unit's incoming weights; null for none.</summary>
    public double? MaxNorm { get; init; }

    /// <summary>Chance that a hidden unit is dropped (Srivastava et al. 2014: 0.5).</summary>
    public double Dropout { get; init; }

    /// <summary>Chance that an input is dropped (0.2 there).</summary>
    public double InputDropout { get; init; }

    /// <summary>Lower the learning rate when this metric has not improved; null for never.</summary>
    public string? Plateau { get; init; }

    /// <summary>Epochs without improvement before that.</summary>
    public int PlateauPatience { get; init; } = 6;

    /// <summary>What the rate is multiplied by then.</summary>
    public double PlateauFactor { get; init; } = 0.2;

    /// <summary>
    /// Stop when this metric has not improved, and keep the best epoch; null for accuracy or loss of held-out rows, "none" for never.
    /// </summary>
    public string? EarlyStopping { get; init; }

    /// <summary>Which epoch's network to keep.</summary>
    public KeptEpoch Keep { get; init; }

    /// <summary>Epochs without improvement before stopping.</summary>
    public int Patience { get; init; } = 12;

    /// <summary>Folder of another fine-tuning, whose curves the report shows beside this one's; null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>Whether every epoch has a new random order.</summary>
    [JsonConverter(typeof(TextFlagConverter))]
    public bool Shuffle { get; init; } = true;

    /// <inheritdoc/>
    [JsonPropertyName("model")]
    public override string Makes => ModelKind.Network.Name;

    /// <summary>The file of the model to start from; see <see cref="StartingFrom"/>.</summary>
    public string? Start { get; init; }

    /// <summary>A check of that file's bytes: another model in the same place makes another run.</summary>
    public string? StartChecksum { get; init; }

    /// <summary>What that file holds: "rbm".</summary>
    public string? StartModel { get; init; }

    /// <summary>How the file is read where it does not say so itself.</summary>
    internal FileReading Reading => new()
    {
        Format = Format,
        Delimiter = Delimiter,
        Decimal = Decimal,
        Na = Na,
        Array = Array,
        LabelsFrom = LabelsFrom,
    };

    internal override string DataName => Data!;

    /// <summary>The plan with a model to start from, and its data unless others are named.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <exception cref="BadInputException">It cannot be read, or does not say what it was trained on, and the plan names no
    /// data.</exception>
    public FineTunePlan StartingFrom(string path)
    {
        path = RunFolder.FindModel(path);
        ModelDescription description = ModelFile.Describe(path);
        if (description.Kind.HasMemory) throw new BadInputException($"fine-tune is for models of rows; {path} holds "
            + $"{(description.Model[0] == 'r' ? "an" : "a")} {description.Model}, which has a memory");
        return this with
        {
            Start = path,
            StartChecksum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))[..16],
            StartModel = description.Model,
            Data = Data ?? (TrainingFacts.Of(description).Data is string data && data != StandardInput.Path ? data : null)
                ?? throw new BadInputException($"fine-tune needs --data: {path} does not say what it was trained on"),
        };
    }

    /// <summary>The plan in a run folder's settings.</summary>
    /// <exception cref="BadInputException">A value is not what it should be; the message names it.</exception>
    public static new FineTunePlan From(RunSettings settings) => Read(settings, new(), PlanJson.Default.FineTunePlan);

    internal override IRunTask Open(RunContext context, string? checkpoint) =>
        new FineTuneTask(this, context, checkpoint ?? Start
            ?? throw new BadInputException("the settings do not say which model to start from"), checkpoint is not null);

    // What is not asked for is no setting: runs made before there was such an option are the same.
    internal override IEnumerable<KeyValuePair<string, JsonNode?>> Json() =>
        ((JsonObject)JsonSerializer.SerializeToNode(this, PlanJson.Default.FineTunePlan)!).Select(pair =>
            pair.Key == "ignore-extra" && !IgnoreExtra ? new(pair.Key, null) : pair);
}
