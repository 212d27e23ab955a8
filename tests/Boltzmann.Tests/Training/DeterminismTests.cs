namespace Boltzmann.Tests.Training;

/// <summary>The same bytes for any number of threads, and with zeros skipped or not where that is promised.</summary>
public class DeterminismTests
{
    const int Visible = 300, Hidden = 140;

    // Large enough that every operation is shared out; batches of 50 and a last one of 20.
    static readonly Dataset sparse = Teaching.RandomBits(120, Visible, density: 0.15);

    static double[][,] Teach(CpuBackend backend, Precision precision, IGradientEstimator estimator, bool gaussian = false)
    {
        var placement = new Placement(backend, precision);
        var model = new Rbm(gaussian ? new GaussianLayer(Visible, 1, learnPrecision: true, placement) : new BernoulliLayer(Visible,
            placement), new BernoulliLayer(Hidden, placement));
        model.SetRandomWeights(0.1, new Rng(7));
        var options = new TrainerOptions { BatchSize = 50, LearningRate = 0.02, SparsityCost = 0.01, Dropout = 0.1 };
        new Trainer(model, estimator, new Sgd(), options).Learn(sparse, epochs: 2);
        return [.. model.Parameters.Select(p => p.Value.ToArray())];
    }

    [Theory]
    [InlineData("cd", Precision.Float32), InlineData("cd", Precision.Float64), InlineData("pcd", Precision.Float32),
        InlineData("gaussian", Precision.Float32)]
    public void One_two_and_three_threads_learn_the_same_bits(string name, Precision precision)
    {
        double[][][,] results = [.. new[] { 1, 2, 3 }.Select(threads => Teach(new CpuBackend(threads), precision,
            name == "pcd" ? new PersistentContrastiveDivergence(30) : new ContrastiveDivergence(), name == "gaussian"))];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Zeros_of_data_skipped_or_not_the_sums_keep_their_bits(Precision precision)
    {
        // Hidden means are never zero; only sampled hidden states, sparse enough to be listed, are summed in another order.
        static ContrastiveDivergence Means() => new(1, sampleVisible: false, sampleHidden: false);
        Assert.Equal(Teach(new CpuBackend(1, skipZeros: true), precision, Means()),
            Teach(new CpuBackend(1, skipZeros: false), precision, Means()));
    }

    [Fact]
    public void Runs_of_one_seed_are_equal_and_of_two_seeds_are_not()
    {
        double[,] Weights(ulong seed)
        {
            Rbm model = Teaching.Bernoulli(5, 3);
            new Trainer(model, new ContrastiveDivergence(), new Sgd(), new TrainerOptions { BatchSize = 4 },
                seed).Learn(Teaching.RandomBits(12, 5), epochs: 2);
            return model.Weights.ToArray();
        }

        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }
}
