#:project ../src/Boltzmann
// Cleans noisy digits by what a machine knows of clean ones: the noise of a pixel is one more input of its unit, and the mean over Gibbs
// sampling is the guess of least squared error. The peak signal-to-noise ratio against the level of the noise, beside what single pixels
// allow.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Reporting;
using Boltzmann.Sampling;

const int Side = 28, Shown = 12;
Dataset training = Digits.Generate(8_000);
Matrix digits = Digits.Generate(100, stream: 1).ToMatrix();
var rbm = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(200));
rbm.SetRandomWeights(0.01, new Rng(seed: 1));
rbm.Visible.SetFromMoments(training.Means(), [.. training.Statistics.Variances]);
var options = new TrainerOptions { BatchSize = 50, LearningRate = Schedule.Linear(0.1, 0.01, 8), Binarization = Binarization.Stochastic };
foreach (TrainingProgress step in new Trainer(rbm, new PersistentContrastiveDivergence(chains: 100), new Sgd(), options,
    seed: 1).Run(training, epochs: 8))
    if (step.Completed is { Number: var number }) Console.WriteLine($"epoch {number}");

// The same without weights: what each pixel says of itself, and how often it is on.
var alone = new Rbm(new BernoulliLayer(Side * Side), new BernoulliLayer(1));
alone.Visible.SetFromMoments(training.Means(), [.. training.Statistics.Variances]);

// The units are bits: each grey value is drawn as one.
Matrix bits = digits.Clone();
Binarization.Stochastic.Apply(bits, new Rng(seed: 2), bits.Like(bits.Rows, bits.Columns));
var chains = new CompletionOptions { BurnIn = 30, Sweeps = 60 };
var lines = new List<Matrix> { bits };
bool isBetter = true;
double[] ratios = [];
Console.WriteLine("\nPeak signal-to-noise ratio in dB over 100 new digits of bits");
Console.WriteLine("noise                   noisy   pixels alone   machine");
foreach (double deviation in (double[])[0.2, 0.5, 1, 2])
{
    var noise = bits.Like(bits.Rows, bits.Columns);
    noise.SampleNormal(new Rng(seed: 3));
    noise.SetSum(bits, 1, noise, deviation);
    Matrix clean = Denoising.RemoveNormal(rbm, noise, deviation, new Rng(seed: 4), chains);
    Report($"normal, σ = {deviation}", noise, Denoising.RemoveNormal(alone, noise, deviation, new Rng(seed: 4), chains), clean);
    // At a deviation of 2 an average over chains as short as these is worse than what single pixels say.
    if (deviation < 2) isBetter &= Last();
    if (deviation == 1) lines.AddRange([noise, clean]);
}
foreach (double share in (double[])[0.05, 0.1, 0.2])
{
    Matrix noise = bits.Like(bits.Rows, bits.Columns), flips = bits.Like(bits.Rows, bits.Columns);
    // The square of bit − flip is the bit, turned over where flip is 1.
    flips.SampleUniform(new Rng(seed: 5));
    flips.SetGreater(flips, Matrix.Row(1, 1 - share));
    noise.SetSum(bits, 1, flips, -1);
    noise.SetScaled(noise, noise);
    Matrix clean = Denoising.RemoveFlips(rbm, noise, share, new Rng(seed: 6), chains);
    Report($"flips, {share:P0}", noise, Denoising.RemoveFlips(alone, noise, share, new Rng(seed: 6), chains), clean);
    isBetter &= Last();
    if (share == 0.2) lines.AddRange([noise, clean]);
}
string file = Path.Combine(Path.GetTempPath(), "boltzmann-denoising.png");
File.WriteAllBytes(file, Png.Encode(ImageSheet.Grey([.. lines.SelectMany(m => ImageSheet.RowsOf(m, Shown))], new(Side, Side),
    layout: new() { Columns = Shown })));
Console.WriteLine($"\nBits, normal noise of deviation 1 and what is made of it, a fifth flipped and what is made of it: {file}");
return isBetter ? 0 : 1;

void Report(string what, Matrix noisy, Matrix pixels, Matrix machine)
{
    ratios = [.. new[] { noisy, pixels, machine }.Select(m => Restoration.PeakSignalToNoise(Restoration.SquaredError(bits, m)))];
    Console.WriteLine($"{what,-20} {ratios[0],8:F1} {ratios[1],14:F1} {ratios[2],9:F1}");
}

bool Last() => ratios[2] > ratios[1] && ratios[2] > ratios[0];
