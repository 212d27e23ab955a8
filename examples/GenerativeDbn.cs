#:project ../src/Boltzmann
// A deep belief network that draws digits. Two machines, one after the other: the second learns what the first makes of the digits, and
// then dreams of it; the first turns those dreams into pictures. Nobody tells the network what a digit is.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Reporting;
using Boltzmann.Training;

const int Side = 28, Epochs = 6, Shown = 100;
Dataset training = Digits.Generate(10_000), unseen = Digits.Generate(1_000, stream: 1);

Dbn network = Dbn.Of(new BernoulliLayer(Side * Side), new BernoulliLayer(300), new BernoulliLayer(200));
network.SetRandomWeights(0.01, new Rng(seed: 1));
var trainer = new GreedyTrainer(network, [Layer(0.05), Layer(0.05)]);
foreach (GreedyProgress step in trainer.Run(training))
    if (step.Progress.Completed is EpochRecord epoch)
        Console.WriteLine($"layer {step.Machine}   epoch {epoch.Number}   error {epoch.Metrics["reconstruction-error"]:F4}   "
            + $"{epoch.RowsPerSecond:F0} digits a second");

// Up to a layer and down again, on digits it has not seen. Knowing no more than the mean digit leaves the data's variance.
Matrix digits = unseen.ToMatrix();
double variance = training.Statistics.Variances.Average(), error = 0;
Console.WriteLine($"\nMean squared error on {unseen.Count} new digits: the mean training digit {variance:F4}");
for (int layer = 1; layer < network.Layers.Count; layer++)
    Console.WriteLine($"  {network.Layers[layer].Units} units of layer {layer}, there and back   "
        + $"{error = Error(network.Reconstruct(digits, layer)):F4}");

// Chains of the top pair of layers begin at new digits and run until they have forgotten them; then down to the pixels.
Save("samples", ImageSheet.Grey(network.SampleFrom(digits.RowRange(0, Shown), sweeps: 1000, new Rng(seed: 2)), new(Side, Side)),
    "What the network dreams");

// Turn on one unit alone and let means go down: strokes for a unit of layer 1, of layer 2 arrangements of strokes.
for (int layer = 1; layer < network.Layers.Count; layer++)
    Save($"layer-{layer}", ImageSheet.Filters(network.ProjectEffect(layer), new(Side, Side)), $"What units of layer {layer} stand for");
return error < 0.5 * variance ? 0 : 1;

// Samples of the layer below, drawn afresh each time a digit is shown; every machine has a learning rate that falls to a tenth.
LayerTraining Layer(double rate) => new(new PersistentContrastiveDivergence(chains: 100), new Sgd(),
    new TrainerOptions
    {
        BatchSize = 20,
        LearningRate = Schedule.Linear(rate, rate / 10, Epochs),
        Binarization = Binarization.Stochastic,
        Metrics = [MetricCatalog.Parse("reconstruction-error")]
    }, Epochs);

double Error(Matrix reconstruction)
{
    reconstruction.SetSum(reconstruction, 1, digits, -1);
    return reconstruction.Summarize().SumOfSquares / ((double)digits.Rows * digits.Columns);
}

static void Save(string name, PixelImage picture, string what)
{
    string file = Path.Combine(Path.GetTempPath(), $"boltzmann-dbn-{name}.png");
    File.WriteAllBytes(file, Png.Encode(picture));
    Console.WriteLine($"{what}: {file}");
}
