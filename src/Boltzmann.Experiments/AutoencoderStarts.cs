using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>What auto-encoders of MNIST begin with: stacks of machines, and of denoising auto-encoders.</summary>
/// <param name="context">Data, seed, folders.</param>
/// <param name="training">Rows that the runs learn from.</param>
sealed class AutoencoderStarts(ExperimentContext context, Dataset training)
{
    /// <summary>Epochs of each layer.</summary>
    public const int Epochs = 10;

    /// <summary>Share of inputs that denoising auto-encoders are not shown.</summary>
    public const double Masked = 0.25;

    const int Batch = 100, SlowEpochs = 5;
    const double Rate = 0.1, TopRate = 0.001, Decay = 0.0002, SlowMomentum = 0.5, Momentum = 0.9;
    const uint TopStream = 0x746f7000, MaskedStream = 0x6d61736b;

    int[] Below => context.Quick ? [50, 30, 20] : [1000, 500, 250];

    int LayerEpochs => context.Quick ? 1 : Epochs;

    /// <summary>The stack of Hinton and Salakhutdinov (2006), fewer epochs: Bernoulli units, at the top 30 Gaussian ones.</summary>
    public RunFolder Stack() => context.Complete($"{context.Labelled("autoencoder")}-stack", TrainPlan.Of(ModelKind.Dbn) with
    {
        Data = MnistParts.Name,
        TrainRows = context.Quick ? MnistParts.QuickRows : null,
        Hidden = [.. Below, context.Quick ? 10 : 30],
        HiddenUnits = ["bernoulli", "bernoulli", "bernoulli", "gaussian"],
        Method = TrainingMethod.Cd,
        Binarize = BinarizationWay.None,
        LayerInput = LayerInputWay.Means,
        BatchSize = Batch,
        Epochs = LayerEpochs,
        LayerLearningRate = [Rate, Rate, Rate, TopRate],
        Momentum = [.. Enumerable.Repeat(SlowMomentum, SlowEpochs), Momentum],
        L2 = Decay,
        Metrics = ["reconstruction-error"],
    });

    /// <summary>The same stack with a top machine of two units, unrolled, in a file.</summary>
    /// <param name="stack">Of <see cref="Stack"/>.</param>
    /// <param name="kept">Remembers how long it took.</param>
    public string Plane(RunFolder stack, Measurements kept) => Kept("plane", kept, () =>
    {
        Dbn all = ModelFile.LoadDbn(stack.ModelPath, context.Placement);
        Rbm[] below = [.. all.Machines.SkipLast(1)];
        Dataset rows = training;
        foreach (Rbm machine in below) rows = Through(rows, batch => machine.Transform(batch), context.Placement);
        var top = new Rbm(new BernoulliLayer(rows.Columns, context.Placement), new GaussianLayer(2, placement: context.Placement));
        top.SetRandomWeights(0.01, new Rng(context.Seed, TopStream));
        var trainer = new Trainer(top, new ContrastiveDivergence(), new Sgd(), new()
        {
            BatchSize = Batch,
            LearningRate = Schedule.Linear(TopRate, TopRate / 10, LayerEpochs),
            Momentum = new Schedule([.. Enumerable.Repeat(SlowMomentum, SlowEpochs), Momentum]),
            L2 = Decay,
        }, context.Seed);
        foreach (TrainingProgress _ in trainer.Run(rows, LayerEpochs)) context.Interrupted.ThrowIfCancellationRequested();
        return Network.Unroll([.. below, top]);
    });

    /// <summary>
    /// A stack of denoising auto-encoders (Vincent et al. 2008), unrolled, in a file: each learns to rebuild the codes of the one below
    /// from those of them that are not masked.
    /// </summary>
    /// <param name="kept">Remembers how long it took.</param>
    public string Denoising(Measurements kept) => Kept("denoising", kept, () =>
    {
        List<NetworkLayer> up = [], down = [];
        Dataset rows = training;
        int[] sizes = [.. Below, context.Quick ? 10 : 30];
        foreach (var (l, units) in sizes.Index())
        {
            var encoder = new NetworkLayer(rows.Columns, units, l == sizes.Length - 1 ? Activation.Linear : Activation.Sigmoid,
                placement: context.Placement);
            var decoder = new NetworkLayer(units, rows.Columns, Activation.Linear, placement: context.Placement);
            var rng = new Rng(context.Seed, MaskedStream + (uint)l);
            encoder.SetGlorotWeights(rng);
            decoder.SetGlorotWeights(rng);
            var network = new Network([encoder, decoder], ReconstructionHead.Bernoulli) { CodeLayer = 1 };
            var trainer = new NetworkTrainer(network, new Adam(), new() { BatchSize = Batch, InputDropout = Masked }, context.Seed);
            foreach (TrainingProgress progress in trainer.Run(new(rows, rows.Rows), LayerEpochs))
            {
                context.Interrupted.ThrowIfCancellationRequested();
                if (progress.Completed is not null) context.Say($"denoising auto-encoder {l + 1}, epoch {progress.Epoch}");
            }
            up.Add(encoder);
            down.Insert(0, l == 0 ? decoder : new(units, rows.Columns, Activation.Sigmoid, placement: context.Placement));
            if (l > 0)
            {
                down[0].Weights.SetCopy(decoder.Weights);
                down[0].Bias.SetCopy(decoder.Bias);
            }
            if (l < sizes.Length - 1) rows = Through(rows, network.Encode, context.Placement);
        }
        return new([.. up, .. down], ReconstructionHead.Bernoulli) { CodeLayer = sizes.Length };
    });

    /// <summary>Seconds that a start of a file took to learn.</summary>
    public static double Seconds(string start, Measurements kept) =>
        kept.Once(Path.GetFileNameWithoutExtension(start), () => throw new InvalidOperationException($"{start} was not learned"))[0];

    // Made once; the measurement says that the file is whole.
    string Kept(string what, Measurements kept, Func<Network> learn)
    {
        string path = Path.Combine(context.Runs, context.Labelled("autoencoder"), $"{what}.safetensors");
        kept.Once(what, () =>
        {
            var clock = Stopwatch.StartNew();
            ModelFile.Save(path, learn());
            return [clock.Elapsed.TotalSeconds];
        });
        return path;
    }

    /// <summary>What becomes of rows, some at a time.</summary>
    public static Dataset Through(Dataset rows, Func<Matrix, Matrix> transform, Placement placement)
    {
        const int AtOnce = 1000;
        var parts = new List<Matrix>();
        for (int first = 0; first < rows.Count; first += AtOnce)
            parts.Add(transform(rows.ToMatrix(first, Math.Min(AtOnce, rows.Count - first), placement)));
        return new(rows.Name, new MatrixRows(parts, parts[0].Columns)) { Labels = rows.Labels, LabelNames = rows.LabelNames };
    }
}
