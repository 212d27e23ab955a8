namespace Boltzmann.Runs;

/// <summary>The training of machines of one hidden layer: a stack of them, or a single one as a stack of one.</summary>
sealed class StackTask : TrainingTask
{
    public StackTask(TrainPlan plan, RunContext context, string? checkpoint = null) : base(plan, context, checkpoint)
    {
        IsDoubled = Layers.IsGreedy && plan.Doubled == Doubling.Stack;
        if (IsDoubled && plan.Method != TrainingMethod.Cd)
            throw new BadInputException($"--doubled is for --method cd, not {plan.Method.ToString().ToLowerInvariant()}");
        bool knowsClass = plan.Objective != Objective.Generative && Layers.HasLabels(Layers.Count - 1);
        if (plan.Missing == MissingValues.Unknown && knowsClass)
            throw new BadInputException("--missing unknown completes rows given their class, which p(class | row) must not know; expected "
                + "--objective generative, or --missing absent");
        Stack = BuildStack(context.Placement);
        Fit();
        // The first machine's biases have been set, by whatever was asked for.
        Trainer = new GreedyTrainer(Stack,
            [.. Options.Select((o, m) => new LayerTraining(BuildEstimator(m, o), NewOptimizer(), o, Layers.Epochs(m))
        {
            Passes = Layers.Passes(m),
            UpFactor = IsDoubled ? UpFactor(m) : 1,
            StartsAtMoments = m > 0 && plan.InitFrom is null,
        })], Seed);
        _ = Learn();
    }

    /// <summary>The machines that learn.</summary>
    public Dbn Stack { get; }

    public GreedyTrainer Trainer { get; }

    /// <summary>The stack, or its only machine.</summary>
    public override IModel Model => IsGreedy ? Stack : Stack.LabelledTop is null ? Stack.Top : Stack.LabelledTop;

    /// <inheritdoc/>
    public override GenerativeModel Shown => field ??= new StackModel(Stack);

    /// <inheritdoc/>
    public override GenerativeModel ShownDuring(int machine) =>
        machine == Layers.Machines ? Shown : new StackModel(new Dbn([.. Stack.Machines.Take(machine)]));

    /// <inheritdoc/>
    public override int Machine => Trainer.Machine;

    /// <inheritdoc/>
    public override int Epoch => Trainer.Epoch;

    /// <inheritdoc/>
    public override IEnumerable<GreedyProgress> Learn() => Trainer.Run(Training, Validation);

    /// <inheritdoc/>
    public override TrainerSnapshot Snapshot() => WithFilm(Trainer.Snapshot());

    /// <inheritdoc/>
    public override void Restore(TrainerSnapshot snapshot)
    {
        RestoreFilm(snapshot);
        Trainer.Restore(snapshot);
        _ = Learn();
    }

    /// <inheritdoc/>
    public override ReportWords Words => IsGreedy
        ? new("Deep belief network",
            "Rows the network was not trained on (above) and what it makes of them on the way up to its top layer and down again (below).",
            "What the network generates: chains of its two upper layers, passed down to means of the visible units.",
            "What units of this layer stand for, one tile each: what pixels gain (light) or lose (dark) when the unit is turned on alone "
                + "and means are passed down.")
        {
            Note = "Each layer learns, by itself, the rows that the finished layers below it make of the data. Numbers of a layer "
                + "judge its own machine on such rows: compare them within a layer, not between layers.",
        }
        : new(Stack.LabelledTop is null ? "Restricted Boltzmann machine" : "Classification RBM",
            "Rows the machine was not trained on (above) and what it makes of them in one step up and down (below).",
            "What the machine generates, shown as means of its visible units.", "");

    private protected override EnergyModel LearningMachine(int machine) =>
        Layers.HasLabels(machine) ? Stack.TopModel : Stack.Machines[machine];

    bool IsDoubled { get; }

    Dbn BuildStack(Placement placement)
    {
        Layer[] all = BuildLayers(placement);
        Dbn stack = Layers.HasLabels(Layers.Count - 1) ? Dbn.OfLabelled(Data.RequireClasses(), all) : Dbn.Of(all);
        var units = new UnitSettings(Plan);
        stack.SetRandomWeights(Plan.WeightsStd, new Rng(Seed, WeightStream));
        units.StartVisible([stack.Visible], Training);
        StartHidden(stack);
        if (StartPath is not string path) return stack;
        bool isOther = stack.LabelledTop is not null && ModelFile.Describe(path).Model == ModelKind.Rbm.Name;
        Dbn source = IsGreedy ? ModelFile.LoadDbn(path, placement) : stack.LabelledTop is null
            || isOther ? new([ModelFile.LoadRbm(path, placement)]) : new([], ModelFile.LoadClassificationRbm(path, placement));
        // A model without labels gives what it has.
        bool fits = source.LabelledTop is null
            ? source.Layers.Select(l => l.ToString()).SequenceEqual(stack.Layers.Select(l => l.ToString()))
            : source.ToString() == stack.ToString();
        if (!fits) throw new BadInputException($"{path}: joins {source} units, but this run {stack}");
        if (!source.IsTied)
            throw new BadInputException($"{path}: has weights of its own for the way up; layers are trained with one set of weights");
        Copy(source, stack);
        return stack;
    }

    void StartHidden(Dbn stack)
    {
        double[] biases = [.. Plan.HiddenBias];
        if (IsGreedy)
            for (int m = 0; m < Layers.Count; m++) stack.Machines[m].Hidden.Bias.Fill(LayerSettings.At("hidden-bias", biases, m));
        else if (biases.Length == 1) stack.Top.Hidden.Bias.Fill(biases[0]);
        else if (biases.Length == stack.Top.Hidden.Units) stack.Top.Hidden.Bias.WriteRow(0, biases);
        else throw new BadInputException($"--hidden-bias takes one number or {stack.Top.Hidden.Units}, one per unit, not {biases.Length}");
    }

    IGradientEstimator BuildEstimator(int machine, TrainerOptions options)
    {
        bool hasLabels = Layers.HasLabels(machine);
        IGradientEstimator Generative() => new EstimatorSettings(Plan).Build(hasLabels ? Stack.TopModel : Stack.Machines[machine], options,
            Layers.IsGreedy ? IsDoubled ? UpFactor(machine) : 1 : Plan.Doubled == Doubling.Up ? 2 : 1,
            Layers.IsGreedy ? IsDoubled && machine > 0 && machine == Layers.Count - 1 ? 2 : 1 : Plan.Doubled == Doubling.Down ? 2 : 1);
        if (!hasLabels) return Generative();
        return Plan.Objective switch
        {
            Objective.Generative => Generative(),
            Objective.Discriminative => new DiscriminativeGradient(),
            _ => new HybridGradient(Generative(), Plan.GenerativeWeight),
        };
    }

    // Machines between the first and the last learn as they are, and are halved when the layers join.
    double UpFactor(int machine) => machine == 0 && Layers.Count > 1 ? 2 : 1;
}
