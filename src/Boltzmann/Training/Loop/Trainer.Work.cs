namespace Boltzmann;

/// <content>What the epoch loop asks for.</content>
public sealed partial class Trainer
{
    sealed class Work(Trainer trainer, Dataset training, MetricMonitor monitor) : IEpochWork
    {
        readonly double meanWeight = trainer.options.DrawByWeight ? 1 : training.RowWeights?.Average() ?? 1;

        public string Model { get; } = trainer.Model is IModel known ? known.Description.Model : trainer.Model.GetType().Name;

        public void Begin(int epoch, bool isNew)
        {
            if (trainer.options.Steps is Schedule steps) trainer.Estimator.Steps = (int)steps.At(epoch);
        }

        public void Update(ReadOnlySpan<int> rows, int batch, int epoch)
        {
            trainer.step.Begin(epoch, trainer.options.LearningRate.At(epoch));
            Batch examples = trainer.Present(training, rows);
            // Rows without weight teach nothing, not even by penalties.
            if (examples.TotalWeight > 0) trainer.Step(examples, examples.TotalWeight / (rows.Length * meanWeight), epoch);
            if (batch % StepsBetweenChecks == 0) trainer.CheckFinite(epoch, biasesOnly: true);
        }

        public void Check(int epoch) => trainer.CheckFinite(epoch, biasesOnly: false);

        public IReadOnlyDictionary<string, MetricValue> Estimates { get; private set; } = new Dictionary<string, MetricValue>();

        public Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond)
        {
            Dictionary<string, MetricValue> measured = monitor.Measure(epoch, isLast, seconds, rowsPerSecond);
            Estimates = measured.Where(m => m.Value.Verdict is not null).ToDictionary();
            return measured.ToDictionary(m => m.Key, m => m.Value.Value);
        }

        public void End(Dictionary<string, double> values, bool improved, bool isEnd) { }
    }
}
