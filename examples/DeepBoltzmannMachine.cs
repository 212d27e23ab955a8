#:project ../src/Boltzmann
// A deep Boltzmann machine of digits: two hidden layers, all weights undirected, learned together from the start. What it believes of a row
// is found by mean-field inference, which also bounds the row's log-likelihood; its dreams are Gibbs sampling, watched here as they settle.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Reporting;
using Boltzmann.Training;

const int Side = 28, Epochs = 5;
Dataset training = Digits.Generate(6_000);
Matrix unseen = Digits.Generate(500, stream: 1).ToMatrix(), bits = unseen.Clone();
Binarization.Stochastic.Apply(bits, new Rng(seed: 9), bits.Like(bits.Rows, bits.Columns));

var machine = new Dbm(new BernoulliLayer(Side * Side), new BernoulliLayer(150), new BernoulliLayer(100));
machine.SetRandomWeights(0.01, new Rng(seed: 1));
machine.Visible.SetFromMoments(training.Statistics.Means, training.Statistics.Variances);
double before = Bound(machine);

// The gradient is centred, which lets all layers learn together without pre-training (Montavon and Müller 2012).
var options = new TrainerOptions
{
    BatchSize = 50,
    LearningRate = Schedule.Linear(0.05, 0.005, Epochs),
    Binarization = Binarization.Stochastic
};
foreach (TrainingProgress step in new Trainer(machine, new PersistentContrastiveDivergence(chains: 100,
    inference: new MeanField(updates: 10)), new Sgd(), options, seed: 1).Run(training, Epochs))
    if (step.Completed is EpochRecord epoch) Console.WriteLine($"epoch {epoch.Number}   {epoch.RowsPerSecond:F0} digits a second");
double after = Bound(machine);

// Features and reconstructions of new digits: μ of every hidden layer with all others settled.
Matrix top = machine.Transform(unseen);
double error = Restoration.SquaredError(unseen, machine.Reconstruct(unseen)).Mean, variance = training.Statistics.Variances.Average();
Console.WriteLine($"""

    Bound on the log-likelihood of {bits.Rows} new digits, in nats a digit: pixels independent {before:F1}, the machine {after:F1}.
    Mean squared error of reconstructions: {error:F4}, of the mean digit {variance:F4}. The {top.Columns} units of the top layer are on {top.Summarize().Sum / top.Rows / top.Columns:P0} of the time.
    """);

var chains = new State(machine, 40);
chains[0].SampleUniform(new Rng(seed: 2));
string file = Path.Combine(Path.GetTempPath(), "boltzmann-dbm-particles.png");
File.WriteAllBytes(file, ParticleFilm.Record(machine, chains, [0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 200, 300], new(Side, Side),
    new Rng(seed: 3)));
Console.WriteLine($"Particles from noise, after 0 to 300 sweeps (an animated PNG, for a browser): {file}");
ChainReport report = ChainDiagnostics.Follow(machine, chains, 300, new Rng(seed: 4));
Console.WriteLine($"\nHow well they mix:\n{report.ToTable().ToText()}");
foreach (string warning in report.Warnings) Console.WriteLine($"warning: {warning}");
return after > before + 30 && error < 0.6 * variance ? 0 : 1;

// log p(v) ≥ −⟨E⟩ + entropy − log Z. Annealing from the base rates of the data estimates log Z.
double Bound(Dbm model)
{
    var path = new Annealing { Chains = 40, Betas = 1000, Start = Annealing.BaseRate(model, bits) };
    return Elbo.LogLikelihoodBound(model, bits, AnnealedImportanceSampling.Estimate(model, path, new Rng(seed: 5)).Value).Mean;
}
