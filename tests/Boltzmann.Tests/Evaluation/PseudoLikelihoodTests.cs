using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Evaluation;

public class PseudoLikelihoodTests
{
    public static TheoryData<string> Listable => ["bernoulli", "spin", "one-hot"];

    [Theory, MemberData(nameof(Listable))]
    public void It_is_the_sum_of_conditional_log_probabilities_of_units(string kind)
    {
        foreach (string hidden in SmallModels.Kinds)
        {
            Rbm rbm = SmallModels.Make(kind, hidden);
            var plain = new PlainModel(rbm);
            Matrix data = AllStates(rbm.Visible);
            Score score = PseudoLikelihood.PerRow(rbm, data);
            int columns = kind == "one-hot" ? 3 : 1;
            for (int r = 0; r < data.Rows; r++)
            {
                double[] v = data.ReadRow(r);
                double expected = 0;
                for (int unit = 0; unit < v.Length; unit += columns)
                {
                    // Every state that agrees with v everywhere but at this unit.
                    var same = plain.States[0].Where(s => Enumerable.Range(0, v.Length).All(c => (c >= unit && c < unit + columns)
                        || s.X[c] == v[c]));
                    expected += -plain.FreeEnergy(0, v) - PlainModel.LogSumExp(same.Select(s => -plain.FreeEnergy(0, s.X)));
                }
                Assert.Equal(expected, score.PerRow[r], 1e-10);
            }
        }
    }

    [Theory, MemberData(nameof(Listable))]
    public void The_stochastic_form_has_the_exact_one_as_its_mean_over_units(string kind)
    {
        // The same row 5 000 times: its values are D times the term of a random unit. |z| ≤ 6: false alarm 2e-9 each.
        Rbm rbm = SmallModels.Make(kind, "bernoulli");
        Matrix state = AllStates(rbm.Visible).RowRange(1, 1);
        var data = new Matrix(5_000, rbm.Visible.Units);
        for (int r = 0; r < data.Rows; r++) data.WriteRow(r, state.ReadRow(0));
        Score estimate = PseudoLikelihood.Estimate(rbm, data, new Rng(seed: 31));
        double exact = PseudoLikelihood.PerRow(rbm, state).Mean;
        Assert.InRange((estimate.Mean - exact) / estimate.StandardError, -6, 6);
        // Each value is one of D, so that many different ones and no others appear.
        Assert.Equal(kind == "one-hot" ? 2 : 3, estimate.PerRow.Distinct().Count());
        Assert.Equal(exact, estimate.PerRow.Distinct().Average(), 1e-10);
    }

    [Fact]
    public void The_stochastic_form_is_the_mean_over_rows_of_D_log_logistic_of_each_rows_own_difference()
    {
        // By hand for one unit, where nothing is random: D = 1 and v~ = 1 − v, also for grey values.
        var rbm = new Rbm(new BernoulliLayer(1, SmallModels.Double), new BernoulliLayer(1, SmallModels.Double));
        (rbm.Visible.Bias[0, 0], rbm.Hidden.Bias[0, 0], rbm.Weights[0, 0]) = (0.3, -0.2, 1.5);
        double F(double v) => -0.3 * v - Math.Log(1 + Math.Exp(1.5 * v - 0.2));
        double[] rows = [0, 1, 0.25];
        Score score = PseudoLikelihood.Estimate(rbm, Matrix.From(new double[,] { { 0 }, { 1 }, { 0.25 } }, SmallModels.Double), new Rng());
        for (int r = 0; r < 3; r++) Assert.Equal(-Math.Log(1 + Math.Exp(F(rows[r]) - F(1 - rows[r]))), score.PerRow[r], 1e-12);
        Assert.Equal(score.PerRow.Average(), score.Mean, 1e-12);
    }

    [Fact]
    public void It_is_a_sum_over_units_in_nats_so_that_independent_units_add_up()
    {
        // Without weights it is the log-likelihood itself. A form without the factor D would not agree with it beyond one unit.
        var rbm = new Rbm(new BernoulliLayer(40, SmallModels.Double), new BernoulliLayer(3, SmallModels.Double));
        rbm.Visible.Bias.SampleNormal(new Rng(seed: 32));
        var data = new Matrix(300, 40, SmallModels.Double);
        rbm.Visible.Sample(new Matrix(300, 40, SmallModels.Double), data, new Rng(seed: 33));
        Score likelihood = Exact.LogLikelihood(rbm, data), pseudo = PseudoLikelihood.PerRow(rbm, data),
            estimate = PseudoLikelihood.Estimate(rbm, data, new Rng(seed: 34));
        for (int r = 0; r < 300; r++) Assert.Equal(likelihood.PerRow[r], pseudo.PerRow[r], 1e-10);
        Assert.InRange((estimate.Mean - pseudo.Mean) / estimate.StandardError, -6, 6);
    }

    [Fact]
    public void Units_whose_values_cannot_be_listed_are_refused()
    {
        foreach (string kind in (string[])["gaussian", "relu", "counts"])
        {
            Rbm rbm = SmallModels.Make(kind, "bernoulli");
            var data = new Matrix(1, rbm.Visible.Units, SmallModels.Double);
            Assert.Contains("pseudo-likelihood", Assert.Throws<BadInputException>(() => PseudoLikelihood.PerRow(rbm, data)).Message,
                StringComparison.Ordinal);
            Assert.Throws<BadInputException>(() => PseudoLikelihood.Estimate(rbm, data, new Rng()));
        }
    }

    static Matrix AllStates(Layer layer)
    {
        var states = new Matrix((int)layer.StateCount!.Value, layer.Units, SmallModels.Double);
        layer.SetStates(0, states);
        return states;
    }
}
