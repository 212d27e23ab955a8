using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <content>Its file.</content>
public sealed partial class AnomalyDetector
{
    const string ScaleKey = "scale", NamesKey = "columns", ScoresKey = "training_scores";

    /// <summary>
    /// Writes what was learned to one model file: the machine as an rbm, the settings, and under "anomaly_detector" of its training the
    /// scales of the columns, their names, and the scores of the rows learned from. Other readers of models refuse it, as its scales are
    /// no preprocessing of theirs.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">The folder does not exist or may not be written.</exception>
    public void Save(string path)
    {
        Learned known = Known;
        JsonObject training = EstimatorEntry.Write(JsonSerializer.SerializeToNode(Settings, EstimatorJson.Default.AnomalySettings), new());
        var entry = new JsonObject { [ScaleKey] = known.Scale.ToJson() };
        if (known.Names is not null) entry[NamesKey] = new JsonArray([.. known.Names.Select(name => (JsonNode?)name)]);
        entry[ScoresKey] = new JsonArray([.. known.Scores.Select(score => (JsonNode?)score)]);
        training[DataDescription.DetectorKey] = entry;
        ModelFile.Save(path, known.Machine, training);
    }

    /// <summary>Reads what <see cref="Save"/> wrote: it scores and explains as the detector did that was saved.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placement">Where to work; single precision on all cores, or the precision of the file, when null.</param>
    /// <exception cref="BadInputException">The file is missing or malformed, or holds no detector.</exception>
    public static AnomalyDetector Load(string path, Placement? placement = null)
    {
        ModelDescription description = ModelFile.Describe(path);
        if (description.Training?[DataDescription.DetectorKey] is not JsonObject entry)
            throw new BadInputException($"{path}: holds no anomaly detector; expected a file of AnomalyDetector.Save");
        Rbm machine = ModelFile.LoadRbm(path, placement);
        int columns = machine.Visible.Units;
        var (settings, _) = EstimatorEntry.Read(description, path, EstimatorJson.Default.AnomalySettings, new AnomalySettings(),
            read => read.Validate());
        var made = new AnomalyDetector(settings with { Hidden = machine.Hidden.Units }, machine.Placement);
        TableScale scale = TableScale.Read(entry[ScaleKey], columns) ?? throw Bad(ScaleKey);
        double[] scores = JsonValues.Numbers(entry[ScoresKey]) is { Length: > 0 } all ? all : throw Bad(ScoresKey);
        made.learned = new(machine, made.Plain(machine), scale, Names(entry[NamesKey]), scores);
        return made;

        BadInputException Bad(string key) =>
            new($"{path}: '{key}' of the anomaly detector is not what AnomalyDetector.Save writes for {columns} columns");

        string[]? Names(JsonNode? json) => json is null ? null
            : json is JsonArray array && array.Count == columns && array.All(name => name?.GetValueKind() == JsonValueKind.String)
                ? [.. array.Select(name => name!.GetValue<string>())] : throw Bad(NamesKey);
    }
}
