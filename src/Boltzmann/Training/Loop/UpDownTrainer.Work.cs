namespace Boltzmann.Training;

/// <content>What the epoch loop asks for.</content>
public sealed partial class UpDownTrainer
{
    sealed class Work(UpDownTrainer trainer, Dataset training, Dataset? validation) : IEpochWork
    {
        public string Model { get; } = trainer.Model.Description.Model;

        public void Begin(int epoch, bool isNew) => trainer.divergence.Steps = (int)trainer.options.Steps.At(epoch);

        public void Update(ReadOnlySpan<int> rows, int batch, int epoch)
        {
            trainer.Estimate(training, rows);
            trainer.Step(epoch);
        }

        public void Check(int epoch)
        {
            if (trainer.Model.Parameters.FirstOrDefault(p => p.Value.Summarize().NonFinite > 0) is not Parameter bad) return;
            double rate = trainer.options.LearningRate.At(epoch);
            throw new DivergenceException(
                $"training diverged in epoch {epoch}: values of {bad.Name} are not finite; lower the learning rate (now {rate:R})");
        }

        public Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond)
        {
            var values = new Dictionary<string, double>();
            Add(values, "", training);
            if (validation is not null) Add(values, Validation, validation);
            return values;
        }

        public void End(Dictionary<string, double> values, bool improved, bool isEnd) { }

        void Add(Dictionary<string, double> values, string prefix, Dataset set)
        {
            Dbn model = trainer.Model;
            Matrix rows = set.ToMatrix(0, Math.Min(MetricRows, set.Count), model.Placement);
            Matrix difference = model.Reconstruct(rows, model.Machines.Count == 1 ? 1 : model.Machines.Count - 1);
            difference.SetSum(difference, 1, rows, -1);
            values[prefix + ReconstructionError] = difference.Summarize().SumOfSquares / ((double)rows.Rows * rows.Columns);
            if (model.LabelledTop is null) return;
            ReadOnlySpan<int> labels = set.Labels.AsSpan(0, rows.Rows);
            values[prefix + Accuracy] = Classification.Accuracy(model.PredictLogProbabilities(rows), labels).Mean;
        }
    }
}
