namespace Boltzmann.Tests.Laws;

/// <summary>What energies, free energies and conditionals must be to each other, on every pair of unit kinds.</summary>
public class EnergyLaws
{
    // Sums of a few hundred terms of size 1 to 10 in double precision; quadrature and special functions add at most 1e-12.
    const double Tolerance = 1e-10;

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Energy_is_the_potentials_less_what_the_weights_join(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        var (v, h) = Samples(plain, 12);
        double[] energies = rbm.Energy(Matrix.From(Rows(v), SmallModels.Double), Matrix.From(Rows(h), SmallModels.Double));
        for (int r = 0; r < v.Length; r++)
            Assert.Equal(plain.Energy(v[r].X, h[r].X) - BaseMeasure(rbm.Visible, v[r]) - BaseMeasure(rbm.Hidden, h[r]), energies[r],
                Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Free_energy_is_the_marginal_of_the_energy_on_either_side(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        var (v, h) = Samples(plain, 6);
        double[] ofVisible = rbm.FreeEnergy(Matrix.From(Rows(v), SmallModels.Double)),
            ofHidden = rbm.HiddenFreeEnergy(Matrix.From(Rows(h), SmallModels.Double));
        for (int r = 0; r < v.Length; r++)
        {
            Assert.Equal(plain.FreeEnergy(0, v[r].X) - BaseMeasure(rbm.Visible, v[r]), ofVisible[r], Tolerance);
            Assert.Equal(plain.FreeEnergy(1, h[r].X) - BaseMeasure(rbm.Hidden, h[r]), ofHidden[r], Tolerance);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Conditional_means_are_sums_over_the_conditional_distribution(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        var (v, h) = Samples(plain, 4);
        double[,] hiddenMeans = rbm.Transform(Matrix.From(Rows(v), SmallModels.Double)).ToArray();
        var visibleMeans = new Matrix(h.Length, rbm.Visible.Units, SmallModels.Double);
        rbm.SetVisibleMean(Matrix.From(Rows(h), SmallModels.Double), visibleMeans);
        for (int r = 0; r < v.Length; r++)
        {
            for (int j = 0; j < rbm.Hidden.Units; j++) Assert.Equal(plain.Given(0, v[r].X, x => x[j]), hiddenMeans[r, j], Tolerance);
            for (int i = 0; i < rbm.Visible.Units; i++) Assert.Equal(plain.Given(1, h[r].X, x => x[i]), visibleMeans[r, i], Tolerance);
        }
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Conditional_probabilities_are_ratios_of_joint_ones(string visible, string hidden)
    {
        // log p(h | v) = −U(h) + I·h − log-normaliser(I) must be −E(v, h) + F(v).
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        var (v, h) = Samples(plain, 8);
        Matrix states = Matrix.From(Rows(h), SmallModels.Double), inputs = new(8, rbm.Hidden.Units, SmallModels.Double),
            logs = new(8, 1, SmallModels.Double);
        inputs.SetProduct(Matrix.From(Rows(v), SmallModels.Double), rbm.Weights);
        rbm.Hidden.AddEnergy(states, logs, -1);
        logs.AddRowSums(inputs, states);
        rbm.Hidden.AddLogNormalizer(inputs, logs, -1);
        for (int r = 0; r < v.Length; r++)
            Assert.Equal(BaseMeasure(rbm.Hidden, h[r]) - plain.Energy(v[r].X, h[r].X) + plain.FreeEnergy(0, v[r].X), logs[r, 0], Tolerance);
    }

    [Theory, MemberData(nameof(SmallModels.Singles), MemberType = typeof(SmallModels))]
    public void Derivatives_of_the_log_normaliser_are_the_moments_of_means(string kind)
    {
        Layer layer = SmallModels.Make(kind, "bernoulli").Visible;
        Matrix inputs = Inputs(layer, 5), means = inputs.Like(5, layer.Units);
        layer.SetMean(inputs, means);
        List<Matrix> moments = [.. layer.Parameters.Select(p => p.Value.Like(1, layer.Units))];
        Matrix rowWeights = Matrix.From(new double[,] { { 1 }, { 0.5 }, { 2 }, { 0 }, { 1.5 } }, SmallModels.Double);
        layer.AddMoments(means, inputs, rowWeights, 3, moments);
        ForEachEntry(layer.Parameters, (k, i, slope) => Assert.Equal(slope, moments[k][0, i], 1e-8), () =>
        {
            var values = new Matrix(5, 1, SmallModels.Double);
            layer.AddLogNormalizer(inputs, values, 3);
            var sum = new Matrix(1, 1, SmallModels.Double);
            sum.SetColumnSums(values, null, rowWeights);
            return sum[0, 0];
        });
    }

    [Theory, MemberData(nameof(SmallModels.Singles), MemberType = typeof(SmallModels))]
    public void Moments_are_derivatives_of_minus_the_potential(string kind)
    {
        Rbm rbm = SmallModels.Make(kind, "bernoulli");
        Layer layer = rbm.Visible;
        var (v, _) = Samples(new PlainModel(rbm), 5);
        Matrix states = Matrix.From(Rows(v), SmallModels.Double);
        List<Matrix> moments = [.. layer.Parameters.Select(p => p.Value.Like(1, layer.Units))];
        layer.AddMoments(states, null, null, -0.7, moments);
        ForEachEntry(layer.Parameters, (k, i, slope) => Assert.Equal(slope, moments[k][0, i], 1e-8), () =>
        {
            var energies = new Matrix(5, 1, SmallModels.Double);
            layer.AddEnergy(states, energies, 0.7);
            return energies.Summarize().Sum;
        });
    }

    /// <summary>
    /// Central differences of f in every learned entry: step 1e-4 leaves about f‴·1e-8/6 + 1e-16·|f|/1e-4, below 1e-8 at the sizes here.
    /// The fourth-order form keeps the first term below 1e-13.
    /// </summary>
    internal static void ForEachEntry(IReadOnlyList<Parameter> parameters, Action<int, int, double> check, Func<double> f)
    {
        const double Step = 1e-3;
        for (int k = 0; k < parameters.Count; k++)
        {
            if (parameters[k].IsFixed) continue;
            Matrix value = parameters[k].Value;
            for (int r = 0; r < value.Rows; r++)
                for (int c = 0; c < value.Columns; c++)
                {
                    double centre = value[r, c];
                    double At(double offset)
                    {
                        value[r, c] = centre + offset;
                        return f();
                    }
                    double slope = (8 * (At(Step) - At(-Step)) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
                    value[r, c] = centre;
                    check(k, r * value.Columns + c, slope);
                }
        }
    }

    static Matrix Inputs(Layer layer, int rows)
    {
        var inputs = new Matrix(rows, layer.Units, SmallModels.Double);
        inputs.SampleNormal(new Rng(seed: 3));
        return inputs;
    }

    // States of both sides, taken with even steps through their lists; quadrature nodes far in the tails only cost digits.
    internal static ((double[] X, double LogWeight)[] V, (double[] X, double LogWeight)[] H) Samples(PlainModel plain, int count)
    {
        return (Pick(plain.States[0], 7), Pick(plain.States[1], 5));
        (double[], double)[] Pick((double[] X, double LogWeight)[] states, int stride)
        {
            var near = states.Where(s => s.X.All(x => Math.Abs(x) <= 4)).ToArray();
            return [.. Enumerable.Range(0, count).Select(i => near[i * stride % near.Length])];
        }
    }

    internal static double[,] Rows((double[] X, double LogWeight)[] states)
    {
        var rows = new double[states.Length, states[0].X.Length];
        for (int r = 0; r < states.Length; r++)
            for (int c = 0; c < states[r].X.Length; c++) rows[r, c] = states[r].X[c];
        return rows;
    }

    // Weights of quadrature nodes are no part of an energy; the arrangements of counts are.
    static double BaseMeasure(Layer layer, (double[] X, double LogWeight) state) => layer is MultinomialLayer ? state.LogWeight : 0;
}
