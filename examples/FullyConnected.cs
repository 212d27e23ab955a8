#:project ../src/Boltzmann
// The machine of Hinton and Sejnowski (1983): every unit joined to every other. Without hidden units its log-likelihood has one maximum,
// which the exact gradient finds and chains come near to; hidden units, joined to each other too, can say what pairs of pixels cannot. All
// numbers are exact.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Training;

const int Updates = 2000;
Dataset data = BarsAndStripes.All(size: 3);
Matrix pictures = data.ToMatrix(Placement.Default.Double);
double ceiling = -data.Entropy;
Console.WriteLine($"{data.Count} pictures of 3 × 3 pixels. Independent fair pixels score {-9 * Math.Log(2):F3} nats a picture, a perfect "
    + $"model {ceiling:F3}.\n");

double exact = Learn("9 visible units, exact gradient", null, new ExactGradient());
double chains = Learn("the same by 200 chains", null, new PersistentContrastiveDivergence(chains: 200, steps: 5));
double hidden = Learn("9 visible and 6 hidden units", 6, new PersistentContrastiveDivergence(chains: 200, steps: 5));
return new[] { exact, chains, hidden }.All(reached => reached > ceiling - 0.3) ? 0 : 1;

double Learn(string what, int? hiddenUnits, IGradientEstimator estimator)
{
    var machine = new BoltzmannMachine(new BernoulliLayer(9, pictures.Placement),
        hiddenUnits is int units ? new BernoulliLayer(units, pictures.Placement) : null);
    machine.SetRandomWeights(0.1, new Rng(seed: 1));
    // With hidden units that see each other the positive phase is mean-field inference: what rises is a bound.
    var options = new TrainerOptions { BatchSize = data.Count, LearningRate = Schedule.Linear(0.2, 0.001, Updates), Momentum = 0, L2 = 0 };
    foreach (TrainingProgress progress in new Trainer(machine, estimator, new Sgd(), options, seed: 1).Run(data, Updates)) { }
    Score reached = Exact.LogLikelihood(machine, pictures);
    Console.WriteLine($"{what,-34} {reached.Mean:F3} nats, {ceiling - reached.Mean:F3} below the ceiling; "
        + $"{reached.PerRow.Sum(Math.Exp):P0} of its pictures are bars or stripes");
    return reached.Mean;
}
