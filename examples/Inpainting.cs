#:project ../src/Boltzmann
// Completes half-seen digits. A machine that has learned p(v) also knows p(right half | left half): clamp the left half, run Gibbs
// sampling on the rest, and the chain draws completions that fit. Missing values, in general, are just units that are not clamped.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Reporting;

const int Side = 28, Shown = 10, BurnIn = 100, Kept = 200;
Dataset training = Digits.Generate(10_000);
Matrix digits = Digits.Generate(200, stream: 1).ToMatrix();

var rbm = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(256));
rbm.SetRandomWeights(0.01, new Rng(seed: 1));
rbm.Visible.SetFromMoments(training.Means(), [.. training.Statistics.Variances]);
var options = new TrainerOptions { BatchSize = 50, LearningRate = Schedule.Linear(0.1, 0.01, 10), Binarization = Binarization.Stochastic };
foreach (TrainingProgress progress in new Trainer(rbm, new PersistentContrastiveDivergence(chains: 100), new Sgd(), options).Run(training,
    epochs: 10))
    if (progress.Completed is { } epoch) Console.WriteLine($"epoch {epoch.Number,2}   {epoch.RowsPerSecond:F0} digits a second");

// 1 for pixels that are given: the left half of every row.
Matrix known = Matrix.Row([.. Enumerable.Range(0, Side * Side).Select(i => i % Side < Side / 2 ? 1.0 : 0.0)]);
var rng = new Rng(seed: 2);
var state = new State(rbm, digits.Rows);
state[0].SampleUniform(rng);
state.ClampUnits(0, known, digits);

// A warm start crosses between modes, temperature 1 then settles. The mean over many samples is the guess with the least squared error.
for (int s = 0; s < BurnIn; s++) Gibbs.Sweep(rbm, state, 1, rng, temperature: 1 + 2.0 * (BurnIn - 1 - s) / BurnIn);
Matrix mean = digits.Like(digits.Rows, digits.Columns), now = digits.Like(digits.Rows, digits.Columns);
for (int s = 0; s < Kept; s++)
{
    Gibbs.Sweep(rbm, state, rng);
    rbm.SetVisibleMean(state[1], now);
    mean.SetSum(mean, 1, now, 1.0 / Kept);
}

double baseline = HiddenHalfError(Spread(training.Means())), one = HiddenHalfError(now), average = HiddenHalfError(mean);
Console.WriteLine($"""

    Mean squared error on the half that was not shown, over {digits.Rows} new digits:
      the mean training digit         {baseline:F4}
      one sample of the machine       {one:F4}
      the mean of {Kept} samples         {average:F4}   ({1 - average / baseline:P0} less than the first)
    """);

// Rows of the picture: the digit, what was shown, one completion, the mean completion.
Matrix shownPart = digits.Like(digits.Rows, digits.Columns);
shownPart.SetScaled(digits, known);
now.SetScaled(now, Inverse(known));
now.SetSum(now, 1, shownPart);
mean.SetScaled(mean, Inverse(known));
mean.SetSum(mean, 1, shownPart);
string file = Path.Combine(Path.GetTempPath(), "boltzmann-inpainting.png");
double[][] tiles = [.. new[] { digits, shownPart, now, mean }.SelectMany(m => Enumerable.Range(0, Shown).Select(r => m.ReadRow(r)))];
File.WriteAllBytes(file, Png.Encode(ImageSheet.Grey(tiles, new(Side, Side), layout: new() { Columns = Shown })));
Console.WriteLine($"The digits, what was shown of them, one completion and the mean completion: {file}");
return average < 0.8 * baseline ? 0 : 1;

double HiddenHalfError(Matrix guess)
{
    Matrix error = digits.Like(digits.Rows, digits.Columns);
    error.SetSum(digits, 1, guess, -1);
    error.SetScaled(error, Inverse(known));
    return error.Summarize().SumOfSquares / (digits.Rows * Side * Side / 2);
}

Matrix Spread(double[] row)
{
    Matrix rows = digits.Like(digits.Rows, digits.Columns);
    for (int r = 0; r < rows.Rows; r++) rows.WriteRow(r, row);
    return rows;
}

static Matrix Inverse(Matrix mask)
{
    Matrix inverse = mask.Like(mask.Rows, mask.Columns);
    inverse.SetSum(mask, -1, Matrix.Row([1]));
    return inverse;
}
