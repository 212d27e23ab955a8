using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Evaluation;

/// <summary>Probabilities of a part of a row given the rest, against sums over all states; and what restored rows score.</summary>
public class ConditionalLikelihoodTests
{
    [Theory]
    [InlineData("bernoulli,spin"), InlineData("spin,bernoulli,one-hot"), InlineData("bernoulli,bernoulli,bernoulli"),
        InlineData("bernoulli,one-hot,spin,bernoulli")]
    public void The_probability_of_a_part_given_the_rest_is_that_of_sums_over_all_states(string kinds)
    {
        // Two hundred small steps leave log-weights a deviation below 0.3, so 2000 chains a standard error below 0.007; two sums, five
        // standard errors: 0.05.
        Dbm model = SmallDbms.Parse(kinds);
        Matrix rows = SmallDbms.Data(model, 4)[0], known = Matrix.Row([1, 0, 0], model.Placement);
        Score found = ConditionalLikelihood.Estimate(model, rows, known, new Annealing { Chains = 2000, Betas = 200 }, new Rng(51));
        var plain = new PlainGraph(model);
        for (int r = 0; r < 4; r++)
        {
            double[] row = rows.ReadRow(r);
            double given = PlainModel.LogSumExp(plain.States[0].Where(s => s.X[0] == row[0]).Select(s => plain.LogSum(Given(model, s.X))));
            Assert.Equal(plain.LogSum(Given(model, row)) - given, found.PerRow[r], 0.05);
        }
    }

    [Theory, InlineData("two modalities"), InlineData("two modalities, the second deeper"), InlineData("labels"),
        InlineData("semi-restricted"), InlineData("ring")]
    public void A_row_may_be_divided_among_several_visible_layers_and_labels_are_summed_over(string name)
    {
        // As above.
        EnergyModel model = Make(name);
        var plain = new PlainGraph(model);
        double[][] states = RowStates(model, plain);
        double[] known = new double[model.RowColumns], one = states[^2], other = states[states.Length / 3];
        known[0] = 1;
        // All of a layer that is not two-valued.
        if (name == "two modalities, the second deeper") known.AsSpan(2).Fill(1);
        Matrix rows = new(2, model.RowColumns, model.Placement);
        rows.WriteRow(0, one);
        rows.WriteRow(1, other);
        Score found = ConditionalLikelihood.Estimate(model, rows, Matrix.Row(known, model.Placement),
            new Annealing { Chains = 2000, Betas = 200 }, new Rng(55));
        for (int r = 0; r < 2; r++)
        {
            double[] row = rows.ReadRow(r);
            double given = PlainModel.LogSumExp(states.Where(s => s.Zip(row).Zip(known).All(p => p.Second == 0
                || p.First.First == p.First.Second)).Select(s => plain.LogSum(PlainGraph.Given(model, s))));
            Assert.Equal(plain.LogSum(PlainGraph.Given(model, row)) - given, found.PerRow[r], 0.05);
        }
    }

    [Fact]
    public void With_all_units_known_the_sum_is_the_free_energy_and_with_none_the_partition_function()
    {
        Rbm model = SmallModels.Make("bernoulli", "bernoulli");
        Matrix rows = Matrix.From(new double[,] { { 1, 0, 1 }, { 0, 0, 1 } }, model.Placement);
        double[] all = ConditionalLikelihood.LogPartition(model, rows, Matrix.Row(3, 1, model.Placement),
            new Annealing { Chains = 3, Betas = 5 }, new Rng(52));
        Assert.Equal(-model.FreeEnergy(rows)[0], all[0], 1e-12);
        Assert.Equal(-model.FreeEnergy(rows)[1], all[1], 1e-12);
        // Weights below 0.4: log-weights of 100 steps deviate by less than 0.1, of 4000 chains the mean by 0.002; five of these.
        double[] none = ConditionalLikelihood.LogPartition(model, rows, Matrix.Row(3, 0, model.Placement),
            new Annealing { Chains = 4000, Betas = 100 }, new Rng(52));
        Assert.All(none, value => Assert.Equal(new PlainGraph(model).LogPartition(), value, 0.01));
    }

    [Fact]
    public void A_start_at_base_rates_and_many_parts_of_rows_give_the_same_as_any_other()
    {
        Rbm model = SmallModels.Make("spin", "bernoulli");
        var rows = new Matrix(50, 3, model.Placement);
        for (int r = 0; r < 50; r++) rows.WriteRow(r, [1, r % 2 * 2 - 1, 1]);
        Matrix known = Matrix.Row([0, 0, 1], model.Placement);
        var settings = new Annealing { Chains = 900, Betas = 60 };
        double[] plain = ConditionalLikelihood.LogPartition(model, rows, known, settings, new Rng(53));
        double[] based = ConditionalLikelihood.LogPartition(model, rows, known, settings with { Start = Annealing.BaseRate(model, rows) },
            new Rng(54));
        var graph = new PlainGraph(model);
        double exact = PlainModel.LogSumExp(graph.States[0].Where(s => s.X[2] == 1).Select(s => graph.LogSum([s.X, null])));
        // 50 rows × 900 chains of log-weights that deviate by less than 0.5: 0.0024, and five of these.
        Assert.Equal(exact, plain.Average(), 0.012);
        Assert.Equal(exact, based.Average(), 0.012);
    }

    [Fact]
    public void Scores_of_restored_rows_count_the_units_that_count()
    {
        Matrix truth = Matrix.From(new double[,] { { 1, 0, 1 }, { 0, 0, 0.5 } }, Teaching.Double),
            restored = Matrix.From(new[,] { { 0.9, 0.9, 0.5 }, { 0.1, 0.2, 1 } }, Teaching.Double);
        Matrix counted = Matrix.Row([1, 0, 1], Teaching.Double);
        Score error = Restoration.SquaredError(truth, restored, counted), log = Restoration.LogProbability(truth, restored, counted);
        Assert.Equal((0.01 + 0.25) / 2, error.PerRow[0], 1e-12);
        Assert.Equal((0.01 + 0.25) / 2, error.PerRow[1], 1e-12);
        Assert.Equal(Math.Log(0.9) + Math.Log(0.5), log.PerRow[0], 1e-12);
        Assert.Equal(Math.Log(0.9) + 0.5 * Math.Log(1 - 1e-6) + 0.5 * Math.Log(1e-6), log.PerRow[1], 1e-9);
        Assert.Equal(20, Restoration.PeakSignalToNoise(new Score([0.005, 0.015])), 1e-12);
        Assert.Equal((0.01 + 0.81 + 0.25) / 3, Restoration.SquaredError(truth, restored).PerRow[0], 1e-12);
        Assert.Throws<ArgumentException>(() => Restoration.SquaredError(truth, restored, Matrix.Row(3, 0, Teaching.Double)));
        Assert.Throws<ArgumentException>(() => Restoration.SquaredError(truth, counted));
    }

    [Fact]
    public void Machines_and_rows_that_do_not_fit_are_refused()
    {
        Rbm normal = SmallModels.Make("gaussian", "bernoulli"), model = SmallModels.Make("bernoulli", "bernoulli");
        Matrix rows = new(2, 3, Teaching.Double), known = new(1, 3, Teaching.Double), two = new(2, 2, Teaching.Double);
        Assert.Contains("of the 2 gaussian units of layer 0 1 are "
            + "known", Assert.Throws<ArgumentException>(() => ConditionalLikelihood.LogPartition(normal, two,
                Matrix.Row([1, 0], Teaching.Double), new(), new Rng(1))).Message);
        Assert.Contains("known (1) or free (0), but unit 1 of row 0 has "
            + "0.5", Assert.Throws<ArgumentException>(() => ConditionalLikelihood.LogPartition(model, rows,
                Matrix.Row([1, 0.5, 0], Teaching.Double), new(), new Rng(1))).Message);
        Assert.Contains("3 visible units, but the rows have 2",
            Assert.Throws<ArgumentException>(() => ConditionalLikelihood.LogPartition(model, two, known, new(), new Rng(1))).Message);
        Assert.Contains("what is known of them [2 × 3]",
            Assert.Throws<ArgumentException>(() => ConditionalLikelihood.LogPartition(model, rows, rows, new(), new Rng(1))).Message);
    }

    [Fact]
    public void Settings_that_make_no_path_are_refused_as_annealing_of_the_whole_machine_refuses_them()
    {
        Rbm model = SmallModels.Make("bernoulli", "bernoulli");
        Matrix rows = new(2, 3, Teaching.Double), known = Matrix.Row([1, 0, 0], Teaching.Double);
        foreach (Annealing settings in (Annealing[])[new() { Chains = 0 }, new() { Sweeps = 0 }, new() { Betas = 1 },
            new() { BetaList = [0, 0.5] },
            new() { Start = [model.Visible] }, new() { Start = [model.Visible, new BernoulliLayer(model.Hidden.Units + 1)] }])
        {
            string message = Assert.Throws<ArgumentException>(() => ConditionalLikelihood.LogPartition(model, rows, known, settings,
                new Rng(1))).Message;
            Assert.Equal(Assert.Throws<ArgumentException>(() => AnnealedImportanceSampling.Estimate(model, settings, new Rng(1))).Message,
                message);
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => ConditionalLikelihood.Estimate(model, rows, known, settings,
                new Rng(1))).Message);
        }
    }

    static EnergyModel Make(string name)
    {
        if (name == "labels")
        {
            Dbm labelled = Dbm.OfLabelled(3, new BernoulliLayer(3, Teaching.Double), new SpinLayer(2, Teaching.Double),
                new BernoulliLayer(2, Teaching.Double));
            SmallDbms.SetRandom(labelled, 8);
            return labelled;
        }
        if (name != "two modalities, the second deeper") return SmallGraphs.Make(name);
        // Its visible layers lie on different sides.
        var graph = new LayeredModel([new BernoulliLayer(2, Teaching.Double), new MultinomialLayer(3, 3, 1, Teaching.Double),
            new SpinLayer(2, Teaching.Double), new BernoulliLayer(2, Teaching.Double)],
            [(0, 2), (2, 3), (1, 3)], [0, 1]);
        SmallDbms.SetRandom(graph, 9);
        return graph;
    }

    static double[][] RowStates(EnergyModel model, PlainGraph plain) =>
        [.. model.RowLayers.Aggregate<int,
            IEnumerable<double[]>>([[]], (rows, l) => rows.SelectMany(row => plain.States[l].Select(s => (double[])[.. row, .. s.X])))];

    static double[]?[] Given(EnergyModel model, double[] visible)
    {
        var given = new double[]?[model.Layers.Count];
        given[0] = visible;
        return given;
    }
}
