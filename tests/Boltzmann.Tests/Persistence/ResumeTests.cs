namespace Boltzmann.Tests;

/// <summary>A run that is stopped, saved to a file, and continued by objects made anew ends at the very bits of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    const int Epochs = 4;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["checkpoint.safetensors"];

    static readonly Dictionary<string, Func<IGradientEstimator>> estimators = new()
    {
        ["cd"] = () => new ContrastiveDivergence(2, sampleVisible: true),
        ["pcd"] = () => new PersistentContrastiveDivergence(12),
        ["fpcd"] = () => new PersistentContrastiveDivergence(12, fastLearningRate: 0.02),
        ["pt"] = () => new ParallelTempering(3, 12),
    };

    public static TheoryData<string, bool, Precision> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, Precision>();
            foreach (string estimator in estimators.Keys)
                foreach (bool adam in new[] { false, true })
                    foreach (Precision precision in Enum.GetValues<Precision>()) cases.Add(estimator, adam, precision);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_run_resumed_from_a_file_equals_an_uninterrupted_one(string estimator, bool adam, Precision precision)
    {
        Placement placement = Placement.Default with { Precision = precision };
        Dataset data = BarsAndStripes.Sample(3, 50, new Rng(4));
        Func<Placement, Layer>[] kinds = [p => new BernoulliLayer(9, p), p => new GaussianLayer(9, 0.7, learnPrecision: true, p)];
        foreach (var visible in kinds)
        {
            Trainer whole = Make();
            foreach (TrainingProgress _ in whole.Run(data, Epochs)) { }

            // Stops within an epoch, between epochs, and at the very beginning.
            foreach (int updates in new[] { 0, 1, 7, 10 })
            {
                Trainer first = Make();
                foreach (TrainingProgress _ in first.Run(data, Epochs).Take(updates)) { }
                Checkpoint.Save(Path1, (IModel)first.Model, first.Snapshot());

                Trainer second = Make();
                second.Restore(Checkpoint.Load(Path1, (IModel)second.Model));
                foreach (TrainingProgress _ in second.Run(data, Epochs)) { }
                ModelFileTests.AssertSame(whole.Model, second.Model);
            }

            Trainer Make()
            {
                var model = new Rbm(visible(placement), new BernoulliLayer(5, placement));
                model.SetRandomWeights(0.1, new Rng(8));
                return new Trainer(model, estimators[estimator](), adam ? new Adam() : new Sgd(),
                    new TrainerOptions { BatchSize = 12, LearningRate = 0.01, Dropout = 0.1, SparsityCost = 0.1, Metrics = [] });
            }
        }
    }
}
