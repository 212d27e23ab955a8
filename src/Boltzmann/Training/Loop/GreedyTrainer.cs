using System.Globalization;

namespace Boltzmann;

/// <summary>
/// Teaches a deep belief network machine by machine: each learns, by a <see cref="Trainer"/> of its own, the rows that the finished ones
/// below make of the data (Hinton, Osindero and Teh 2006; Bengio et al. 2007). Those rows are made once, when its turn comes, and held in
/// the model's precision.
/// </summary>
/// <remarks>
/// Everything random follows from the seed, by machine. The first machine learns as a <see cref="Trainer"/> with this seed alone would. A
/// run that is saved and resumed anywhere between two updates gives the same bits as one that was not. A stack of one machine is saved as
/// its trainer alone would be.
/// </remarks>
public sealed class GreedyTrainer
{
    const uint FeatureStream = 0x66656174, ValidationStream = 0x76616c69;
    const string MachineKey = "machine", EpochsKey = "epochs.";
    const ulong SeedStep = 0x9E3779B97F4A7C15;

    readonly ulong seed;
    int machine;
    Trainer current;

    /// <summary>A trainer at the beginning.</summary>
    /// <param name="model">The stack to teach; its parameters are the start.</param>
    /// <param name="layers">How to teach each machine, from the first on.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="ArgumentException">Not one entry per machine, two share an estimator or optimiser, or the network has been
    /// untied.</exception>
    /// <exception cref="BadInputException">An option is out of range, or a name unknown.</exception>
    public GreedyTrainer(Dbn model, IReadOnlyList<LayerTraining> layers, ulong seed = Rng.DefaultSeed)
    {
        if (layers.Count != model.Machines.Count) throw new ArgumentException($"{model.Machines.Count} machines need as many ways to teach "
            + $"them, not {layers.Count}", nameof(layers));
        if (layers.DistinctBy(l => l.Estimator).Count() < layers.Count || layers.DistinctBy(l => l.Optimizer).Count() < layers.Count)
            throw new ArgumentException("two machines share an estimator or an optimiser, which keep what they know of one",
                nameof(layers));
        if (!model.IsTied)
            throw new ArgumentException("the network's ways up and down have been untied; machines have one set of weights", nameof(model));
        foreach (LayerTraining layer in layers)
        {
            layer.Validate();
            Trainer.RequireChains(layer.Options, layer.Estimator);
        }
        for (int m = 0; m < layers.Count; m++)
            if (layers[m].Passes > 0 && layers.Take(m).Any(below => below.UpFactor != 1))
                throw new BadInputException($"machine {m + 1} learns stochastic passes up, which take the inputs of the machines below as "
                    + $"they are, but one of those has a factor of {layers.Take(m).First(below => below.UpFactor != 1).UpFactor} for them");
        Model = model;
        Layers = [.. layers];
        this.seed = seed;
        current = Begin(0);
    }

    /// <summary>The stack that learns.</summary>
    public Dbn Model { get; }

    /// <summary>How each machine is taught.</summary>
    public IReadOnlyList<LayerTraining> Layers { get; }

    /// <summary>The machine whose turn it is, counted from 1; the last one also when all is done.</summary>
    public int Machine => machine + 1;

    /// <summary>Epochs that this machine has completed.</summary>
    public int Epoch => current.Epoch;

    /// <summary>
    /// Learns until every machine has had its epochs, yielding after every update. Stop enumerating to stop; run again to go on.
    /// </summary>
    /// <param name="training">Rows of the visible layer; weights per row are used if it has them.</param>
    /// <param name="validation">Held-out rows for metrics.</param>
    /// <exception cref="BadInputException">The data do not fit, or early stopping lacks validation rows.</exception>
    /// <exception cref="DivergenceException">Parameters are no longer finite.</exception>
    public IEnumerable<GreedyProgress> Run(Dataset training, Dataset? validation = null)
    {
        // What trainers would throw of their rows, for all machines at once: the rows of upper ones are as many, and as wide as they need.
        foreach (LayerTraining layer in Layers) layer.Options.RequireValidation(validation);
        if (Layers.Count > 1) _ = training.Observed();
        current.RequireRowsLeft(training);
        _ = (machine == 0 ? current : Begin(0)).Run(training, Layers[0].Epochs, validation);
        if (Model.LabelledTop is ClassificationRbm top) OneHot.RequireLearnable(training, validation, top.Classes);
        return Learn(training, validation);
    }

    IEnumerable<GreedyProgress> Learn(Dataset training, Dataset? validation)
    {
        while (true)
        {
            foreach (GreedyProgress progress in LearnMachine(training, validation)) yield return progress;
            if (Machine == Layers.Count) yield break;
            current = Begin(++machine);
        }
    }

    // A method of its own, so that the rows of one machine are gone when those of the next are made.
    IEnumerable<GreedyProgress> LearnMachine(Dataset training, Dataset? validation)
    {
        LayerTraining layer = Layers[machine];
        Dataset rows = RowsOf(training, FeatureStream);
        Dataset? held = validation is null ? null : RowsOf(validation, ValidationStream);
        if (layer.StartsAtMoments && current is { Epoch: 0, RowInEpoch: 0 })
            Model.Machines[machine].Visible.SetFromMoments(rows.Statistics.Means, rows.Statistics.Variances);
        using IEnumerator<TrainingProgress> updates = current.Run(rows, layer.Epochs, held).GetEnumerator();
        while (MoveNext(updates)) yield return new(Machine, Layers.Count, updates.Current);
    }

    bool MoveNext(IEnumerator<TrainingProgress> updates)
    {
        try
        {
            return updates.MoveNext();
        }
        catch (DivergenceException e) when (Layers.Count > 1)
        {
            throw new DivergenceException($"layer {Machine}: {e.Message}", e);
        }
    }

    /// <summary>
    /// What has to be saved with the model: where the training is, and what the trainer of the machine whose turn it is needs.
    /// </summary>
    public TrainerSnapshot Snapshot()
    {
        TrainerSnapshot snapshot = current.Snapshot();
        if (Layers.Count == 1) return snapshot;
        var numbers = new Dictionary<string, double>(snapshot.Numbers) { [MachineKey] = Machine };
        for (int m = 0; m < machine; m++) numbers[EpochsKey + (m + 1).ToString(CultureInfo.InvariantCulture)] = Layers[m].Epochs;
        return snapshot with { Numbers = numbers };
    }

    /// <summary>Takes a snapshot's place. The model's parameters must have been loaded too.</summary>
    /// <exception cref="BadInputException">The snapshot lacks something or has something impossible, or machines that it has finished are
    /// to learn for other numbers of epochs.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        double saved = 1;
        if (Layers.Count > 1 && !snapshot.Numbers.TryGetValue(MachineKey, out saved))
            throw new BadInputException($"the checkpoint lacks '{MachineKey}'");
        if (!(saved >= 1 && saved <= Layers.Count && saved == Math.Floor(saved)))
            throw new BadInputException($"the checkpoint's '{MachineKey}' is {saved:R}; expected a whole number from 1 to {Layers.Count}");
        for (int m = 1; m < (int)saved; m++)
        {
            if (!snapshot.Numbers.TryGetValue($"{EpochsKey}{m}", out double epochs))
                throw new BadInputException($"the checkpoint lacks '{EpochsKey}{m}'");
            if (epochs != Layers[m - 1].Epochs)
                throw new BadInputException($"layer {m} was finished with {epochs:R} epochs and others were built on it; it cannot be "
                    + $"given {Layers[m - 1].Epochs} now");
        }
        Trainer trainer = Begin((int)saved - 1);
        trainer.Restore(snapshot);
        machine = (int)saved - 1;
        current = trainer;
    }

    Trainer Begin(int index) => new(index == Layers.Count - 1 ? Model.TopModel : Model.Machines[index], Layers[index].Estimator,
        Layers[index].Optimizer, Layers[index].Options, SeedOf(index));

    // Not one seed for all: two machines would see the rows in the same orders.
    ulong SeedOf(int index) => seed + SeedStep * (ulong)index;

    Dataset RowsOf(Dataset data, uint stream) => Layers[machine].Passes is > 0 and int passes
        ? Model.SampleTransform(data, machine, new Rng(SeedOf(machine), stream), passes) : Model.Transform(data, machine,
            [.. Layers.Select(layer => layer.UpFactor)]);
}
