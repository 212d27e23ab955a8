#:project ../src/Boltzmann
// Learns 3 × 3 bars and stripes: 14 pictures out of 512. The machine is small enough to sum over all its states, so every number here is
// exact: the mean log-likelihood can rise to minus the entropy of the data, and there the machine has become the data.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;

const int Epochs = 4000;
Dataset data = BarsAndStripes.All(size: 3);
Matrix pictures = data.ToMatrix();
double ceiling = -data.Entropy;

var rbm = new Rbm(new BernoulliLayer(9), new BernoulliLayer(12));
rbm.SetRandomWeights(0.1, new Rng(seed: 1));
// The negative phase comes from 200 persistent chains. Their noise never ends, so the learning rate has to: at a constant 0.3 the
// likelihood rises to −2.9 nats and then falls to −3.9.
var chains = new PersistentContrastiveDivergence(chains: 200, steps: 5);
var options = new TrainerOptions { BatchSize = data.Count, LearningRate = Schedule.Linear(0.3, 0.001, Epochs), Momentum = 0, L2 = 0 };
var trainer = new Trainer(rbm, chains, new Sgd(), options, seed: 1);

Console.WriteLine($"{data.Count} pictures of 3 × 3 pixels. Guessing scores {-9 * Math.Log(2):F3} nats a picture, a perfect model "
    + $"{ceiling:F3}.");
double reached = double.NegativeInfinity;
foreach (TrainingProgress progress in trainer.Run(data, Epochs))
{
    if (progress.Completed is not { } epoch || epoch.Number % 500 != 0) continue;
    reached = Exact.LogLikelihood(rbm, pictures).Mean;
    Console.WriteLine($"epoch {epoch.Number}   log-likelihood {reached:F3} nats, {ceiling - reached:F3} below the ceiling");
}

// All 512 pictures in the order of probability: the 14 should come first.
double[] probabilities = Exact.StateProbabilities(rbm, layer: 0);
double onData = Exact.LogLikelihood(rbm, pictures).PerRow.Sum(Math.Exp);
Console.WriteLine($"{onData:P1} of the probability lies on the {data.Count} pictures, which are "
    + $"{(double)data.Count / probabilities.Length:P1} of all {probabilities.Length}.");
Console.WriteLine("The 16 most probable pictures, with p · 14:");
int[] best = [.. Enumerable.Range(0, probabilities.Length).OrderByDescending(s => probabilities[s]).Take(16)];
foreach (int[] line in best.Chunk(8))
{
    for (int y = 0; y < 3; y++)
        Console.WriteLine("   " + string.Join("   ",
            line.Select(s => string.Concat(Enumerable.Range(3 * y, 3).Select(i => (s >> i & 1) != 0 ? "██" : "· ")))));
    Console.WriteLine("   " + string.Join("   ", line.Select(s => $"{14 * probabilities[s],-6:F2}")) + Environment.NewLine);
}
return reached > ceiling - 0.2 ? 0 : 1;
