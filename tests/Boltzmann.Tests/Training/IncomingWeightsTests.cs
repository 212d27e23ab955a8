namespace Boltzmann.Tests.Training;

/// <summary>Sparsity and max-norm go by what units hear from nearer to the rows, not by how a graph is written.</summary>
public class IncomingWeightsTests
{
    // Two visible layers, one hidden layer that hears both and one above it; then the same with the layers in another order, so that
    // connections change their ends.
    static readonly string[] names = ["left", "right", "middle", "top"], others = ["left", "top", "middle", "right"];
    static readonly (string, string)[] joined = [("left", "middle"), ("right", "middle"), ("middle", "top")];

    static int Units(string name) => name switch { "left" => 3, "right" => 2, "middle" => 3, _ => 2 };

    static LayeredModel Make(string[] order) => new([.. order.Select(name => new BernoulliLayer(Units(name), Teaching.Double))],
        [.. joined.Select(pair => (Array.IndexOf(order, pair.Item1), Array.IndexOf(order, pair.Item2)))],
            [.. ((string[])["left", "right"]).Select(name => Array.IndexOf(order, name))]);

    static double[,] Weights(LayeredModel model, string[] order, string below, string above)
    {
        int a = Array.IndexOf(order, below), b = Array.IndexOf(order, above);
        double[,] weights = model.Connections.First(c => (c.Lower, c.Upper) == (Math.Min(a, b), Math.Max(a, b))).Weights.ToArray();
        return a < b ? weights : Transposed(weights);
    }

    static double[,] Transposed(double[,] x)
    {
        var y = new double[x.GetLength(1), x.GetLength(0)];
        for (int i = 0; i < x.GetLength(0); i++)
            for (int j = 0; j < x.GetLength(1); j++) y[j, i] = x[i, j];
        return y;
    }

    static LayeredModel Started(string[] order)
    {
        LayeredModel first = Make(names), model = Make(order);
        first.SetRandomWeights(0.8, new Rng(3));
        foreach (var (below, above) in joined)
        {
            int a = Array.IndexOf(order, below), b = Array.IndexOf(order, above);
            double[,] weights = Weights(first, names, below, above);
            model.Connections.First(c => (c.Lower, c.Upper) == (Math.Min(a, b),
                Math.Max(a, b))).Weights.SetCopy(Matrix.From(a < b ? weights : Transposed(weights), Teaching.Double));
        }
        return model;
    }

    [Theory, InlineData(0.7, 0), InlineData(double.PositiveInfinity, 0.5), InlineData(0.7, 0.5)]
    public void The_same_graph_written_in_two_orders_trains_to_the_same_machine(double limit, double cost)
    {
        // Exact gradients draw nothing, so the order of layers has no other influence than on rounding.
        LayeredModel one = Started(names), two = Started(others), free = Started(names);
        Teach(one, limit, cost);
        Teach(two, limit, cost);
        Teach(free, double.PositiveInfinity, 0);
        foreach (var (below, above) in joined)
        {
            Teaching.AssertClose(Weights(one, names, below, above), Weights(two, others, below, above), 1e-10);
            Assert.NotEqual(Weights(free, names, below, above)[0, 0], Weights(one, names, below, above)[0, 0], 1e-3);
        }
        foreach (string name in names)
            Teaching.AssertClose(one.Layers[Array.IndexOf(names, name)].Bias.ToArray(),
                two.Layers[Array.IndexOf(others, name)].Bias.ToArray(), 1e-10);
        if (double.IsInfinity(limit)) return;
        // Of all that a unit hears from below together.
        double[,] left = Weights(two, others, "left", "middle"), right = Weights(two, others, "right", "middle"),
            top = Weights(two, others, "middle", "top");
        for (int unit = 0; unit < 3; unit++)
            Assert.InRange(Enumerable.Range(0, 3).Sum(i => left[i, unit] * left[i, unit])
                + Enumerable.Range(0, 2).Sum(i => right[i, unit] * right[i, unit]), 0, limit * limit + 1e-12);
        for (int unit = 0; unit < 2; unit++)
            Assert.InRange(Enumerable.Range(0, 3).Sum(i => top[i, unit] * top[i, unit]), 0, limit * limit + 1e-12);
    }

    [Fact]
    public void A_deep_machine_has_its_columns_limited_to_the_bit()
    {
        Dbm free = Make(), limited = Make();
        Teach(free, double.PositiveInfinity);
        Teach(limited, 0.5);
        foreach (Connection c in free.Connections.SkipLast(1)) c.Weights.LimitColumnNorms(0.5);
        ModelFileTests.AssertSame(free, limited);

        static Dbm Make()
        {
            Dbm model = Dbm.OfLabelled(2, new BernoulliLayer(5), new BernoulliLayer(4), new BernoulliLayer(3));
            model.SetRandomWeights(0.5, new Rng(2));
            return model;
        }

        static void Teach(Dbm model, double limit)
        {
            var data = new Dataset("rows", Teaching.RandomBits(10, 5).Rows) { Labels = [.. Enumerable.Range(0, 10).Select(r => r % 2)] };
            new Trainer(model, new PersistentContrastiveDivergence(10), new Sgd(),
                new TrainerOptions { BatchSize = 10, MaxNorm = limit }).Learn(data, 1);
        }
    }

    [Fact]
    public void Labels_are_no_input_of_the_units_that_rows_reach_and_lateral_weights_are_nobodys()
    {
        Layer[] layers = [new BernoulliLayer(3), new MultinomialLayer(2, 2), new BernoulliLayer(3), new BernoulliLayer(2)];
        var model = new LayeredModel(layers, [(0, 2), (1, 2), (0, 3), (2, 3), (3, 3)], [0, 1], labels: 1);
        Assert.Equal([(0, true)], Incoming(model, 2));
        Assert.Equal([(2, true)], Incoming(model, 3));
        Dbm deep = Dbm.OfLabelled(2, new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(2));
        Assert.Equal([(0, true)], Incoming(deep, 1));
        Assert.Equal([(1, true)], Incoming(deep, 2));
        Assert.Equal([(0, true)], Incoming(new ClassificationRbm(new BernoulliLayer(4), new BernoulliLayer(3), 2), 1));
        Assert.Equal([(1, true)], Incoming(new BoltzmannMachine(new BernoulliLayer(4), new BernoulliLayer(3)), 1));
    }

    // Weights by their place among those of the machine.
    static (int, bool)[] Incoming(EnergyModel model, int layer) =>
        [.. model.IncomingWeights(layer).Select(i => (i.Parameter - model.FirstParameterOf(0), i.AreColumns))];

    static void Teach(LayeredModel model, double limit, double cost)
    {
        // "left" and "right" take their columns in this order in both graphs.
        Dataset data = Teaching.RandomBits(40, 5);
        // The costs of hidden layers are given in their order.
        new Trainer(model, new ExactGradient(), new Sgd(), new TrainerOptions
        {
            BatchSize = 10,
            LearningRate = 0.2,
            MaxNorm = limit,
            SparsityCost = cost,
            SparsityTarget = 0.2
        }).Learn(data, 5);
    }
}
