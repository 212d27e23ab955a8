namespace Boltzmann.Runs;

/// <summary>The training of a machine whose layers learn all at once: deep, fully connected, or of any graph.</summary>
sealed class MachineTask : TrainingTask
{
    readonly EnergyModel model;
    readonly Trainer trainer;

    public MachineTask(TrainPlan plan, RunContext context, string? checkpoint = null) : base(plan, context, checkpoint)
    {
        model = Build(context.Placement);
        Fit();
        trainer = new Trainer(model, new EstimatorSettings(plan).Build(model, Options[0]), NewOptimizer(), Options[0], Seed);
        _ = Learn();
    }

    /// <inheritdoc/>
    public override IModel Model => (IModel)model;

    /// <inheritdoc/>
    public override GenerativeModel Shown => field ??= new MachineModel(model);

    /// <inheritdoc/>
    public override GenerativeModel ShownDuring(int machine) => Shown;

    /// <inheritdoc/>
    public override int Machine => 1;

    /// <inheritdoc/>
    public override int Epoch => trainer.Epoch;

    /// <inheritdoc/>
    public override IEnumerable<GreedyProgress> Learn()
    {
        IEnumerable<TrainingProgress> updates = trainer.Run(Training, Layers.Epochs(0), Validation);
        return updates.Select(progress => new GreedyProgress(1, 1, progress));
    }

    /// <inheritdoc/>
    public override TrainerSnapshot Snapshot() => WithFilm(trainer.Snapshot());

    /// <inheritdoc/>
    public override void Restore(TrainerSnapshot snapshot)
    {
        RestoreFilm(snapshot);
        trainer.Restore(snapshot);
        _ = Learn();
    }

    /// <inheritdoc/>
    public override ReportWords Words => new(
        model is Dbm ? "Deep Boltzmann machine" : model is BoltzmannMachine ? "Boltzmann machine" : "Graph of layers",
        Shown.Top == 0 ? "Rows the machine was not trained on (above) and the mean of each unit given the others (below)."
            : "Rows the machine was not trained on (above) and what its first hidden layer, by mean-field inference, makes of them "
            + "(below).",
        "What the machine generates, shown as means of its visible units: chains of all its layers.",
        "What units of this layer stand for, one tile each: what pixels gain (light) or lose (dark) when the unit is turned on alone and "
            + "the layers below settle by mean-field inference.");

    private protected override EnergyModel LearningMachine(int machine) => model;

    EnergyModel Build(Placement placement)
    {
        var units = new UnitSettings(Plan);
        EnergyModel made = Layers.Graph is GraphDescription graph ? OfGraph(graph, placement)
            : Layers.Trained == ModelKind.Bm ? WithinLayers(placement)
            : Layers.Kind == ModelKind.ClassificationDbm ? Dbm.OfLabelled(Data.RequireClasses(), BuildLayers(placement))
                : new Dbm(BuildLayers(placement));
        made.SetRandomWeights(Plan.WeightsStd, new Rng(Seed, WeightStream));
        if (made.RowColumns == Training.Columns) units.StartVisible([.. made.RowLayers.Select(l => made.Layers[l])], Training);
        IReadOnlyList<double> biases = Plan.HiddenBias;
        for (int h = 0; h < made.HiddenLayers.Count; h++)
            made.Layers[made.HiddenLayers[h]].Bias.Fill(LayerSettings.At("hidden-bias", biases, h));
        if (StartPath is not string path) return made;
        EnergyModel source = made is Dbm ? Read(path, placement)
            : made is BoltzmannMachine ? ModelFile.LoadBoltzmannMachine(path, placement) : ModelFile.LoadLayered(path, placement);
        // A deep machine without labels gives what it has, and one of fewer layers too: while the weights above it are small, this machine
        // begins with its distribution.
        bool fits = source is Dbm { Labels: null } && made is Dbm deep ? source.Layers.Select(l => l.ToString())
            .SequenceEqual(deep.Layers.Take(Math.Min(source.Layers.Count, deep.Top + 1)).Select(l => l.ToString()))
            : source.ToString() == made.ToString();
        if (!fits) throw new BadInputException($"{path}: joins {source} units, but this run {made}");
        if (made.Interactions.Zip(source.Interactions).Any(pair => pair.First.Mismatch(pair.Second) is not null))
            throw new BadInputException($"{path}: joins other pairs of units than this run");
        if (made is LayeredModel && !(made.VisibleLayers.SequenceEqual(source.VisibleLayers) && made.LabelLayer == source.LabelLayer))
            throw new BadInputException($"{path}: has other visible layers, or other labels, than the graph of this run");
        Copy((IModel)source, (IModel)made);
        return made;
    }

    LayeredModel OfGraph(GraphDescription graph, Placement placement)
    {
        int context = graph.Layers.Index().FirstOrDefault(l => l.Item.IsContext, (-1, null!)).Index;
        if (context >= 0) throw new BadInputException($"the layer '{graph.Names[context]}' of the graph is context, and pictures of a run "
            + "are made without any; a program trains such machines with LayeredModel and Trainer");
        long columns = graph.Graph.Visible.Where(l => l != graph.Graph.Labels).Sum(l => (long)graph.Layers[l].Size);
        if (columns != Training.Columns) throw new BadInputException($"{Training.Name} has {Training.Columns} columns, but the visible "
            + $"layers of the graph take {columns}");
        var made = LayeredModel.From(graph, placement);
        if (made.LabelLayer is int labels && Data.RequireClasses() is int classes && classes != made.Layers[labels].Units)
            throw new BadInputException($"{Training.Name} has {classes} classes, but the layer '{graph.Names[labels]}' of the graph "
                + $"{made.Layers[labels].Units}");
        return made;
    }

    BoltzmannMachine WithinLayers(Placement placement)
    {
        Layer[] layers = BuildLayers(placement);
        if (layers[0] is MultinomialLayer { Blocks: 1 } && layers.Length == 1)
            throw new BadInputException($"one block of {layers[0].Units} categories has no other to be joined to; expected "
                + "--categories, the columns of each block");
        if (layers.FirstOrDefault(layer => !layer.CanBeJoined) is Layer other)
            throw new BadInputException($"a bm joins bernoulli, spin and one-hot multinomial units, not {other}");
        if ((Plan.Grid || Plan.Edges is not null) && layers[0].Pair is null)
            throw new BadInputException($"--{EdgeSettings.Grid} and --{EdgeSettings.Edges} join units of two values; {layers[0]} units are "
                + "all joined, without them");
        return EdgeSettings.Of(Plan, Training, layers.Length > 1) is EdgeList edges ? new(layers[0], edges)
            : new(layers[0], layers.Length > 1 ? layers[1] : null);
    }

    static Dbm Read(string path, Placement placement)
    {
        string kind = ModelFile.Describe(path).Model;
        if (kind == ModelKind.Dbm.Name || kind == ModelKind.ClassificationDbm.Name) return ModelFile.LoadDbm(path, placement);
        if (kind == ModelKind.Rbm.Name) return Dbm.From(new Dbn([ModelFile.LoadRbm(path, placement)]));
        if (kind != ModelKind.Dbn.Name && kind != ModelKind.ClassificationDbn.Name)
            throw new BadInputException($"{path}: holds a model of kind {kind}; expected a dbm, an rbm, or a dbn trained with --doubled");
        Dbn stack = ModelFile.LoadDbn(path, placement);
        return stack.IsTied ? Dbm.From(stack)
            : throw new BadInputException($"{path}: has weights of its own for the way up; a Boltzmann machine has one set of weights");
    }
}
