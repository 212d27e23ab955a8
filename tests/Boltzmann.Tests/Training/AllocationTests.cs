namespace Boltzmann.Tests.Training;

/// <summary>A warm training step allocates nothing, whatever is switched on.</summary>
public class AllocationTests
{
    // Batches of 10 and a last one of 5; wide enough that buffers on the stack would not do.
    const int Visible = 300, Hidden = 270, BatchSize = 10, Rows = 85, Epochs = 14;

    static readonly TrainerOptions options = new()
    {
        BatchSize = BatchSize,
        LearningRate = 1e-4,
        Momentum = 0.9,
        L2 = 1e-3,
        Centering = true
    };

    public static TheoryData<string> Cases =>
    [
        "cd", "cd visible", "cd means plain", "pcd", "pcd 7", "fpcd", "pt", "pl", "adam", "spiced", "weights", "gaussian", "relu",
        "multinomial", "bytes", "own lists", "classes", "classes pt", "discriminative", "hybrid", "hybrid weights",
    ];

    [Theory, MemberData(nameof(Cases))]
    public void A_warm_step_allocates_nothing(string name)
    {
        IGradientEstimator estimator = name switch
        {
            "cd visible" => new ContrastiveDivergence(2, sampleVisible: true),
            "cd means plain" => new ContrastiveDivergence(1, sampleVisible: false, sampleHidden: false),
            "pcd" or "adam" => new PersistentContrastiveDivergence(),
            "pcd 7" or "relu" => new PersistentContrastiveDivergence(7),
            "pl" => new PseudoLikelihoodGradient(),
            "fpcd" => new PersistentContrastiveDivergence(0, 1, 0.01),
            "pt" => new ParallelTempering(3, 4),
            "classes pt" => new ParallelTempering(3, 4),
            "discriminative" => new DiscriminativeGradient(),
            "hybrid" or "hybrid weights" => new HybridGradient(new PersistentContrastiveDivergence(7)),
            _ => new ContrastiveDivergence(),
        };
        (Layer visible, Layer hidden) = name switch
        {
            "gaussian" =>
                ((Layer)new GaussianLayer(Visible, 1, learnPrecision: true), (Layer)new GaussianLayer(Hidden, 1, learnPrecision: true)),
            "relu" => (new ReluLayer(Visible, 1, learnPrecision: true), new ReluLayer(Hidden, 1, learnPrecision: true)),
            "multinomial" => (new MultinomialLayer(Visible, 3), new MultinomialLayer(Hidden, Hidden, 5)),
            _ => (new BernoulliLayer(Visible), new BernoulliLayer(Hidden)),
        };
        TrainerOptions chosen = name switch
        {
            "cd means plain" => options with { Centering = false, L2 = 0 },
            "spiced" => options with
            {
                Dropout = 0.1,
                SparsityCost = 0.1,
                Binarization = Binarization.Stochastic,
                MaxNorm = 1,
                L1 = 1e-4,
                Steps = new Schedule(1, 2)
            },
            "own lists" => options with
            {
                Transforms = (model, usual) => [.. usual, new Pull(model)],
                Constraints = (model, usual) => [.. usual, new Pull(model)],
            },
            _ => options,
        };
        Dataset data = Teaching.RandomBits(Rows, Visible);
        if (name == "bytes") data = new Dataset("bytes", new ByteRows(new byte[Rows * Visible], Visible, 1));
        bool classifies = name.Contains("classes") || name.Contains("discriminative") || name.Contains("hybrid");
        if (classifies) data = new Dataset("labelled", data.Rows)
        {
            Labels = [.. Enumerable.Range(0, Rows).Select(r => r % 5)],
            RowWeights = name == "hybrid weights" ? [.. Enumerable.Range(0, Rows).Select(r => r % 4 + 0.5)] : null
        };
        if (name is "weights" or "gaussian") data = Teaching.Weighted(data, [.. Enumerable.Range(0, Rows).Select(r => r % 4 + 0.5)]);
        var trainer = new Trainer(classifies ? new ClassificationRbm(visible, hidden, 5) : name == "pl"
            ? new BoltzmannMachine((TwoStateLayer)visible) : new Rbm(visible, hidden), estimator, name == "adam" ? new Adam() : new Sgd(),
            chosen);

        using IEnumerator<TrainingProgress> steps = trainer.Run(data, Epochs).GetEnumerator();
        long start = 0;
        long[] epochs = new long[Epochs], least = [.. Enumerable.Repeat(long.MaxValue, (Rows + BatchSize - 1) / BatchSize)];
        while (true)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (!steps.MoveNext()) break;
            long after = GC.GetAllocatedBytesForCurrentThread();
            TrainingProgress p = steps.Current;
            if (p.Batch == 1) start = before;
            // Two epochs to warm up; the first and the last step of an epoch include its beginning and its record.
            if (p.Epoch > 2) least[p.Batch - 1] = Math.Min(least[p.Batch - 1], after - before);
            if (p.Batch == p.Batches) epochs[p.Epoch - 1] = after - start;
        }
        // The runtime may allocate as it compiles a method anew, once, and 64 bytes where a thread must sleep until another is done, as on
        // a busy machine; a step that allocates does so in every epoch.
        Assert.All(least[1..^1], bytes => Assert.Equal(0, bytes));
        // What begins and ends an epoch is small and does not depend on the sizes.
        Assert.InRange(epochs[2..].Min(), 0, 2000);
    }

    /// <summary>A transform and a constraint of a user's own.</summary>
    sealed class Pull(EnergyModel model) : IGradientTransform, IConstraint
    {
        public void Apply(TrainingStep step)
        {
            Matrix bias = step.Gradient.Bias(1);
            bias.SetSum(bias, 1, model.Layers[1].Bias, -step.LearningRate);
            step.AddDecay(1e-6);
        }

        public void Apply() => model.Layers[1].Bias.SetSum(model.Layers[1].Bias, 0.99);
    }
}
