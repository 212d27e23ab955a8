namespace Boltzmann.Tests.Laws;

/// <summary>
/// Motions must keep the distribution they claim to sample. Means of every statistic are compared with exact ones by z-tests, states of
/// countable layers by χ². Thresholds: |z| ≤ 6 has a false-alarm rate of 2e-9 a statistic, below 1e-5 for all of this class; χ² uses the
/// normal approximation of Wilson and Hilferty at the same z. Seeds are fixed, so a pass stays a pass.
/// </summary>
public class SamplingLaws
{
    const int Chains = 2000;
    const double Z = 6;

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void A_Gibbs_sweep_leaves_the_model_distribution_invariant(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var rng = new Rng(seed: 11);
        State chains = Exact.Sample(rbm, Chains, rng);
        double[] moments = Moments(rbm, new PlainModel(rbm));
        AssertMoments(rbm, moments, chains);
        Gibbs.Sweep(rbm, chains, 3, rng);
        AssertMoments(rbm, moments, chains);
    }

    [Theory, MemberData(nameof(SmallModels.ExactPairs), MemberType = typeof(SmallModels))]
    public void Sampling_at_a_temperature_leaves_the_powered_distribution_invariant(string visible, string hidden)
    {
        // All parameters halve at T = 2.
        Rbm rbm = SmallModels.Make(visible, hidden);
        var rng = new Rng(seed: 12);
        State chains = Exact.Sample(new AnnealedModel(rbm) { Beta = 0.5 }, Chains, rng);
        double[] moments = Moments(rbm, new PlainModel(rbm, power: 0.5));
        AssertMoments(rbm, moments, chains);
        Gibbs.Sweep(rbm, chains, 3, rng, temperature: 2);
        AssertMoments(rbm, moments, chains);
    }

    [Theory, MemberData(nameof(SmallModels.CountablePairs), MemberType = typeof(SmallModels))]
    public void Samples_of_countable_layers_have_the_right_frequencies(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var rng = new Rng(seed: 13);
        State chains = Exact.Sample(rbm, Chains, rng);
        for (int layer = 0; layer < 2; layer++) AssertFrequencies(rbm, layer, chains);
        Gibbs.Sweep(rbm, chains, 2, rng);
        for (int layer = 0; layer < 2; layer++) AssertFrequencies(rbm, layer, chains);
    }

    [Theory]
    [InlineData("bernoulli", "bernoulli"), InlineData("spin", "gaussian"), InlineData("one-hot", "spin"),
        InlineData("gaussian", "bernoulli"), InlineData("relu", "one-hot")]
    public void Clamped_sampling_draws_the_free_units_given_the_clamped_ones(string visible, string hidden)
    {
        // Clamp the first unit (or block) of every chain to the value of the same state; compare with sums over the states that agree with
        // it.
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        int columns = visible == "one-hot" ? 3 : 1;
        double[] fixedRow = visible switch
        {
            "one-hot" => [0, 1, 0, 0, 0, 1],
            "gaussian" or "relu" => [0.7, 0.2],
            "spin" => [-1, 1, 1],
            _ => [1, 0, 1]
        };
        var given = new Matrix(Chains, rbm.Visible.Units, SmallModels.Double);
        for (int r = 0; r < Chains; r++) given.WriteRow(r, fixedRow);
        var known = new Matrix(1, rbm.Visible.Units, SmallModels.Double);
        for (int c = 0; c < columns; c++) known[0, c] = 1;

        var rng = new Rng(seed: 14);
        var chains = new State(rbm, Chains);
        chains[0].SetCopy(given);
        chains.ClampUnits(0, known, given);
        Gibbs.Sweep(rbm, chains, 15, rng);

        double[,] v = chains[0].ToArray();
        for (int r = 0; r < Chains; r++)
            for (int c = 0; c < columns; c++) Assert.Equal(fixedRow[c], v[r, c]);
        // Free columns: the conditional distribution is proportional to e^{−F} over states whose clamped columns are replaced by the given
        // values.
        var states = plain.States[0].Select(s => (X: (double[])[.. fixedRow.Take(columns), .. s.X.Skip(columns)], s.LogWeight)).ToArray();
        double[] logs = [.. states.Select(s => s.LogWeight - plain.FreeEnergy(0, s.X))];
        double total = PlainModel.LogSumExp(logs);
        for (int c = columns; c < rbm.Visible.Units; c++)
        {
            double mean = 0, square = 0;
            for (int s = 0; s < states.Length; s++)
            {
                double p = Math.Exp(logs[s] - total);
                mean += p * states[s].X[c];
                square += p * states[s].X[c] * states[s].X[c];
            }
            double sampled = Enumerable.Range(0, Chains).Average(r => v[r, c]), error = Math.Sqrt((square - mean * mean) / Chains);
            Assert.InRange((sampled - mean) / error, -Z, Z);
        }
    }

    [Fact]
    public void A_clamped_layer_does_not_move()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "bernoulli");
        var rng = new Rng(seed: 15);
        State chains = Exact.Sample(rbm, 50, rng);
        double[,] before = chains[0].ToArray();
        chains.ClampLayer(0);
        Gibbs.Sweep(rbm, chains, 5, rng);
        Assert.Equal(before, chains[0].ToArray());
    }

    // First and second moments of every statistic, so that the error of a sample mean follows from the model and not from the sample.
    static double[] Moments(Rbm rbm, PlainModel plain)
    {
        int count = rbm.Parameters.Sum(p => p.Value.Rows * p.Value.Columns);
        return plain.Mean(2 * count, (v, h, values) =>
        {
            ExactLaws.SetStatistics(rbm, v, h, values);
            for (int k = 0; k < count; k++) values[count + k] = values[k] * values[k];
        });
    }

    static void AssertMoments(Rbm rbm, double[] exact, State chains)
    {
        int count = exact.Length / 2;
        double[] mean = new double[count], one = new double[count];
        for (int r = 0; r < chains.Rows; r++)
        {
            ExactLaws.SetStatistics(rbm, chains[0].ReadRow(r), chains[1].ReadRow(r), one);
            for (int k = 0; k < count; k++) mean[k] += one[k] / chains.Rows;
        }
        for (int k = 0; k < count; k++)
        {
            // A tail beyond the nodes of quadrature and uniform numbers of 24 bits leave 1e-6.
            double error = Math.Sqrt(Math.Max(0, exact[count + k] - exact[k] * exact[k]) / chains.Rows);
            Assert.InRange(mean[k] - exact[k], -Z * error - 1e-6, Z * error + 1e-6);
        }
    }

    static void AssertFrequencies(Rbm rbm, int layer, State chains)
    {
        double[] p = Exact.StateProbabilities(rbm, layer);
        var states = new Matrix(p.Length, rbm.Layers[layer].Units, SmallModels.Double);
        rbm.Layers[layer].SetStates(0, states);
        var index = Enumerable.Range(0, p.Length).ToDictionary(s => string.Join(' ', states.ReadRow(s)));
        Assert.Equal(p.Length, index.Count);
        var seen = new int[p.Length];
        for (int r = 0; r < chains.Rows; r++) seen[index[string.Join(' ', chains[layer].ReadRow(r))]]++;
        // States expected fewer than 5 times are gathered in one cell.
        double chi = 0, rareExpected = 0, rareSeen = 0;
        int cells = 0;
        for (int s = 0; s < p.Length; s++)
        {
            double expected = p[s] * chains.Rows;
            if (expected < 5) (rareExpected, rareSeen) = (rareExpected + expected, rareSeen + seen[s]);
            else (chi, cells) = (chi + (seen[s] - expected) * (seen[s] - expected) / expected, cells + 1);
        }
        if (rareExpected > 0)
            (chi, cells) = (chi + (rareSeen - rareExpected) * (rareSeen - rareExpected) / Math.Max(rareExpected, 1), cells + 1);
        double freedom = cells - 1, spread = 2 / (9 * freedom);
        Assert.InRange((Math.Cbrt(chi / freedom) - (1 - spread)) / Math.Sqrt(spread), double.NegativeInfinity, Z);
    }
}
