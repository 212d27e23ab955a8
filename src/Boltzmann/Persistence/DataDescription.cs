using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Persistence;

/// <summary>
/// What a model file says of the data its model was trained on, so that other rows can be brought to the same form and results back: kept
/// in the training entry of the metadata under "scaling", "image", "columns", "targets", "byte_step", "table" and "vocabulary". A file of
/// other origin may lack any of it.
/// </summary>
/// <param name="Scaling">What the rows went through before the model saw them; null for nothing.</param>
/// <param name="Image">How a row is a picture, if it is one.</param>
/// <param name="ColumnNames">Names of the visible units.</param>
/// <param name="Targets">Networks that predict a number: mean and standard deviation of the targets they were taught, by which outputs are
/// taken back; null for plain outputs.</param>
/// <param name="ByteStep">What one step of a byte is worth in files, so that every later one is read as the first; null where not
/// told.</param>
/// <param name="Table">What the columns of the table hold whose rows these are, in its own words; null where rows are numbers as they
/// stand.</param>
/// <param name="FirstIndex">The number of the first column in files of svmlight, 0 or 1, by which every later one is read; null where not
/// told.</param>
public sealed record DataDescription(
    Scaling? Scaling = null,
    ImageShape? Image = null,
    IReadOnlyList<string>? ColumnNames = null,
    Standardizer? Targets = null,
    double? ByteStep = null,
    TableSchema? Table = null,
    int? FirstIndex = null)
{
    /// <summary>What an anomaly detector keeps with its machine, whose columns it scales in a way of its own.</summary>
    internal const string DetectorKey = "anomaly_detector";

    const string FirstIndexKey = "first_index";

    const string ScalingKey = "scaling", ImageKey = "image", ColumnsKey = "columns", TargetsKey = "targets", ByteStepKey = "byte_step";
    const string Standardize = "standardize", MinMax = "min-max", ByColumn = "by-column", ScalesKey = "scales", TableKey = "table";

    const string VocabularyKey = "vocabulary";

    /// <summary>Columns of the model; null where that is not known.</summary>
    internal int? Width { get; init; }

    /// <summary>Which columns of its files the model has, where it has not all of them; null otherwise.</summary>
    public Vocabulary? Vocabulary { get; init; }

    /// <summary>
    /// Other data as the training's were: columns in its order where both have names, and bytes by its step unless somebody has stated
    /// theirs.
    /// </summary>
    /// <param name="data">In their own units.</param>
    /// <param name="ignoreExtra">Whether columns that the training did not have are left out; they are refused otherwise.</param>
    /// <exception cref="BadInputException">A column is missing or there twice, or there are others.</exception>
    internal Dataset Match(Dataset data, bool ignoreExtra = false)
    {
        data = MatchColumns(data, ignoreExtra);
        // Models of before the step was kept had bytes above 1 divided by 255, whatever the greatest was.
        double? step = ByteStep ?? (data.Rows.ByteStep is null or 1 ? null : 1.0 / 255);
        return step is double known ? data.WithFoundStep(known) : data;
    }

    /// <summary>Other data with columns in the training's order where both have names.</summary>
    /// <inheritdoc cref="Match"/>
    internal Dataset MatchColumns(Dataset data, bool ignoreExtra = false) =>
        ColumnNames is not null && data.ColumnNames is not null ? data.InColumns(ColumnNames, ignoreExtra)
            : Vocabulary?.Of(data) ?? data;

    /// <summary>Adds it to the training entry of a model file.</summary>
    public void AddTo(JsonObject training)
    {
        if (Scaling is Standardizer s)
            training[ScalingKey] = ToJson(Standardize, ("means", s.Means), ("standard_deviations", s.StandardDeviations));
        if (Scaling is MinMaxScaler m) training[ScalingKey] = ToJson(MinMax, ("minimum", m.Minimum), ("range", m.Range));
        if (Scaling is ScalingByColumn columns)
            training[ScalingKey] = new JsonObject { ["kind"] = ByColumn, [ScalesKey] = columns.ToJson() };
        if (Table is not null) training[TableKey] = Table.ToJson();
        if (Image is not null) training[ImageKey] = new JsonObject { ["width"] = Image.Width, ["height"] = Image.Height };
        if (Targets is not null)
            training[TargetsKey] = ToJson(Standardize, ("means", Targets.Means), ("standard_deviations", Targets.StandardDeviations));
        if (ColumnNames is not null) training[ColumnsKey] = new JsonArray([.. ColumnNames.Select(name => (JsonNode?)name)]);
        if (ByteStep is double step) training[ByteStepKey] = step;
        if (FirstIndex is int first) training[FirstIndexKey] = first;
        if (Vocabulary is not null)
            training[VocabularyKey] = new JsonObject
            {
                ["width"] = Vocabulary.Width,
                ["columns"] = new JsonArray([.. Vocabulary.Columns.Select(c => (JsonNode?)c)]),
            };
    }

    /// <summary>Reads it from a model's description.</summary>
    /// <param name="model">What the file says of its model.</param>
    /// <param name="file">For error messages.</param>
    /// <exception cref="BadInputException">An entry is there but is not of the form that <see cref="AddTo"/> gives it, or does not fit the
    /// visible units.</exception>
    public static DataDescription Read(ModelDescription model, string file)
    {
        if (model.Training is not JsonObject training) return new() { Width = model.RowColumns };
        var reader = new Reader(file, model.RowColumns);
        string[]? names = training[ColumnsKey] is JsonNode listed ? reader.Columns(listed) : null;
        return new(
            training[ScalingKey] is JsonNode scaling ? reader.Scaling(scaling) : null,
            training[ImageKey] is JsonNode image ? reader.Image(image) : null,
            names,
            training[TargetsKey] is JsonNode targets ? new Reader(file, model.Layers[^1].Size).Targets(targets) : null,
            training[ByteStepKey] is JsonNode step ? reader.ByteStep(step) : null,
            training[TableKey] is JsonNode table ? reader.Table(table) : null,
            training[FirstIndexKey] is JsonNode first ? reader.FirstIndex(first) : null)
        {
            Width = model.RowColumns,
            Vocabulary = training[VocabularyKey] is JsonNode words ? reader.Vocabulary(words, names) : null,
        };
    }

    static JsonObject ToJson(string kind, (string Name, double[] Values) first, (string Name, double[] Values) second) => new()
    {
        ["kind"] = kind,
        [first.Name] = new JsonArray([.. first.Values.Select(x => (JsonNode?)x)]),
        [second.Name] = new JsonArray([.. second.Values.Select(x => (JsonNode?)x)]),
    };

    readonly struct Reader(string file, int columns)
    {
        public Scaling Scaling(JsonNode json) => Text(json, "kind") switch
        {
            Standardize => new Standardizer(Numbers(json, "means"), Positive(json, "standard_deviations")),
            MinMax => new MinMaxScaler(Numbers(json, "minimum"), Positive(json, "range")),
            ByColumn => ScalingByColumn.Read(((JsonObject)json)[ScalesKey], columns)
                ?? throw Bad($"{ScalingKey} whose {ScalesKey} are not those of {columns} columns"),
            string kind => throw Bad($"{ScalingKey} of kind {Quoted.Text(kind)}; expected {Standardize}, {MinMax} or {ByColumn}"),
            null => throw Bad($"{ScalingKey} without a kind; expected {Standardize}, {MinMax} or {ByColumn}"),
        };

        public TableSchema Table(JsonNode json) => TableSchema.Read(json) is TableSchema schema && schema.UnitNames.Count == columns
            ? schema : throw Bad($"a {TableKey} that does not describe {columns} columns");

        public Standardizer Targets(JsonNode json) => new(Numbers(json, "means"), Positive(json, "standard_deviations"));

        public ImageShape Image(JsonNode json) =>
            json is JsonObject shape && Whole(shape["width"]) is int width and > 0 && Whole(shape["height"]) is int height and > 0
                && (long)width * height == columns
                ? new(width, height) : throw Bad($"{ImageKey} that is no width and height of {columns} pixels");

        public string[] Columns(JsonNode json)
        {
            string[] names = json is JsonArray array ? [.. array.Select(TextOf).OfType<string>()] : [];
            return names.Length == columns && names.Length == ((JsonArray)json).Count ? names
                : throw Bad($"{ColumnsKey} that are not {columns} names");
        }

        public Vocabulary Vocabulary(JsonNode json, string[]? names)
        {
            int?[] places = (json as JsonObject)?["columns"] is JsonArray array ? [.. array.Select(Whole)] : [];
            try
            {
                return new(Whole((json as JsonObject)?["width"]) ?? 0, [.. places.Select(place => place ?? -1)], names ?? []);
            }
            catch (ArgumentException)
            {
                throw Bad($"a {VocabularyKey} that does not say which columns of files the {columns} named ones are");
            }
        }

        public double ByteStep(JsonNode json) =>
            NumberOf(json) is double step && step > 0 && double.IsFinite(step) ? step
                : throw Bad($"{ByteStepKey} that is not a number above 0");

        public int FirstIndex(JsonNode json) => Whole(json) is int first and (0 or 1) ? first
            : throw Bad($"{FirstIndexKey} that is neither 0 nor 1");

        double[] Positive(JsonNode json, string name) =>
            Numbers(json, name) is var values && values.All(x => x > 0) ? values
                : throw Bad($"{ScalingKey} whose {name} are not all positive");

        double[] Numbers(JsonNode json, string name)
        {
            double?[] values = (json as JsonObject)?[name] is JsonArray array ? [.. array.Select(NumberOf)] : [];
            return values.Length == columns && values.All(x => x is double number && double.IsFinite(number))
                ? [.. values.Select(x => x!.Value)] : throw Bad($"{ScalingKey} whose {name} are not {columns} finite numbers");
        }

        static string? Text(JsonNode json, string name) => TextOf((json as JsonObject)?[name]);

        static string? TextOf(JsonNode? json) =>
            json is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.TryGetValue(out string? text) ? text : null;

        static double? NumberOf(JsonNode? json) =>
            json is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) ? number : null;

        static int? Whole(JsonNode? json) =>
            json is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

        BadInputException Bad(string what) => new($"{file}: the metadata '{ModelDescription.Key}' has, under training, {what}");
    }
}
