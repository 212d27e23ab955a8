namespace Boltzmann.Tests.Models;

/// <summary>Deep belief networks with labels beside the penultimate layer.</summary>
public sealed class LabelledDbnTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Dbn Small(bool untied = false)
    {
        Dbn model = Dbn.OfLabelled(3, new BernoulliLayer(5), new BernoulliLayer(4), new BernoulliLayer(6), new BernoulliLayer(7));
        if (untied) model.Untie();
        var rng = new Rng(3);
        foreach (Parameter p in model.Parameters) p.Value.SampleNormal(rng);
        return model;
    }

    [Fact]
    public void Classes_follow_from_the_free_energy_of_the_top_given_the_features_below()
    {
        Dbn model = Small();
        Matrix rows = Training.Teaching.RandomBits(20, 5).ToMatrix();
        Matrix features = model.Transform(rows, 2);
        double[,] logs = model.PredictLogProbabilities(rows).ToArray(), p = model.PredictProbabilities(rows).ToArray();
        double[][] free = [.. Enumerable.Range(0, 3).Select(y => model.LabelledTop!.FreeEnergy(features, [.. Enumerable.Repeat(y, 20)]))];
        for (int r = 0; r < 20; r++)
            for (int y = 0; y < 3; y++)
            {
                double expected = Math.Exp(-free[y][r]) / Enumerable.Range(0, 3).Sum(k => Math.Exp(-free[k][r]));
                Assert.Equal(expected, p[r, y], 1e-4);
                Assert.Equal(Math.Log(expected), logs[r, y], 1e-3);
            }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_file_gives_back_the_same_network(bool untied)
    {
        Dbn model = Small(untied);
        string path = folder["model.safetensors"];
        ModelFile.Save(path, model, classes: ["a", "b", "c"]);
        Assert.Equal("classification-dbn", ModelFile.Describe(path).Model);
        Assert.Equal(["a", "b", "c"], ModelFile.Describe(path).Classes!);
        Dbn back = ModelFile.LoadDbn(path);
        Assert.Equal(model.ToString(), back.ToString());
        Assert.Equal(model.Parameters.Select(p => p.Name), back.Parameters.Select(p => p.Name));
        foreach (var (a, b) in model.Parameters.Zip(back.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        Dbn clone = model.Clone();
        foreach (var (a, b) in model.Parameters.Zip(clone.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        Assert.Contains("holds a classification-dbn; expected an rbm",
            Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(path)).Message);
    }

    [Fact]
    public void A_classification_machine_comes_back_from_its_file()
    {
        var model = new ClassificationRbm(new GaussianLayer(3), new ReluLayer(4), 2);
        var rng = new Rng(5);
        foreach (Parameter p in model.Parameters.Where(p => !p.IsPositive)) p.Value.SampleNormal(rng);
        string path = folder["model.safetensors"];
        ModelFile.Save(path, model);
        ClassificationRbm back = ModelFile.LoadClassificationRbm(path);
        foreach (var (a, b) in model.Parameters.Zip(back.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        Assert.Contains("holds a classification-rbm; expected a dbn",
            Assert.Throws<BadInputException>(() => ModelFile.LoadDbn(path)).Message);
    }

    [Fact]
    public void The_top_without_labels_shares_the_memory_of_the_top()
    {
        Dbn model = Small();
        model.LabelledTop!.Weights[1, 2] = 42;
        Assert.Equal(42, model.Top.Weights[1, 2]);
        Assert.Same(model.TopModel, model.LabelledTop);
        Assert.Throws<InvalidOperationException>(() => Dbn.Of(new BernoulliLayer(2), new BernoulliLayer(2)).Predict(new Matrix(1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ChainsOf(3, 2, new Rng(1)));
    }

    [Fact]
    public void Chains_of_a_class_draw_the_top_given_the_class()
    {
        // The marginal of the penultimate layer under p(·|y) by enumeration; six standard errors of 4000 chains, 2e-9 a unit.
        var top = new ClassificationRbm(new BernoulliLayer(3, Training.Teaching.Double), new BernoulliLayer(2, Training.Teaching.Double),
            2);
        var rng = new Rng(9);
        foreach (Parameter p in top.Parameters) p.Value.SampleNormal(rng);
        var model = new Dbn([new Rbm(new BernoulliLayer(4, Training.Teaching.Double), new BernoulliLayer(3, Training.Teaching.Double))],
            top);
        var states = new Matrix(8, 3, Training.Teaching.Double);
        top.Visible.SetStates(0, states);
        double[] weights = [.. top.FreeEnergy(states, [1, 1, 1, 1, 1, 1, 1, 1]).Select(f => Math.Exp(-f))];
        State chains = model.ChainsOf(1, 4000, rng);
        Gibbs.Sweep(model.TopModel, chains, 60, rng);
        for (int i = 0; i < 3; i++)
        {
            double mean = Enumerable.Range(0, 8).Sum(s => weights[s] * states[s, i]) / weights.Sum(),
                sampled = chains[0].ReadColumn(i).Average();
            Assert.InRange((sampled - mean) / Math.Sqrt(mean * (1 - mean) / 4000), -6, 6);
        }
        Assert.All(Enumerable.Range(0, 4000), r => Assert.Equal([0, 1], chains[2].ReadRow(r)));
    }
}
