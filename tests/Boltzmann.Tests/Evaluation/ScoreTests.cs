using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Evaluation;

public class ScoreTests
{
    [Fact]
    public void Mean_and_standard_error_are_those_of_the_rows()
    {
        var score = new Score([1, 2, 4, 5]);
        Assert.Equal(3, score.Mean);
        Assert.Equal(Math.Sqrt(10.0 / 3 / 4), score.StandardError, 1e-15);
        Assert.Equal("3.000", $"{score:F3}");
        Assert.Equal("3 ± 0.91", score.ToString());
        Assert.True(double.IsNaN(new Score([]).Mean) && double.IsNaN(new Score([1]).StandardError));
    }

    [Fact]
    public void A_streamed_logarithmic_sum_survives_extremes()
    {
        var sum = new LogSum();
        Assert.Equal(double.NegativeInfinity, sum.Value);
        foreach (double x in (double[])[-1e6, double.NegativeInfinity, -1e6, 5000, 5000, -3]) sum.Add(x);
        Assert.Equal(5000 + Math.Log(2), sum.Value, 1e-12);
        sum.Add(double.NaN);
        Assert.True(double.IsNaN(sum.Value));
    }

    [Fact]
    public void Free_energies_do_not_depend_on_how_rows_are_cut_into_chunks()
    {
        Rbm rbm = SmallModels.Make("gaussian", "one-hot").Clone(Placement.Default);
        var data = new Matrix(2500, 2);
        data.SampleNormal(new Rng(seed: 41));
        double[] whole = rbm.Clone(Placement.Default.Double).FreeEnergy(data.Clone(Precision.Float64));
        Assert.Equal(whole, FreeEnergy.PerRow(rbm, data).PerRow);
        Assert.Throws<ArgumentException>(() => FreeEnergy.PerRow(rbm, new Matrix(1, 3)));
    }

    [Fact]
    public void The_free_energy_gap_is_the_difference_of_means()
    {
        Rbm rbm = SmallModels.Make("spin", "bernoulli");
        var training = Exact.Sample(rbm, 200, new Rng(seed: 42))[0];
        var validation = Exact.Sample(rbm, 100, new Rng(seed: 43))[0];
        var (value, error) = FreeEnergy.EstimateGap(rbm, training, validation);
        Assert.Equal(rbm.FreeEnergy(validation).Average() - rbm.FreeEnergy(training).Average(), value, 1e-12);
        // Both sets are samples of the model, so the gap is noise: |z| ≤ 6, false alarm 2e-9.
        Assert.InRange(value / error, -6, 6);
    }

    [Theory, MemberData(nameof(SmallModels.Pairs), MemberType = typeof(SmallModels))]
    public void Cross_entropy_is_minus_the_log_probability_given_mean_hidden_units(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        var (v, _) = EnergyLaws.Samples(plain, 3);
        Score score = Reconstruction.CrossEntropy(rbm, Matrix.From(EnergyLaws.Rows(v), SmallModels.Double));
        for (int r = 0; r < 3; r++)
        {
            double[] means = [.. Enumerable.Range(0, rbm.Hidden.Units).Select(j => plain.Given(0, v[r].X, h => h[j]))];
            double node = rbm.Visible is MultinomialLayer ? v[r].LogWeight : 0;
            Assert.Equal(plain.Energy(v[r].X, means) - plain.FreeEnergy(1, means) - node, score.PerRow[r], 1e-10);
        }
    }

    [Fact]
    public void Squared_errors_are_those_of_mean_field_and_of_Gibbs_chains()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "bernoulli");
        Matrix data = Exact.Sample(rbm, 3000, new Rng(seed: 44))[0];
        Score meanField = Reconstruction.SquaredError(rbm, data);
        double[,] x = data.ToArray(), reconstruction = rbm.Reconstruct(data).ToArray();
        for (int r = 0; r < 5; r++)
            Assert.Equal(Enumerable.Range(0, 3).Average(c => (x[r, c] - reconstruction[r, c]) * (x[r, c] - reconstruction[r, c])),
                meanField.PerRow[r], 1e-12);
        // After many steps the chain has forgotten the row: E[(v − m)²] = var(v) + E[(m − E v)²], m = E[v|h] of an independent draw.
        var plain = new PlainModel(rbm);
        double expected = 0;
        for (int c = 0; c < 3; c++)
        {
            double mean = plain.Mean(1, (v, _, t) => t[0] = v[c])[0];
            double square = plain.Mean(1, (_, h, t) => t[0] = Math.Pow(plain.Given(1, h, v => v[c]) - mean, 2))[0];
            expected += (mean * (1 - mean) + square) / 3;
        }
        Score chains = Reconstruction.EstimateSquaredError(rbm, data, 20, new Rng(seed: 45));
        Assert.InRange((chains.Mean - expected) / chains.StandardError, -6, 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Reconstruction.EstimateSquaredError(rbm, data, 0, new Rng()));
    }
}
