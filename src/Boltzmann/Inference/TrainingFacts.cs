using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Inference;

/// <summary>
/// What a model file says of its training that other rows of the same data must share. The entry is free in form, and a file of other
/// origin may lack any of it: what is not told, or told in another form, is null.
/// </summary>
/// <param name="Data">Named set or file that it learned from.</param>
/// <param name="LabelColumn">CSV column that held labels, by name or number.</param>
/// <param name="HasHeader">Whether the CSV's first line named the columns.</param>
/// <param name="Reading">What else the file does not say itself.</param>
/// <param name="Seed">Of generated sets, and of the choice of rows that were held out.</param>
/// <param name="ValidationRows">How many of these.</param>
/// <param name="Stratify">Whether these kept the shares of the classes.</param>
/// <param name="Binarize">How grey values became bits.</param>
/// <param name="Missing">What gaps in its rows stood for.</param>
/// <param name="Threshold">Level of <see cref="BinarizationWay.Threshold"/>.</param>
/// <param name="MeanFieldInput">Networks: whether they take means of a deep Boltzmann machine beside rows.</param>
/// <param name="TakesSpins">Networks: whether their inputs are spins.</param>
sealed record TrainingFacts(string? Data, string? LabelColumn, bool? HasHeader, FileReading Reading, ulong? Seed,
    long? ValidationRows, bool Stratify, BinarizationWay? Binarize, MissingValues? Missing, double? Threshold,
    bool MeanFieldInput, bool TakesSpins)
{
    /// <summary>Reads them.</summary>
    public static TrainingFacts Of(ModelDescription model)
    {
        JsonObject? training = model.Training;
        return new(Text("data"), Text("label-column"), Text("header") switch { "true" => true, "false" => false, _ => null }, ReadingOf(),
            ulong.TryParse(Text("seed"), CultureInfo.InvariantCulture, out ulong seed) ? seed : null, (long?)Number("validation-rows"),
            Is("stratify"), ChoiceWords.Find<BinarizationWay>(Text("binarize")), ChoiceWords.Find<MissingValues>(Text("missing")),
            Number("threshold"), Is("mean-field-input"), Is(SpinValues.Key));

        // A file of another program may have anything there.
        FileReading ReadingOf() => new()
        {
            Format = Text("format"),
            Delimiter = Text("delimiter") is { } delimiter && FileReading.IsDelimiter(delimiter) ? delimiter : null,
            Decimal = Text("decimal") is "comma" or "point" ? Text("decimal") : null,
            Na = training?["na"] is JsonArray texts ? [.. texts.Select(text => $"{text}")] : null,
            Array = Text("array"),
            LabelsFrom = Text("labels-from"),
        };

        string? Text(string name) => training?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

        double? Number(string name) => training?[name] is JsonValue value && value.TryGetValue(out double number) ? number : null;

        bool Is(string name) => training?[name]?.GetValueKind() == JsonValueKind.True;
    }
}
