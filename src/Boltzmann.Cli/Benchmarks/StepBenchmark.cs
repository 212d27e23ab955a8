using System.Diagnostics;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// Times whole training steps as a trainer makes them: gathering rows, CD-1 with sampled hidden units, biases, momentum, L2 and the update;
/// or gathering rows and targets, the passes up and down, the loss and Adam; or gathering rows, mean-field inference, chains and the update
/// of a deep Boltzmann machine. Weights have learned for an epoch first, so that pixels and hidden states have the zeros they have in use.
/// </summary>
sealed class StepBenchmark(Dataset digits, ulong seed)
{
    /// <summary>Visits to each case.</summary>
    public const int Rounds = 12;

    const int FewestSteps = 7, DenseRows = 1000;
    const double RoundSeconds = 0.3, PeakSeconds = 0.06;
    const double LearningRate = 0.05, Momentum = 0.5, L2 = 1e-4;

    readonly Dictionary<(int, int, bool, int?), EnergyModel> warm = [];

    /// <summary>
    /// Runs the cases round by round, so that a busy or badly placed processor spoils a round of each rather than all rounds of one. Yields
    /// after every round.
    /// </summary>
    public IEnumerable<IReadOnlyList<BenchResult>> Run(IReadOnlyList<BenchCase> cases, CancellationToken interrupted)
    {
        Entry[] entries = [.. cases.Select(Prepare)];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Entry entry in entries)
            {
                interrupted.ThrowIfCancellationRequested();
                entry.Measure();
            }
            yield return [.. entries.Select(e => e.Result)];
        }
    }

    Entry Prepare(BenchCase bench)
    {
        Dataset data = bench.GaussianVisible ? Dense(bench.Visible) : digits;
        var placement = new Placement(new CpuBackend(bench.Threads, bench.VectorBits, bench.SkipZeros), bench.Precision);
        EnergyModel model = Warm(bench, data).Clone(placement);
        if (bench.IsFineTuning)
        {
            Network network = Network.From([(Rbm)model], BenchCase.Classes, new SoftmaxHead(), new Rng(seed));
            var trainer = new NetworkTrainer(network, new Adam(), new() { BatchSize = bench.Batch }, seed);
            return new(bench, trainer.Run(Examples.OfClasses(data, BenchCase.Classes), int.MaxValue).GetEnumerator());
        }
        return new(bench, TrainerFor(model, bench.Batch).Run(data, int.MaxValue).GetEnumerator());
    }

    sealed class Entry(BenchCase bench, IEnumerator<TrainingProgress> steps)
    {
        readonly List<double> times = [];
        readonly Stopwatch clock = new();
        double best = double.PositiveInfinity, peak;

        public BenchResult Result => new(bench, best * 1e3, peak);

        public void Measure()
        {
            peak = Math.Max(peak, FmaPeak.Measure(bench.Precision, bench.VectorBits, bench.Threads, PeakSeconds));
            times.Clear();
            for (double total = 0; total < RoundSeconds || times.Count < FewestSteps; total += times[^1])
            {
                clock.Restart();
                steps.MoveNext();
                times.Add(clock.Elapsed.TotalSeconds);
            }
            times.Sort();
            best = Math.Min(best, times[times.Count / 2]);
        }
    }

    // One epoch at batches of 100, once for each shape; the cases start from copies.
    EnergyModel Warm(BenchCase bench, Dataset data)
    {
        var key = (bench.Visible, bench.Hidden, bench.GaussianVisible, bench.Upper);
        if (warm.TryGetValue(key, out EnergyModel? model)) return model;
        Layer visible = bench.GaussianVisible ? new GaussianLayer(bench.Visible)
            : new BernoulliLayer(bench.Visible), hidden = new BernoulliLayer(bench.Hidden);
        model = bench.Upper is int upper ? new Dbm(visible, hidden, new BernoulliLayer(upper)) : new Rbm(visible, hidden);
        model.SetRandomWeights(0.01, new Rng(seed));
        visible.SetFromMoments(data.Statistics.Means, data.Statistics.Variances);
        foreach (TrainingProgress progress in TrainerFor(model, 100).Run(data, 1)) _ = progress;
        return warm[key] = model;
    }

    static Trainer TrainerFor(EnergyModel model, int batch) => new(model, EstimatorFor(model), new Sgd(), new TrainerOptions
    {
        BatchSize = batch,
        LearningRate = model.Layers[0].Values == UnitValues.Reals || model is Dbm ? LearningRate / 100 : LearningRate,
        Momentum = Momentum,
        L2 = L2,
        Centering = false,
    });

    static IGradientEstimator EstimatorFor(EnergyModel model) => model is Dbm
        ? new PersistentContrastiveDivergence(inference: new MeanField(BenchCase.MeanFieldSweeps,
            tolerance: 0)) : new ContrastiveDivergence();

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
