using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Runs;

/// <summary>A search for settings as tune.json has it: what is searched, and how each trial stood, round by round.</summary>
/// <param name="Training">The settings of the training.</param>
/// <param name="Over">NAME=VALUES.</param>
/// <param name="Budget">Trials that were asked for.</param>
/// <param name="Metric">The metric that trials are chosen by.</param>
/// <param name="Epochs">Epochs of each round.</param>
/// <param name="Trials">In the order in which they are tried.</param>
public sealed record TuneRecord(RunSettings Training, IReadOnlyList<string> Over, int Budget, string Metric, IReadOnlyList<int> Epochs,
    IReadOnlyList<TuneTrial> Trials)
{
    const int Version = 1;

    /// <summary>Whether more of the metric is better.</summary>
    public bool HigherIsBetter => MetricOrder.HigherIsBetter(Metric) == true;

    /// <summary>Whether the last round has ended.</summary>
    public bool IsFinished => Best is not null && TakePart(Epochs.Count - 1).All(trial => trial.Rounds.Count == Epochs.Count)
        && InNeedOfCare(Epochs.Count - 1) is null;

    /// <summary>The best trial of the last round; null before one has come to its end.</summary>
    public TuneTrial? Best => Ranked(Trials.Where(trial => trial.Rounds.Count == Epochs.Count), Epochs.Count - 1) is [TuneTrial best, ..]
        ? best : null;

    /// <summary>
    /// The trials that take part in a round, by what is known of the one before: a third of that one's, and, where all of them have
    /// failed, the next best.
    /// </summary>
    /// <param name="round">From 0.</param>
    public IReadOnlyList<TuneTrial> TakePart(int round)
    {
        if (round == 0) return Trials;
        IReadOnlyList<TuneTrial> before = TakePart(round - 1), ranked = Ranked(before, round - 1);
        int count = Math.Min(TunePlan.Survivors(before.Count), ranked.Count);
        while (count < ranked.Count && ranked.Take(count).All(HasFailed)) count++;
        return [.. ranked.Take(count).OrderBy(trial => trial.Number)];

        bool HasFailed(TuneTrial trial) => trial.Rounds.Count > round && trial.Rounds[round].Failure is not null;
    }

    /// <summary>
    /// A trial whose round has ended and would count, as one of those that go on or as the winner, by a quick estimate; null when nothing
    /// rests on one.
    /// </summary>
    internal TuneTrial? InNeedOfCare(int round)
    {
        IReadOnlyList<TuneTrial> part = TakePart(round);
        int count = round == Epochs.Count - 1 ? 1 : TunePlan.Survivors(part.Count);
        return Ranked(part, round).Take(count).FirstOrDefault(trial => trial.Rounds[round].IsQuick);
    }

    /// <summary>Trials without those that failed in a round, the best first; of equal ones that which was drawn first.</summary>
    public IReadOnlyList<TuneTrial> Ranked(IEnumerable<TuneTrial> trials, int round) =>
        [.. trials.Where(trial => trial.Rounds.Count > round && double.IsFinite(trial.Rounds[round].Value))
            .OrderByDescending(trial => trial.Rounds[round].Standing(HigherIsBetter)).ThenBy(trial => trial.Number)];

    /// <summary>All trials for people: those that came further first, the better ones before others.</summary>
    public IReadOnlyList<TuneTrial> InOrder() => [.. Enumerable.Range(0, Epochs.Count).Reverse().SelectMany(round =>
        Ranked(Trials.Where(trial => trial.Rounds.Count == round + 1), round)), .. Trials.Where(trial => trial.Last is null
            || !double.IsFinite(trial.Last.Value))];

    /// <summary>The record with another trial in the place of the one of its number.</summary>
    internal TuneRecord With(TuneTrial trial) => this with { Trials = [.. Trials.Select(one => one.Number == trial.Number ? trial : one)] };

    /// <summary>What differs from another search, in names of options; empty where it is the same.</summary>
    internal IReadOnlyList<string> Differences(TuneRecord other) =>
    [
        .. Training.Differences(other.Training),
        .. Over.SequenceEqual(other.Over) ? (string[])[] : ["over"],
        .. Budget == other.Budget ? (string[])[] : ["budget"],
        .. Metric == other.Metric ? (string[])[] : ["metric"],
        .. Epochs.SequenceEqual(other.Epochs) ? (string[])[] : ["first-epochs"],
    ];

    /// <summary>Writes tune.json whole or not at all.</summary>
    internal void Write(string path)
    {
        var json = new JsonObject
        {
            ["version"] = Version,
            ["training"] = Training.ToJson(),
            ["over"] = new JsonArray([.. Over.Select(text => (JsonNode)text)]),
            ["budget"] = Budget,
            ["metric"] = Metric,
            ["epochs"] = new JsonArray([.. Epochs.Select(epochs => (JsonNode)epochs)]),
            ["trials"] = new JsonArray([.. Trials.Select(ToJson)]),
            ["best"] = IsFinished ? Best!.Folder : null,
        };
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes,
            new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) json.WriteTo(writer);
        bytes.Write("\n"u8);
        AtomicFile.WriteBytes(path, bytes.WrittenMemory);
    }

    /// <summary>Reads tune.json.</summary>
    /// <exception cref="BadInputException">It is missing, or not such a file; the message names the entry.</exception>
    public static TuneRecord Read(string path)
    {
        if (!File.Exists(path)) throw new BadInputException($"{path}: no such file; expected the folder of a search by tune");
        JsonObject json;
        using (JsonDocument document = StrictJson.Parse(File.ReadAllBytes(path), $"{path}:"))
            json = document.RootElement.ValueKind == JsonValueKind.Object
                ? JsonObject.Create(document.RootElement.Clone())! : throw new BadInputException($"{path}: is not a JSON object");
        if (JsonValues.Whole(json["version"]) != Version)
            throw new BadInputException($"{path}: version is {Quoted.Text(json["version"]?.ToJsonString() ?? "null")}; expected {Version}");
        var settings = new RunSettings { Version = RunSettings.CurrentVersion };
        foreach (var (name, value) in json["training"] as JsonObject ?? throw Bad("training")) settings[name] = value;
        return new(settings,
            [.. Items("over").Select(node => JsonValues.Text(node) ?? throw Bad("over"))],
            JsonValues.Whole(json["budget"]) ?? throw Bad("budget"), JsonValues.Text(json["metric"]) ?? throw Bad("metric"),
            [.. Items("epochs").Select(node => JsonValues.Whole(node) ?? throw Bad("epochs"))],
            [.. Items("trials").Select((node, t) => FromJson(node as JsonObject ?? throw Bad("trials"), t + 1))]);

        JsonArray Items(string name) => json[name] as JsonArray ?? throw Bad(name);

        TuneTrial FromJson(JsonObject trial, int number) => new(number,
            (trial["settings"] as JsonObject ?? throw Bad("settings")).ToDictionary(pair => pair.Key,
                pair => JsonValues.Text(pair.Value) ?? throw Bad(pair.Key)),
            [.. (trial["rounds"] as JsonArray ?? throw Bad("rounds")).Select(round => new TrialRound(
                JsonValues.Whole(round?["epochs"]) ?? throw Bad("rounds"), JsonValues.Number(round?["value"]) ?? double.NaN,
                JsonValues.Number(round?["standard_error"]), JsonValues.Text(round?["failure"]))
            {
                IsCareful = IsTrue(round?["careful"]),
                IsDoubtful = IsTrue(round?["doubtful"]),
            })]);

        static bool IsTrue(JsonNode? node) => node?.GetValueKind() == JsonValueKind.True;

        BadInputException Bad(string name) => new($"{path}: {name} is missing or not what tune writes");
    }

    static JsonNode ToJson(TuneTrial trial) => new JsonObject
    {
        ["run"] = trial.Folder,
        ["settings"] = new JsonObject(trial.Settings.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)setting.Value))),
        ["rounds"] = new JsonArray([.. trial.Rounds.Select(round => (JsonNode)new JsonObject
        {
            ["epochs"] = round.Epochs,
            ["value"] = double.IsFinite(round.Value) ? round.Value : null,
            ["standard_error"] = round.StandardError is double error && double.IsFinite(error) ? error : null,
            ["failure"] = round.Failure,
            ["careful"] = round.IsCareful,
            ["doubtful"] = round.IsDoubtful,
        })]),
    };
}
