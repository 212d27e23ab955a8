namespace Boltzmann.Tests.Training;

/// <summary>Writes down the batches that a trainer presents; its gradient is 0.</summary>
sealed class RecordingEstimator : IGradientEstimator
{
    public List<double[,]> Batches { get; } = [];

    public List<double[]?> Weights { get; } = [];

    public List<int> StepsSeen { get; } = [];

    public string Name => "recording";

    public int Steps { get; set; } = 1;

    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        Batches.Add(batch.State[0].ToArray());
        Weights.Add(batch.RowWeights?.ReadColumn(0));
        StepsSeen.Add(Steps);
    }

    /// <summary>The first value of every row presented, in order.</summary>
    public double[] FirstColumn => [.. Batches.SelectMany(b => Enumerable.Range(0, b.GetLength(0)).Select(r => b[r, 0]))];
}

/// <summary>Writes down gradients and rates; parameters stay.</summary>
sealed class RecordingOptimizer : IOptimizer
{
    public List<(int Index, double[,] Gradient, StepRates Rates)> Calls { get; } = [];

    public string Name => "recording";

    public long Time { get; set; }

    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    public void Prepare(int index, Matrix value) { }

    public void Apply(int index, Matrix value, ReadOnlySpan<Factor> gradient, in StepRates rates)
    {
        Matrix dense = value.Like(value.Rows, value.Columns);
        dense.SetOuterProducts(gradient);
        Calls.Add((index, dense.ToArray(), rates));
    }
}

/// <summary>What these tests do again and again.</summary>
static class Teaching
{
    public static Placement Double { get; } = Placement.Default.Double;

    public static void Learn(this Trainer trainer, Dataset training, int epochs, Dataset? validation = null)
    {
        foreach (TrainingProgress _ in trainer.Run(training, epochs, validation)) { }
    }

    public static Dataset Rows(double[,] values) => new("rows", new NumberRows([.. values.Cast<double>()], values.GetLength(1)));

    /// <summary>Rows 0, 1, 2, …, recognisable by their first value.</summary>
    public static Dataset Numbered(int rows, int columns = 3)
    {
        var values = new double[rows, columns];
        for (int r = 0; r < rows; r++) values[r, 0] = r;
        return Rows(values);
    }

    public static Dataset Weighted(Dataset data, params double[] weights) => new(data.Name, data.Rows) { RowWeights = weights };

    public static Dataset RandomBits(int rows, int columns, ulong seed = 5, double density = 0.5)
    {
        Draw draw = new Rng(seed).NextDraw();
        var values = new double[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) values[r, c] = Philox.Uniform(draw, r, c) < density ? 1 : 0;
        return Rows(values);
    }

    public static Rbm Bernoulli(int visible, int hidden, double deviation = 0.3, Placement? placement = null, ulong seed = 8)
    {
        var model = new Rbm(new BernoulliLayer(visible, placement ?? Double), new BernoulliLayer(hidden, placement ?? Double));
        var rng = new Rng(seed);
        foreach (Parameter p in model.Parameters)
        {
            p.Value.SampleNormal(rng);
            p.Value.SetSum(p.Value, deviation);
        }
        return model;
    }

    /// <summary>The gradient of an estimator on one batch.</summary>
    public static Gradient GradientOf(Rbm model, IGradientEstimator estimator, double[,] rows, double[]? weights = null, Rng? rng = null)
    {
        var gradient = new Gradient(model);
        estimator.Estimate(model, BatchOf(model, rows, weights), gradient, rng ?? new Rng(3));
        return gradient;
    }

    public static Batch BatchOf(Rbm model, double[,] rows, double[]? weights = null)
    {
        var state = new State(model, rows.GetLength(0));
        state[0].SetCopy(Matrix.From(rows, model.Placement));
        if (weights is null) return new Batch(state);
        Matrix column = new(weights.Length, 1, model.Placement);
        for (int r = 0; r < weights.Length; r++) column[r, 0] = weights[r];
        return new Batch(state, column, weights.Sum());
    }

    public static void AssertClose(EnergyModel expected, EnergyModel actual, double tolerance)
    {
        foreach (var (a, b) in expected.Parameters.Zip(actual.Parameters)) AssertClose(a.Value.ToArray(), b.Value.ToArray(), tolerance);
    }

    public static void AssertClose(double[,] expected, double[,] actual, double tolerance)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        foreach (var (a, b) in expected.Cast<double>().Zip(actual.Cast<double>())) Assert.Equal(a, b, tolerance);
    }

    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
