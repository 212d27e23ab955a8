namespace Boltzmann.Cli.Training;

/// <summary>The training of a deep Boltzmann machine: all of its layers at once.</summary>
sealed class DbmTask : TrainingTask
{
    readonly Dbm model;
    readonly Trainer trainer;

    public DbmTask(RunSettings settings, Session session) : base(settings, session)
    {
        model = Build(session.Placement);
        RequireFit(model.Visible);
        trainer = new Trainer(model, new EstimatorSettings(settings).Build(model, Options[0]), NewOptimizer(), Options[0], Seed);
        _ = Learn();
    }

    /// <inheritdoc/>
    public override IModel Model => model;

    /// <inheritdoc/>
    public override GenerativeModel Shown => field ??= new MachineModel(model);

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
    public override TrainerSnapshot Snapshot() => trainer.Snapshot();

    /// <inheritdoc/>
    public override void Restore(TrainerSnapshot snapshot)
    {
        trainer.Restore(snapshot);
        _ = Learn();
    }

    /// <inheritdoc/>
    public override ReportWords Words => new("Deep Boltzmann machine",
        "Rows the machine was not trained on (above) and what its first hidden layer, by mean-field inference, makes of them (below).",
        "What the machine dreams: chains of all its layers that started at data and ran freely for 1000 Gibbs sweeps, shown as pixel probabilities.",
        "What units of this layer stand for, one tile each: what pixels gain (light) or lose (dark) when the unit is turned on alone and the layers below settle by mean-field inference.");

    Dbm Build(Placement placement)
    {
        Layer[] all = BuildLayers(placement);
        Dbm made = Layers.Kind == ModelKind.ClassificationDbm ? Dbm.OfLabelled(Data.RequireClasses(), all) : new(all);
        var units = new UnitSettings(Settings);
        made.SetRandomWeights(units.WeightsDeviation, new Rng(Seed, WeightStream));
        units.StartVisible(made.Visible, Training);
        double[] biases = Settings.Numbers("hidden-bias")!;
        for (int l = 0; l < Layers.Count; l++) made.Layers[l + 1].Bias.Fill(LayerSettings.At("hidden-bias", biases, l));
        if (Settings.Text("init-from") is not string path) return made;
        Dbm source = Read(ModelInput.FileOf(path), placement);
        // A model without labels gives what it has, and one of fewer layers too: while the weights above it are small, this machine begins with its distribution.
        bool fits = source.Labels is null ? source.Layers.Select(l => l.ToString()).SequenceEqual(all.Take(source.Layers.Count).Select(l => l.ToString())) : source.ToString() == made.ToString();
        if (!fits) throw new BadInputException($"{path}: joins {source} units, but this run {made}");
        Copy(source, made);
        return made;
    }

    static Dbm Read(string path, Placement placement)
    {
        string kind = ModelFile.Describe(path).Model;
        if (kind == ModelKind.Dbm.Name || kind == ModelKind.ClassificationDbm.Name) return ModelFile.LoadDbm(path, placement);
        if (kind == ModelKind.Rbm.Name) return Dbm.From(new Dbn([ModelFile.Load(path, placement)]));
        if (kind != ModelKind.Dbn.Name && kind != ModelKind.ClassificationDbn.Name) throw new BadInputException($"{path}: holds a model of kind {kind}; expected a dbm, an rbm, or a dbn trained with --doubled");
        Dbn stack = ModelFile.LoadDbn(path, placement);
        return stack.IsTied ? Dbm.From(stack) : throw new BadInputException($"{path}: has weights of its own for the way up; a Boltzmann machine has one set of weights");
    }
}
