namespace Boltzmann.Runs;

/// <summary>The trainer that a plan of sequences means: rows with their contexts in any order, back through time, or step by step.</summary>
abstract class SequenceLearning
{
    /// <summary>Epochs completed; in the midst of a measurement, the one that is measured.</summary>
    public abstract int Epoch { get; }

    /// <summary>Learns until so many epochs are completed.</summary>
    public abstract IEnumerable<TrainingProgress> Run(int epochs);

    /// <summary>What has to be saved with the model.</summary>
    public abstract TrainerSnapshot Snapshot();

    /// <summary>Takes a snapshot's place.</summary>
    public abstract void Restore(TrainerSnapshot snapshot);

    /// <summary>The trainer of a plan.</summary>
    /// <param name="plan">How to learn.</param>
    /// <param name="model">What learns.</param>
    /// <param name="training">From what.</param>
    /// <param name="measure">What is measured after each epoch.</param>
    /// <param name="names">The names of what is measured.</param>
    /// <param name="seed">Settles everything random.</param>
    public static SequenceLearning Of(SequencePlan plan, SequenceModel model, Sequences training,
        Func<SequenceModel, IReadOnlyDictionary<string, double>> measure, IReadOnlyList<string> names, ulong seed)
    {
        EarlyStopping? stopping = plan.EarlyStopping is null ? null : new(plan.EarlyStopping, plan.Patience);
        return model.Memory is TraceMemory memory && !plan.Online
            ? new ByRows(plan, model, SequenceRows.Of(training, memory), measure, names, stopping, seed)
            : new ThroughTime(plan, model, training, measure, stopping, seed);
    }

    sealed class ByRows : SequenceLearning
    {
        readonly Trainer trainer;
        readonly Dataset rows;
        IReadOnlyDictionary<string, double> measured = new Dictionary<string, double>();

        public ByRows(SequencePlan plan, SequenceModel model, Dataset rows,
            Func<SequenceModel, IReadOnlyDictionary<string, double>> measure, IReadOnlyList<string> names, EarlyStopping? stopping,
            ulong seed)
        {
            this.rows = rows;
            IGradientEstimator estimator = plan.Method switch
            {
                TrainingMethod.Exact => new ExactGradient(),
                TrainingMethod.Pl => new PseudoLikelihoodGradient(),
                _ => new ContrastiveDivergence(sampleVisible: plan.SampleVisible),
            };
            trainer = new Trainer(model.Machine, estimator, plan.NewOptimizer(), new()
            {
                BatchSize = plan.BatchSize,
                LearningRate = plan.Rates,
                Momentum = new([.. plan.Momentum]),
                Steps = plan.HasHidden ? new([.. plan.Steps]) : null,
                L2 = plan.L2,
                L1 = plan.L1,
                Shuffle = plan.Shuffle,
                // The first of them takes a look at the held-out steps for all.
                Metrics =
                [
                    new Metric(SequenceTrainer.StepsPerSecond, "steps per second", true, context =>
                    {
                        measured = measure(model);
                        return context.RowsPerSecond;
                    }),
                    .. names.Where(name => name != SequenceTrainer.StepsPerSecond).Select(name =>
                        new Metric(name, SequenceTask.UnitOf(name), name == SequenceTask.LogLikelihood,
                            _ => measured.GetValueOrDefault(name, double.NaN))),
                ],
                EarlyStopping = stopping,
            }, seed);
        }

        public override int Epoch => trainer.Epoch;

        public override IEnumerable<TrainingProgress> Run(int epochs) => trainer.Run(rows, epochs);

        public override TrainerSnapshot Snapshot() => trainer.Snapshot();

        public override void Restore(TrainerSnapshot snapshot) => trainer.Restore(snapshot);
    }

    sealed class ThroughTime(SequencePlan plan, SequenceModel model, Sequences training,
        Func<SequenceModel, IReadOnlyDictionary<string, double>> measure, EarlyStopping? stopping, ulong seed) : SequenceLearning
    {
        readonly SequenceTrainer trainer = new(model, plan.NewOptimizer(), new()
        {
            IsOnline = plan.Online,
            ResetsBetweenSequences = plan.ResetBetween == MemoryReset.Sequences,
            BatchSize = plan.BatchSize,
            Truncate = plan.Truncate,
            Clip = plan.Clip ?? double.PositiveInfinity,
            IsExact = plan.Method == TrainingMethod.Exact,
            Steps = new([.. plan.Steps]),
            SampleVisible = plan.SampleVisible,
            LearningRate = plan.Rates,
            Momentum = new([.. plan.Momentum]),
            L2 = plan.L2,
            L1 = plan.L1,
            Shuffle = plan.Shuffle,
            Measure = measure,
            EarlyStopping = stopping,
            HigherIsBetter = stopping?.Metric == SequenceTask.LogLikelihood,
        }, seed);

        public override int Epoch => trainer.Epoch;

        public override IEnumerable<TrainingProgress> Run(int epochs) => trainer.Run(training, epochs);

        public override TrainerSnapshot Snapshot() => trainer.Snapshot();

        public override void Restore(TrainerSnapshot snapshot) => trainer.Restore(snapshot);
    }
}
