namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Makes the steps of cases as a trainer takes them: gathering rows, CD-1 or PCD-1 with sampled hidden units, biases, momentum, L2 and the
/// update; or gathering rows and targets, the passes up and down, the loss and Adam; or gathering rows, mean-field inference, chains and
/// the update of a deep Boltzmann machine; or the hidden means of rows; or a short annealing. Weights have learned for an epoch first, so
/// that pixels and hidden states have the zeros they have in use.
/// </summary>
sealed class BenchWork(Dataset digits, ulong seed, CoreDistance cores)
{
    /// <summary>Inverse temperatures that one call of an annealing case walks, the start not counted.</summary>
    public const int BetasPerCall = 5;

    const int DenseRows = 1000, WarmBatch = 100;
    const double LearningRate = 0.05, Momentum = 0.5, L2 = 1e-4;

    readonly Dictionary<(int, int, bool, int?), EnergyModel> warm = [];
    readonly Dictionary<(int, int, bool), CpuBackend> backends = [];

    /// <summary>Steps that one call of a case's action takes.</summary>
    public static int StepsPerCall(BenchCase bench) => bench.Step == BenchStep.Annealing ? BetasPerCall : 1;

    /// <summary>An action that takes the next step or steps of a case.</summary>
    public Action Prepare(BenchCase bench)
    {
        Dataset data = bench.GaussianVisible ? Dense(bench.Visible) : digits;
        var placement = new Placement(BackendFor(bench), bench.Precision);
        EnergyModel model = Warm(bench, data).Clone(placement);
        switch (bench.Step)
        {
            case BenchStep.FineTuning:
                Network network = Network.From([(Rbm)model], BenchCase.Classes, new SoftmaxHead(), new Rng(seed));
                var trainer = new NetworkTrainer(network, new Adam(), new() { BatchSize = bench.Batch }, seed);
                return Next(trainer.Run(Examples.OfClasses(data, BenchCase.Classes), int.MaxValue));
            case BenchStep.Encoding:
                var rows = new Matrix(Math.Min(bench.Batch, data.Count), bench.Visible, placement);
                data.Rows.Gather([.. Enumerable.Range(0, rows.Rows)], rows);
                return () => _ = ((Rbm)model).Transform(rows);
            case BenchStep.Annealing:
                var settings = new Annealing { Chains = bench.Batch, Betas = BetasPerCall + 1 };
                var rng = new Rng(seed);
                return () => _ = AnnealedImportanceSampling.Estimate(model, settings, rng);
            default:
                return Next(TrainerFor(model, EstimatorFor(bench.Step), bench.Batch).Run(data, int.MaxValue));
        }
    }

    static Action Next<T>(IEnumerable<T> steps)
    {
        IEnumerator<T> at = steps.GetEnumerator();
        return () => at.MoveNext();
    }

    // Cases of as many threads share them.
    CpuBackend BackendFor(BenchCase bench)
    {
        var key = (bench.Threads, bench.VectorBits, bench.SkipZeros);
        if (!backends.TryGetValue(key, out CpuBackend? backend))
            backends[key] = backend = new CpuBackend(bench.Threads, bench.VectorBits, bench.SkipZeros, cores);
        return backend;
    }

    // One epoch, once for each shape; the cases start from copies.
    EnergyModel Warm(BenchCase bench, Dataset data)
    {
        var key = (bench.Visible, bench.Hidden, bench.GaussianVisible, bench.Upper);
        if (warm.TryGetValue(key, out EnergyModel? model)) return model;
        Layer visible = bench.GaussianVisible ? new GaussianLayer(bench.Visible)
            : new BernoulliLayer(bench.Visible), hidden = new BernoulliLayer(bench.Hidden);
        model = bench.Upper is int upper ? new Dbm(visible, hidden, new BernoulliLayer(upper)) : new Rbm(visible, hidden);
        model.SetRandomWeights(0.01, new Rng(seed));
        visible.SetFromMoments(data.Statistics.Means, data.Statistics.Variances);
        BenchStep step = model is Dbm ? BenchStep.DeepMachine : BenchStep.ContrastiveDivergence;
        foreach (TrainingProgress progress in TrainerFor(model, EstimatorFor(step), WarmBatch).Run(data, 1)) _ = progress;
        return warm[key] = model;
    }

    static Trainer TrainerFor(EnergyModel model, IGradientEstimator estimator, int batch) => new(model, estimator, new Sgd(), new()
    {
        BatchSize = batch,
        LearningRate = model.Layers[0].Values == UnitValues.Reals || model is Dbm ? LearningRate / 100 : LearningRate,
        Momentum = Momentum,
        L2 = L2,
        Centering = false,
    });

    static IGradientEstimator EstimatorFor(BenchStep step) => step switch
    {
        BenchStep.DeepMachine => new PersistentContrastiveDivergence(inference: new MeanField(BenchCase.MeanFieldSweeps, tolerance: 0)),
        BenchStep.PersistentDivergence => new PersistentContrastiveDivergence(),
        _ => new ContrastiveDivergence(),
    };

    Dataset Dense(int columns)
    {
        var rows = new Matrix(DenseRows, columns);
        rows.SampleNormal(new Rng(seed));
        var values = new float[DenseRows * columns];
        var row = new double[columns];
        for (int r = 0; r < DenseRows; r++)
        {
            rows.ReadRow(r, row);
            for (int c = 0; c < columns; c++) values[r * columns + c] = (float)row[c];
        }
        return new Dataset("standard normal", new NumberRows(values, columns));
    }
}
