using Boltzmann.Evaluation;

namespace Boltzmann.Tests.Evaluation;

/// <summary>The likelihood that columns by themselves give rows.</summary>
public class IndependentColumnsTests
{
    static Matrix Rows(double[,] rows) => Matrix.From(rows, Placement.Default.Double);

    static Score Of(Layer[] layers, double[,] learned, double[,] judged)
    {
        var data = new Dataset("learned", new MatrixRows(Rows(learned)));
        return IndependentColumns.LogLikelihood(layers, data.Statistics, data.Count, Rows(judged));
    }

    [Fact]
    public void Binary_columns_have_the_shares_of_the_rows_learned_from_with_one_even_row_added()
    {
        double[,] learned = { { 1, 0, 1 }, { 1, 0, 0 }, { 1, 1, 0 } }, judged = { { 1, 0, 1 }, { 0, 1, 1 } };
        double[] shares = [3.5 / 4, 1.5 / 4, 1.5 / 4];
        Score score = Of([new BernoulliLayer(3)], learned, judged);
        for (int r = 0; r < 2; r++)
        {
            double expected = 0;
            for (int c = 0; c < 3; c++) expected += Math.Log(judged[r, c] == 1 ? shares[c] : 1 - shares[c]);
            Assert.Equal(expected, score.PerRow[r], 1e-9);
        }
    }

    [Fact]
    public void A_one_hot_block_is_one_column_and_probabilities_of_all_rows_sum_to_one()
    {
        double[,] learned = { { 1, 0, 0, 1, -1 }, { 0, 1, 0, 1, 1 }, { 0, 1, 0, 0, 1 } };
        Layer[] layers = [new MultinomialLayer(3, 3), new BernoulliLayer(1), new SpinLayer(1)];
        var all = new double[12, 5];
        for (int r = 0; r < 12; r++)
            (all[r, r % 3], all[r, 3], all[r, 4]) = (1, r / 3 % 2, r / 6 * 2 - 1);
        Score score = Of(layers, learned, all);
        Assert.Equal(1, score.PerRow.Sum(Math.Exp), 1e-9);
        // The second category has two of three rows, and a third of the one added.
        Assert.Equal((2 + 1 / 3.0) / 4, Enumerable.Range(0, 12).Where(r => r % 3 == 1).Sum(r => Math.Exp(score.PerRow[r])), 1e-9);
    }

    [Fact]
    public void Real_columns_have_their_own_mean_and_variance_also_where_the_machine_learns_no_precision()
    {
        double[,] learned = { { 10, 1 }, { 14, 3 }, { 18, 5 }, { 30, 7 } }, judged = { { 12, 4 } };
        Score score = Of([new GaussianLayer(2)], learned, judged);
        double expected = 0;
        for (int c = 0; c < 2; c++)
        {
            double mean = 0, variance = 0;
            for (int r = 0; r < 4; r++) mean += learned[r, c] / 4;
            for (int r = 0; r < 4; r++) variance += Math.Pow(learned[r, c] - mean, 2) / 4;
            // A row of zeros, the mean of a unit without bias, is added to the mean.
            double away = judged[0, c] - mean * 4 / 5;
            expected += -0.5 * Math.Log(2 * Math.PI * variance) - away * away / (2 * variance);
        }
        Assert.Equal(expected, score.PerRow[0], 1e-9);
    }

    [Fact]
    public void A_machine_without_weights_and_with_these_biases_gives_the_same()
    {
        double[,] learned = { { 1, 0 }, { 1, 1 }, { 0, 1 }, { 1, 1 }, { 1, 0 } };
        var machine = new Rbm(new BernoulliLayer(2), new BernoulliLayer(3));
        var layers = Annealing.BaseRate(machine, Rows(learned));
        machine.Visible.CopyFrom(layers[0]);
        Score exact = Exact.LogLikelihood(machine, Rows(learned)), score = Of([machine.Visible], learned, learned);
        for (int r = 0; r < 5; r++) Assert.Equal(exact.PerRow[r], score.PerRow[r], 1e-5);
    }

    [Fact]
    public void Layers_of_another_width_are_refused() =>
        Assert.Throws<ArgumentException>(() => Of([new BernoulliLayer(2)], new double[,] { { 1, 0, 1 } }, new double[,] { { 1, 0, 1 } }));
}
