#:project ../src/Boltzmann
// How good is a machine? Its log-likelihood says it, but needs log Z, a sum over 2^784 pictures. With few hidden units the sum can be
// done exactly, by enumerating those instead; with many it has to be estimated by annealed importance sampling (AIS). Here both are
// possible, so the estimate can be checked: forward AIS comes from below, reverse AIS from above, and the truth lies between.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;

Dataset training = Digits.Generate(4000);
Matrix digits = training.ToMatrix(0, 1000), unseen = Digits.Generate(1000, stream: 1).ToMatrix();
var rng = new Rng(seed: 1);
foreach (Matrix rows in (Matrix[])[digits, unseen]) Binarization.Stochastic.Apply(rows, rng, rows.Like(rows.Rows, rows.Columns));

var rbm = new Rbm(new BernoulliLayer(784), new BernoulliLayer(14));
rbm.SetRandomWeights(0.01, rng);
rbm.Visible.SetFromMoments(training.Means(), [.. training.Statistics.Variances]);
double independent = Exact.LogLikelihood(rbm, unseen).Mean;
var options = new TrainerOptions { BatchSize = 50, LearningRate = Schedule.Linear(0.1, 0.01, 10), Binarization = Binarization.Stochastic };
foreach (TrainingProgress progress in new Trainer(rbm, new PersistentContrastiveDivergence(chains: 50, steps: 2), new Sgd(),
    options).Run(training, epochs: 10))
    if (progress.Completed is { Number: var number } && number % 5 == 0) Console.WriteLine($"epoch {number}");

double logPartition = Exact.LogPartition(rbm);
Console.WriteLine($"log Z = {logPartition:F3} nats, by summing over the {1 << 14} states of the hidden units\n");
Console.WriteLine(" betas    forward AIS (error)     exact    reverse AIS (error)       gap   effective chains");
bool bracketed = true;
Score seen = FreeEnergy.LogLikelihood(rbm, digits, logPartition), test = FreeEnergy.LogLikelihood(rbm, unseen, logPartition);
foreach (int betas in (int[])[30, 100, 300, 1000])
{
    // From the base rates of the data to the machine; in reverse from exact samples of the machine back to the base rates.
    var path = new Annealing { Chains = 100, Betas = betas, Start = Annealing.BaseRate(rbm, digits) };
    LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(rbm, path, rng);
    LogPartitionEstimate reverse = AnnealedImportanceSampling.EstimateReverse(rbm, path, rng);
    Console.WriteLine($"{betas,6}   {forward.Value,9:F3} ({forward.StandardError:F3})   {logPartition,9:F3}   {reverse.Value,9:F3} "
        + $"({reverse.StandardError:F3})   "
        + $"{new LogPartitionBracket(forward, reverse).Gap,6:F3}   {forward.EffectiveSampleSize:F0} and {reverse.EffectiveSampleSize:F0} "
        + $"of {forward.Chains}");
    // With many betas the errors are small and honest; with few, most weight rests on a handful of chains and they are not.
    if (betas == 1000)
        bracketed = Math.Abs(forward.Value - logPartition) < 5 * forward.StandardError
            && Math.Abs(reverse.Value - logPartition) < 5 * reverse.StandardError;
}

Console.WriteLine($"""

    Log-likelihood per digit, in nats:
      pixels independent          {independent:F1}
      14 hidden units, training   {seen.ToString()}
      14 hidden units, unseen     {test.ToString()}
    """);
return bracketed && test.Mean > independent + 10 ? 0 : 1;
