using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Training;

/// <summary>Multi-prediction training of deep Boltzmann machines.</summary>
public class MultiPredictionTests
{
    public static TheoryData<string> Models =>
        ["bernoulli,bernoulli", "bernoulli,spin,bernoulli", "spin,bernoulli,one-hot,bernoulli", "labels", "modalities apart"];

    [Theory, MemberData(nameof(Models))]
    public void Its_gradient_is_that_of_its_objective(string kinds)
    {
        EnergyModel model = Make(kinds);
        State data = Data(model, 4);
        var estimator = new MultiPrediction(steps: 3);
        var gradient = new Gradient(model);
        // The same draw of missing units each time: a new source of randomness at the same step.
        estimator.Estimate(model, new Batch(data), gradient, new Rng(9));
        const double Step = 1e-5;
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Matrix value = model.Parameters[p].Value;
            double[,] analytic = gradient.ToDense(p).ToArray();
            for (int r = 0; r < value.Rows; r++)
                for (int c = 0; c < value.Columns; c++)
                {
                    double at = value[r, c];
                    value[r, c] = at + Step;
                    double above = estimator.Objective(model, Data(model, 4), new Rng(9));
                    value[r, c] = at - Step;
                    double below = estimator.Objective(model, Data(model, 4), new Rng(9));
                    value[r, c] = at;
                    // Central differences: an error of order step², and rounding of 1e-16·20/step.
                    Assert.Equal((above - below) / (2 * Step) / 4, analytic[r, c], 2e-9);
                }
        }
    }

    [Fact]
    public void It_teaches_a_machine_to_complete_patterns()
    {
        // Two patterns, one the other's negative: half of one tells the rest. Never seeing rows whole, the machine learns so.
        var rows = new double[40, 8];
        for (int r = 0; r < 40; r++)
            for (int c = 0; c < 8; c++) rows[r, c] = (c + r) % 2;
        var model = new Dbm(new BernoulliLayer(8, Teaching.Double), new BernoulliLayer(4, Teaching.Double),
            new BernoulliLayer(4, Teaching.Double));
        model.SetRandomWeights(0.1, new Rng(2));
        new Trainer(model, new MultiPrediction(), new Sgd(),
            new TrainerOptions { BatchSize = 20, LearningRate = 0.2 }).Learn(Teaching.Rows(rows), 300);
        var state = new State(model, 2);
        Matrix known = Matrix.From(new double[,] { { 1, 1, 1, 1, 0, 0, 0, 0 } }, Teaching.Double),
            given = Matrix.From(new double[,] { { 0, 1, 0, 1, 0, 0, 0, 0 }, { 1, 0, 1, 0, 0, 0, 0, 0 } }, Teaching.Double);
        state.ClampUnits(0, known, given);
        new MeanField(50, 1e-8).Infer(model, state, [0, 1, 2]);
        for (int r = 0; r < 2; r++)
            for (int c = 4; c < 8; c++) Assert.Equal((c + r) % 2, state[0][r, c], 0.2);
    }

    [Fact]
    public void Units_without_a_mean_field_to_differentiate_are_refused()
    {
        var model = new Rbm(new GaussianLayer(2, placement: Teaching.Double), new BernoulliLayer(2, Teaching.Double));
        var batch = new Batch(new State(model, 1));
        Assert.Throws<ArgumentException>(() => new MultiPrediction().Estimate(model, batch, new Gradient(model), new Rng()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiPrediction(missing: 0));
    }

    [Theory, InlineData("grid"), InlineData("two modalities"), InlineData("ring")]
    public void Machines_without_two_sides_are_refused(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var batch = new Batch(new State(model, 1));
        Assert.Contains("two sides", Assert.Throws<ArgumentException>(() => new MultiPrediction().Estimate(model, batch,
            new Gradient(model), new Rng())).Message);
    }

    static EnergyModel Make(string kinds)
    {
        if (SmallGraphs.Has(kinds)) return SmallGraphs.Make(kinds);
        if (kinds != "labels") return SmallDbms.Parse(kinds);
        Dbm model = Dbm.OfLabelled(3, new BernoulliLayer(3, Teaching.Double), new BernoulliLayer(2, Teaching.Double),
            new BernoulliLayer(2, Teaching.Double));
        SmallDbms.SetRandom(model, 5);
        return model;
    }

    static State Data(EnergyModel model, int rows)
    {
        var state = new State(model, rows);
        model.SetRows(state, DeepLikelihoodLaws.Rows(model, rows));
        if (model.LabelLayer is int labels)
            for (int r = 0; r < rows; r++) state[labels][r, r % 3] = 1;
        return state;
    }
}
