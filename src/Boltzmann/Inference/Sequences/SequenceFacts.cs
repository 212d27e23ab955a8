using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Inference;

/// <summary>What a model file says of the sequences that it learned from and that others must share.</summary>
/// <param name="Data">Named set or file; null where it is not told.</param>
/// <param name="Options">How it was read.</param>
/// <param name="Means">The mean of each column of its steps as the machine saw them; null where they are not told.</param>
/// <param name="PredictionSweeps">Sweeps of mean-field inference that it learned to predict by; null if it learned otherwise.</param>
sealed record SequenceFacts(string? Data, SequenceOptions Options, double[]? Means, int? PredictionSweeps)
{
    /// <summary>Under which the file has the columns of a table that were asked for.</summary>
    public const string TableColumns = "table-columns";

    /// <summary>Under which the file has the means of columns.</summary>
    public const string ColumnMeans = "column-means";

    /// <summary>Reads them; what is not told, or told in another form, is as by default.</summary>
    public static SequenceFacts Of(ModelDescription model)
    {
        JsonObject? training = model.Training;
        SequenceOptions usual = new();
        return new(Text("data"), usual with
        {
            Seed = ulong.TryParse(Text("seed"), CultureInfo.InvariantCulture, out ulong seed) ? seed : usual.Seed,
            Format = Text("format"),
            Columns = Texts(TableColumns),
            SkipColumns = Texts("skip-columns") ?? [],
            SequenceColumn = Text("sequence-column"),
            Csv = new FileReading
            {
                Delimiter = Text("delimiter") is string word && FileReading.IsDelimiter(word) ? word : null,
                Decimal = Text("decimal"),
            }.Apply(new() { Csv = new() { HasHeader = Text("header") switch { "true" => true, "false" => false, _ => null } } }).Csv,
            LowestPitch = model.Memory?.LowestPitch ?? usual.LowestPitch,
            HighestPitch = model.Memory?.LowestPitch is int low ? low + model.Layers[0].Size - 1 : usual.HighestPitch,
            Alphabet = model.Memory?.Alphabet is IReadOnlyList<string> symbols ? Stated(symbols) : null,
            IgnoreCounts = Flag("ignore-counts"),
            Frame = (int)(Number("frame") ?? usual.Frame),
            Hop = (int)(Number("hop") ?? usual.Hop),
            IsRaw = Flag("raw"),
            Videos = (int?)Number("videos"),
            ValidationShare = Number("validation-share") ?? usual.ValidationShare,
            WarmUp = (int)(Number("warm-up") ?? usual.WarmUp),
        }, Numbers(ColumnMeans), Text("method") == "mp" && training?["steps"] is JsonArray { Count: > 0 } steps
            && steps[^1] is JsonValue last && last.TryGetValue(out double sweeps) ? (int)sweeps : null);

        string? Text(string name) =>
            training?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

        double? Number(string name) =>
            training?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

        double[]? Numbers(string name) => training?[name] is JsonArray array && array.Count == model.Layers[0].Size
            && array.All(v => v?.GetValueKind() == JsonValueKind.Number) ? [.. array.Select(v => v!.GetValue<double>())] : null;

        bool Flag(string name) => training?[name]?.GetValueKind() == JsonValueKind.True;

        string[]? Texts(string name) => training?[name] is JsonArray array && array.All(v => v?.GetValueKind() == JsonValueKind.String)
            ? [.. array.Select(v => v!.GetValue<string>())] : null;
    }

    // As --alphabet states letters: a hyphen is one at the end.
    static string Stated(IReadOnlyList<string> symbols)
    {
        string[] letters = [.. symbols.Where(s => s.Length > 0)];
        return string.Concat(letters.Where(s => s != "-")) + (letters.Contains("-") ? "-" : "");
    }
}
