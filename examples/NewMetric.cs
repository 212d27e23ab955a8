#:project ../src/Boltzmann
// A new metric in one file: the share of a machine's samples that are valid patterns. Learning 3×3 bars and stripes, a sample is valid if
// it is one of the 14 patterns of the data. A metric is a name, a unit, a direction and a function of the machine and the rows; it is
// measured as the built-in ones are, with random numbers of its own, so what is learned does not depend on it, and it may stop the
// training.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Sampling;
using Boltzmann.Training;

Dataset data = BarsAndStripes.All(size: 3);
HashSet<string> valid = [.. Enumerable.Range(0, data.Count).Select(r => string.Concat(data.ToMatrix().ReadRow(r)))];

// Samples from tempered chains: plain Gibbs sampling would stay at the pattern that it came to first, and count that as all there are.
const int Chains = 1000, Sweeps = 100;
var validSamples = new Metric("valid-samples", "share", HigherIsBetter: true, c =>
{
    var chains = new TemperedChains(c.Model, Chains, c.Rng);
    for (int sweep = 0; sweep < Sweeps; sweep++) chains.Sweep(c.Rng);
    return Enumerable.Range(0, Chains).Count(r => valid.Contains(string.Concat(chains.State[0].ReadRow(r)))) / (double)Chains;
});

// The same number without chance: the probability of all valid patterns together, Σ e^{−F(v)} / Z, by enumeration.
var validProbability = new Metric("valid-probability", "share", HigherIsBetter: true, c =>
    Enumerable.Range(0, c.Training.Rows).Sum(r => Math.Exp(Exact.LogLikelihood(c.Model, c.Training.RowRange(r, 1)).Mean)));

// By name, as a command line would ask for them: a catalogue of the built-in metrics and these.
MetricSet metrics = MetricCatalog.BuiltIn.With(validSamples, validProbability);
var rbm = new Rbm(new BernoulliLayer(9), new BernoulliLayer(12));
rbm.SetRandomWeights(0.1, new Rng(seed: 1));
const int Epochs = 4000;
var trainer = new Trainer(rbm, new PersistentContrastiveDivergence(chains: 200, steps: 5), new Sgd(), new TrainerOptions
{
    BatchSize = data.Count,
    LearningRate = Schedule.Linear(0.3, 0.001, Epochs),
    Momentum = 0,
    L2 = 0,
    Metrics = [metrics.Parse("valid-samples:200"), metrics.Parse("valid-probability:200"), metrics.Parse("exact-log-likelihood:200")],
    EarlyStopping = new("valid-samples", Patience: 5),
});

double worst = 0, last = 0;
foreach (TrainingProgress progress in trainer.Run(data, Epochs))
{
    if (progress.Completed is not { Metrics.Count: > 0 } epoch) continue;
    double sampled = epoch.Metrics["valid-samples"];
    last = epoch.Metrics["valid-probability"];
    worst = Math.Max(worst, Math.Abs(sampled - last) / Math.Sqrt(last * (1 - last) / Chains));
    if (epoch.Number % 400 == 0 || epoch.Stopped is not null)
    {
        double likelihood = epoch.Metrics["exact-log-likelihood"];
        Console.WriteLine($"{epoch.Number,5}   valid {sampled:F3} (exactly {last:F3})   log-likelihood {likelihood:F3} nats");
    }
    if (epoch.Stopped is string why) Console.WriteLine($"        stopped: {why}");
}
Console.WriteLine($"sampled shares lie within {worst:F1} standard errors of the exact ones");

// 6 standard errors at up to 20 measurements: a false alarm in millions of runs.
return last > 0.8 && worst < 6 ? 0 : 1;
