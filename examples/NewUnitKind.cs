#:project ../src/Boltzmann
// A new kind of unit in one file: grey values. A UnitIntervalLayer has x ∈ [0, 1] and the potential U(x) = −b·x, so given an input I
//
//     p(x | I) = e^{a·x} / ∫₀¹ e^{a·t} dt      with a = I + b,
//
// a piece of an exponential: flat at a = 0, leaning to 1 for a > 0 and to 0 for a < 0. Everything the library asks of a kind follows from
// that line, and the layer then works on either side of every model, with every estimator and every evaluation.
using Boltzmann;

// 1. Is it right? The mean must be the slope of the log-normaliser, and the samples must have that mean.
bool right = true;
Placement exact = Placement.Default.Double;
var unit = new UnitIntervalLayer(1, exact);
Matrix input = new(1, 1, exact), mean = new(1, 1, exact), above = new(1, 1, exact), below = new(1, 1, exact);
Matrix many = new(100_000, 1, exact), draws = new(100_000, 1, exact);
var rng = new Rng(seed: 1);
Console.WriteLine("       a        mean   slope of log-normaliser   mean of 100 000 samples");
foreach (double a in (double[])[-300, -20, -2, -1e-3, 0, 1e-7, 0.5, 2, 20, 300])
{
    const double Step = 1e-4;
    unit.SetMean(Filled(input, a), mean);
    above.Fill(0);
    below.Fill(0);
    unit.AddLogNormalizer(Filled(input, a + Step), above);
    unit.AddLogNormalizer(Filled(input, a - Step), below);
    double slope = (above[0, 0] - below[0, 0]) / (2 * Step);
    unit.Sample(Filled(many, a), draws, rng);
    double sampled = draws.Summarize().Sum / draws.Rows;
    Console.WriteLine($"{a,8:G4}    {mean[0, 0]:F6}                  {slope:F6}                  {sampled:F6}");
    // Central differences: rounding 300·2⁻⁵²/1e-4 and curvature 1e-8/100; samples: five standard errors of a value in [0, 1] with σ ≤ 0.29.
    right &= Math.Abs(slope - mean[0, 0]) < 2e-9 && Math.Abs(sampled - mean[0, 0]) < 5 * 0.29 / Math.Sqrt(draws.Rows);
}

// 2. Is it useful? Learn grey digits as they are, without making bits of them.
Dataset digits = Digits.Generate(4000);
Dataset fresh = Digits.Generate(500, stream: 1);
var rbm = new Rbm(new UnitIntervalLayer(784), new BernoulliLayer(200));
rbm.SetRandomWeights(0.01, rng);
rbm.Visible.SetFromMoments(digits.Means(), [.. digits.Statistics.Variances]);
Matrix unseen = fresh.ToMatrix();
double before = Reconstruction.SquaredError(rbm, unseen).Mean, after = before;
var trainer = new Trainer(rbm, new ContrastiveDivergence(), new Sgd(), new() { LearningRate = 0.05 });
foreach (TrainingProgress progress in trainer.Run(digits, epochs: 10))
    if (progress.Completed is { } epoch)
        Console.WriteLine($"epoch {epoch.Number,2}   mean squared error on unseen digits {after = Reconstruction.SquaredError(rbm, unseen).Mean:F4} (untrained {before:F4})");

Console.WriteLine("\nUnseen digits, and what the machine makes of them:");
Matrix few = unseen.RowRange(0, 3), made = rbm.Reconstruct(few);
const string Inks = " .:-=+*#%@";
for (int y = 2; y < 27; y += 2)
{
    foreach (Matrix row in (Matrix[])[few, made])
    {
        for (int i = 0; i < 3; i++) Console.Write(string.Concat(Enumerable.Range(3, 22).Select(x => Inks[(int)(Math.Clamp(row.ReadRow(i)[28 * y + x], 0, 1) * 9.99)])));
        Console.Write("   ");
    }
    Console.WriteLine();
}
return right && after < 0.5 * before ? 0 : 1;

static Matrix Filled(Matrix matrix, double value)
{
    matrix.Fill(value);
    return matrix;
}

/// <summary>Units x ∈ [0, 1] with potential U(x) = −b·x.</summary>
sealed class UnitIntervalLayer(int units, Placement? placement = null) : Layer(units, placement)
{
    public override string Kind => "unit-interval";

    public override IReadOnlyList<Parameter> Parameters { get; } = [new("bias", new Matrix(1, units, placement))];

    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null) => energies.AddRowSums(states, Bias, -scale);

    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null)
    {
        using Workspace.Loan logs = Workspace.Like(workspace, inputs);
        Transform(inputs, logs, null, (a, _) => LogNormalizer(a));
        values.AddRowSums(logs, null, scale);
    }

    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) => Transform(inputs, destination, null, (a, _) => Mean(a));

    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null)
    {
        using Workspace.Loan uniform = Workspace.Like(workspace, inputs);
        uniform.Matrix.SampleUniform(rng);
        Transform(inputs, destination, uniform, Quantile);
    }

    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients, Workspace? workspace = null) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    public override Layer Clone(Placement? placement = null)
    {
        var copy = new UnitIntervalLayer(Units, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }

    public override string? Complaint(ReadOnlySpan<double> row) =>
        row.ContainsAnyExceptInRange(0.0, 1.0) ? "a value lies outside 0..1" : null;

    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var bias = new double[Units];
        for (int i = 0; i < bias.Length; i++)
        {
            // The mean rises with a: bisect. 1/a is the mean near 0, so ±100 holds all between 0.01 and 0.99.
            double low = -100, high = 100;
            while (high - low > 1e-6) (low, high) = Mean((low + high) / 2) < means[i] ? ((low + high) / 2, high) : (low, (low + high) / 2);
            bias[i] = low;
        }
        Bias.WriteRow(0, bias);
    }

    // log((eᵃ − 1)/a) = max(a, 0) + log((1 − e^{−|a|})/|a|): nothing overflows, and near 0 the series a/2 + a²/24 replaces 0/0.
    static double LogNormalizer(double a)
    {
        double size = Math.Abs(a);
        return size < 1e-3 ? a / 2 + a * a / 24 : Math.Max(a, 0) + Math.Log(-ExpLess1(-size) / size);
    }

    // 1/(1 − e^{−a}) − 1/a, whose two terms cancel near 0: there ½ + a/12 − a³/720.
    static double Mean(double a) => Math.Abs(a) < 1e-2 ? 0.5 + a / 12 - a * a * a / 720 : -1 / ExpLess1(-a) - 1 / a;

    // Solves (e^{ax} − 1)/(eᵃ − 1) = u, from the end where the exponentials stay small.
    static double Quantile(double a, double u) =>
        Math.Abs(a) < 1e-6 ? u : a < 0 ? Math.Log(1 + u * ExpLess1(a)) / a : 1 + Math.Log(1 + (1 - u) * ExpLess1(-a)) / a;

    // eˣ − 1 without the cancellation near 0: with tanh, eˣ − 1 = (eˣ + 1)·tanh(x/2).
    static double ExpLess1(double x) => (Math.Exp(x) + 1) * Math.Tanh(x / 2);

    // Element by element, by way of the host. (A kernel would make it fast; this makes it short.)
    void Transform(Matrix inputs, Matrix destination, Matrix? uniform, Func<double, double, double> of)
    {
        double[] bias = Bias.ReadRow(0), row = new double[Units], random = new double[Units];
        for (int r = 0; r < inputs.Rows; r++)
        {
            inputs.ReadRow(r, row);
            uniform?.ReadRow(r, random);
            for (int i = 0; i < row.Length; i++) row[i] = of(row[i] + bias[i], random[i]);
            destination.WriteRow(r, row);
        }
    }
}
