#:project ../src/Boltzmann
// The example of the README: learns the built-in digits for two epochs and takes features.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Training;

var digits = Digits.Generate(10_000, seed: 1);
var rbm = new Rbm(new BernoulliLayer(784), new BernoulliLayer(256));
rbm.SetRandomWeights(0.01, new Rng(1));
rbm.Visible.SetFromMoments(digits.Statistics.Means, digits.Statistics.Variances);

var trainer = new Trainer(rbm, new PersistentContrastiveDivergence(chains: 100), new Sgd(),
    new TrainerOptions { BatchSize = 20, Binarization = Binarization.Stochastic });
foreach (TrainingProgress step in trainer.Run(digits, epochs: 2))
    if (step.Completed is EpochRecord epoch) Console.WriteLine($"{epoch.Number}: {epoch.RowsPerSecond:N0} rows/s");

Matrix features = rbm.Transform(digits.ToMatrix(0, 100));
Console.WriteLine($"pseudo-likelihood {PseudoLikelihood.Estimate(rbm, digits.ToMatrix(0, 1000), new Rng(2))} nats per row");

return features is { Rows: 100, Columns: 256 } ? 0 : 1;
