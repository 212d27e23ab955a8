#:project ../src/Boltzmann
// The machine of Hinton and Sejnowski (1983): every unit joined to every other. Without hidden units it knows pairs of pixels, and bars and
// stripes are not made of pairs; some hidden units, joined to each other too, and it knows them. Small enough for exact numbers throughout.
using Boltzmann;

const int Updates = 2000;
Dataset data = BarsAndStripes.All(size: 3);
Matrix pictures = data.ToMatrix(Placement.Default.Double);
double ceiling = -data.Entropy;
Console.WriteLine($"{data.Count} pictures of 3 × 3 pixels. Independent fair pixels score {-9 * Math.Log(2):F3} nats a picture, a perfect model {ceiling:F3}.\n");

double pairs = Learn("9 visible units alone", null, new PersistentContrastiveDivergence(chains: 200, steps: 5));
double hidden = Learn("9 visible and 6 hidden units", 6, new PersistentContrastiveDivergence(chains: 200, steps: 5));
double exact = Learn("the same by its exact gradient", 6, new ExactGradient());
return pairs < hidden - 0.3 && exact > ceiling - 0.6 ? 0 : 1;

double Learn(string what, int? hiddenUnits, IGradientEstimator estimator)
{
    var machine = new BoltzmannMachine(new BernoulliLayer(9, pictures.Placement), hiddenUnits is int units ? new BernoulliLayer(units, pictures.Placement) : null);
    machine.SetRandomWeights(0.1, new Rng(seed: 1));
    // With hidden units that see each other the positive phase is mean-field inference, a bound; only the exact gradient sums over their states.
    var options = new TrainerOptions { BatchSize = data.Count, LearningRate = Schedule.Linear(0.2, 0.001, Updates), Momentum = 0, L2 = 0 };
    foreach (TrainingProgress progress in new Trainer(machine, estimator, new Sgd(), options, seed: 1).Run(data, Updates)) { }
    double reached = Exact.LogLikelihood(machine, pictures).Mean;
    Console.WriteLine($"{what,-32} {reached:F3} nats, {ceiling - reached:F3} below the ceiling; {Exact.LogLikelihood(machine, pictures).PerRow.Sum(Math.Exp):P0} of its pictures are bars or stripes");
    return reached;
}
