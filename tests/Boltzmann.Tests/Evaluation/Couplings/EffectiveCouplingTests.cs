using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Evaluation;

public class EffectiveCouplingTests
{
    static readonly Placement wide = Placement.Default.Double;

    /// <summary>Gaussian hidden units summed out are quadratic: log p(v) = b·v + ½ vᵀWΓ⁻¹Wᵀv, whatever rows are.</summary>
    [Fact]
    public void Of_gaussian_hidden_units_they_are_exact()
    {
        var rbm = new Rbm(new BernoulliLayer(4, wide), new GaussianLayer(3, 0.7, placement: wide));
        rbm.SetRandomWeights(0.8, new Rng(2));
        Matrix couplings = EffectiveCouplings.Of(rbm, new("none", new MatrixRows(new Matrix(5, 4, wide))));
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
            {
                // The second difference of −F at any state of the others.
                double expected = i == j ? 0 : F([]) - F([i]) - F([j]) + F([i, j]);
                Assert.Equal(expected, couplings[i, j], 1e-8);
            }

        double F(int[] on)
        {
            var row = new double[4];
            foreach (int i in on) row[i] = 1;
            return -FreeEnergy.PerRow(rbm, Matrix.Row(row, wide)).PerRow[0];
        }
    }

    /// <summary>With small weights the second derivative is the second difference, and couplings are those of the free energy.</summary>
    [Theory, InlineData("bernoulli"), InlineData("drelu"), InlineData("spin"), InlineData("relu")]
    public void Of_weak_weights_they_are_the_second_difference_of_the_free_energy(string kind)
    {
        const double Deviation = 0.01;
        Layer hidden = LayerKinds.Create(new(kind, 5), wide);
        if (hidden is DoubleReluLayer two) two.Kink.Fill(-1.3);
        hidden.Bias.Fill(0.4);
        var rbm = new Rbm(new MultinomialLayer(9, 3, 1, wide), hidden);
        rbm.SetRandomWeights(Deviation, new Rng(3));
        Dataset rows = Letters.Data(["ACD", "DDA", "CAC"], "ACD");
        Matrix couplings = EffectiveCouplings.Of(rbm, rows);
        foreach (var (site, other) in new[] { (0, 1), (0, 2), (1, 2) })
            for (int a = 1; a < 3; a++)
                for (int b = 1; b < 3; b++)
                {
                    // Gauge-free: changes from letter 0 to a at one site and from 0 to b at the other, from the mean of the rows.
                    double expected = Score(site, a, other, b) - Score(site, a, other, 0) - Score(site, 0, other, b)
                        + Score(site, 0, other, 0);
                    double actual = J(site, a, other, b) - J(site, a, other, 0) - J(site, 0, other, b) + J(site, 0, other, 0);
                    // The next terms are a weight smaller.
                    Assert.Equal(expected, actual, 100 * Deviation * Deviation * Deviation);
                }

        double J(int i, int a, int j, int b) => couplings[3 * i + a, 3 * j + b];

        double Score(int i, int a, int j, int b)
        {
            var row = new double[9];
            for (int s = 0; s < 3; s++) row[3 * s + (s == i ? a : s == j ? b : 0)] = 1;
            return -FreeEnergy.PerRow(rbm, Matrix.Row(row, wide)).PerRow[0];
        }
    }

    [Fact]
    public void Of_a_machine_without_hidden_units_they_are_its_weights()
    {
        var machine = new BoltzmannMachine(new SpinLayer(5, wide));
        machine.SetRandomWeights(1, new Rng(1));
        Matrix couplings = EffectiveCouplings.Of(machine, new("none", new MatrixRows(new Matrix(0, 5, wide))));
        Assert.Equal(machine.VisibleWeights.ToArray(), couplings.ToArray());
    }

    [Fact]
    public void Scores_do_not_depend_on_the_gauge_and_leave_gaps_out()
    {
        var rng = new Rng(8);
        const int Sites = 5, Letters = 3;
        Matrix couplings = new(Sites * Letters, Sites * Letters, wide), shifted = couplings.Like(couplings.Rows, couplings.Rows);
        for (int i = 0; i < couplings.Rows; i++)
            for (int j = 0; j < i; j++)
                if (i / Letters != j / Letters) couplings[i, j] = couplings[j, i] = rng.NextUniform() - 0.5;
        for (int i = 0; i < couplings.Rows; i++)
            for (int j = 0; j < couplings.Rows; j++)
            {
                // A number for each letter and the other's site: a field, and no coupling.
                int first = Math.Min(i, j), second = Math.Max(i, j);
                shifted[i, j] = couplings[i, j] + Math.Sin(first * 7 + second / Letters) + Math.Cos(second * 5 + first / Letters);
            }
        double[,] plain = ContactScores.Of(couplings, Letters, 2), moved = ContactScores.Of(shifted, Letters, 2);
        Assert.Equal(plain.Cast<double>(), moved.Cast<double>(), (x, y) => Math.Abs(x - y) < 1e-12);

        // A coupling of gaps alone is none once both letters have lost their means.
        var gaps = new Matrix(2 * Letters, 2 * Letters, wide);
        gaps[2, 5] = gaps[5, 2] = 9;
        Assert.Equal(0, ContactScores.Of(gaps, Letters, 2)[0, 1], 1e-12);
    }

    [Fact]
    public void The_average_product_correction_takes_away_what_sites_have_with_all_others()
    {
        double[] own = [1, 2, 3, 4];
        var product = new double[4, 4];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) product[i, j] = i == j ? 0 : own[i] + own[j];
        double[,] corrected = ContactScores.Corrected(product);
        // By hand for (0, 1): F₀₁ = 3, F₀ = (3 + 4 + 5)/3, F₁ = (3 + 5 + 6)/3, F = 5.
        Assert.Equal(3 - 4.0 * (14.0 / 3) / 5, corrected[0, 1], 1e-14);
        Assert.Equal(corrected[2, 1], corrected[1, 2]);
    }
}
