#:project ../src/Boltzmann
// What a machine dreams of: an RBM learns bars and stripes, and its modes, states of the visible units that no change of one pixel makes
// more probable, are looked for. With 16 pixels all 65,536 pictures can be asked instead: modes, their free energies and how many there
// are must agree.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Searching;

const int Side = 4, Pixels = Side * Side, Epochs = 3000;
Dataset data = BarsAndStripes.All(Side);
var rbm = new Rbm(new BernoulliLayer(Pixels), new BernoulliLayer(16));
rbm.SetRandomWeights(0.1, new Rng(seed: 1));
var options = new TrainerOptions { BatchSize = data.Count, LearningRate = Schedule.Linear(0.2, 0.001, Epochs), Momentum = 0, L2 = 0 };
var chains = new PersistentContrastiveDivergence(chains: 200, steps: 2);
foreach (var _ in new Trainer(rbm, chains, new Sgd(), options, seed: 1).Run(data, Epochs)) { }
Console.WriteLine($"{data.Count} pictures, log-likelihood {Exact.LogLikelihood(rbm, data.ToMatrix()).Mean:F2} nats a picture, at most "
    + $"{-data.Entropy:F2}");

ModesResult result = Search.Modes(rbm, new StopRule { Sweeps = 2000 }, new ModesOptions { Count = 1000 });
var learned = new HashSet<string>(Enumerable.Range(0, data.Count).Select(row => Bits(data.ToMatrix().ReadRow(row))));
int good = result.Modes.Count(mode => learned.Contains(Bits(mode.Row)));
Console.WriteLine($"{result.Distinct} modes, {good} of the {data.Count} pictures among them, from {result.Samples:N0} samples in "
    + $"{result.Search.Seconds:F1} s; free energy and share of samples:");
foreach (Mode[] line in result.Modes.Take(30).Chunk(10))
{
    for (int y = 0; y < Side; y++)
        Console.WriteLine(string.Join("  ", line.Select(mode => string.Concat(Enumerable.Range(y * Side, Side)
            .Select(i => mode.Row[i] > 0.5 ? "█" : "·")) + "  ")));
    Console.WriteLine(string.Join("  ", line.Select(mode => $"{mode.Energy,-6:F1}")));
    Console.WriteLine(string.Join("  ", line.Select(mode => $"{mode.Share,-6:P1}")) + Environment.NewLine);
}

// Every picture's free energy; a mode is below its 16 neighbours.
double[,] all = new double[1 << Pixels, Pixels];
for (int picture = 0; picture < 1 << Pixels; picture++)
    for (int i = 0; i < Pixels; i++) all[picture, i] = picture >> i & 1;
IReadOnlyList<double> energies = FreeEnergy.PerRow(rbm, Matrix.From(all)).PerRow;
Dictionary<string, double> minima = Enumerable.Range(0, 1 << Pixels)
    .Where(picture => Enumerable.Range(0, Pixels).All(i => energies[picture] <= energies[picture ^ 1 << i]))
    .ToDictionary(picture => string.Concat(Enumerable.Range(0, Pixels).Select(i => picture >> i & 1)), picture => energies[picture]);
double worst = result.Modes.Max(mode => minima.TryGetValue(Bits(mode.Row), out double energy) ? Math.Abs(energy - mode.Energy) : 1);
bool isLowest = Math.Abs(minima.Values.Min() - result.Modes[0].Energy) < 1e-3;
Console.WriteLine($"of all {1 << Pixels:N0} pictures {minima.Count} are modes; free energies differ by {worst:E1} at most, and the lowest "
    + (isLowest ? "was found" : "was missed"));
return worst < 1e-3 && result.Distinct <= minima.Count && good >= 25 && isLowest ? 0 : 1;

static string Bits(IEnumerable<double> row) => string.Concat(row.Select(value => value > 0.5 ? 1 : 0));
