using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Boltzmann.Runs;

public sealed partial record TrainPlan
{
    /// <summary>What is trained: an rbm, a classification-rbm, a dbn, a dbm, a bm or a graph.</summary>
    [JsonIgnore]
    public ModelKind Kind { get; private init; } = ModelKind.Rbm;

    /// <summary>The look at its table by which it was settled; null where none was needed.</summary>
    internal TableLook? Look { get; init; }

    /// <summary>The kinds that can be trained.</summary>
    public static IReadOnlyList<ModelKind> Kinds { get; } = [ModelKind.Rbm, ModelKind.ClassificationRbm, ModelKind.Dbn, ModelKind.Dbm,
        ModelKind.Bm, ModelKind.Graph];

    static string Names => string.Join(", ", Kinds.Select(kind => kind.Name));

    internal override string DataName => Data;

    bool IsStack => Kind == ModelKind.Dbn;

    bool IsDeep => IsStack || Kind == ModelKind.Dbm;

    bool IsClassifier => Kind == ModelKind.ClassificationRbm;

    // Whose layers learn all at once.
    bool IsMachine => Kind == ModelKind.Dbm || Kind == ModelKind.Bm || Kind == ModelKind.Graph;

    /// <summary>A plan with the defaults of a kind.</summary>
    /// <exception cref="ArgumentException">Models of this kind are not trained by a plan.</exception>
    public static TrainPlan Of(ModelKind kind)
    {
        if (!Kinds.Contains(kind)) throw new ArgumentException($"{kind} is not trained by a plan; expected one of {Names}");
        var plan = new TrainPlan { Kind = kind };
        return plan with
        {
            Hidden = kind == ModelKind.Bm ? [0] : kind == ModelKind.Dbm ? [512, 1024] : kind == ModelKind.Dbn ? [512, 256] : plan.Hidden,
            Steps = plan.IsMachine ? [5] : plan.Steps,
            LearningRate = plan.IsClassifier ? [0.2] : plan.LearningRate,
            Objective = plan.IsClassifier ? Objective.Hybrid : Objective.Generative,
            VisibleUnits = kind == ModelKind.Bm ? BernoulliLayer.Name : plan.VisibleUnits,
        };
    }

    /// <summary>The plan in a run folder's settings.</summary>
    /// <exception cref="BadInputException">They are of no known kind, or a value is not what it should be; the message names
    /// it.</exception>
    public static new TrainPlan From(RunSettings settings)
    {
        string? name = settings.Text("model");
        ModelKind kind = Kinds.FirstOrDefault(kind => kind.Name == name)
            ?? throw new BadInputException($"{settings.Source}: model is {Quoted.Text(name ?? "null")}; expected one of {Names}");
        return Read(settings, Of(kind), PlanJson.Default.TrainPlan) with { Kind = kind };
    }

    internal override RunPlan Resolved(RunContext context) => TablePlan.Resolve(this, context);

    internal override IRunTask Open(RunContext context, string? checkpoint) => TrainingTask.Open(this, context, checkpoint);

    internal override IEnumerable<KeyValuePair<string, JsonNode?>> Json()
    {
        foreach (var (name, value) in (JsonObject)JsonSerializer.SerializeToNode(this, PlanJson.Default.TrainPlan)!)
            if (Takes(name)) yield return new(name, AsKept(name, value));
    }

    /// <summary>Whether a setting means something for the kind.</summary>
    internal bool Takes(string name) => name switch
    {
        "visible-units" or "hidden-units" or "hidden" => Kind != ModelKind.Graph,
        "l1b" or "zero-sum" => Kind == ModelKind.Rbm,
        "categories" => Kind != ModelKind.Graph,
        "draws" or "sigma" or "learn-precision" or "precision-rate" or "columns" or "ignore" or "types" =>
            Kind != ModelKind.Bm && Kind != ModelKind.Graph,
        "grid" or "edges" => Kind == ModelKind.Bm,
        "graph" => Kind == ModelKind.Graph,
        "labels" => IsDeep,
        "objective" or "generative-weight" => IsStack || IsClassifier,
        "start-chains" or "mean-field-updates" or "mean-field-tolerance" or "mean-field-damping" or "mean-field-order" => IsMachine,
        "sample-visible" or "hidden-means" => !IsMachine,
        "doubled" => !IsMachine && !IsClassifier,
        "layer-input" or "layer-passes" or "layer-epochs" or "layer-learning-rate" => IsStack,
        _ => true,
    };

    // Settings have a number where the kind has one layer; a stack is doubled or not; what came after 0.1.0, and a grid, are settings only
    // where they are asked for, so that runs of before are the same runs.
    JsonNode? AsKept(string name, JsonNode? value) => name switch
    {
        "hidden" or "hidden-units" when !IsDeep => Single(value),
        "sparsity-target" or "sparsity-cost" when !IsMachine => Single(value),
        "doubled" when IsStack => Doubled == Doubling.Stack,
        "grid" when !Grid => null,
        "average-present" when !AveragePresent => null,
        "ignore-extra" when !IgnoreExtra => null,
        "precision-rate" when PrecisionRate is null => null,
        "columns" or "ignore" or "types" when value is null => null,
        _ => value,
    };

    static JsonNode? Single(JsonNode? value) => value is JsonArray { Count: 1 } one ? one[0] : value;
}
