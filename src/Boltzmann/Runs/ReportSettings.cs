using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>The settings of a run as its report lists them: those that differ from the defaults first, then the others.</summary>
static class ReportSettings
{
    const int MostPairs = 8;

    /// <summary>Settings that differ from those of a plan with the defaults, with these.</summary>
    /// <param name="own">The run's.</param>
    /// <param name="usual">The defaults of its kind.</param>
    /// <param name="settled">Names of those that were left to the data where their default is null or auto.</param>
    public static IReadOnlyList<ReportSetting> Changed(RunSettings own, RunSettings usual, IReadOnlyCollection<string> settled) =>
        [.. Differing(own, usual, settled).Where(name => own[name] is not null)
            .Select(name => new ReportSetting(name, Values(own[name]!)) { Default = usual[name] is JsonNode node ? Text(node) : "none" })];

    /// <summary>The others that have a value.</summary>
    /// <inheritdoc cref="Changed"/>
    public static IReadOnlyList<ReportSetting> Rest(RunSettings own, RunSettings usual, IReadOnlyCollection<string> settled)
    {
        HashSet<string> changed = [.. Differing(own, usual, settled)];
        return [.. own.Names.Where(name => own[name] is not null && !changed.Contains(name) && !settled.Contains(name))
            .Select(name => new ReportSetting(name, Values(own[name]!)))];
    }

    /// <summary>A value over epochs in words: "0.05", "0.05 for epochs 1–5, then 0.01", "from 0.05 to 0.005 in a straight line".</summary>
    /// <param name="values">Of each epoch, the last one staying.</param>
    /// <param name="epochs">How many epochs there were.</param>
    public static string Schedule(IReadOnlyList<double> values, int epochs)
    {
        double[] used = [.. Enumerable.Range(0, Math.Max(1, epochs)).Select(e => values[Math.Min(e, values.Count - 1)])];
        if (used.Distinct().Count() == 1) return Number(used[0]);
        if (used.Length > 2 && IsLine(used))
            return $"from {Number(used[0])} in epoch 1 in a straight line to {Number(used[^1])} in epoch {used.Length}";
        var runs = new List<(int First, int Last)>();
        for (int e = 0; e < used.Length; e++)
            if (e > 0 && used[e] == used[e - 1]) runs[^1] = (runs[^1].First, e);
            else runs.Add((e, e));
        IEnumerable<string> words = runs.SkipLast(1).Select(run => run.First == run.Last
            ? $"{Number(used[run.First])} in epoch {run.First + 1}"
            : $"{Number(used[run.First])} for epochs {run.First + 1}–{run.Last + 1}");
        return runs.Count <= MostPairs ? $"{string.Join(", ", words)}, then {Number(used[^1])}"
            : $"{string.Join(", ", words.Take(MostPairs - 1))}, …, {Number(used[^1])} at the end";
    }

    static bool IsLine(double[] values)
    {
        double step = (values[^1] - values[0]) / (values.Length - 1), most = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
        return Enumerable.Range(0, values.Length).All(e => Math.Abs(values[e] - values[0] - e * step) <= 1e-9 * most);
    }

    static IEnumerable<string> Differing(RunSettings own, RunSettings usual, IReadOnlyCollection<string> settled) =>
        own.Names.Where(name => name != "model" && !settled.Contains(name) && !AreAlike(own[name], usual[name]));

    // A list of one is that one.
    static bool AreAlike(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(Single(one), Single(other));

    static JsonNode? Single(JsonNode? node) => node is JsonArray { Count: 1 } list ? list[0] : node;

    static string Text(JsonNode node) => string.Join(" ", Values(node));

    static string Number(double value) => NumberText.Short(value, 6);

    /// <summary>The values of a setting as text.</summary>
    public static string[] Values(JsonNode node) => node switch
    {
        JsonArray { Count: > MostPairs } pairs when pairs[0] is JsonArray => [$"{pairs.Count} pairs"],
        JsonArray list => [.. list.Select(value => value is JsonArray pair ? string.Join("–", pair.Select(v => $"{v}")) : $"{value}")],
        JsonObject => ["see settings.json"],
        JsonValue value when value.TryGetValue(out bool flag) => [flag ? "true" : "false"],
        _ => [node.ToString()],
    };
}
