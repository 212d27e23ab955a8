using System.Globalization;

namespace Boltzmann;

/// <summary>
/// Teaches a machine with memory by back-propagation through time, or online, step by step. Random numbers come from streams of the seed
/// and one position in each, so a run that is saved and resumed between two updates gives the same bits as one that was not.
/// </summary>
public sealed class SequenceTrainer
{
    const uint ChainStream = 0x73657163;
    const string ChainRngKey = "chain-rng", MemoryPrefix = "memory-state.", MemorySteps = "memory-steps";

    readonly SequenceTrainerOptions options;
    readonly IOptimizer optimizer;
    readonly SequenceUpdate update;
    readonly EpochLoop loop;
    readonly Rng chainRng;
    readonly BatchScratch rows = new(), weights = new();
    MemoryState? online;

    /// <summary>A trainer at the beginning.</summary>
    /// <param name="model">The machine to teach; its parameters are the start.</param>
    /// <param name="optimizer">How a gradient becomes a step.</param>
    /// <param name="options">Rates, penalties, what to measure.</param>
    /// <param name="seed">Settles everything random.</param>
    /// <exception cref="BadInputException">An option is out of range.</exception>
    public SequenceTrainer(SequenceModel model, IOptimizer optimizer, SequenceTrainerOptions? options = null, ulong seed = Rng.DefaultSeed)
    {
        this.options = options ?? new();
        this.options.Validate();
        if (this.options.IsExact && model.Hidden is not null && StepMachine.Of(model).States is not <= 1 << 16)
            throw new BadInputException($"an exact gradient sums over the states of {model.Visible} or {model.Hidden} units, which are too "
                + "many; expected contrastive divergence");
        if (this.options.IsPrediction) StepPrediction.Require(model);
        (Model, this.optimizer) = (model, optimizer);
        update = new(model, this.options, optimizer);
        chainRng = new(seed, ChainStream);
        loop = new(seed, this.options.IsOnline ? 1 : this.options.BatchSize, this.options.Shuffle && !this.options.IsOnline,
            this.options.EarlyStopping, this.options.HigherIsBetter);
    }

    /// <summary>The machine that learns.</summary>
    public SequenceModel Model { get; }

    /// <summary>Epochs completed.</summary>
    public int Epoch => loop.Epoch;

    /// <summary>Sequences, online steps, seen in the epoch after those.</summary>
    public int InEpoch => loop.RowInEpoch;

    /// <summary>Online: what the memory holds after the last step learned; null before the first.</summary>
    public MemoryState? Memory => online;

    /// <summary>
    /// Learns until so many epochs are completed, yielding after every batch of sequences, online after every step. Stop enumerating to
    /// stop; run again to go on.
    /// </summary>
    /// <param name="training">What to learn; steps that only warm the memory up teach nothing, others by their weights.</param>
    /// <param name="epochs">Total number of epochs, those already completed included.</param>
    /// <exception cref="BadInputException">The data do not fit the machine.</exception>
    /// <exception cref="DivergenceException">Parameters are no longer finite.</exception>
    public IEnumerable<TrainingProgress> Run(Sequences training, int epochs)
    {
        if (training.Columns != Model.Visible.Units) throw new BadInputException($"{training.Name} has {training.Columns} columns, but the "
            + $"model {Model.Visible.Units} visible units");
        int units = options.IsOnline ? training.Steps.Count : training.Count;
        if (epochs < 1) throw new BadInputException($"the number of epochs must be at least 1, not {epochs}");
        if (loop.RowInEpoch > 0 && loop.RowInEpoch >= units) throw new BadInputException($"this run stopped after number {loop.RowInEpoch} "
            + $"of epoch {loop.Epoch + 1}, but {training.Name} has only {units}");
        return loop.Run(new Work(this, training), units, epochs);
    }

    /// <summary>What has to be saved with the model.</summary>
    public TrainerSnapshot Snapshot()
    {
        var numbers = new Dictionary<string, double> { [ChainRngKey] = chainRng.Step };
        if (online is not null) numbers[MemorySteps] = online.Steps;
        loop.Save(numbers);
        TrainerSnapshot.Save(optimizer, numbers);
        return new([.. TrainerSnapshot.Of(optimizer), .. online?.Values.Select(v => (MemoryPrefix + v.Name, v.Value)) ?? []], numbers);
    }

    /// <summary>Takes a snapshot's place. The model's parameters must have been loaded too.</summary>
    /// <exception cref="BadInputException">The snapshot lacks a number or has an impossible one, or a matrix does not fit.</exception>
    public void Restore(TrainerSnapshot snapshot)
    {
        EpochPosition position = loop.Read(snapshot);
        long chains = snapshot.Count(ChainRngKey);
        _ = snapshot.OptimizerTime;
        snapshot.RequireFinite();
        if (snapshot.Numbers.ContainsKey(MemorySteps)) online = Model.NewMemory();
        var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
        snapshot.Prepare(optimizer, Model.Parameters);
        foreach (var (name, value) in Snapshot().Matrices)
        {
            if (!saved.TryGetValue(name, out Matrix? source)) continue;
            TrainerSnapshot.RequireFit(name, source, value, source.Rows == value.Rows);
            value.SetCopy(source);
        }
        if (online is not null) online.Steps = snapshot.Count(MemorySteps);
        loop.Restore(position);
        chainRng.Step = (ulong)chains;
        snapshot.SetTime(optimizer);
    }

    sealed class Work(SequenceTrainer trainer, Sequences training) : IEpochWork
    {
        readonly double meanWeight = training.Steps.RowWeights?.Average() ?? 1;
        readonly int[] sequenceOf = trainer.options.IsOnline ? training.SequenceOfSteps() : [];
        readonly PackedSteps single = new(new Sequences(training.Steps.Take(1)), [0]);

        public string Model { get; } = trainer.Model.Description.Model;

        public void Begin(int epoch, bool isNew) { }

        public void Update(ReadOnlySpan<int> numbers, int batch, int epoch)
        {
            if (trainer.options.IsOnline) Step(numbers[0], epoch);
            else Batch([.. numbers], epoch);
        }

        void Step(int step, int epoch)
        {
            MemoryState memory = trainer.online ??= trainer.Model.NewMemory();
            int s = sequenceOf[step];
            if (step == training.First[s] && trainer.options.ResetsBetweenSequences) memory.Clear();
            Matrix row = trainer.rows.Of(1, training.Columns, trainer.Model.Placement);
            training.Steps.Rows.Gather([step], row);
            if (step - training.First[s] < training.WarmUp[s]) trainer.Model.Remember(memory, row);
            else if (training.Steps.RowWeights is double[] all)
            {
                Matrix weight = trainer.weights.Of(1, 1, trainer.Model.Placement);
                weight.Fill(all[step]);
                trainer.update.Learn(single, row, weight, meanWeight, memory, trainer.chainRng, epoch);
            }
            else trainer.update.Learn(single, row, null, 1, memory, trainer.chainRng, epoch);
        }

        void Batch(int[] sequences, int epoch)
        {
            MemoryState memory = trainer.Model.NewMemory(sequences.Length);
            int longest = sequences.Max(training.LengthOf);
            for (int from = 0; from < longest; from += trainer.options.Truncate)
            {
                var packed = new PackedSteps(training, sequences, from, trainer.options.Truncate);
                memory = memory.First(packed.Order.Length);
                Matrix stretch = trainer.rows.Of(packed.Count, training.Columns, trainer.Model.Placement);
                training.Steps.Rows.Gather(packed.Steps, stretch);
                var (weights, total) = Weights(packed, from);
                if (total > 0) trainer.update.Learn(packed, stretch, weights, total, memory, trainer.chainRng, epoch);
                else Read(packed, stretch, memory);
            }
        }

        void Read(PackedSteps packed, Matrix stretch, MemoryState all)
        {
            MemoryState memory = all;
            for (int t = 0; t < packed.Times; t++)
            {
                memory = memory.First(packed.RowsAt(t));
                trainer.Model.Remember(memory, stretch.RowRange(packed.Offsets[t], packed.RowsAt(t)));
            }
            all.Steps = memory.Steps;
        }

        // Steps that only warm the memory up weigh nothing.
        (Matrix? Weights, double Total) Weights(PackedSteps packed, int from)
        {
            double[]? all = training.Steps.RowWeights;
            if (all is null && packed.Order.All(s => training.WarmUp[s] <= from)) return (null, packed.Count);
            var values = new double[packed.Count];
            for (int t = 0; t < packed.Times; t++)
                for (int r = 0; r < packed.RowsAt(t); r++)
                    if (from + t >= training.WarmUp[packed.Order[r]])
                        values[packed.Offsets[t] + r] = all?[packed.Steps[packed.Offsets[t] + r]] ?? 1;
            Matrix column = trainer.weights.Of(packed.Count, 1, trainer.Model.Placement);
            column.WriteColumn(0, values);
            return (column, values.Sum());
        }

        public void Check(int epoch)
        {
            foreach (Parameter p in trainer.Model.Parameters)
                if (p.Value.Summarize().NonFinite is > 0 and long count)
                    throw new DivergenceException(string.Create(CultureInfo.InvariantCulture, $"training diverged in epoch {epoch}: "
                        + $"{count} values of {p.Name} are not finite; lower the learning rate (now "
                        + $"{trainer.options.LearningRate.At(epoch):R})"));
        }

        public Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond)
        {
            Dictionary<string, double> values = trainer.options.Measure?.Invoke(trainer.Model).ToDictionary() ?? [];
            values[StepsPerSecond] = training.Steps.Count / seconds;
            return values;
        }

        public void End(Dictionary<string, double> values, bool improved, bool isEnd) { }
    }

    /// <summary>The name of the steps learned in a second, as measured after each epoch.</summary>
    public const string StepsPerSecond = "steps-per-second";
}
