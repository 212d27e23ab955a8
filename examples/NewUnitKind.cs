#:project ../src/Boltzmann
// A new kind of unit in one file: grey values. A UnitIntervalLayer has x ∈ [0, 1] and the potential U(x) = −b·x, so given an input I
//
//     p(x | I) = e^{a·x} / ∫₀¹ e^{a·t} dt      with a = I + b,
//
// a piece of an exponential: flat at a = 0, leaning to 1 for a > 0 and to 0 for a < 0. Everything the library asks of a kind follows from
// that line, and the layer then works on either side of every model, with every estimator and every evaluation, in files and on pictures.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;
using Boltzmann.Persistence;
using Boltzmann.Reporting;
using Boltzmann.Training;

// One line makes the kind known to files, to described graphs and to commands that are run from this program.
LayerKinds.Register(UnitIntervalLayer.Registration);
bool right = true;
Placement exact = Placement.Default.Double;
var rng = new Rng(seed: 1);

// 1. Is it right? The mean must be the slope of the log-normaliser, the variance that of the mean, and samples must have that mean.
var unit = new UnitIntervalLayer(1, exact);
Console.WriteLine("       a        mean   slope of log-normaliser   mean of 100 000 samples    variance   slope of mean");
foreach (double a in (double[])[-300, -20, -2, -1e-3, 0, 1e-7, 0.5, 2, 20, 300])
{
    const double Step = 1e-4;
    double Log(double at) => Of(at, (inputs, result) => unit.AddLogNormalizer(inputs, result));
    double Mean(double at) => Of(at, (inputs, result) => unit.SetMean(inputs, result));
    double mean = Mean(a), slope = (Log(a + Step) - Log(a - Step)) / (2 * Step);
    double variance = Of(a, (inputs, result) => unit.SetVariance(inputs, result)), bend = (Mean(a + Step) - Mean(a - Step)) / (2 * Step);
    Matrix many = new(100_000, 1, exact), draws = new(100_000, 1, exact);
    many.Fill(a);
    unit.Sample(many, draws, rng);
    double sampled = draws.Summarize().Sum / draws.Rows;
    Console.WriteLine($"{a,8:G4}    {mean:F6}                  {slope:F6}                  {sampled:F6}    {variance:F6}        {bend:F6}");
    // Central differences: rounding 300·2⁻⁵²/1e-4 and curvature 1e-8/100; samples: five standard errors of a value in [0, 1] with σ ≤ 0.29.
    right &= Math.Abs(slope - mean) < 2e-9 && Math.Abs(bend - variance) < 2e-9
        && Math.Abs(sampled - mean) < 5 * 0.29 / Math.Sqrt(draws.Rows);
}

// 2. What does each way of learning reach? Rows of two grey patterns; the exact log-likelihood sums over the hidden units' states.
var rows = new double[100, 6];
for (int r = 0; r < 100; r++)
    for (int c = 0; c < 6; c++) rows[r, c] = 0.2 * rng.NextUniform() + ((r + c) % 2 == 0 ? 0.8 : 0);
var data = new Dataset("patterns", new MatrixRows(Matrix.From(rows, exact)));
Matrix all = data.ToMatrix(exact);
Console.WriteLine("\nlearned by      log-likelihood, nats a row");
var ways = new IGradientEstimator[]
{
    new ContrastiveDivergence(sampleVisible: true), new PersistentContrastiveDivergence(50), new ParallelTempering(5, 50),
        new MultiPrediction(), new ExactGradient(),
};
Rbm small = null!;
foreach (IGradientEstimator way in ways)
{
    small = new Rbm(new UnitIntervalLayer(6, exact), new BernoulliLayer(4, exact));
    small.SetRandomWeights(0.1, new Rng(2));
    double before = Exact.LogLikelihood(small, all).Mean;
    foreach (var _ in new Trainer(small, way, new Sgd(), new() { LearningRate = 0.1 }).Run(data, epochs: 100)) { }
    double after = Exact.LogLikelihood(small, all).Mean;
    Console.WriteLine($"{way.Name,-10}      {after:F3} (untrained {before:F3})");
    // Multi-prediction follows another objective.
    right &= way is MultiPrediction || after > before + 1;
}
double logPartition = Exact.LogPartition(small);
LogPartitionEstimate ais = AnnealedImportanceSampling.Estimate(small, new Annealing { Chains = 200, Betas = 1000 }, rng);
Console.WriteLine($"log Z {logPartition:F4} exactly, {ais.Value:F4} ({ais.Lower:F4} to {ais.Upper:F4}) by annealed importance sampling");
right &= logPartition >= ais.Lower && logPartition <= ais.Upper;

// 3. Is it useful? Learn grey digits as they are, stop, save, load, go on: the same bits as without a stop. Then a picture.
Dataset digits = Digits.Generate(4000), fresh = Digits.Generate(500, stream: 1);
Matrix unseen = fresh.ToMatrix();
Trainer Start(Rbm model) => new(model, new ContrastiveDivergence(), new Sgd(), new() { LearningRate = 0.05 });
var rbm = new Rbm(new UnitIntervalLayer(784), new BernoulliLayer(200));
rbm.SetRandomWeights(0.01, new Rng(3));
rbm.Visible.SetFromMoments(digits.Means(), [.. digits.Statistics.Variances]);
double blank = Reconstruction.SquaredError(rbm, unseen).Mean;
Trainer whole = Start(rbm.Clone()), first = Start(rbm.Clone());
foreach (var _ in whole.Run(digits, epochs: 10)) { }
foreach (var _ in first.Run(digits, epochs: 4)) { }
DirectoryInfo folder = Directory.CreateTempSubdirectory("new-unit-kind-");
string checkpoint = Path.Combine(folder.FullName, "checkpoint.safetensors"), picture = Path.Combine(folder.FullName, "reconstructions.png");
Checkpoint.Save(checkpoint, (Rbm)first.Model, first.Snapshot());
Rbm loaded = ModelFile.LoadRbm(checkpoint);
Trainer second = Start(loaded);
second.Restore(Checkpoint.Load(checkpoint, loaded));
foreach (var _ in second.Run(digits, epochs: 10)) { }
bool same = whole.Model.Parameters.Zip(second.Model.Parameters).All(pair => Numbers(pair.First).SequenceEqual(Numbers(pair.Second)));
double error = Reconstruction.SquaredError(loaded, unseen).Mean;
Console.WriteLine($"\nmean squared error on unseen digits {error:F4} (untrained {blank:F4})");
Console.WriteLine($"stopped, loaded and resumed: {(same ? "the same bits as without a stop" : "other bits than without a stop")}");
Matrix few = unseen.RowRange(0, 20);
IReadOnlyList<double[]> seen = ImageSheet.RowsOf(few), made = ImageSheet.RowsOf(loaded.Reconstruct(few));
File.WriteAllBytes(picture, Png.Encode(ImageSheet.Pairs(seen, made, fresh.Image!, TileRange.Of([loaded.Visible]))));
Console.WriteLine($"unseen digits above what the machine makes of them: {picture}");
return right && same && error < 0.5 * blank ? 0 : 1;

static IEnumerable<double> Numbers(Parameter parameter) => parameter.Value.ToArray().Cast<double>();

double Of(double input, Action<Matrix, Matrix> compute)
{
    Matrix inputs = Matrix.Row(1, input, exact), result = new(1, 1, exact);
    compute(inputs, result);
    return result[0, 0];
}

/// <summary>Units x ∈ [0, 1] with potential U(x) = −b·x.</summary>
sealed class UnitIntervalLayer(int units, Placement? placement = null) : Layer(units, placement)
{
    public static LayerKind Registration { get; } = new("unit-interval", UnitValues.UnitInterval, (layer, placement) =>
        new UnitIntervalLayer(layer.Size, placement));

    public override string Kind => Registration.Name;

    public override UnitValues Values => Registration.Values;

    public override IReadOnlyList<Parameter> Parameters { get; } = [new("bias", new Matrix(1, units, placement))];

    public override void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null) =>
        energies.AddRowSums(states, Bias, -scale);

    public override void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null)
    {
        using Workspace.Loan logs = Workspace.Like(workspace, inputs);
        logs.Matrix.SetMap<LogNormalizer>(inputs, Bias);
        values.AddRowSums(logs, null, scale);
    }

    public override void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null) => destination.SetMap<Mean>(inputs, Bias);

    public override void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null) =>
        destination.SampleMap<Quantile>(inputs, Bias, null, rng);

    // The slope of the mean: what back-propagation through mean-field inference needs.
    public override bool HasVariance => true;

    public override void SetVariance(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        destination.SetMap<Variance>(inputs, Bias);

    public override void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null) =>
        gradients[0].SetColumnSums(states, null, rowWeights, scale, keep: 1);

    public override Layer Clone(Placement? placement = null)
    {
        var copy = new UnitIntervalLayer(Units, placement ?? Placement);
        copy.CopyFrom(this);
        return copy;
    }

    public override void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances)
    {
        var bias = new double[Units];
        for (int i = 0; i < bias.Length; i++)
        {
            // The mean rises with a: bisect. 1/a is the mean near 0, so ±100 holds all between 0.01 and 0.99.
            double low = -100, high = 100;
            while (high - low > 1e-6) (low, high) = Mean.Of((low + high) / 2) < means[i] ? ((low + high) / 2, high)
                : (low, (low + high) / 2);
            bias[i] = low;
        }
        Bias.WriteRow(0, bias);
    }

    // eˣ − 1 without the cancellation near 0: with tanh, eˣ − 1 = (eˣ + 1)·tanh(x/2).
    static double ExpLess1(double x) => (Math.Exp(x) + 1) * Math.Tanh(x / 2);

    // Functions of an input x, the bias p and a uniform number u, which the library runs on all cores. The scalar form is enough.

    /// <summary>
    /// log((eᵃ − 1)/a) = max(a, 0) + log((1 − e^{−|a|})/|a|): nothing overflows, and near 0 the series a/2 + a²/24 replaces 0/0.
    /// </summary>
    readonly struct LogNormalizer : IMap<LogNormalizer>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p, size = Math.Abs(a);
            return size < 1e-3 ? a / 2 + a * a / 24 : Math.Max(a, 0) + Math.Log(-ExpLess1(-size) / size);
        }
    }

    /// <summary>1/(1 − e^{−a}) − 1/a, whose two terms cancel near 0: there ½ + a/12 − a³/720.</summary>
    readonly struct Mean : IMap<Mean>
    {
        public static double Invoke(double x, double p, double q, double u) => Of(x + p);

        public static double Of(double a) => Math.Abs(a) < 1e-2 ? 0.5 + a / 12 - a * a * a / 720 : -1 / ExpLess1(-a) - 1 / a;
    }

    /// <summary>1/a² − 1/(2 sinh(a/2))², near 0 the series 1/12 − a²/240 + a⁴/6048.</summary>
    readonly struct Variance : IMap<Variance>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p, s = 2 * Math.Sinh(a / 2);
            return Math.Abs(a) < 0.1 ? 1.0 / 12 - a * a / 240 + a * a * a * a / 6048 : 1 / (a * a) - 1 / (s * s);
        }
    }

    /// <summary>Solves (e^{ax} − 1)/(eᵃ − 1) = u for x, from the end where the exponentials stay small.</summary>
    readonly struct Quantile : IMap<Quantile>
    {
        public static double Invoke(double x, double p, double q, double u)
        {
            double a = x + p;
            return Math.Abs(a) < 1e-6 ? u : a < 0 ? Math.Log(1 + u * ExpLess1(a)) / a : 1 + Math.Log(1 + (1 - u) * ExpLess1(-a)) / a;
        }
    }
}
