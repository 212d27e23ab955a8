#:project ../src/Boltzmann
// The right halves of digits from the left ones, and how good the guesses are: in squared error beside the mean digit and the most similar
// training digit, and in nats, log p(right | left), which annealed importance sampling finds without the partition function of the whole.
using Boltzmann;
using Boltzmann.Classifiers;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Reporting;
using Boltzmann.Sampling;

const int Side = 28, Shown = 12;
Dataset training = Digits.Generate(8_000);
Matrix seen = training.ToMatrix(), digits = Digits.Generate(100, stream: 1).ToMatrix();
foreach (Matrix rows in (Matrix[])[seen, digits]) Binarization.Stochastic.Apply(rows, new Rng(seed: 7), rows.Like(rows.Rows, rows.Columns));

var rbm = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(200));
rbm.SetRandomWeights(0.01, new Rng(seed: 1));
rbm.Visible.SetFromMoments(training.Means(), [.. training.Statistics.Variances]);
var options = new TrainerOptions { BatchSize = 50, LearningRate = Schedule.Linear(0.1, 0.01, 8), Binarization = Binarization.Stochastic };
foreach (TrainingProgress step in new Trainer(rbm, new PersistentContrastiveDivergence(chains: 100), new Sgd(), options,
    seed: 1).Run(training, epochs: 8))
    if (step.Completed is { Number: var number }) Console.WriteLine($"epoch {number}");

// 1 where pixels are given: in the left half of every line. Then what is asked for.
Matrix known = Matrix.Row([.. Enumerable.Range(0, Side * Side).Select(i => i % Side < Side / 2 ? 1.0 : 0.0)]),
    asked = known.Like(1, known.Columns);
asked.SetSum(known, -1, Matrix.Row([1]));

var chains = new CompletionOptions { BurnIn = 50, Sweeps = 100 };
Matrix average = Completion.EstimateMeans(rbm, digits, known, new Rng(seed: 2), chains),
    sample = Completion.Sample(rbm, digits, known, new Rng(seed: 3), chains);
Matrix mean = digits.Like(digits.Rows, digits.Columns), nearest = digits.Like(digits.Rows, digits.Columns);
for (int r = 0; r < digits.Rows; r++) mean.WriteRow(r, training.Means());
Nearest();

Console.WriteLine("\nright half from the left one       squared error   log-probability of its pixels, each alone [nats]");
foreach (var (what, guess) in (ReadOnlySpan<(string, Matrix)>)[("the mean training digit", mean), ("the nearest training digit", nearest),
    ("one sample", sample), ($"the mean of {chains.Sweeps} sweeps", average)])
    Console.WriteLine($"{what,-34} {Restoration.SquaredError(digits, guess, asked).Mean:F4}          "
        + $"{Restoration.LogProbability(digits, guess, asked).Mean,8:F1}");

var path = new Annealing { Chains = 5, Betas = 200, Start = Annealing.BaseRate(rbm, seen) };
Score whole = ConditionalLikelihood.Estimate(rbm, digits.RowRange(0, 40), known, path, new Rng(seed: 4));
Console.WriteLine($"\nlog p(right half | left half), all pixels at once: {whole} nats. Pixels of a stroke tell of each other, so it is "
    + "above their sum alone.");

Matrix given = digits.Clone();
given.SetScaled(digits, known);
string file = Path.Combine(Path.GetTempPath(), "boltzmann-half-digits.png");
double[][] tiles = [.. new[] { given, sample, average, nearest, digits }.SelectMany(m => ImageSheet.RowsOf(m, Shown))];
File.WriteAllBytes(file, Png.Encode(ImageSheet.Grey(tiles, new(Side, Side), layout: new() { Columns = Shown })));
Console.WriteLine($"Given, a sample, the mean, the nearest training digit and the truth: {file}");
return Restoration.SquaredError(digits, average, asked).Mean < Restoration.SquaredError(digits, nearest, asked).Mean ? 0 : 1;

// The training digit whose left half is nearest.
void Nearest()
{
    Matrix left = seen.Like(seen.Rows, seen.Columns), query = digits.Clone();
    left.SetScaled(seen, known);
    query.SetScaled(digits, known);
    var search = new KNearestNeighbors(1);
    search.Fit(left, [.. Enumerable.Range(0, left.Rows).Select(r => r % 2)]);
    Neighbor[][] found = search.Find(query);
    for (int r = 0; r < digits.Rows; r++) nearest.WriteRow(r, seen.ReadRow(found[r][0].Row));
}
