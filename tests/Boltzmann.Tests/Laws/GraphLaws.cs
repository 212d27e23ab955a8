namespace Boltzmann.Tests.Laws;

/// <summary>
/// Exact numbers, gradients, samples and pseudo-likelihoods of deep and fully connected machines against plain sums over all joint states.
/// </summary>
public class GraphLaws
{
    const double Tolerance = 1e-9;

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Log_partition_is_the_sum_over_all_joint_states(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        double expected = new PlainGraph(model).LogPartition();
        Assert.True(Exact.Reaches(model));
        Assert.Equal(expected, Exact.LogPartition(model), Tolerance);
        // Whatever else is enumerated beside what must be, the sum is the same.
        for (int l = 0; l < model.Layers.Count; l++)
            if (EnumeratedLayers.Fewest(model, Exact.MaximumStates, including: l) is int[] layers)
                Assert.Equal(expected, new EnumeratedLayers(model, layers).LogPartition(), Tolerance);
    }

    [Fact]
    public void What_is_free_given_the_rest_is_visible_as_far_as_it_was()
    {
        Dbm model = Dbm.OfLabelled(3, new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(2));
        var withLabels = new ConditionalModel(model, [1, 2, 3]);
        Assert.Equal([2], withLabels.VisibleLayers);
        Assert.Equal([0, 1], withLabels.HiddenLayers);
        Assert.Equal(2, withLabels.LabelLayer);
        Assert.Equal(0, withLabels.RowColumns);
        var hidden = new ConditionalModel(model, [1, 2]);
        Assert.Empty(hidden.VisibleLayers);
        Assert.Null(hidden.LabelLayer);
        var modalities = new ConditionalModel(SmallGraphs.Make("two modalities"), [2, 3]);
        Assert.Equal([0], modalities.VisibleLayers);
        Assert.Equal(2, modalities.RowColumns);
    }

    [Fact]
    public void States_that_a_row_costs_are_those_of_the_hidden_layers_enumerated_for_it()
    {
        static Layer[] Of(params int[] units) => [.. units.Select(n => new BernoulliLayer(n))];
        Assert.Equal(1, FreeEnergy.StatesPerRow(new Rbm(new BernoulliLayer(5), new BernoulliLayer(40))));
        Assert.Equal(1, FreeEnergy.StatesPerRow(new BoltzmannMachine(new BernoulliLayer(9))));
        Assert.Equal(1 << 4, FreeEnergy.StatesPerRow(new Dbm(Of(4, 7, 4))));
        Assert.Equal(1 << 8, FreeEnergy.StatesPerRow(new Dbm(Of(3, 30, 8, 40))));
        Assert.Equal(1 << 5, FreeEnergy.StatesPerRow(new BoltzmannMachine(new BernoulliLayer(9), new BernoulliLayer(5))));
        Assert.Equal(3, FreeEnergy.StatesPerRow(Dbm.OfLabelled(3, Of(4, 9))));
        Assert.Null(FreeEnergy.StatesPerRow(new Dbm(Of(3, 30, 30))));
    }

    [Fact]
    public void The_layers_of_fewest_joint_states_are_enumerated()
    {
        static Layer[] Of(params int[] units) => [.. units.Select(n => new BernoulliLayer(n))];
        Assert.Equal([1], EnumeratedLayers.Fewest(new Rbm(new BernoulliLayer(5), new BernoulliLayer(4)), 1000)!);
        Assert.Equal([0], EnumeratedLayers.Fewest(new Rbm(new BernoulliLayer(4), new BernoulliLayer(5)), 1000)!);
        Assert.Equal([1], EnumeratedLayers.Fewest(new Dbm(Of(4, 7, 4)), 1000)!);
        Assert.Equal([0, 2], EnumeratedLayers.Fewest(new Dbm(Of(3, 7, 3)), 1000)!);
        Assert.Equal([0, 2], EnumeratedLayers.Fewest(new Dbm(Of(3, 20, 4, 9)), 1000)!);
        Assert.Equal([1, 2], EnumeratedLayers.Fewest(new Dbm(Of(30, 5, 3, 9)), 1000)!);
        Assert.Equal([0], EnumeratedLayers.Fewest(new BoltzmannMachine(new BernoulliLayer(9)), 1000)!);
        Assert.Null(EnumeratedLayers.Fewest(new BoltzmannMachine(new BernoulliLayer(5), new BernoulliLayer(5)), 1023));
        Assert.Equal([], EnumeratedLayers.Fewest(new ConditionalModel(new Dbm(Of(4, 4, 4, 4)), [1, 3]), 1)!);
        Assert.Contains("annealed importance sampling",
            Assert.Throws<BadInputException>(() => Exact.LogPartition(new Dbm(Of(30, 30, 30)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enumeration_of_several_layers_in_chunks_misses_and_repeats_no_state()
    {
        // 2¹³ joint states are two chunks; the middle layer is summed out.
        var model = new Dbm(new BernoulliLayer(7, SmallModels.Double), new BernoulliLayer(20, SmallModels.Double),
            new SpinLayer(6, SmallModels.Double));
        Assert.Equal(33 * Math.Log(2), Exact.LogPartition(model), Tolerance);
        foreach (Matrix bias in Exact.Moments(model).Take(2).ToArray())
            for (int i = 0; i < bias.Columns; i++) Assert.Equal(0.5, bias[0, i], 1e-12);
        double[] p = Exact.StateProbabilities(model, 2);
        Assert.Equal(64, p.Length);
        Assert.All(p, x => Assert.Equal(1.0 / 64, x, 1e-12));
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Moments_are_means_over_all_joint_states(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        IReadOnlyList<Matrix> moments = Exact.Moments(model);
        var plain = new PlainGraph(model);
        double[] expected = plain.Mean(new double[]?[model.Layers.Count], moments.Sum(m => m.Rows * m.Columns),
            (x, values) => SetStatistics(model, x, values));
        double[] actual = [.. moments.SelectMany(m => m.ToArray().Cast<double>())];
        for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Moments_at_another_temperature_are_slopes_of_its_partition_function(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var tempered = new AnnealedModel(model, model.Layers) { Beta = 0.6 };
        IReadOnlyList<Matrix> moments = Exact.Moments(tempered);
        for (int c = 0; c < model.Connections.Count; c++)
        {
            // 0.6·E[x_a·x_bᵀ]: a machine whose weights were multiplied by 0.6 has this mean.
            EnergyModel plain = SmallModels.MakeGraph(name);
            foreach (Connection connection in plain.Connections) connection.Weights.SetSum(connection.Weights, 0.6);
            Matrix expected = Exact.Moments(plain)[model.Parameters.Count - model.Connections.Count + c],
                actual = moments[model.Parameters.Count - model.Connections.Count + c];
            for (int i = 0; i < expected.Rows; i++)
                for (int j = 0; j < expected.Columns; j++) Assert.Equal(0.6 * expected[i, j], actual[i, j], Tolerance);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void The_log_likelihood_of_a_row_sums_hidden_layers_and_labels_out(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var plain = new PlainGraph(model);
        Matrix rows = DeepLikelihoodLaws.Rows(model, 5);
        int[] labels = [0, 1, 2, 0, 1];
        Score score = Exact.LogLikelihood(model, rows), free = FreeEnergy.PerRow(model, rows);
        Score? joint = model.LabelLayer is null ? null : Exact.LogLikelihood(model, rows, labels);
        for (int r = 0; r < rows.Rows; r++)
        {
            double[]?[] given = PlainGraph.Given(model, rows.ReadRow(r));
            Assert.Equal(plain.LogProbability(given), score.PerRow[r], Tolerance);
            Assert.Equal(-plain.LogSum(given), free.PerRow[r], Tolerance);
            if (joint is null) continue;
            given = PlainGraph.Given(model, rows.ReadRow(r), labels[r]);
            Assert.Equal(plain.LogProbability(given), joint.PerRow[r], Tolerance);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Probabilities_of_the_states_of_a_layer_are_marginals(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var plain = new PlainGraph(model);
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (model.Layers[l].StateCount is not long count) continue;
            double[] p = Exact.StateProbabilities(model, l);
            var states = new Matrix((int)count, model.Layers[l].Units, SmallModels.Double);
            model.Layers[l].SetStates(0, states);
            for (int s = 0; s < count; s++)
            {
                var given = new double[]?[model.Layers.Count];
                given[l] = states.ReadRow(s);
                Assert.Equal(Math.Exp(plain.LogProbability(given)), p[s], Tolerance);
            }
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Exact_samples_have_the_moments_of_the_model(string name)
    {
        // Every statistic's mean within six of its errors, estimated from the samples: about 40 statistics a machine at 2e-9 each if they
        // were normal.
        const int Count = 4000;
        EnergyModel model = SmallModels.MakeGraph(name);
        double[] expected = [.. Exact.Moments(model).SelectMany(m => m.ToArray().Cast<double>())];
        State samples = Exact.Sample(model, Count, new Rng(seed: 51));
        double[] sums = new double[expected.Length], squares = new double[expected.Length], one = new double[expected.Length];
        for (int r = 0; r < Count; r++)
        {
            SetStatistics(model, [.. Enumerable.Range(0, model.Layers.Count).Select(l => samples[l].ReadRow(r))], one);
            for (int k = 0; k < one.Length; k++)
            {
                sums[k] += one[k];
                squares[k] += one[k] * one[k];
            }
        }
        for (int k = 0; k < expected.Length; k++)
        {
            double mean = sums[k] / Count, error = Math.Sqrt(Math.Max(0, squares[k] / Count - mean * mean) / Count);
            Assert.InRange(mean - expected[k], -6 * error - 1e-9, 6 * error + 1e-9);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void The_exact_gradient_is_the_slope_of_the_weighted_log_likelihood(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4);
        double[] weights = [1, 0.5, 2, 1.5];
        int[] labels = [2, 0, 1, 1];
        var state = new State(model, 4);
        model.SetRows(state, rows);
        if (model.LabelLayer is int layer)
            for (int r = 0; r < 4; r++) state[layer][r, labels[r]] = 1;
        var rowWeights = new Matrix(4, 1, SmallModels.Double);
        for (int r = 0; r < 4; r++) rowWeights[r, 0] = weights[r];
        var gradient = new Gradient(model);
        new ExactGradient().Estimate(model, new Batch(state, rowWeights, weights.Sum()), gradient, new Rng());
        int firstWeights = model.Parameters.Count - model.Connections.Count;
        EnergyLaws.ForEachEntry(model.Parameters, (k, i, slope) =>
        {
            Matrix dense = gradient.ToDense(k);
            (int row, int column) = (i / dense.Columns, i % dense.Columns);
            // Both entries of a pair move together in learning, here one of them; the diagonal never does.
            bool isWithin = k >= firstWeights && model.Connections[k - firstWeights] is { IsWithinLayer: true, Edges: null };
            if (isWithin && model.Connections[k - firstWeights].IsOwn(row, column)) Assert.Equal(0, dense[row, column]);
            else Assert.Equal(isWithin ? 2 * slope : slope, dense[row, column], 1e-7);
        }, () => (model.LabelLayer is null ? Exact.LogLikelihood(model, rows)
            : Exact.LogLikelihood(model, rows, labels)).PerRow.Zip(weights).Sum(p => p.First * p.Second) / weights.Sum());
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Annealing_estimates_log_Z_of_every_graph(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        double exact = Exact.LogPartition(model);
        var settings = new Annealing { Chains = 1000, Betas = 10 };
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, settings, new Rng(seed: 52)),
            reverse = AnnealedImportanceSampling.EstimateReverse(model, settings, new Rng(seed: 53));
        Assert.InRange(forward.Value - exact, -5 * forward.StandardError - 1e-9, 5 * forward.StandardError + 1e-9);
        Assert.InRange(reverse.Value - exact, -5 * reverse.StandardError - 1e-9, 5 * reverse.StandardError + 1e-9);
    }

    [Theory]
    [InlineData("bernoulli - bernoulli - bernoulli"), InlineData("one-hot - spin - bernoulli - gaussian"),
        InlineData("bernoulli - bernoulli - spin + classes")]
    [InlineData("joined bernoulli"), InlineData("joined spin"), InlineData("joined bernoulli - spin"),
        InlineData("spin - bernoulli - one-hot"), InlineData("bernoulli - bernoulli")]
    [InlineData("two modalities"), InlineData("modalities apart"), InlineData("ring"), InlineData("semi-restricted"), InlineData("grid"),
        InlineData("edges"), InlineData("edges and hidden"), InlineData("potts"), InlineData("potts and hidden"), InlineData("potts potts"),
        InlineData("bernoulli potts")]
    public void Pseudo_likelihood_is_the_sum_of_conditionals_of_the_visible_marginal(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var plain = new PlainGraph(model);
        Matrix rows = DeepLikelihoodLaws.Rows(model, 4);
        Score score = PseudoLikelihood.PerRow(model, rows);
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] row = rows.ReadRow(r);
            double expected = 0, log = plain.LogSum(PlainGraph.Given(model, row));
            int first = 0;
            foreach (int l in model.RowLayers)
            {
                int width = model.Layers[l].ColumnsPerUnit, from = first;
                for (int unit = 0; unit < model.Layers[l].Units; unit += width)
                    expected += log - PlainModel.LogSumExp(plain.States[l]
                        .Where(s => s.X.Index().All(e => (e.Index >= unit && e.Index < unit + width) || e.Item == row[from + e.Index]))
                        .Select(s => plain.LogSum(PlainGraph.Given(model, [.. row[..from], .. s.X, .. row[(from + s.X.Length)..]]))));
                first += model.Layers[l].Units;
            }
            Assert.Equal(expected, score.PerRow[r], Tolerance);
        }

        // The stochastic form has this mean: 400 units drawn for a row, five errors, a false alarm in 2 million.
        Score repeated = new([.. Enumerable.Range(0,
            400).Select(i => PseudoLikelihood.Estimate(model, rows.RowRange(1, 1), new Rng(seed: (ulong)i)).PerRow[0])]);
        Assert.InRange(repeated.Mean - score.PerRow[1], -5 * repeated.StandardError - 1e-9, 5 * repeated.StandardError + 1e-9);
    }

    [Fact]
    public void Pseudo_likelihood_refuses_joined_hidden_layers_that_are_too_large()
    {
        var model = new Dbm(new BernoulliLayer(3), new BernoulliLayer(20), new BernoulliLayer(20));
        Assert.Contains("4096", Assert.Throws<BadInputException>(() => PseudoLikelihood.PerRow(model, new Matrix(1, 3))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>t(x) = ∂(−E)/∂θ of one configuration, in the order of the model's parameters; 0 for fixed ones.</summary>
    static void SetStatistics(EnergyModel model, double[][] x, Span<double> destination)
    {
        int next = 0;
        for (int l = 0; l < x.Length; l++)
        {
            foreach (double value in x[l]) destination[next++] = value;
            if (model.Layers[l].Parameters.Count == 1) continue;
            foreach (double value in x[l]) destination[next++] = model.Layers[l].Parameters[1].IsFixed ? 0 : -value * value / 2;
        }
        foreach (Connection c in model.Connections)
        {
            foreach (var (unit, other) in c.Edges?.Pairs ?? []) destination[next++] = x[c.Lower][unit] * x[c.Lower][other];
            if (c.Edges is not null) continue;
            for (int i = 0; i < x[c.Lower].Length; i++)
                for (int j = 0; j < x[c.Upper].Length; j++)
                    destination[next++] = c.IsOwn(i, j) ? 0 : x[c.Lower][i] * x[c.Upper][j];
        }
    }
}
