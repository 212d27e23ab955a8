namespace Boltzmann.Runs;

/// <summary>
/// What a plan says of each of its layers. Options that vary by layer take one value or several, from the first layer upward, the last one
/// staying.
/// </summary>
sealed class LayerSettings
{
    readonly TrainPlan plan;
    readonly int[] hidden, epochs;
    readonly string[] hiddenKinds, rowKinds;

    /// <summary>Reads what a plan says of layers.</summary>
    /// <exception cref="BadInputException">A number is out of range, or there are more values than layers.</exception>
    public LayerSettings(TrainPlan plan)
    {
        this.plan = plan;
        Kind = !plan.Labels ? plan.Kind : plan.Kind == ModelKind.Dbn ? ModelKind.ClassificationDbn : plan.Kind == ModelKind.Dbm
            ? ModelKind.ClassificationDbm : plan.Kind;
        IEnumerable<LayerDescription>? described = Graph?.Layers.Where((_, l) => !Graph.Graph.Visible.Contains(l));
        hidden = [.. described?.Select(layer => layer.Size) ?? plan.Hidden.Where(n => n != 0 || Trained != ModelKind.Bm)];
        hiddenKinds = [.. described?.Select(layer => layer.Units) ?? plan.HiddenUnits];
        rowKinds = Graph is null ? [plan.VisibleUnits]
            : [.. Graph.Graph.Visible.Where(l => l != Graph.Graph.Labels).Select(l => Graph.Layers[l].Units)];
        epochs = [.. plan.LayerEpochs ?? [plan.Epochs ?? TrainPlan.DefaultEpochs]];
        if (!IsDeep && hidden.Length > 1 && Graph is null)
            throw new BadInputException($"--hidden has {hidden.Length} values, but {plan.Kind} has one layer of hidden units");
        if (plan.Draws == MultinomialLayer.DrawsOfRow && hiddenKinds.Contains(MultinomialLayer.Name))
            throw new BadInputException("--draws row is of visible units, whose rows say how many draws they have: hidden ones need a "
                + "number");
        if (plan.Draws == MultinomialLayer.DrawsOfRow && Trained == ModelKind.Dbm)
            throw new BadInputException("--draws row is of an rbm or a dbn; a dbm needs a number");
        RequireLayers("hidden-units", hiddenKinds.Length);
        RequireLayers("layer-epochs", plan.LayerEpochs?.Count);
        RequireLayers("layer-learning-rate", plan.LayerLearningRate?.Count);
        if (!IsStack || IsGreedy) RequireLayers("hidden-bias", plan.HiddenBias.Count);
        if (IsStack) return;
        RequireLayers("sparsity-target", plan.SparsityTarget.Count);
        RequireLayers("sparsity-cost", plan.SparsityCost.Count);
    }

    void RequireLayers(string name, int? values)
    {
        if (values > Math.Max(1, Count)) throw new BadInputException($"--{name} has {values} values, but there "
            + $"{(Count == 1 ? "is 1 layer" : $"are {Count} layers")} of hidden units");
    }

    bool IsDeep => Trained == ModelKind.Dbn || Trained == ModelKind.Dbm;

    /// <summary>What the command trains.</summary>
    public ModelKind Trained => plan.Kind;

    /// <summary>What the run's model file will hold: with labels, another kind than without.</summary>
    public ModelKind Kind { get; }

    /// <summary>The graph that was asked for; null where the kind of model says what is joined.</summary>
    public GraphDescription? Graph => plan.Graph;

    /// <summary>Whether all that rows clamp are binary units.</summary>
    public bool HasBinaryRows => rowKinds.All(kind => LayerKinds.Find(kind)?.Values is { IsPair: true });

    /// <summary>Whether the grey values of rows become bits.</summary>
    public bool IsBinarized => plan.Binarize is BinarizationWay.Stochastic or BinarizationWay.Threshold
        || (plan.Binarize == BinarizationWay.Auto && HasBinaryRows);

    /// <summary>Which of so many columns of a row are spin units; none of a graph that takes another number of them.</summary>
    public IReadOnlyList<bool> SpinColumns(int columns) =>
        Graph is not null && Graph.Graph.Visible.Where(l => l != Graph.Graph.Labels).Sum(l => (long)Graph.Layers[l].Size) != columns ? []
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
    public bool HasLabels(int machine) =>
        Kind == ModelKind.ClassificationRbm || (Kind == ModelKind.ClassificationDbn && machine == Count - 1);

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
        : plan.LayerPasses ?? (plan.LayerInput == LayerInputWay.Samples && !AreBits(VisibleKind(machine)) ? 1 : 0);

    /// <summary>How a machine above the first sees its rows.</summary>
    public Binarization Binarization(int machine) =>
        plan.LayerPasses is null && plan.LayerInput == LayerInputWay.Samples && AreBits(VisibleKind(machine))
            ? Boltzmann.Binarization.Stochastic : Boltzmann.Binarization.None;

    /// <summary>The step size of a machine, by epoch.</summary>
    /// <exception cref="BadInputException">An end goes with several rates.</exception>
    public Schedule LearningRate(int machine)
    {
        double[] rates = plan.LayerLearningRate is { } byLayer ? [At("layer-learning-rate", byLayer, machine)] : [.. plan.LearningRate];
        double? end = plan.LearningRateEnd;
        if (rates.Length == 1) return Schedule.Linear(rates[0], end ?? rates[0] / 10, Epochs(machine));
        return end is null ? new Schedule(rates) : throw new BadInputException("--learning-rate-end goes with a single --learning-rate");
    }

    static bool AreSpins(string kind) => LayerKinds.Find(kind)?.Values == UnitValues.Spins;

    static bool AreBits(string kind) => LayerKinds.Find(kind)?.Values == UnitValues.Bits;

    /// <summary>A machine's value among one or several.</summary>
    public static T At<T>(string name, IReadOnlyList<T> values, int machine) =>
        values.Count > 0 ? values[Math.Min(machine, values.Count - 1)] : throw new BadInputException($"--{name} has no value");
}
