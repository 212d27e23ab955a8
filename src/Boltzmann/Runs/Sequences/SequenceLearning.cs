namespace Boltzmann.Runs;

/// <summary>
/// The trainer that a plan of sequences means: rows with their contexts in any order, back through time, or step by step.
/// </summary>
abstract class SequenceLearning
{
    /// <summary>What a snapshot has of a maximiser's place.</summary>
    public const string PointName = "maximum.point";

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
        return plan.Optimizer == SequenceOptimizer.Lbfgs ? new Whole(plan, model, training, measure, stopping, seed)
            : model.Memory.IsFixed && !plan.Online
            ? new ByRows(plan, model, SequenceRows.Of(training, model.Memory), measure, names, stopping, seed)
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
                DrawByWeight = plan.DrawByCount,
                Centering = plan.Centering,
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
            IsPrediction = plan.Method == TrainingMethod.Mp,
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

    // A step of the maximiser is an epoch; it ends where none leads higher.
    sealed class Whole : SequenceLearning, IEpochWork
    {
        const string StepName = "maximum.steps", ChangeName = "maximum.changes";

        readonly SequenceModel model;
        readonly Sequences training;
        readonly Func<SequenceModel, IReadOnlyDictionary<string, double>> measure;
        readonly ConcaveLikelihood likelihood;
        readonly LimitedMemoryBfgs maximum;
        readonly EpochLoop loop;
        bool isReached;

        public Whole(SequencePlan plan, SequenceModel model, Sequences training,
            Func<SequenceModel, IReadOnlyDictionary<string, double>> measure, EarlyStopping? stopping, ulong seed)
        {
            (this.model, this.training, this.measure) = (model, training, measure);
            likelihood = new(model, training, plan.L2);
            maximum = likelihood.From(model);
            loop = new(seed, training.CountedSteps, shuffle: false, stopping, stopping?.Metric == SequenceTask.LogLikelihood);
        }

        public override int Epoch => loop.Epoch;

        public override IEnumerable<TrainingProgress> Run(int epochs)
        {
            foreach (TrainingProgress progress in loop.Run(this, training.CountedSteps, epochs))
            {
                if (!isReached || progress.Completed is not EpochRecord record || record.Stopped is not null)
                {
                    yield return progress;
                    continue;
                }
                yield return progress with { Completed = record with { Stopped = "no step leads higher: this is the maximum" } };
                yield break;
            }
        }

        public string Model => model.Description.Model;

        public void Begin(int epoch, bool isNew) { }

        public void Update(ReadOnlySpan<int> rows, int batch, int epoch)
        {
            double before = maximum.Value;
            isReached = !maximum.Step() || maximum.Steepest < 1e-7 || before - maximum.Value < 1e-10 * Math.Abs(before);
            likelihood.Put(maximum.Point, model);
        }

        public void Check(int epoch)
        {
            if (!double.IsFinite(maximum.Value)) throw new DivergenceException($"training diverged in epoch {epoch}: the log-likelihood is "
                + $"{-maximum.Value}; a larger --l2 keeps parameters in bounds");
        }

        public Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond) =>
            new(measure(model)) { [SequenceTrainer.StepsPerSecond] = training.CountedSteps / seconds };

        public void End(Dictionary<string, double> values, bool improved, bool isEnd) { }

        public override TrainerSnapshot Snapshot()
        {
            var numbers = new Dictionary<string, double>();
            loop.Save(numbers);
            Placement wide = model.Placement.Double;
            List<(string, Matrix)> matrices = [(PointName, Matrix.Row(maximum.Point, wide))];
            if (maximum.Pairs.Count > 0)
            {
                matrices.Add((StepName, Rows([.. maximum.Pairs.Select(p => p.Step)], wide)));
                matrices.Add((ChangeName, Rows([.. maximum.Pairs.Select(p => p.Change)], wide)));
            }
            return new(matrices, numbers);
        }

        public override void Restore(TrainerSnapshot snapshot)
        {
            loop.Restore(loop.Read(snapshot));
            snapshot.RequireFinite();
            var saved = snapshot.Matrices.ToDictionary(m => m.Name, m => m.Value);
            if (!saved.TryGetValue(PointName, out Matrix? point) || point.Columns != maximum.Point.Length)
                throw new BadInputException($"the checkpoint's {PointName} is not that of this machine");
            LimitedMemoryBfgs.Pair[] pairs = saved.TryGetValue(StepName, out Matrix? steps) && saved.TryGetValue(ChangeName,
                out Matrix? changes) ? [.. Enumerable.Range(0, steps.Rows).Select(r =>
                    new LimitedMemoryBfgs.Pair(steps.ReadRow(r), changes.ReadRow(r)))] : [];
            maximum.Restore(point.ReadRow(0), pairs);
        }

        static Matrix Rows(double[][] rows, Placement placement)
        {
            var all = new Matrix(rows.Length, rows[0].Length, placement);
            for (int r = 0; r < rows.Length; r++) all.WriteRow(r, rows[r]);
            return all;
        }
    }
}
