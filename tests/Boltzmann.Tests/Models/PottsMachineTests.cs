using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Models;

/// <summary>Machines of one-hot blocks that are all joined: what is refused, files, mean fields, and learning.</summary>
public sealed class PottsMachineTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Random_weights_have_the_deviation_asked_for_and_none_within_a_block()
    {
        var model = new BoltzmannMachine(new MultinomialLayer(200, 5, 1, SmallModels.Double));
        model.SetRandomWeights(0.3, new Rng(1));
        double[,] w = model.VisibleWeights.ToArray();
        double squares = 0;
        int pairs = 0;
        for (int i = 0; i < 200; i++)
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(w[i, j], w[j, i]);
                if (i / 5 == j / 5) Assert.Equal(0, w[i, j]);
                else
                {
                    squares += w[i, j] * w[i, j];
                    pairs++;
                }
            }
        // Squares of relative deviation √2: five standard errors of their mean.
        Assert.Equal(0.09, squares / pairs, 0.09 * 5 * Math.Sqrt(2.0 / pairs));
    }

    [Fact]
    public void Blocks_of_several_draws_or_of_one_category_and_edges_between_blocks_are_refused()
    {
        const string Full = "only bernoulli, spin and one-hot multinomial units can be joined within their layer";
        Assert.Contains(Full, Assert.Throws<ArgumentException>(() => new BoltzmannMachine(new MultinomialLayer(6, 3, 2))).Message,
            StringComparison.Ordinal);
        Assert.Contains(Full, Assert.Throws<ArgumentException>(() => new BoltzmannMachine(new MultinomialLayer(4, 1))).Message,
            StringComparison.Ordinal);
        Assert.Contains("pair by pair, not 2 × 3 multinomial", Assert.Throws<ArgumentException>(() =>
            new BoltzmannMachine(new MultinomialLayer(6, 3), new EdgeList(6, [(0, 3)]))).Message, StringComparison.Ordinal);
        Assert.Contains("along edges", Assert.Throws<ArgumentException>(() => new LayeredModel([new MultinomialLayer(6, 3)],
            new LayerGraph([(0, 0)], [0]) { Edges = new Dictionary<int, IReadOnlyList<(int, int)>> { [0] = [(0, 3)] } })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_weights_within_a_block_or_blocks_of_several_draws_is_refused()
    {
        Write(draws: 1, own: 0.25);
        Assert.Contains("weights.0-0 has 0.25 at row 2, column 1, within a block of 2 categories, where it must be zero",
            Assert.Throws<BadInputException>(() => ModelFile.LoadBoltzmannMachine(folder["bm.safetensors"])).Message,
            StringComparison.Ordinal);
        Write(draws: 3, own: 0);
        Assert.Contains("only bernoulli, spin and one-hot multinomial units",
            Assert.Throws<BadInputException>(() => ModelFile.LoadBoltzmannMachine(folder["bm.safetensors"])).Message,
            StringComparison.Ordinal);

        void Write(int draws, double own)
        {
            var writer = new SafetensorsWriter();
            writer.Metadata["boltzmann"] = $$"""{"format":1,"model":"bm","layers":[{"units":"multinomial","size":4,"categories":2,"draws":{{draws}}}]}""";
            writer.Add("layers.0.bias", new double[4]);
            double[,] weights = new double[4, 4];
            weights[0, 1] = weights[1, 0] = own;
            writer.Add("weights.0-0", Matrix.From(weights, SmallModels.Double));
            writer.Write(folder["bm.safetensors"]);
        }
    }

    [Theory, InlineData("potts potts", 2), InlineData("bernoulli potts", 3)]
    public void Mean_field_ends_at_means_that_give_themselves_and_its_bound_rises(string name, int seen)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        double[] visible = plain.Part(plain.States[seen], 0);
        double truth = PlainModel.LogSumExp(plain.States.Index().Where(s => plain.Part(s.Item, 0).SequenceEqual(visible))
            .Select(s => -plain.Energies[s.Index])), bound = double.NegativeInfinity;
        foreach (int updates in new[] { 1, 2, 3, 5, 10, 200 })
        {
            double[] mean = Infer(new MeanField(updates, tolerance: 0));
            // The energy is linear in every block, so its mean is that of the means.
            double next = -plain.Energy([.. visible, .. mean]) - mean.Sum(m => m > 0 ? m * Math.Log(m) : 0);
            Assert.InRange(next, bound - 1e-12, truth);
            bound = next;
        }
        double[] last = Infer(new MeanField(200, tolerance: 0)),
            damped = Infer(new MeanField(400, tolerance: 0, damping: 0.5, order: SweepOrder.Parallel));
        for (int block = 0; block < last.Length; block += 3)
        {
            double[] lowered = [.. Enumerable.Range(0, 3).Select(k =>
            {
                double[] pure = [.. last];
                for (int c = 0; c < 3; c++) pure[block + c] = c == k ? 1 : 0;
                return -plain.Energy([.. visible, .. pure]);
            })];
            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(Math.Exp(lowered[k] - PlainModel.LogSumExp(lowered)), last[block + k], 1e-10);
                Assert.Equal(last[block + k], damped[block + k], 1e-9);
            }
        }

        double[] Infer(MeanField inference)
        {
            var state = new State(model, 1);
            state[0].WriteRow(0, visible);
            inference.Infer(model, state);
            return state[1].ReadRow(0);
        }
    }

    [Fact]
    public void Pseudo_likelihood_finds_the_distribution_that_made_the_data()
    {
        EnergyModel truth = SmallGraphs.Make("potts");
        var plain = new PlainStates(truth);
        var learner = new BoltzmannMachine(new MultinomialLayer(9, 3, 1, SmallModels.Double));
        Dataset data = Teaching.Weighted(Teaching.Rows(plain.All(truth)[0].ToArray()), plain.Probabilities);
        new Trainer(learner, new PseudoLikelihoodGradient(), new Sgd(),
            new TrainerOptions { BatchSize = plain.States.Length, LearningRate = 0.5, L2 = 0, Momentum = 0.9 }).Learn(data, 1000);
        // Weights have a gauge; probabilities have not.
        var found = new PlainStates(learner);
        for (int s = 0; s < plain.States.Length; s++)
            Assert.Equal(Math.Log(plain.Probabilities[s]), Math.Log(found.Probabilities[s]), 1e-6);
        // What pairs say to each other has none: the second differences of log p, centred, are the weights that made the data.
        double[,] w = truth.Interactions[0].Parameters[0].Value.ToArray(), couplings = Couplings(learner);
        Assert.Equal(Couplings(truth).Cast<double>(), couplings.Cast<double>(), (x, y) => Math.Abs(x - y) < 1e-5);
        for (int i = 0; i < 9; i++)
            for (int j = 0; j < 9; j++)
            {
                int first = i - i % 3, other = j - j % 3;
                double expected = first == other ? 0 : w[i, j] - Mean(k => w[first + k, j]) - Mean(k => w[i, other + k])
                    + Mean(a => Mean(b => w[first + a, other + b]));
                Assert.Equal(expected, couplings[i, j], 1e-5);
            }
        ModelFile.Check(new Parameter("weights.0-0", learner.VisibleWeights, IsWeight: true), "f");
        Assert.Null(learner.Interactions[0].Fault());

        double[,] Couplings(EnergyModel machine) => EffectiveCouplings.Of(machine, data).ToArray();

        static double Mean(Func<int, double> of) => (of(0) + of(1) + of(2)) / 3;
    }

    [Theory, InlineData("pcd"), InlineData("fpcd"), InlineData("pt"), InlineData("exact")]
    public void Learning_raises_the_likelihood_of_strongly_joined_blocks(string method)
    {
        var model = new BoltzmannMachine(new MultinomialLayer(9, 3, 1, SmallModels.Double));
        // All three blocks show the same category: log 3 nats are left, where blocks alone leave 3·log 3.
        double[,] rows = new double[60, 9];
        for (int r = 0; r < 60; r++)
            for (int block = 0; block < 3; block++) rows[r, 3 * block + r % 3] = 1;
        IGradientEstimator estimator = method switch
        {
            "pcd" => new PersistentContrastiveDivergence(chains: 200, steps: 2),
            "fpcd" => new PersistentContrastiveDivergence(chains: 200, fastLearningRate: 0.05),
            "pt" => new ParallelTempering(4, 100, 2),
            _ => new ExactGradient(),
        };
        new Trainer(model, estimator, new Sgd(), new TrainerOptions { BatchSize = 60, LearningRate = 0.1 })
            .Learn(Teaching.Rows(rows), 200);
        double mean = Exact.LogLikelihood(model, Matrix.From(rows, SmallModels.Double)).Mean;
        // A rate of 0.1 and, but for exact gradients, the noise of 100 to 200 chains leave half a nat.
        Assert.InRange(mean, -Math.Log(3) - 0.5, -Math.Log(3));
        Assert.Null(model.Interactions[0].Fault());
    }
}
