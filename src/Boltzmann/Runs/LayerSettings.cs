using System.Text;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>What the settings of a run say of each of its layers. Options that vary by layer take one value or several, from the first layer upward, the last one staying.</summary>
sealed class LayerSettings
{
    readonly RunSettings settings;
    readonly int[] hidden, epochs;
    readonly string[] hiddenKinds, rowKinds;

    /// <summary>Reads the settings of layers.</summary>
    /// <exception cref="BadInputException">A number is out of range, or there are more values than layers.</exception>
    public LayerSettings(RunSettings settings)
    {
        this.settings = settings;
        Trained = new[] { ModelKind.Dbn, ModelKind.ClassificationRbm, ModelKind.Dbm, ModelKind.Bm, ModelKind.Graph }.FirstOrDefault(kind => kind.Name == settings.Text("model")) ?? ModelKind.Rbm;
        Kind = settings.Flag("labels") != true ? Trained : Trained == ModelKind.Dbn ? ModelKind.ClassificationDbn : Trained == ModelKind.Dbm ? ModelKind.ClassificationDbm : Trained;
        if (settings["graph"] is JsonNode graph) Graph = GraphDescription.Parse(Encoding.UTF8.GetBytes(graph.ToJsonString()), "settings.json");
        IEnumerable<LayerDescription>? described = Graph?.Layers.Where((_, l) => !Graph.Graph.Visible.Contains(l));
        hidden = [.. described?.Select(layer => layer.Size) ?? settings.Numbers("hidden")!.Select(n => (int)n).Where(n => n != 0 || Trained != ModelKind.Bm)];
        hiddenKinds = described is not null ? [.. described.Select(layer => layer.Units)]
            : settings["hidden-units"] is JsonArray kinds ? [.. kinds.Select(k => k!.GetValue<string>())] : [settings.Text("hidden-units")!];
        rowKinds = Graph is null ? [settings.Text("visible-units")!] : [.. Graph.Graph.Visible.Where(l => l != Graph.Graph.Labels).Select(l => Graph.Layers[l].Units)];
        epochs = [.. (settings.Numbers("layer-epochs") ?? settings.Numbers("epochs")!).Select(n => (int)n)];
        string option = settings["layer-epochs"] is null ? "epochs" : "layer-epochs";
        foreach (int n in epochs)
            if (n < 1) throw new BadInputException($"--{option} must be at least 1, not {n}");
        foreach (string name in (string[])["hidden-units", "layer-epochs", "layer-learning-rate", .. IsStack && !IsGreedy ? (string[])[] : ["hidden-bias"], .. IsStack ? [] : (string[])["sparsity-target", "sparsity-cost"]])
            if (settings[name] is JsonArray values && values.Count > Math.Max(1, Count)) throw new BadInputException($"--{name} has {values.Count} values, but there {(Count == 1 ? "is 1 layer" : $"are {Count} layers")} of hidden units");
        if (settings.Integer("layer-passes") is < 1 and long passes) throw new BadInputException($"--layer-passes must be at least 1, not {passes}");
    }

    /// <summary>What the command trains.</summary>
    public ModelKind Trained { get; }

    /// <summary>What the run's model file will hold: with labels, another kind than without.</summary>
    public ModelKind Kind { get; }

    /// <summary>The graph that was asked for; null where the kind of model says what is joined.</summary>
    public GraphDescription? Graph { get; }

    /// <summary>Whether all that rows clamp are binary units.</summary>
    public bool HasBinaryRows => rowKinds.All(kind => LayerKinds.Find(kind)?.Values is { IsPair: true });

    /// <summary>Whether the grey values of rows become bits.</summary>
    public bool IsBinarized => SpinValues.AreBinarized(settings.Text("binarize"), HasBinaryRows);

    /// <summary>Which of so many columns of a row are spin units; none of a graph that takes another number of them.</summary>
    public IReadOnlyList<bool> SpinColumns(int columns) => Graph is not null && Graph.Graph.Visible.Where(l => l != Graph.Graph.Labels).Sum(l => (long)Graph.Layers[l].Size) != columns ? []
        : Graph is null ? [.. Enumerable.Repeat(AreSpins(rowKinds[0]), columns)]
        : [.. Graph.Graph.Visible.Where(l => l != Graph.Graph.Labels).SelectMany(l =>
            Enumerable.Repeat(AreSpins(Graph.Layers[l].Units), Graph.Layers[l].Size))];

    /// <summary>Whether each hidden layer is that of a machine of its own, which has a trainer of its own.</summary>
    public bool IsStack => Trained == ModelKind.Rbm || Trained == ModelKind.ClassificationRbm || Trained == ModelKind.Dbn;

    /// <summary>Whether these learn one after the other, and are told apart in what is printed and measured.</summary>
    public bool IsGreedy => Trained == ModelKind.Dbn;

    /// <summary>Machines that learn, one after the other.</summary>
    public int Machines => IsStack ? Count : 1;

    /// <summary>Whether a machine has labels beside its visible units.</summary>
    public bool HasLabels(int machine) => Kind == ModelKind.ClassificationRbm || (Kind == ModelKind.ClassificationDbn && machine == Count - 1);

    /// <summary>Hidden layers.</summary>
    public int Count => hidden.Length;

    /// <summary>Units of a machine's hidden layer.</summary>
    public int Hidden(int machine) => hidden[machine];

    /// <summary>Kind of a machine's hidden units.</summary>
    public string HiddenKind(int machine) => At("hidden-units", hiddenKinds, machine);

    /// <summary>Kind of a machine's visible units.</summary>
    public string VisibleKind(int machine) => machine == 0 ? rowKinds[0] : HiddenKind(machine - 1);

    /// <summary>Passes of a machine over its rows.</summary>
    public int Epochs(int machine) => At("epochs", epochs, machine);

    /// <summary>Stochastic passes that make a machine's rows; 0 for means.</summary>
    public int Passes(int machine) => machine == 0 ? 0
        : settings.Integer("layer-passes") is long passes ? (int)passes
        : settings.Text("layer-input") == "samples" && !AreBits(VisibleKind(machine)) ? 1 : 0;

    /// <summary>How a machine above the first sees its rows.</summary>
    public Binarization Binarization(int machine) =>
        settings.Integer("layer-passes") is null && settings.Text("layer-input") == "samples" && AreBits(VisibleKind(machine))
            ? Boltzmann.Binarization.Stochastic : Boltzmann.Binarization.None;

    /// <summary>The step size of a machine, by epoch.</summary>
    /// <exception cref="BadInputException">An end that is negative, or goes with several rates.</exception>
    public Schedule LearningRate(int machine)
    {
        double[] rates = settings.Numbers("layer-learning-rate") is double[] byLayer ? [At("layer-learning-rate", byLayer, machine)] : settings.Numbers("learning-rate")!;
        double? end = settings.Number("learning-rate-end");
        if (end is double e && !(e >= 0)) throw new BadInputException($"--learning-rate-end must be at least 0, not {e}");
        if (rates.Length == 1) return Schedule.Linear(rates[0], end ?? rates[0] / 10, Epochs(machine));
        return end is null ? new Schedule(rates) : throw new BadInputException("--learning-rate-end goes with a single --learning-rate");
    }

    static bool AreSpins(string kind) => LayerKinds.Find(kind)?.Values == UnitValues.Spins;

    static bool AreBits(string kind) => LayerKinds.Find(kind)?.Values == UnitValues.Bits;

    /// <summary>A machine's value among one or several.</summary>
    public static T At<T>(string name, T[] values, int machine) => values.Length > 0 ? values[Math.Min(machine, values.Length - 1)] : throw new BadInputException($"--{name} has no value");
}
