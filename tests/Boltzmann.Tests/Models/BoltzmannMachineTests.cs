using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Models;

/// <summary>Fully connected machines: what is refused, files, and learning that keeps weights symmetric.</summary>
public sealed class BoltzmannMachineTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static BoltzmannMachine Machine() => (BoltzmannMachine)SmallGraphs.Make("bernoulli spin");

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void It_comes_back_from_its_file_to_the_bit(Precision precision)
    {
        foreach (string name in new[] { "visible spin", "potts", "potts potts", "bernoulli spin" })
        {
            var model = (BoltzmannMachine)SmallGraphs.Make(name).Clone(Placement.Default with { Precision = precision });
            ModelFile.Save(folder["bm.safetensors"], model);
            BoltzmannMachine read = ModelFile.LoadBoltzmannMachine(folder["bm.safetensors"]);
            Assert.Equal(model.Placement, read.Placement);
            Assert.Equal(model.Layers.Select(LayerDescription.Of), read.Layers.Select(LayerDescription.Of));
            for (int p = 0; p < model.Parameters.Count; p++)
                Assert.Equal(model.Parameters[p].Value.ToArray(), read.Parameters[p].Value.ToArray());
        }
        Assert.Equal(["layers.0.bias", "layers.1.bias", "weights.0-0", "weights.0-1", "weights.1-1"],
            PythonView.Load(folder["bm.safetensors"]).Arrays.Keys.Order());
    }

    [Theory, InlineData("grid"), InlineData("edges")]
    public void A_sparse_machine_comes_back_from_its_file_and_learns(string name)
    {
        var model = (BoltzmannMachine)SmallGraphs.Make(name);
        var data = Teaching.RandomBits(100, 6, density: 0.9);
        double Mean() => new PlainStates(model).Mean(x => x.Sum());
        double before = Mean();
        new Trainer(model, new PersistentContrastiveDivergence(chains: 64, steps: 2), new Sgd(),
            new TrainerOptions { BatchSize = 50, LearningRate = 0.1 }).Learn(data, 40);
        // 5.4 ones of six; the noise of 64 chains is left.
        Assert.InRange(Mean(), 5, 5.8);
        Assert.NotInRange(before, 5, 5.8);

        ModelFile.Save(folder["sparse.safetensors"], model);
        BoltzmannMachine read = ModelFile.LoadBoltzmannMachine(folder["sparse.safetensors"]);
        Assert.Equal(model.Edges!.Pairs, read.Edges!.Pairs);
        for (int p = 0; p < model.Parameters.Count; p++)
            Assert.Equal(model.Parameters[p].Value.ToArray(), read.Parameters[p].Value.ToArray());
        var (metadata, arrays) = PythonView.Load(folder["sparse.safetensors"]);
        Assert.Contains($"\"edges\":{model.Edges.Count}", metadata["boltzmann"]);
        Assert.Equal([model.Edges.Count], arrays["weights.0-0"].Shape);
        Assert.Equal([model.Edges.Count, 2], arrays["weights.0-0.edges"].Shape);
    }

    [Theory]
    [InlineData(9, 1, "joins units 9 and 1, but there are units 0 to 5")]
    [InlineData(4294967296, 1, "edge 0 joins units")]
    [InlineData(2, 2, "joins unit 2 to itself")]
    [InlineData(1, 2, "which an edge before it does already")]
    public void A_file_with_impossible_edges_is_refused(long unit, long other, string message)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["boltzmann"] = """{"format":1,"model":"bm","layers":[{"units":"spin","size":6}],"edges":2}""";
        writer.Add("weights.0-0", [0.5, -0.5]);
        writer.Add("layers.0.bias", new double[6]);
        writer.Add("weights.0-0.edges", [unit, other, 2, 1], [2, 2]);
        writer.Write(folder["bad.safetensors"]);
        string said = Assert.Throws<BadInputException>(() => ModelFile.LoadBoltzmannMachine(folder["bad.safetensors"])).Message;
        Assert.Contains(message, said);
    }

    [Fact]
    public void Edges_that_do_not_fit_what_is_said_of_them_are_refused()
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["boltzmann"] = """{"format":1,"model":"bm","layers":[{"units":"spin","size":6}],"edges":3}""";
        writer.Add("weights.0-0", [0.5, -0.5, 0.1]);
        writer.Add("layers.0.bias", new double[6]);
        writer.Add("weights.0-0.edges", [0, 1, 2, 1], [2, 2]);
        writer.Write(folder["bad.safetensors"]);
        Assert.Contains("should be [3 × 2]",
            Assert.Throws<BadInputException>(() => ModelFile.LoadBoltzmannMachine(folder["bad.safetensors"])).Message);
        Assert.Contains("a sparse machine has one layer", Assert.Throws<BadInputException>(() => ModelDescription.Parse("""{"format":1,"model":"bm","layers":[{"units":"spin","size":6},{"units":"spin","size":6}],"edges":3}""", "f")).Message);
        Checkpoint.Save(folder["c.safetensors"], BoltzmannMachine.Grid(2, 2), new TrainerSnapshot([], new Dictionary<string, double>()));
        var other = new BoltzmannMachine(new SpinLayer(4), new EdgeList(4, [(0, 1), (1, 2), (2, 3), (3, 0)]));
        Assert.Contains("joins other units",
            Assert.Throws<BadInputException>(() => Checkpoint.Load(folder["c.safetensors"], other)).Message);
    }

    [Fact]
    public void A_file_whose_weights_are_not_symmetric_is_refused()
    {
        BoltzmannMachine model = Machine();
        model.VisibleWeights[0, 1] += 0.5;
        ModelFile.Save(folder["bm.safetensors"], model);
        string message = Assert.Throws<BadInputException>(() => ModelFile.LoadBoltzmannMachine(folder["bm.safetensors"])).Message;
        Assert.Contains("weights.0-0 is not symmetric: row 2, column 1", message);
    }

    [Fact]
    public void Other_kinds_and_numbers_of_layers_in_a_file_are_refused()
    {
        ModelFile.Save(folder["rbm.safetensors"], Teaching.Bernoulli(3, 2));
        Assert.Contains("holds an rbm; expected a bm",
            Assert.Throws<BadInputException>(() => ModelFile.LoadBoltzmannMachine(folder["rbm.safetensors"])).Message);
        const string Three = """{"format":1,"model":"bm","layers":[{"units":"bernoulli","size":1},{"units":"bernoulli","size":1},{"units":"bernoulli","size":1}]}""";
        Assert.Contains("has 3 layers; a bm has 1 or 2",
            Assert.Throws<BadInputException>(() => ModelDescription.Parse(Three, "f")).Message);
    }

    [Fact]
    public void Random_weights_are_symmetric_with_the_deviation_asked_for()
    {
        var model = new BoltzmannMachine(new BernoulliLayer(200, SmallModels.Double));
        model.SetRandomWeights(0.3, new Rng(1));
        double[,] w = model.VisibleWeights.ToArray();
        double squares = 0;
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(0, w[i, i]);
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(w[i, j], w[j, i]);
                squares += w[i, j] * w[i, j];
            }
        }
        // 19 900 squares of relative deviation √2: five standard errors of their mean.
        Assert.Equal(0.09, squares / 19_900, 0.09 * 5 * Math.Sqrt(2.0 / 19_900));
    }

    [Fact]
    public void Joined_units_are_not_summed_out()
    {
        BoltzmannMachine model = Machine();
        var state = new State(model, 1);
        Assert.Contains("cannot be summed out",
            Assert.Throws<ArgumentException>(() => model.AddFreeEnergy(state, 1, new Matrix(1, 1, model.Placement))).Message);
    }

    [Theory, InlineData("visible bernoulli"), InlineData("bernoulli spin")]
    public void Learning_raises_the_likelihood_and_keeps_weights_symmetric(string name)
    {
        // Three patterns, the last two complements of each other; a fully visible machine of six units can hold them.
        EnergyModel model = SmallGraphs.Make(name);
        int units = model.Layers[0].Units;
        double[,] rows = new double[60, units];
        for (int r = 0; r < 60; r++)
            for (int c = 0; c < units; c++) rows[r, c] = (r % 3) switch { 0 => 1, 1 => c % 2, _ => 1 - c % 2 };
        double LogLikelihood()
        {
            var plain = new PlainStates(model);
            return Enumerable.Range(0, 3).Average(r => Math.Log(plain.States.Index().Where(s => Enumerable.Range(0,
                units).All(c => s.Item[c] == rows[r, c])).Sum(s => plain.Probabilities[s.Index])));
        }
        double before = LogLikelihood();
        var trainer = new Trainer(model, new PersistentContrastiveDivergence(chains: 200, steps: 2), new Sgd(),
            new TrainerOptions { BatchSize = 60, LearningRate = 0.2, MaxNorm = 1e3 });
        trainer.Learn(Teaching.Rows(rows), 150);
        double after = LogLikelihood();
        // The entropy of the data is log 3; 0.5 nats are left to the noise of 200 chains at a constant rate.
        Assert.True(after > -Math.Log(3) - 0.5 && before < after - 0.5, $"{before} to {after}");
        foreach (Connection c in model.Connections.Where(c => c.IsWithinLayer))
            ModelFile.Check(new Parameter(c.Name, c.Weights, IsWeight: true), "f");
    }

    [Fact]
    public void Fast_weights_join_no_unit_to_itself()
    {
        EnergyModel model = SmallGraphs.Make("visible bernoulli");
        var rows = Teaching.RandomBits(40, 6);
        var estimator = new PersistentContrastiveDivergence(chains: 20, fastLearningRate: 0.3);
        new Trainer(model, estimator, new Sgd(), new TrainerOptions { BatchSize = 20, LearningRate = 0.3 }).Learn(rows, 5);
        // Chains that a diagonal drove would freeze at 1 or 0; with it their share of ones leaves [0.2, 0.8].
        Assert.InRange(estimator.Particles!.Summarize().Sum / 120, 0.2, 0.8);
        ModelFile.Check(new Parameter("weights.0-0", model.Connections[0].Weights, IsWeight: true), "f");
    }

    [Fact]
    public void The_greatest_norm_leaves_weights_within_layers_alone()
    {
        var model = (BoltzmannMachine)SmallGraphs.Make("bernoulli bernoulli");
        double[,] before = model.VisibleWeights.ToArray();
        new Trainer(model, new PersistentContrastiveDivergence(), new Sgd(),
            new TrainerOptions { LearningRate = 1e-12, MaxNorm = 0.01 }).Learn(Teaching.RandomBits(10, 4), 1);
        Teaching.AssertClose(before, model.VisibleWeights.ToArray(), 1e-9);
        Assert.InRange(model.Weights!.ToArray().Cast<double>().Max(Math.Abs), 0, 0.01 + 1e-9);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_warm_step_allocates_nothing(bool sparse)
    {
        BoltzmannMachine model = sparse ? BoltzmannMachine.Grid(4, 5, "bernoulli") : new(new BernoulliLayer(20), new BernoulliLayer(10));
        model.SetRandomWeights(0.01, new Rng(1));
        var trainer = new Trainer(model, new PersistentContrastiveDivergence(chains: 10), new Sgd(), new TrainerOptions { BatchSize = 10 });
        using IEnumerator<TrainingProgress> steps = trainer.Run(Teaching.RandomBits(1000, 20), 1).GetEnumerator();
        Assert.Equal(0, Allocation.Least(() => steps.MoveNext()));
    }
}
