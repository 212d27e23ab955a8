namespace Boltzmann.Tests.Training;

/// <summary>What machines of aligned sequences are held to: gauges, which change no distribution, and their penalty.</summary>
public class ProteinUpdateTests
{
    static readonly Placement wide = Placement.Default.Double;

    [Theory, InlineData("bernoulli"), InlineData("drelu"), InlineData("gaussian")]
    public void The_zero_sum_gauge_changes_parameters_and_no_probability(string hidden)
    {
        Rbm rbm = Random(hidden);
        double[] before = LogShares(rbm);
        new ZeroSum(rbm).Apply();
        Assert.Equal(before, LogShares(rbm), (x, y) => Math.Abs(x - y) < 1e-12);
        for (int block = 0; block < 3; block++)
        {
            double[][] rows = [.. Enumerable.Range(0, 3).Select(a => rbm.Weights.ReadRow(3 * block + a))];
            for (int h = 0; h < rbm.Hidden.Units; h++) Assert.Equal(0, rows.Sum(row => row[h]), 1e-14);
            Assert.Equal(0, Enumerable.Range(0, 3).Sum(a => rbm.Visible.Bias[0, 3 * block + a]), 1e-14);
        }
    }

    [Fact]
    public void Unit_variance_changes_parameters_and_no_probability()
    {
        Rbm rbm = Random("drelu");
        double[] before = LogShares(rbm);
        new UnitVariance(rbm).Apply();
        Assert.Equal(before, LogShares(rbm), (x, y) => Math.Abs(x - y) < 1e-12);
        // By draws of a unit without inputs.
        const int Rows = 100_000;
        Matrix none = new(Rows, 4, wide), drawn = new(Rows, 4, wide);
        rbm.Hidden.Sample(none, drawn, new Rng(9));
        for (int h = 0; h < 4; h++)
        {
            double[] x = drawn.ReadColumn(h);
            double mean = x.Average();
            // The variance of a variance is at most the fourth moment over the rows; these have less than 5.
            Assert.Equal(1, x.Average(v => (v - mean) * (v - mean)), 4.5 * Math.Sqrt(5.0 / Rows));
        }
    }

    [Fact]
    public void The_penalty_takes_the_slope_of_its_formula_off_the_gradient()
    {
        const double Strength = 0.3, Small = 1e-6;
        Rbm rbm = Random("drelu");
        var step = new TrainingStep(rbm, new Gradient(rbm), new Rng(1));
        step.Begin(1, 0.1);
        var penalty = new GroupLasso(rbm, Strength);
        penalty.Apply((UpdateStep)step);
        double[,] slope = step.Gradient.ToDense(rbm.Parameters.Count - 1).ToArray();
        for (int i = 0; i < rbm.Weights.Rows; i++)
            for (int h = 0; h < rbm.Weights.Columns; h++)
            {
                double kept = rbm.Weights[i, h];
                rbm.Weights[i, h] = kept + Small;
                double above = Loss();
                rbm.Weights[i, h] = kept - Small;
                double below = Loss();
                rbm.Weights[i, h] = kept;
                Assert.Equal(-(above - below) / (2 * Small), slope[i, h], 1e-8);
            }

        double Loss() => Strength / (2.0 * rbm.Weights.Rows) * Enumerable.Range(0, rbm.Weights.Columns)
            .Sum(h => Math.Pow(rbm.Weights.ReadColumn(h).Sum(Math.Abs), 2));
    }

    static Rbm Random(string hidden)
    {
        Layer units = LayerKinds.Create(new(hidden, 4), wide);
        var rbm = new Rbm(new MultinomialLayer(9, 3, 1, wide), units);
        var rng = new Rng(5);
        foreach (Parameter p in rbm.Parameters.Where(p => !p.IsFixed))
            for (int r = 0; r < p.Value.Rows; r++)
                for (int c = 0; c < p.Value.Columns; c++) p.Value[r, c] = (p.IsPositive ? 0.7 : -0.5) + rng.NextUniform();
        return rbm;
    }

    // log p of every state of three sites.
    static double[] LogShares(Rbm rbm)
    {
        var states = new Matrix(27, 9, wide);
        rbm.Visible.SetStates(0, states);
        double[] minus = [.. FreeEnergy.PerRow(rbm, states).PerRow.Select(f => -f)];
        double top = minus.Max(), all = top + Math.Log(minus.Sum(x => Math.Exp(x - top)));
        return [.. minus.Select(x => x - all)];
    }
}
