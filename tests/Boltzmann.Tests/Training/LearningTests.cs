namespace Boltzmann.Tests.Training;

/// <summary>
/// Learning reaches what it should, in numbers that need no trust: exact log-likelihoods, and baselines that know no units but pixels.
/// </summary>
public class LearningTests
{
    // Independent pixels are 3.6 nats from the data. What is drawn may leave a fifth of that, what is exact 0.25: other seeds gave 0.15 to
    // 0.53, and 0.08 to 0.20. Fewer chains leave more, by the noise of their means.
    public static TheoryData<string, int, double> Estimators => new()
    {
        { "exact", 400, 0.25 }, { "pcd", 600, 0.72 }, { "fpcd", 600, 0.72 }, { "pt", 600, 0.72 }, { "cd", 800, 0.72 },
    };

    [Theory, MemberData(nameof(Estimators))]
    public void Bars_and_stripes_are_learned_to_within_a_distance_of_their_entropy(string name, int epochs, double distance)
    {
        IGradientEstimator estimator = name switch
        {
            "exact" => new ExactGradient(),
            "pcd" => new PersistentContrastiveDivergence(112, 2),
            "fpcd" => new PersistentContrastiveDivergence(112, 2, 0.02),
            "pt" => new ParallelTempering(10, 56, 1),
            _ => new ContrastiveDivergence(5, sampleVisible: true),
        };
        Dataset data = BarsAndStripes.All(3);
        var model = new Rbm(new BernoulliLayer(9, Teaching.Double), new BernoulliLayer(8, Teaching.Double));
        model.SetRandomWeights(0.1, new Rng(2));
        var options = new TrainerOptions
        {
            BatchSize = 14,
            LearningRate = name == "exact" ? 0.2 : Schedule.Linear(0.2, 0.01, epochs),
            Momentum = new([.. Enumerable.Repeat(0.5, 50), 0.8]),
            L2 = 0
        };
        new Trainer(model, estimator, new Sgd(), options).Learn(data, epochs);
        double likelihood = Exact.LogLikelihood(model, data.ToMatrix(Teaching.Double)).Mean;
        TestContext.Current.SendDiagnosticMessage($"{name}: {likelihood}");
        // The divergence of the model from the data, in nats: 0 is the ceiling, 3.6 that of independent pixels.
        Assert.InRange(-data.Entropy - likelihood, 0, distance);
    }

    // Mean log-likelihood of rows under independent pixels with the training rows' frequencies, in nats: their pseudo-likelihood is the
    // same.
    static double IndependentPixels(Dataset training, Matrix bits)
    {
        double[] p = [.. training.Means().Select(x => Math.Clamp(x, 1e-3, 1 - 1e-3))];
        double sum = 0;
        for (int r = 0; r < bits.Rows; r++)
        {
            double[] row = bits.ReadRow(r);
            for (int c = 0; c < row.Length; c++) sum += Math.Log(row[c] == 1 ? p[c] : 1 - p[c]);
        }
        return sum / bits.Rows;
    }

    static void LearnsPixels(Dataset training, Dataset held, int hidden, int epochs)
    {
        var model = new Rbm(new BernoulliLayer(784), new BernoulliLayer(hidden));
        model.SetRandomWeights(0.01, new Rng(1));
        model.Visible.SetFromMoments(training.Statistics.Means, training.Statistics.Variances);
        Matrix bits = held.ToMatrix();
        Binarization.Stochastic.Apply(bits, new Rng(3), bits.Like(bits.Rows, bits.Columns));
        double baseline = IndependentPixels(training, bits), spread = Spread(training, bits);

        new Trainer(model, new ContrastiveDivergence(), new Sgd(),
            new TrainerOptions { BatchSize = 20, Binarization = Binarization.Stochastic }).Learn(training, epochs);
        double pseudo = PseudoLikelihood.PerRow(model, bits).Mean, error = Reconstruction.SquaredError(model, bits).Mean;
        TestContext.Current.SendDiagnosticMessage($"pseudo-likelihood {pseudo}, independent pixels {baseline}; reconstruction {error}, "
            + $"independent pixels {spread}");
        // A hidden layer explains what pixels have in common: at least a quarter of the nats and of the squared error.
        Assert.True(pseudo > 0.75 * baseline, $"pseudo-likelihood {pseudo:F1}, independent pixels {baseline:F1}");
        Assert.True(error < 0.75 * spread, $"reconstruction error {error:F4}, independent pixels {spread:F4}");
    }

    static double Spread(Dataset training, Matrix bits)
    {
        double[] p = training.Means();
        return Enumerable.Range(0, bits.Rows).Average(r => bits.ReadRow(r).Zip(p)
            .Average(x => (x.First - x.Second) * (x.First - x.Second)));
    }

    [Fact]
    public void Digits_are_learned_beyond_independent_pixels() =>
        LearnsPixels(Digits.Generate(1500), Digits.Generate(40, stream: 1), hidden: 64, epochs: 3);

    [Fact]
    public void Mnist_is_learned_beyond_independent_pixels()
    {
        string? folder = Environment.GetEnvironmentVariable(DataFolders.Variable);
        Assert.SkipUnless(folder is not null && Directory.Exists(Path.Combine(folder, "mnist")),
            $"{DataFolders.Variable} names no folder with mnist");
        LearnsPixels(NamedSets.Load("mnist").Take(1500), NamedSets.Load("mnist", new() { Split = DataSplit.Test }).Take(40), hidden: 64,
            epochs: 3);
    }
}
