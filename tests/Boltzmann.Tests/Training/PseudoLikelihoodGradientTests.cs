namespace Boltzmann.Tests.Training;

/// <summary>The gradient of the pseudo-likelihood, against finite differences.</summary>
public class PseudoLikelihoodGradientTests
{
    const double Step = 1e-5;

    public static TheoryData<string> Machines => ["bernoulli", "spin", "bernoulli grid", "spin grid", "two layers"];

    static EnergyModel Make(string name)
    {
        EnergyModel model = name switch
        {
            "bernoulli" => new BoltzmannMachine(new BernoulliLayer(6, Teaching.Double)),
            "spin" => new BoltzmannMachine(new SpinLayer(6, Teaching.Double)),
            "bernoulli grid" => BoltzmannMachine.Grid(2, 3, BernoulliLayer.Name, Teaching.Double),
            "spin grid" => BoltzmannMachine.Grid(2, 3, SpinLayer.Name, Teaching.Double),
            _ => new LayeredModel([new BernoulliLayer(4, Teaching.Double), new SpinLayer(2, Teaching.Double)], [(0, 0), (0, 1)], [0, 1]),
        };
        var rng = new Rng(9);
        foreach (Parameter p in model.Parameters)
        {
            p.Value.SampleNormal(rng);
            p.Value.SetSum(p.Value, 0.5);
        }
        model.Symmetrize();
        return model;
    }

    // Bits, but −1 and 1 for spins.
    static Matrix Rows(EnergyModel model, int count)
    {
        double[,] bits = Teaching.RandomBits(count, 6).ToMatrix(Teaching.Double).ToArray();
        for (int c = 0, l = 0, end = model.Layers[0].Units; c < 6; c++)
        {
            if (c == end) end += model.Layers[++l].Units;
            for (int r = 0; r < count && model.Layers[l] is SpinLayer; r++) bits[r, c] = 2 * bits[r, c] - 1;
        }
        return Matrix.From(bits, Teaching.Double);
    }

    [Theory, MemberData(nameof(Machines))]
    public void It_is_that_of_finite_differences_with_and_without_row_weights(string name)
    {
        EnergyModel model = Make(name);
        Matrix rows = Rows(model, 5);
        foreach (double[]? weights in new double[]?[] { null, [1, 0.5, 2, 0, 3] })
        {
            var state = new State(model, 5);
            model.SetRows(state, rows);
            var gradient = new Gradient(model);
            Batch batch = weights is null ? new(state) : new(state, Column(weights), weights.Sum());
            new PseudoLikelihoodGradient().Estimate(model, batch, gradient, new Rng());
            for (int p = 0; p < model.Parameters.Count; p++)
            {
                Matrix value = model.Parameters[p].Value;
                double[,] analytic = gradient.ToDense(p).ToArray();
                bool isSymmetric = model.Connections.Any(c => ReferenceEquals(c.Weights, value) && c is { IsWithinLayer: true, Edges: null });
                for (int i = 0; i < value.Rows; i++)
                    for (int j = 0; j < value.Columns; j++)
                    {
                        if (isSymmetric && i == j) continue;
                        double numeric = (At(Step) - At(-Step)) / (2 * Step);
                        // Errors of differences: step² times third derivatives of order 10.
                        Assert.Equal(numeric, analytic[i, j], 1e-7);

                        double At(double move)
                        {
                            double old = value[i, j];
                            value[i, j] = old + move;
                            if (isSymmetric) value[j, i] = old + move;
                            IReadOnlyList<double> each = PseudoLikelihood.PerRow(model, rows).PerRow;
                            value[i, j] = old;
                            if (isSymmetric) value[j, i] = old;
                            return weights is null ? each.Average() : each.Zip(weights, (x, w) => x * w).Sum() / weights.Sum();
                        }
                    }
            }
        }
    }

    [Fact]
    public void A_machine_with_hidden_units_or_other_kinds_is_refused()
    {
        foreach (EnergyModel model in new EnergyModel[] { Teaching.Bernoulli(3, 2), new LayeredModel([new GaussianLayer(3), new BernoulliLayer(2)], [(0, 1)], [0, 1]) })
            Assert.Contains("all visible", Assert.Throws<ArgumentException>(() => new PseudoLikelihoodGradient().Estimate(model, new(new State(model, 2)), new Gradient(model), new Rng())).Message);
    }

    static Matrix Column(double[] values)
    {
        var column = new Matrix(values.Length, 1, Teaching.Double);
        for (int r = 0; r < values.Length; r++) column[r, 0] = values[r];
        return column;
    }
}
