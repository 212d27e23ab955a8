using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

/// <summary>
/// What `train` is to learn, and how. One record serves all kinds of models: what a kind does not take is neither read nor written for
/// it. Lists by layer go from the first layer upward, lists by epoch from the first epoch, and the last value stays. <see cref="Of"/> has
/// the defaults of a kind; <c>with</c> changes them.
/// </summary>
public sealed partial record TrainPlan : RunPlan
{
    /// <summary>Named set or file.</summary>
    public string Data { get; init; } = "digits";

    /// <summary>CSV column that holds labels: its name, or its number from 0 (-1 for the last).</summary>
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

    /// <summary>A text with the words that files of numbered columns number, one on each line; null for none.</summary>
    public string? Vocabulary { get; init; }

    /// <summary>How many of the columns of such files to learn: those of the greatest sums; null for all.</summary>
    public int? Words { get; init; }

    /// <summary>The letters of aligned sequences: protein, dna, rna, or letters; null to find out.</summary>
    public string? Alphabet { get; init; }

    /// <summary>The array of an NPZ archive; null for one of a usual name.</summary>
    public string? Array { get; init; }

    /// <summary>The array of the NPZ archive, or the file, that holds labels.</summary>
    public string? LabelsFrom { get; init; }

    /// <summary>
    /// What the bytes of a file are divided by; null to find out: 1 where all are 0 or 1, 255 where one is above 16, else the greatest.
    /// </summary>
    public double? ScaleBytes { get; init => field = RowSource.Divisor(value); }

    /// <summary>
    /// What empty cells of tables and NaN in NPY and NPZ files stand for; null to refuse them, and in mixed units for unknown
    /// values, or of a dbn or with classes absent ones. Ratings that are not there are absent unless
    /// stated.
    /// </summary>
    public MissingValues? Missing { get => field ?? (Format == FileReading.Ratings ? MissingValues.Absent : null); init; }

    /// <summary>The columns of a table to learn from, by name; null for all.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Columns of a table to leave out, by name; null for none.</summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>
    /// What columns of a table hold, as NAME=TYPE with a type of <see cref="ColumnType"/>: what is not said is found out; null to find out
    /// all.
    /// </summary>
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>
    /// How much each row counts: identity:SHARE for aligned sequences (<see cref="SequenceIdentity"/>), or a file with a number for each
    /// row; null for alike.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>Rows to learn from, at most; null for all.</summary>
    public int? TrainRows { get; init => field = AtLeast(1, "train-rows", value); }

    /// <summary>Rows set apart for metrics; null for a tenth of the data, at most 5000.</summary>
    public int? ValidationRows { get; init; }

    /// <summary>Whether rows set apart keep the shares of the classes.</summary>
    public bool Stratify { get; init; }

    /// <summary>What columns go through.</summary>
    public DataScale Scale { get; init; } = DataScale.Auto;

    /// <summary>How grey values become bits.</summary>
    public BinarizationWay Binarize { get; init; }

    /// <summary>Level of <see cref="BinarizationWay.Threshold"/>.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>
    /// Kind of the visible units: that of a layer, "mixed" for what the columns of a table say, or "auto": mixed for a table that has
    /// words,
    /// gaps or numbers outside of 0..1, Bernoulli for all else.
    /// </summary>
    public string VisibleUnits { get; init; } = AutoUnits;

    /// <summary>Kinds of the hidden units, by layer.</summary>
    public IReadOnlyList<string> HiddenUnits { get; init; } = [BernoulliLayer.Name];

    /// <summary>Numbers of hidden units, by layer; 0 for a Boltzmann machine without.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256];

    /// <summary>Boltzmann machines: whether each unit is joined to its four neighbours in the picture alone.</summary>
    public bool Grid { get; init; }

    /// <summary>Multinomial units: categories of a block; null for one block.</summary>
    public int? Categories { get; init; }

    /// <summary>Multinomial units: draws from each softmax.</summary>
    public int Draws { get; init; } = 1;

    /// <summary>Gaussian and rectified units: standard deviation.</summary>
    public double Sigma
    {
        get;
        init => field = value > 0 ? value : throw new BadInputException($"--sigma must be above 0, not {value}");
    } = 1;

    /// <summary>Gaussian and rectified units: whether the precision is learned, too.</summary>
    public bool LearnPrecision { get; init; }

    /// <summary>Factor on the step size of precisions; null for a tenth in mixed units, and 1 in others.</summary>
    public double? PrecisionRate { get; init => field = value is double rate ? NotNegative("precision-rate", rate) : null; }

    /// <summary>Standard deviation of the initial weights (Hinton's guide, section 8).</summary>
    public double WeightsStd { get; init => field = NotNegative("weights-std", value); } = 0.01;

    /// <summary>Start of the visible biases: "data" for the logit of the means and the like, or a number.</summary>
    public string VisibleBias { get; init; } = DataBias;

    /// <summary>Start of the hidden biases: by layer; of a single machine one number, or one per unit.</summary>
    public IReadOnlyList<double> HiddenBias { get; init; } = [0];

    /// <summary>A model file or run whose parameters the training starts from; null for none.</summary>
    public string? InitFrom { get; init; }

    /// <summary>Whether columns that the model of <see cref="InitFrom"/> did not learn from are passed over; they are refused
    /// otherwise.</summary>
    public bool IgnoreExtra { get; init; }

    /// <summary>Deep models: whether the classes of the rows are learned, too.</summary>
    public bool Labels { get; init; }

    /// <summary>What a machine with labels learns.</summary>
    public Objective Objective { get; init; }

    /// <summary>Weight of log p(x, y) in <see cref="Objective.Hybrid"/>.</summary>
    public double GenerativeWeight { get; init => field = NotNegative("generative-weight", value); } = 0.01;

    /// <summary>How the file is read where it does not say so itself.</summary>
    internal FileReading Reading => new()
    {
        Format = Format,
        Delimiter = Delimiter,
        Decimal = Decimal,
        Na = Na,
        Alphabet = Alphabet,
        Array = Array,
        LabelsFrom = LabelsFrom,
    };

    /// <summary>The value of <see cref="VisibleBias"/> that takes the data's means.</summary>
    internal const string DataBias = "data";

    /// <summary>The value of <see cref="VisibleUnits"/> that looks at the data.</summary>
    internal const string AutoUnits = "auto";
}
