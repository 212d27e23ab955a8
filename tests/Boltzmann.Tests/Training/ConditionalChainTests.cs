namespace Boltzmann.Tests.Training;

/// <summary>Chains that belong to rows: each is of the machine of its row, and counts as its row does.</summary>
public class ConditionalChainTests
{
    static readonly Placement exact = Placement.Default.Double;

    // One unit that does what its context says: on where it is 1, off where it is -1.
    static LayeredModel Obedient()
    {
        var model = new LayeredModel([new BernoulliLayer(1, exact), new BernoulliLayer(1, exact), new ContextLayer(1, exact)],
            [(0, 1), (0, 2)]);
        model.Interactions[1].Parameters[0].Value.Fill(40);
        return model;
    }

    static Batch Rows(LayeredModel model, double[] context, double[]? weights)
    {
        var state = new State(model, context.Length);
        for (int r = 0; r < context.Length; r++) (state[0][r, 0], state[2][r, 0]) = (context[r] > 0 ? 1 : 0, context[r]);
        if (weights is null) return new(state);
        Matrix column = new(weights.Length, 1, exact);
        column.WriteColumn(0, weights);
        return new(state, column, weights.Sum());
    }

    public static TheoryData<string, int> Chains => new()
    {
        { "pcd", 2 }, { "pcd", 3 }, { "pcd", 1 }, { "pt", 2 }, { "pt", 3 },
    };

    // The rows are what the machine says of their context, so that nothing is left to learn, whatever they weigh and however chains are
    // divided among them. Two steps: chains that lack a row of their own take over from the first.
    [Theory, MemberData(nameof(Chains))]
    public void Chains_weigh_what_their_rows_do(string method, int chains)
    {
        LayeredModel model = Obedient();
        foreach (double[]? weights in (double[]?[])[null, [0, 1], [3, 1]])
        {
            if (chains == 1 && weights is null or [3, 1]) continue;
            IGradientEstimator estimator = method == "pcd" ? new PersistentContrastiveDivergence(chains)
                : new ParallelTempering(temperatures: 2, chains: chains);
            var gradient = new Gradient(model);
            var rng = new Rng(4);
            for (int step = 0; step < 2; step++)
            {
                gradient.Clear();
                // A chain of a row that weighs nothing says nothing.
                estimator.Estimate(model, Rows(model, chains == 1 ? [-1, -1] : [1, -1], weights), gradient, rng);
            }
            Assert.Equal(0, gradient.Bias(0)[0, 0], 1e-6);
        }
    }

    [Fact]
    public void Known_entries_beside_a_context_are_presented_as_they_were_made_binary()
    {
        var model = new LayeredModel([new BernoulliLayer(2), new BernoulliLayer(1), new ContextLayer(1)], [(0, 1), (0, 2)]);
        var recording = new RecordingEstimator();
        Dataset rows = new("grey", new NumberRows([0.8, double.NaN, 0.3, 0.2, 0.9, 0.6], 3)) { Missing = MissingValues.Unknown };
        var options = new TrainerOptions
        {
            BatchSize = 2,
            Shuffle = false,
            Binarization = Binarization.Threshold(),
            Centering = false,
        };
        new Trainer(model, recording, new Sgd(), options).Learn(rows, 1);
        double[,] seen = Assert.Single(recording.Batches);
        Assert.Equal((1, 0, 1), (seen[0, 0], seen[1, 0], seen[1, 1]));
    }

    [Fact]
    public void A_context_is_always_given()
    {
        var model = new LayeredModel([new BernoulliLayer(2), new BernoulliLayer(1), new ContextLayer(1)], [(0, 1), (0, 2)]);
        Dataset rows = new("lacking", new NumberRows([1, 0, 1, 1, 0, double.NaN], 3)) { Missing = MissingValues.Absent };
        var trainer = new Trainer(model, new ContrastiveDivergence(), new Sgd());
        Assert.Contains("lacking: row 2, column 3 is context",
            Assert.Throws<BadInputException>(() => trainer.Run(rows, 1)).Message);
    }

    [Fact]
    public void The_partition_function_of_the_whole_machine_is_not_followed_by_chains_that_lack_units()
    {
        var options = new TrainerOptions { Metrics = [MetricCatalog.Parse("log-partition")] };
        var trainer = new Trainer(Teaching.Bernoulli(2, 1), new PersistentContrastiveDivergence(4), new Sgd(), options);
        Dataset Rows(MissingValues missing) => new("gaps", new NumberRows([1, 0, 1, double.NaN, 0, 0], 2)) { Missing = missing };
        Assert.Contains("'log-partition' follows chains of the whole machine",
            Assert.Throws<BadInputException>(() => trainer.Run(Rows(MissingValues.Absent), 1)).Message);
        trainer.Learn(Rows(MissingValues.Unknown), 1);
    }
}
