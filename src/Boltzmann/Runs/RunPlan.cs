using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Boltzmann.Runs;

/// <summary>
/// What a run is to do, typed: what its settings.json says. Properties guard themselves: an impossible number is refused when it is set,
/// by the name that it has in settings.json and on the command line. Seed and precision are settled when the run starts.
/// </summary>
public abstract record RunPlan
{
    /// <summary>What the run makes: "rbm", "network".</summary>
    [JsonPropertyName("model")]
    public abstract string Makes { get; }

    /// <summary>Settles everything random; null to take that of the <see cref="RunContext"/>.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
    public ulong? Seed { get; init; }

    /// <summary>Width of the numbers in training; null to take that of the <see cref="RunContext"/>.</summary>
    public Precision? Precision { get; init; }

    /// <summary>The settings, as a run folder and the report of the run have them.</summary>
    public RunSettings ToSettings()
    {
        var settings = new RunSettings { Version = RunSettings.CurrentVersion };
        foreach (var (name, value) in Json()) settings[name] = value;
        return settings;
    }

    /// <summary>The plan in a run folder's settings.</summary>
    /// <exception cref="BadInputException">They are of no known kind, or a value is not what it should be; the message names
    /// it.</exception>
    public static RunPlan From(RunSettings settings) =>
        settings.Text("model") is not string model ? TrainPlan.From(settings)
            : model == ModelKind.Network.Name ? FineTunePlan.From(settings)
            : model == RatingPlan.Name ? RatingPlan.From(settings)
            : ModelKind.Find(model) is { HasMemory: true } ? SequencePlan.From(settings) : TrainPlan.From(settings);

    /// <summary>Makes the task: whatever is wrong with the plan is found here, before a folder exists.</summary>
    /// <param name="context">Data, place, whom it tells.</param>
    /// <param name="checkpoint">The file that a resumed run goes on from; null for a new one.</param>
    internal abstract IRunTask Open(RunContext context, string? checkpoint);

    /// <summary>The plan with choices made that were left to the data, so that the run's settings say what took effect.</summary>
    /// <exception cref="BadInputException">The data cannot be read, or are not what the plan says of them.</exception>
    internal virtual RunPlan Resolved(RunContext context) => this;

    /// <summary>What the names of settings stand for, in the order of settings.json.</summary>
    internal abstract IEnumerable<KeyValuePair<string, JsonNode?>> Json();

    /// <summary>Data that the plan names, for the folder's name.</summary>
    internal abstract string DataName { get; }

    // Values that the settings lack are those of the plan without them: old files have fewer.
    private protected static T Read<T>(RunSettings settings, T otherwise, JsonTypeInfo<T> type) where T : RunPlan
    {
        JsonObject defaults = (JsonObject)JsonSerializer.SerializeToNode(otherwise, type)!, json = (JsonObject)defaults.DeepClone();
        foreach (string name in settings.Names)
            if (settings[name] is JsonNode value && json.ContainsKey(name)) json[name] = value.DeepClone();
        try
        {
            return json.Deserialize(type)!;
        }
        catch (JsonException e)
        {
            string name = e.Path?.TrimStart('$', '.').TrimStart('[', '\'').Split('\'', '[')[0] ?? "";
            string value = Quoted.Text(settings[name]?.ToJsonString() ?? "null");
            throw new BadInputException($"{settings.Source}: {name} is {value}; expected {Expected(e, defaults[name])}", e);
        }
    }

    // Our converters say what they expect; those of the framework name types.
    static string Expected(JsonException e, JsonNode? otherwise) =>
        !e.Message.StartsWith("The JSON value", StringComparison.Ordinal) ? e.Message.Split(" Path:")[0].TrimEnd('.')
        : otherwise?.GetValueKind() switch
        {
            JsonValueKind.Number => "a number",
            JsonValueKind.String => "text",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            _ => "another kind of value",
        };

    private protected static int AtLeast(int least, string name, int value) => value >= least ? value
        : throw new BadInputException($"--{name} must be at least {least}, not {value}");

    private protected static int? AtLeast(int least, string name, int? value) => value is int number ? AtLeast(least, name, number) : null;

    private protected static double NotNegative(string name, double value) => value >= 0 ? value
        : throw new BadInputException($"--{name} must be at least 0, not {value}");
}
