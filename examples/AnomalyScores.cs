#:project ../src/Boltzmann
// Finds rows that do not belong, without ever having seen such rows. log p(v) = −F(v) − log Z, and log Z is the same for all rows, so
// the free energy F alone ranks them: the higher, the stranger. AUC is the chance that a strange row scores higher than a true one.
using Boltzmann;
using Boltzmann.Data;

const int Side = 28;
Dataset training = Digits.Generate(6000);
Matrix digits = Digits.Generate(500, stream: 1).ToMatrix();
Binarization bits = Binarization.Threshold(0.5);
bits.Apply(digits, new Rng(), digits);

Rbm rbm = New(hidden: 128);
var options = new TrainerOptions { BatchSize = 50, LearningRate = Schedule.Linear(0.1, 0.01, 10), Binarization = bits };
foreach (TrainingProgress progress in new Trainer(rbm, new PersistentContrastiveDivergence(chains: 100), new Sgd(), options).Run(training,
    epochs: 10))
    if (progress.Completed is { } epoch) Console.WriteLine($"epoch {epoch.Number,2}   {epoch.RowsPerSecond:F0} digits a second");

// The comparison: a machine whose hidden unit hears nothing, so that pixels are independent with the frequencies of the training set.
Rbm independent = New(hidden: 1);

var rng = new Rng(seed: 3);
double worst = 1;
(string What, Matrix Rows)[] strangers =
[
    ("pixels drawn by their frequencies", FromFrequencies()),
    ("upside down", Rearranged(i => (Side - 1 - i / Side) * Side + i % Side)),
    ("mirrored", Rearranged(i => i / Side * Side + (Side - 1 - i % Side))),
    ("turned by 90°", Rearranged(i => (Side - 1 - i % Side) * Side + i / Side)),
    ("shifted down by 3 pixels", Rearranged(i => i < 3 * Side ? i + (Side - 3) * Side : i - 3 * Side)),
    ("upper half of one digit, lower of another", Halves()),
];
double[] normal = rbm.FreeEnergy(digits), normalIndependent = independent.FreeEnergy(digits);
Console.WriteLine();
Console.WriteLine($"{"500 digits against 500 …",-44} mean F (digits {normal.Average():F0})    AUC   AUC if pixels were independent");
foreach (var (what, rows) in strangers)
{
    double[] scores = rbm.FreeEnergy(rows);
    double auc = Auc(normal, scores);
    worst = Math.Min(worst, auc);
    Console.WriteLine($"  {what,-42} {scores.Average(),8:F0}                {auc:F3}   "
        + $"{Auc(normalIndependent, independent.FreeEnergy(rows)):F3}");
}
return worst > 0.7 ? 0 : 1;

Rbm New(int hidden)
{
    var machine = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(hidden));
    // Pixels that are always black would otherwise have a bias of −16 each, and one bit of dust would outweigh every other sign.
    machine.Visible.SetFromMoments([.. training.Means().Select(m => Math.Max(m, 0.001))], [.. training.Statistics.Variances]);
    if (hidden > 1) machine.SetRandomWeights(0.01, new Rng(seed: 1));
    return machine;
}

Matrix FromFrequencies()
{
    Matrix noise = digits.Like(digits.Rows, digits.Columns), frequencies = noise.Like(1, digits.Columns);
    frequencies.SetColumnSums(digits, scale: 1.0 / digits.Rows);
    noise.SampleUniform(rng);
    noise.SetSum(noise, -1);
    noise.SetSum(noise, 1, frequencies);
    noise.SetGreater(noise, Matrix.Row([0]));
    return noise;
}

Matrix Rearranged(Func<int, int> source)
{
    Matrix rows = digits.Like(digits.Rows, digits.Columns);
    for (int r = 0; r < rows.Rows; r++)
    {
        double[] row = digits.ReadRow(r);
        rows.WriteRow(r, [.. Enumerable.Range(0, row.Length).Select(i => row[source(i)])]);
    }
    return rows;
}

Matrix Halves()
{
    Matrix rows = digits.Like(digits.Rows, digits.Columns);
    for (int r = 0; r < rows.Rows; r++)
        rows.WriteRow(r, [.. digits.ReadRow(r).Take(Side * Side / 2), .. digits.ReadRow((r + 1) % rows.Rows).Skip(Side * Side / 2)]);
    return rows;
}

static double Auc(double[] normal, double[] strange) =>
    strange.Average(s => normal.Average(n => s > n ? 1.0 : s == n ? 0.5 : 0));
