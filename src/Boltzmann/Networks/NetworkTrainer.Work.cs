namespace Boltzmann;

/// <content>What the epoch loop asks for.</content>
public sealed partial class NetworkTrainer
{
    sealed class Work(NetworkTrainer trainer, Examples training, Examples? validation) : IEpochWork
    {
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
            Add(trainer.tally.Score(network.Head), "");
            if (validation is not null) Add(NetworkScore.Of(network, validation), NetworkMetric.Validation);
            return values;

            void Add(NetworkScore score, string prefix)
            {
                foreach (var (name, value) in NetworkMetric.Values(score, network.Head, prefix)) values[name] = value;
            }
        }

        public void End(Dictionary<string, double> values, bool improved, bool isEnd)
        {
            if (trainer.options.Plateau is Plateau plateau) trainer.Decay(plateau, values[plateau.Metric]);
            if (trainer.options.EarlyStopping is not null) trainer.KeepBest(improved, isEnd);
        }
    }
}
