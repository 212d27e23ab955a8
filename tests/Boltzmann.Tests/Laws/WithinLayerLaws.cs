namespace Boltzmann.Tests.Laws;

/// <summary>
/// Machines whose units are joined within layers, deep ones and other graphs, against sums over all their states. χ² deviates above 6 have
/// a false-alarm rate of 1e-9, means beyond 6 standard errors of 2e-9; seeds are fixed.
/// </summary>
public class WithinLayerLaws
{
    const double Rounding = 1e-12, Z = 6;
    const int Chains = 20_000;

    [Theory, MemberData(nameof(SmallGraphs.Names), MemberType = typeof(SmallGraphs))]
    public void The_energy_counts_every_pair_once(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        State all = plain.All(model);
        var energies = new Matrix(all.Rows, 1, model.Placement);
        model.AddEnergy(all, energies);
        Assert.Equal(plain.Energies, energies.ReadColumn(0), (x, y) => Math.Abs(x - y) < Rounding);
    }

    [Theory, MemberData(nameof(SmallModels.Listed), MemberType = typeof(SmallModels))]
    public void A_sweep_leaves_the_model_distribution_invariant(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var plain = new PlainStates(model);
        State chains = plain.Sample(model, Chains, new Random(1));
        Assert.InRange(plain.Deviation(chains), -Z, Z);
        Gibbs.Sweep(model, chains, 1, new Rng(2));
        Assert.InRange(plain.Deviation(chains), -Z, Z);
        Gibbs.Sweep(model, chains, 2, new Rng(3));
        Assert.InRange(plain.Deviation(chains), -Z, Z);
    }

    [Theory, MemberData(nameof(SmallModels.Listed), MemberType = typeof(SmallModels))]
    public void Chains_from_one_state_come_to_the_distribution_at_their_temperature(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var chains = new State(model, Chains);
        foreach (int l in Enumerable.Range(0, model.Layers.Count)) chains[l].Fill(1);
        Gibbs.Sweep(model, chains, 40, new Rng(4), temperature: 1.5);
        Assert.InRange(new PlainStates(model, 1 / 1.5).Deviation(chains), -Z, Z);
    }

    [Theory, MemberData(nameof(SmallGraphs.Names), MemberType = typeof(SmallGraphs))]
    public void Clamped_units_stay_and_the_others_are_drawn_given_them(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        var chains = new State(model, Chains);
        for (int l = 0; l < model.Layers.Count; l++) chains[l].Fill(1);
        // The first unit is known, the second free; both kinds of mask.
        for (int rows = 1; rows <= Chains; rows += Chains - 1)
        {
            var known = new Matrix(rows, model.Layers[0].Units, model.Placement);
            int own = model.Layers[0].ColumnsPerUnit;
            for (int r = 0; r < rows; r++)
                for (int c = 0; c < own; c++) known[r, c] = 1;
            var given = new Matrix(Chains, model.Layers[0].Units, model.Placement);
            for (int r = 0; r < Chains; r++) given[r, 0] = 1;
            chains.ClampUnits(0, known, given);
            Gibbs.Sweep(model, chains, 25, new Rng(5));
            double[,] x = chains[0].ToArray();
            Assert.All(Enumerable.Range(0, Chains), r => Assert.Equal(1, x[r, 0]));
            for (int u = own; u < model.Layers[0].Units; u++)
            {
                double mean = plain.Mean(s => s[u], s => s[0] == 1), square = plain.Mean(s => s[u] * s[u], s => s[0] == 1);
                Assert.InRange((Enumerable.Range(0, Chains).Average(r => x[r, u]) - mean) / Math.Sqrt((square - mean * mean) / Chains), -Z,
                    Z);
            }
        }
    }

    [Theory, MemberData(nameof(SmallGraphs.Names), MemberType = typeof(SmallGraphs))]
    public void The_gradient_is_the_slope_of_the_log_likelihood(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        // Positive phase: half of it state 5, half state 12; negative phase: all states by their probability.
        State all = plain.All(model);
        int[] data = [5, 12];
        var weights = new Matrix(all.Rows, 1, model.Placement);
        for (int s = 0; s < all.Rows; s++) weights[s, 0] = (data.Contains(s) ? 0.5 : 0) - plain.Probabilities[s];
        var gradient = new Gradient(model);
        gradient.AddPhase(all, LayerSet.None, weights, 1);

        const double Step = 1e-5;
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Matrix value = model.Parameters[p].Value;
            double[,] slope = gradient.ToDense(p).ToArray();
            Connection? joined = model.Connections.FirstOrDefault(c => c.Weights == value);
            bool within = joined is { IsWithinLayer: true, Edges: null };
            for (int r = 0; r < value.Rows; r++)
                for (int c = 0; c < value.Columns; c++)
                {
                    if (within && joined!.IsOwn(r, c))
                    {
                        Assert.Equal(0, slope[r, c]);
                        continue;
                    }
                    double LogLikelihood(double change)
                    {
                        EnergyModel moved = model.Clone();
                        Matrix to = moved.Parameters[p].Value;
                        to[r, c] += change;
                        if (within) to[c, r] += change;
                        var there = new PlainStates(moved);
                        return data.Average(s => Math.Log(there.Probabilities[s]));
                    }
                    // Central differences: an error of Step²·third derivative/6 below 1e-9, and rounding of 1e-15/Step.
                    Assert.Equal((LogLikelihood(Step) - LogLikelihood(-Step)) / (2 * Step), slope[r, c], 2e-9);
                }
        }
    }

    [Theory, InlineData("bernoulli bernoulli"), InlineData("spin spin"), InlineData("bernoulli spin")]
    public void Mean_field_ends_at_means_that_give_themselves_and_its_bound_rises(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        double[] visible = plain.Part(plain.States[3], 0);
        double low = model.Layers[1] is SpinLayer ? -1 : 0;
        double bound = double.NegativeInfinity;
        double truth = PlainModel.LogSumExp(plain.States.Index().Where(s => plain.Part(s.Item,
            0).SequenceEqual(visible)).Select(s => -plain.Energies[s.Index]));
        foreach (int updates in new[] { 1, 2, 3, 5, 10, 200 })
        {
            double[] mean = Infer(model, visible, new MeanField(updates, tolerance: 0));
            // The energy is linear in every unit, so its mean is that of the means.
            double next = -plain.Energy([.. visible, .. mean]) + mean.Sum(m => Entropy((m - low) / (1 - low)));
            Assert.InRange(next, bound - Rounding, truth);
            bound = next;
        }
        double[] last = Infer(model, visible, new MeanField(200, tolerance: 0)),
            damped = Infer(model, visible, new MeanField(400, tolerance: 0, damping: 0.5, order: SweepOrder.Parallel));
        for (int u = 0; u < last.Length; u++)
        {
            // −∂E/∂h_u by the difference of the unit's two values.
            double Lowered(double value) => -plain.Energy([.. visible, .. last[..u], value, .. last[(u + 1)..]]);
            double p = 1 / (1 + Math.Exp(Lowered(low) - Lowered(1)));
            Assert.Equal(low + (1 - low) * p, last[u], 1e-10);
            Assert.Equal(last[u], damped[u], 1e-9);
        }
    }

    [Fact]
    public void Mean_field_keeps_clamped_units_of_a_joined_layer()
    {
        EnergyModel model = SmallGraphs.Make("bernoulli bernoulli");
        var state = new State(model, 2);
        Matrix known = Matrix.Row([0, 1, 0], model.Placement), given = new(2, 3, model.Placement);
        given.WriteRow(0, [0, 1, 0]);
        state.ClampUnits(1, known, given);
        new MeanField(30).Infer(model, state);
        Assert.Equal(1, state[1][0, 1]);
        Assert.Equal(0, state[1][1, 1]);
        Assert.NotEqual(state[1][0, 0], state[1][1, 0]);
    }

    [Theory, MemberData(nameof(SmallModels.Listed), MemberType = typeof(SmallModels))]
    public void A_machine_and_its_form_in_differences_from_means_are_one_distribution_and_stay_so_in_centred_learning(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var plain = new PlainStates(model);
        int[] data = [3, plain.States.Length / 2 + 1, plain.States.Length - 2];
        double[] weights = [2, 0.5, 1];
        var batch = new State(model, 3);
        var rowWeights = new Matrix(3, 1, model.Placement);
        for (int r = 0; r < 3; r++)
        {
            rowWeights[r, 0] = weights[r];
            for (int l = 0; l < model.Layers.Count; l++) batch[l].WriteRow(r, plain.Part(plain.States[data[r]], l));
        }
        State all = plain.All(model);
        var probabilities = new Matrix(all.Rows, 1, model.Placement);
        for (int s = 0; s < all.Rows; s++) probabilities[s, 0] = plain.Probabilities[s];
        var gradient = new Gradient(model);
        gradient.AddPositivePhase(new Batch(batch, rowWeights, weights.Sum()), LayerSet.None);
        gradient.AddPhase(all, LayerSet.None, probabilities, -1);
        new Centering(model).Apply(gradient);

        // E = −Σ c·(x − μ) − Σ w·(x_i − μ_i)·(x_j − μ_j) with μ the means of the data has biases c = b + Σ w·μ: how much a unit, linear in
        // E, lowers it where the others are at μ.
        int units = plain.States[0].Length;
        double[] mu = [.. Enumerable.Range(0,
            units).Select(i => data.Zip(weights, (s, w) => w * plain.States[s][i]).Sum() / weights.Sum())];
        EnergyModel centred = model.Clone();
        for (int l = 0, unit = 0; l < model.Layers.Count; l++)
            for (int u = 0; u < model.Layers[l].Units; u++, unit++)
                centred.Layers[l].Bias[0, u] = plain.Energy([.. mu[..unit], 0, .. mu[(unit + 1)..]]) - plain.Energy([.. mu[..unit], 1,
                    .. mu[(unit + 1)..]]);
        AssertSame(plain, new PlainStates(centred, offsets: mu), Rounding);

        // One step of each along its own gradient: that of the centred form by differences in its own parameters, c fixed where w moves.
        const double Step = 1e-5, Rate = 0.7;
        EnergyModel next = centred.Clone();
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Matrix value = centred.Parameters[p].Value;
            double[,] learned = gradient.ToDense(p).ToArray();
            Connection? joined = model.Connections.FirstOrDefault(c => c.Weights == model.Parameters[p].Value);
            bool isWithin = joined is { IsWithinLayer: true, Edges: null };
            for (int r = 0; r < value.Rows; r++)
                for (int c = isWithin ? r + 1 : 0; c < value.Columns; c++)
                {
                    if (isWithin && joined!.IsOwn(r, c)) continue;
                    // Central differences: an error of Step²·third derivative/6 below 1e-9, and rounding of 1e-15/Step.
                    double slope = (LogLikelihood(Step) - LogLikelihood(-Step)) / (2 * Step);
                    if (model.Parameters[p].IsWeight) Assert.Equal(slope, learned[r, c], 2e-9);
                    Move(next, Rate * slope);
                    Move(model, Rate * learned[r, c]);

                    double LogLikelihood(double change)
                    {
                        EnergyModel moved = centred.Clone();
                        Move(moved, change);
                        var there = new PlainStates(moved, offsets: mu);
                        return data.Zip(weights, (s, w) => w * Math.Log(there.Probabilities[s])).Sum() / weights.Sum();
                    }

                    void Move(EnergyModel machine, double change)
                    {
                        Matrix to = machine.Parameters[p].Value;
                        to[r, c] += change;
                        if (isWithin) to[c, r] += change;
                    }
                }
        }
        // Each of the few dozen slopes is off by less than 2e-9.
        AssertSame(new PlainStates(next, offsets: mu), new PlainStates(model), 1e-7);

        static void AssertSame(PlainStates expected, PlainStates actual, double tolerance)
        {
            for (int s = 0; s < expected.States.Length; s++)
                Assert.Equal(Math.Log(expected.Probabilities[s]), Math.Log(actual.Probabilities[s]), tolerance);
        }
    }

    [Theory, MemberData(nameof(SmallGraphs.Names), MemberType = typeof(SmallGraphs))]
    public void Exact_numbers_are_sums_over_all_states(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        Assert.Equal(plain.LogPartition, Exact.LogPartition(model), 1e-11);
        IReadOnlyList<Matrix> moments = Exact.Moments(model);
        int next = model.Parameters.Count - model.Connections.Count;
        foreach (Connection c in model.Connections)
        {
            double[,] expected = moments[next++].ToArray();
            int rows = expected.GetLength(0);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < expected.GetLength(1); j++)
                {
                    var (unit, other) = c.Edges?.Pairs[j] ?? (i, j);
                    if (!c.IsOwn(i, j))
                        Assert.Equal(plain.Mean(x => plain.Part(x, c.Lower)[unit] * plain.Part(x, c.Upper)[other]), expected[i, j], 1e-11);
                }
        }
    }

    [Theory, InlineData("grid"), InlineData("edges"), InlineData("visible spin"), InlineData("potts")]
    public void The_exact_gradient_of_a_visible_machine_is_the_difference_of_its_moments(string name)
    {
        EnergyModel model = SmallGraphs.Make(name);
        var plain = new PlainStates(model);
        var batch = new State(model, 2);
        batch[0].WriteRow(0, plain.States[11]);
        batch[0].WriteRow(1, plain.States[^6]);
        var gradient = new Gradient(model);
        new ExactGradient().Estimate(model, new Batch(batch), gradient, new Rng(1));
        gradient.Scale(0.5);
        double Difference(Func<double[], double> f) => 0.5 * ((f(plain.States[11]) + f(plain.States[^6])) / 2 - plain.Mean(f));
        double[,] weights = gradient.ToDense(1).ToArray();
        int units = model.Layers[0].Units;
        for (int i = 0; i < units; i++) Assert.Equal(Difference(x => x[i]), gradient.Bias(0)[0, i], 1e-11);
        IReadOnlyList<(int, int)> pairs = model.Connections[0].Edges?.Pairs
            ?? [.. from i in Enumerable.Range(0, units) from j in Enumerable.Range(0, i)
                where !model.Connections[0].IsOwn(i, j) select (i, j)];
        for (int e = 0; e < pairs.Count; e++)
        {
            var (i, j) = pairs[e];
            Assert.Equal(Difference(x => x[i] * x[j]), model.Connections[0].Edges is null ? weights[i, j] : weights[0, e], 1e-11);
        }
    }

    [Fact]
    public void A_sparse_machine_in_which_all_pairs_are_edges_is_the_full_one()
    {
        const int Units = 5;
        var full = new BoltzmannMachine(new SpinLayer(Units, SmallModels.Double));
        SmallGraphs.Randomize(full, 31);
        (int, int)[] pairs = [.. from i in Enumerable.Range(0, Units) from j in Enumerable.Range(0, i) select (j, i)];
        var sparse = new BoltzmannMachine(new SpinLayer(Units, SmallModels.Double), new EdgeList(Units, pairs));
        sparse.Visible.CopyFrom(full.Visible);
        for (int e = 0; e < pairs.Length; e++) sparse.VisibleWeights[0, e] = full.VisibleWeights[pairs[e].Item1, pairs[e].Item2];

        var plain = new PlainStates(full);
        State all = plain.All(full);
        var batch = new State(full, 3);
        for (int r = 0; r < 3; r++) batch[0].WriteRow(r, plain.States[7 * r + 2]);
        var rowWeights = new Matrix(3, 1, SmallModels.Double);
        for (int r = 0; r < 3; r++) rowWeights[r, 0] = r + 0.5;
        Gradient Centred(EnergyModel model)
        {
            var gradient = new Gradient(model);
            // Cleared and filled twice, as in training.
            for (int i = 0; i < 2; i++)
            {
                gradient.Clear();
                gradient.AddPositivePhase(new Batch(batch, rowWeights, 4.5), LayerSet.None);
                gradient.AddPhase(all, LayerSet.None, null, -1.0 / all.Rows);
                gradient.Scale(0.7);
            }
            new Centering(model).Apply(gradient);
            return gradient;
        }
        Gradient expected = Centred(full), actual = Centred(sparse);
        double[,] weights = expected.ToDense(1).ToArray(), ofEdges = actual.ToDense(1).ToArray();
        for (int e = 0; e < pairs.Length; e++) Assert.Equal(weights[pairs[e].Item1, pairs[e].Item2], ofEdges[0, e], Rounding);
        for (int i = 0; i < Units; i++) Assert.Equal(expected.Bias(0)[0, i], actual.Bias(0)[0, i], Rounding);

        Matrix inputs = all[0].Like(all.Rows, Units), others = inputs.Clone();
        full.SetInputs(all, 0, inputs);
        sparse.SetInputs(all, 0, others);
        others.SetSum(others, 1, inputs, -1);
        Assert.InRange(others.Summarize().SumOfSquares, 0, 1e-24);
    }

    static double[] Infer(EnergyModel model, double[] visible, MeanField inference)
    {
        var state = new State(model, 1);
        state[0].WriteRow(0, visible);
        inference.Infer(model, state);
        return state[1].ReadRow(0);
    }

    static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -p * Math.Log(p) - (1 - p) * Math.Log(1 - p);
}
