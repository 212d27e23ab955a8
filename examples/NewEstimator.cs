#:project ../src/Boltzmann
// A new way to learn in one file: persistent chains some of which begin anew at the data in every update. A chain that has lost itself in a
// mode that the data do not have does not stay there for good (Du and Mordatch 2019 refresh a share of their replay buffer so, from noise).
// An estimator gives the positive phase from a batch and the negative phase by its own means; the trainer, every model, every optimiser,
// checkpoints and metrics then take it as they take any other.
using Boltzmann;
using Boltzmann.Compute;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Models;
using Boltzmann.Training;

// 1. Is it right? Without refreshing, the chains end as samples of the machine, so the mean of many estimates is the exact gradient.
Placement exact = Placement.Default.Double;
var small = new Rbm(new BernoulliLayer(4, exact), new BernoulliLayer(3, exact));
small.SetRandomWeights(0.5, new Rng(seed: 1));
Dataset stripes = BarsAndStripes.All(size: 2);
Gradient Estimate(IGradientEstimator estimator, Rng rng)
{
    var gradient = new Gradient(small);
    var state = new State(small, stripes.Count);
    state[0].SetCopy(stripes.ToMatrix(exact));
    estimator.Estimate(small, new Batch(state), gradient, rng);
    return gradient;
}
const int Estimates = 1000, Epochs = 3000;
double[,] truth = Estimate(new ExactGradient(), new Rng()).ToDense(2).ToArray(), sums = new double[4, 3], squares = new double[4, 3];
var chains = new RefreshedChains(chains: 50, steps: 10, refreshed: 0);
var random = new Rng(seed: 2);
for (int n = -100; n < Estimates; n++)
{
    double[,] estimate = Estimate(chains, random).ToDense(2).ToArray();
    // The first hundred take the chains from the data to the machine.
    if (n < 0) continue;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 3; j++)
        {
            sums[i, j] += estimate[i, j];
            squares[i, j] += estimate[i, j] * estimate[i, j];
        }
}
double worst = 0;
for (int i = 0; i < 4; i++)
    for (int j = 0; j < 3; j++)
    {
        double mean = sums[i, j] / Estimates, error = Math.Sqrt((squares[i, j] / Estimates - mean * mean) / Estimates);
        worst = Math.Max(worst, Math.Abs(mean - truth[i, j]) / error);
    }
Console.WriteLine($"mean of {Estimates} estimates: at most {worst:F1} standard errors from the gradient by enumeration");

// 2. Is it useful? It learns 3×3 bars and stripes; the exact log-likelihood can be at most minus the entropy of the data.
Dataset data = BarsAndStripes.All(size: 3);
Matrix rows = data.ToMatrix();
Trainer trainer = New();
double after = 0;
foreach (TrainingProgress progress in trainer.Run(data, Epochs))
{
    if (progress.Completed is not { } epoch || epoch.Number % 500 != 0) continue;
    after = Exact.LogLikelihood(trainer.Model, rows).Mean;
    Console.WriteLine($"{epoch.Number,4}   {after:F3} nats (ceiling {-data.Entropy:F3})");
}

// 3. Is it saved? A run that is stopped and resumed in a new trainer ends at the same bits: its chains are in the snapshot.
Trainer whole = New(), stopped = New(), resumed = New();
foreach (TrainingProgress _ in whole.Run(data, epochs: 60)) { }
foreach (TrainingProgress _ in stopped.Run(data, epochs: 60).Take(25)) { }
resumed.Model.CopyFrom(stopped.Model);
resumed.Restore(stopped.Snapshot());
foreach (TrainingProgress _ in resumed.Run(data, epochs: 60)) { }
bool same = whole.Model.Parameters.Zip(resumed.Model.Parameters).All(p =>
    p.First.Value.ToArray().Cast<double>().SequenceEqual(p.Second.Value.ToArray().Cast<double>()));
Console.WriteLine($"stopped and resumed: {(same ? "the same bits" : "other bits")}");

// 5 standard errors for 12 weights: a false alarm in about 150 000 runs, were the estimates independent; ten sweeps leave them nearly so.
return worst < 5 && after > -data.Entropy - 0.2 && same ? 0 : 1;

Trainer New()
{
    var rbm = new Rbm(new BernoulliLayer(9), new BernoulliLayer(12));
    rbm.SetRandomWeights(0.1, new Rng(seed: 3));
    // The noise of the chains never ends, so the learning rate has to.
    var options = new TrainerOptions { BatchSize = data.Count, LearningRate = Schedule.Linear(0.3, 0.001, Epochs), Momentum = 0, L2 = 0 };
    return new(rbm, new RefreshedChains(chains: 200, steps: 5), new Sgd(), options);
}

/// <summary>Persistent chains, each of which begins anew at a row of the batch with a small chance in every update.</summary>
sealed class RefreshedChains(int chains, int steps = 1, double refreshed = 0.02) : IGradientEstimator
{
    readonly MeanField inference = new();
    State? fantasy;

    public string Name => "refreshed-chains";

    public int Steps { get; set; } = steps;

    public MeanField? Inference => inference;

    public IReadOnlyList<(string Name, Matrix Value)> Memory => fantasy is null ? []
        : [.. Enumerable.Range(0, fantasy.Layers).Select(l => ($"chains.{l}", fantasy[l]))];

    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows)
    {
        if (rows.TryGetValue("chains.0", out int count)) fantasy = new State(model, count);
    }

    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        // Positive phase: hidden units inferred from the rows, which is exact for a machine of two layers. Hidden layers then hold means.
        inference.Infer(model, batch.State);
        gradient.AddPositivePhase(batch, LayerSet.Of(model.HiddenLayers));

        // Negative phase: chains of all layers, by Gibbs sampling, from the data or from where they were.
        bool isNew = fantasy is null;
        fantasy ??= new State(model, chains);
        Matrix chance = new(fantasy.Rows, 1, model.Placement);
        chance.SampleUniform(rng);
        double[] drawn = chance.ReadColumn(0);
        for (int chain = 0; chain < fantasy.Rows; chain++)
        {
            if (!isNew && drawn[chain] >= refreshed) continue;
            foreach (int layer in model.VisibleLayers)
                fantasy[layer].RowRange(chain, 1).SetCopy(batch.State[layer].RowRange(chain % batch.State.Rows, 1));
        }
        Gibbs.Sweep(model, fantasy, Steps, rng);
        gradient.AddPhase(fantasy, meanLayers: LayerSet.None, rowWeights: null, scale: -1.0 / fantasy.Rows);
    }
}
