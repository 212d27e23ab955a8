namespace Boltzmann.Tests.Laws;

/// <summary>
/// Annealed importance sampling and the variational bound of deep machines, fully connected ones and other graphs against plain sums over
/// all joint states.
/// </summary>
public class DeepLikelihoodLaws
{
    // Mean weights are unbiased for any number of betas; five errors of the mean have a false-alarm rate of 6e-7 if weights were normal,
    // and these short walks on mild models have nearly so.
    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Means_of_weights_are_unbiased_whichever_side_is_summed_out(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        double exact = new PlainGraph(model).LogPartition();
        foreach (SummedOut side in Choices(model))
        {
            var settings = new Annealing { Chains = 1000, Betas = 10, SummedOut = side, Sweeps = side == SummedOut.Even ? 2 : 1 };
            LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, settings, new Rng(seed: 31));
            AssertWithinErrors(forward, exact);
            Assert.InRange(forward.StandardError, 0, 0.1);
            if (side != SummedOut.Auto) Assert.Equal(side == SummedOut.Even ? model.Sides!.Even : model.Sides!.Odd, forward.SummedLayers);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Starts_from_base_rates_and_reverse_walks_lead_to_the_same_value(string name)
    {
        // Twenty sweeps from a row of means make samples of these mild models.
        EnergyModel model = SmallModels.MakeGraph(name);
        double exact = new PlainGraph(model).LogPartition();
        Matrix data = Rows(model, 5), start = new(1000, model.RowColumns, SmallModels.Double);
        for (int r = 0; r < start.Rows; r++) start.RowRange(r, 1).SetCopy(data.RowRange(r % data.Rows, 1));
        foreach (SummedOut side in Choices(model))
        {
            var settings = new Annealing
            {
                Chains = 1000,
                Betas = 10,
                SummedOut = side,
                Start = Annealing.BaseRate(model, data),
                Spacing = BetaSpacing.Sigmoid
            };
            LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, settings, new Rng(seed: 32));
            AssertWithinErrors(forward, exact);
            AssertWithinErrors(AnnealedImportanceSampling.EstimateReverse(model, settings, start, 20, new Rng(seed: 33)), exact);
        }
    }

    [Theory]
    [InlineData("bernoulli - spin"), InlineData("bernoulli - bernoulli - bernoulli"), InlineData("spin - bernoulli - one-hot"),
        InlineData("bernoulli - spin - bernoulli - bernoulli")]
    [InlineData("bernoulli - bernoulli - spin + classes"), InlineData("joined bernoulli"), InlineData("joined spin"),
        InlineData("joined bernoulli - spin")]
    [InlineData("grid"), InlineData("edges"), InlineData("two modalities"), InlineData("modalities apart"), InlineData("ring"),
        InlineData("semi-restricted"), InlineData("edges and hidden"), InlineData("potts"), InlineData("potts and hidden")]
    public void Forward_and_reverse_walks_bracket_log_Z(string name)
    {
        // By Jensen's inequality each chain's own estimate is on average too low, backwards too high, by about σ²/2 where σ is the spread
        // of log-weights: σ·√1000/2 errors of the mean of 1000 chains. Strong parameters and few betas make σ 0.6 at least, so nine errors
        // or more; five have a false-alarm rate of 3e-7.
        EnergyModel model = SmallModels.MakeGraph(name);
        foreach (Parameter p in model.Parameters) p.Value.SetSum(p.Value, 4);
        double exact = new PlainGraph(model).LogPartition();
        foreach (SummedOut side in Choices(model))
        {
            var settings = new Annealing { Chains = 1000, Betas = 4, SummedOut = side };
            Score low = new(AnnealedImportanceSampling.Estimate(model, settings, new Rng(seed: 34)).LogWeights);
            Score high = new(AnnealedImportanceSampling.EstimateReverse(model, settings, new Rng(seed: 35)).LogWeights);
            Assert.True(low.Mean < exact - 5 * low.StandardError, $"{low} is not below {exact}");
            Assert.True(high.Mean > exact + 5 * high.StandardError, $"{high} is not above {exact}");
            // A careful walk comes to the value itself from both ends.
            settings = settings with { Betas = 100 };
            AssertWithinErrors(AnnealedImportanceSampling.Estimate(model, settings, new Rng(seed: 36)), exact);
            AssertWithinErrors(AnnealedImportanceSampling.EstimateReverse(model, settings, new Rng(seed: 37)), exact);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void The_bound_is_never_above_the_log_likelihood_and_touches_it_where_hidden_layers_are_not_joined(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        int[] unknown = FreeEnergy.Unknown(model);
        // One hidden layer, or several that are not joined to each other; nothing hidden at all is the trivial case.
        bool factorises = model.AreIndependent(unknown);
        for (int separate = 0; separate < 2; separate++)
        {
            if (separate == 1)
                foreach (Connection c in model.Connections.Where(c => unknown.Contains(c.Lower) && unknown.Contains(c.Upper)))
                    c.Weights.Fill(0);
            var plain = new PlainGraph(model);
            double logPartition = plain.LogPartition();
            Matrix rows = Rows(model, 5);
            // One update leaves means far from their inputs, which must not matter; neither must damping or the order.
            MeanField?[] inferences = [null, new(updates: 1), new(updates: 3, damping: 0.7), new(updates: 2, order: SweepOrder.Parallel)];
            foreach (MeanField? inference in inferences)
            {
                Score bound = Elbo.LogLikelihoodBound(model, rows, logPartition, inference);
                for (int r = 0; r < rows.Rows; r++)
                {
                    double exact = plain.LogProbability(PlainGraph.Given(model, rows.ReadRow(r)));
                    Assert.True(bound.PerRow[r] <= exact + 1e-9, $"{bound.PerRow[r]} is above {exact}");
                    if (separate == 1 || factorises) Assert.Equal(exact, bound.PerRow[r], 1e-9);
                    else if (inference is null) Assert.InRange(bound.PerRow[r], exact - 0.3, exact);
                }
            }
        }
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void The_bound_is_the_mean_energy_and_entropy_of_a_factorised_distribution(string name)
    {
        // −⟨E⟩ + H summed over all joint states of q, whose factors are those of the inputs that inference left behind.
        EnergyModel model = SmallModels.MakeGraph(name);
        Matrix rows = Rows(model, 2);
        var inference = new MeanField(updates: 3);
        var state = new State(model, rows.Rows);
        model.SetRows(state, rows);
        int[] free = FreeEnergy.Unknown(model);
        inference.Infer(model, state, free);
        Score bound = Elbo.PerRow(model, rows, inference);

        var plain = new PlainGraph(model);
        for (int r = 0; r < rows.Rows; r++)
        {
            // A machine without weights whose free layers have their inputs as biases is q.
            EnergyModel factorised = model.Clone();
            foreach (Connection c in factorised.Connections) c.Weights.Fill(0);
            foreach (int l in free) factorised.Layers[l].Bias.SetSum(factorised.Layers[l].Bias, 1, state.Inputs(l).RowRange(r, 1).Clone());
            var q = new PlainGraph(factorised);
            double[]?[] given = PlainGraph.Given(model, rows.ReadRow(r));
            double logQ = q.LogSum(given);
            // log p*(x) − log q(x): the weights of hidden states cancel, and log q of everything holds the weight of the row, as it should.
            double[] mean = q.Mean(given, 1, (x, value) => value[0] = -plain.Energy(x) + q.Energy(x) + logQ);
            Assert.Equal(mean[0], bound.PerRow[r], 1e-8);
        }
    }

    [Theory, InlineData("bernoulli - bernoulli - spin + classes"), InlineData("two modalities")]
    public void The_bound_with_labels_is_below_the_joint_log_likelihood(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        var plain = new PlainGraph(model);
        double logPartition = plain.LogPartition();
        Matrix rows = Rows(model, 6);
        int[] labels = [0, 1, 2, 0, 1, 2];
        Score bound = Elbo.LogLikelihoodBound(model, rows, labels, logPartition);
        for (int r = 0; r < 6; r++)
        {
            double exact = plain.LogProbability(PlainGraph.Given(model, rows.ReadRow(r), labels[r]));
            Assert.InRange(bound.PerRow[r], exact - 0.3, exact + 1e-9);
        }
        Assert.Throws<ArgumentException>(() => Elbo.PerRow(model, rows, [0, 1]));
        Assert.Throws<ArgumentException>(() => Elbo.PerRow(model, rows, [0, 1, 2, 3, 0, 0]));
        Assert.Throws<ArgumentException>(() => Elbo.PerRow(SmallModels.MakeDeep("bernoulli - bernoulli"), rows, labels));
    }

    [Fact]
    public void The_bound_does_not_depend_on_how_rows_are_divided()
    {
        Dbm model = SmallModels.MakeDeep("bernoulli - bernoulli - bernoulli");
        Matrix rows = Rows(model, 8), many = new(1500, 3, SmallModels.Double);
        for (int r = 0; r < many.Rows; r++) many.RowRange(r, 1).SetCopy(rows.RowRange(r % 8, 1));
        Score few = Elbo.PerRow(model, rows, new MeanField(20, 0)), all = Elbo.PerRow(model, many, new MeanField(20, 0));
        for (int r = 0; r < many.Rows; r++) Assert.Equal(few.PerRow[r % 8], all.PerRow[r], 1e-12);
    }

    [Fact]
    public void A_step_of_a_deep_walk_allocates_nothing()
    {
        Dbm model = SmallModels.MakeDeep("bernoulli - bernoulli - bernoulli");
        long Allocated(int betas) => Allocation.Least(() => AnnealedImportanceSampling.Estimate(model,
            new Annealing { Chains = 4, Betas = betas, SummedOut = SummedOut.Odd }, new Rng()));
        Assert.SkipUnless(AnnealingLaws.OperationsAllocateNothing(),
            $"operations of the backend \"{SmallModels.Double.Backend.Name}\" allocate by themselves");
        Assert.Equal(Allocated(100) + 100 * sizeof(double), Allocated(200));
    }

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void The_estimated_gap_of_the_bound_is_the_true_one(string name)
    {
        // The mean weight of each row is without bias; five errors as above, for four rows a machine.
        EnergyModel model = SmallModels.MakeGraph(name);
        if (FreeEnergy.Unknown(model).Length == 0)
        {
            Assert.Throws<ArgumentException>(() => VariationalGap.Estimate(model, Rows(model, 1), null, new Rng()));
            return;
        }
        Matrix rows = Rows(model, 4);
        var plain = new PlainGraph(model);
        VariationalGap gap = VariationalGap.Estimate(model, rows, new Annealing { Chains = 400, Betas = 10 }, new Rng(seed: 41));
        Score bound = Elbo.PerRow(model, rows);
        for (int r = 0; r < rows.Rows; r++)
        {
            double exact = plain.LogSum(PlainGraph.Given(model, rows.ReadRow(r)));
            Assert.Equal(bound.PerRow[r], gap.Bound.PerRow[r], 1e-6);
            Assert.InRange(gap.LogProbability.PerRow[r] - exact, -5 * gap.Errors[r] - 1e-9, 5 * gap.Errors[r] + 1e-9);
            Assert.Equal(gap.LogProbability.PerRow[r] - gap.Bound.PerRow[r], gap.Gap.PerRow[r], 1e-12);
            Assert.InRange(gap.Errors[r], 0, 0.05);
        }
    }

    /// <summary>What annealing can be told to sum out: sides only where there are two.</summary>
    static SummedOut[] Choices(EnergyModel model) => model.Sides is null ? [SummedOut.Auto] : Enum.GetValues<SummedOut>();

    // Where everything that is not given is summed out at once, weights do not vary, and the error is 0.
    static void AssertWithinErrors(LogPartitionEstimate estimate, double exact) =>
        Assert.InRange(estimate.Value - exact, -5 * estimate.StandardError - 1e-9, 5 * estimate.StandardError + 1e-9);

    /// <summary>
    /// Some rows of data: states of the visible layers, spread over their states; for continuous units, values within their reach.
    /// </summary>
    internal static Matrix Rows(EnergyModel model, int count)
    {
        var plain = new PlainGraph(model);
        var rows = new Matrix(count, model.RowColumns, SmallModels.Double);
        for (int r = 0; r < count; r++)
        {
            rows.WriteRow(r, [.. model.RowLayers.SelectMany(l =>
            {
                (double[] X, double LogWeight)[] states = [.. plain.States[l].Where(s => s.X.All(x => Math.Abs(x) <= 4))];
                return states[r * (states.Length - 1) / Math.Max(1, count - 1)].X;
            })]);
        }
        return rows;
    }
}
