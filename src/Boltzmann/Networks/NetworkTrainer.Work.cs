namespace Boltzmann.Networks;

/// <content>What the epoch loop asks for.</content>
public sealed partial class NetworkTrainer
{
    sealed class Work(NetworkTrainer trainer, Examples training, Examples? validation) : IEpochWork
    {
        public string Model => ModelKind.Network.Name;

        public void Begin(int epoch, bool isNew)
        {
            if (isNew) trainer.tally.Clear();
        }

        public void Update(ReadOnlySpan<int> rows, int batch, int epoch) => trainer.Step(training, rows, epoch);

        // The loss of every batch has been checked.
        public void Check(int epoch) { }

        public Dictionary<string, double> Measure(int epoch, bool isLast, double seconds, double rowsPerSecond)
        {
            Network network = trainer.Network;
            var values = new Dictionary<string, double>();
            foreach (var (name, value) in NetworkMetric.OfTraining(trainer.tally.Score(network.Head), network.Head)) values[name] = value;
            if (validation is null) return values;
            foreach (var (name, value) in NetworkMetric.OfValidation(NetworkScore.Of(network, validation), network.Head))
                values[name] = value;
            return values;
        }

        public void End(Dictionary<string, double> values, bool improved, bool isEnd)
        {
            if (trainer.options.Plateau is Plateau plateau) trainer.Decay(plateau, values[plateau.Metric]);
            if (trainer.options.EarlyStopping is not null) trainer.KeepBest(improved, isEnd);
        }
    }
}
