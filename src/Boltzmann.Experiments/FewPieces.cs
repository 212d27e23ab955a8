using System.Text.Json.Nodes;

namespace Boltzmann.Experiments;

/// <summary>The first pieces of each part of a set of music, for smoke tests, which are over in seconds with them.</summary>
static class FewPieces
{
    const int Pieces = 2;

    /// <summary>Writes them among the runs, and returns the file.</summary>
    public static string Of(ExperimentContext context, string data)
    {
        SequenceParts parts = context.Data.OpenSequences(data, new());
        var all = new JsonObject
        {
            ["train"] = Rolls(parts.Training),
            ["valid"] = Rolls(parts.Validation!),
            ["test"] = Rolls(parts.Test!),
        };
        Directory.CreateDirectory(context.Runs);
        string path = Path.Combine(context.Runs, $"{data}-few.json");
        AtomicFile.WriteText(path, all.ToJsonString());
        return path;
    }

    static JsonArray Rolls(Sequences part) => [.. Enumerable.Range(0, Math.Min(Pieces, part.Count)).Select(s =>
        (JsonNode)new JsonArray([.. Steps(part, s, part.LengthOf(s)).Select(row => (JsonNode)new JsonArray([.. row.Index()
            .Where(note => note.Item > 0.5).Select(note => (JsonNode)(part.LowestPitch!.Value + note.Index))]))]))];

    /// <summary>The first steps of a sequence.</summary>
    public static IEnumerable<double[]> Steps(Sequences data, int sequence, int count)
    {
        for (int t = data.First[sequence]; t < data.First[sequence] + count; t++)
        {
            var row = new double[data.Columns];
            data.Steps.Rows.Read(t, row);
            yield return row;
        }
    }
}
