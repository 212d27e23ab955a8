namespace Boltzmann.Tests.Classifiers;

public class LogisticRegressionTests
{
    public static IEnumerable<TheoryDataRow<string, double>> Cases() =>
        from set in (string[])["digits", "iris"]
        from c in (double[])[1, 0.01]
        select new TheoryDataRow<string, double>(set, c);

    [Theory, MemberData(nameof(Cases))]
    public void Coefficients_loss_and_probabilities_are_those_of_scikit_learn(string set, double c)
    {
        var (rows, labels, judged) = ReferenceResults.Data(set, Precision.Float64);
        var model = new LogisticRegression(1 / (c * rows.Rows), tolerance: 1e-9, iterations: 10_000);
        model.Fit(rows, labels);
        Assert.True(model.IsConverged);
        string name = $"logistic_{c}";
        // A gradient of 1e-9 over the least curvature, λ = 1/(CN) ≥ 0.002: weights within 5e-7 times the root of their number, here 25.
        Assert.Equal(0, ReferenceResults.Difference(ReferenceResults.Array(set, $"{name}_weights"), model.Weights.ToArray()), 2e-5);
        Assert.Equal(0, ReferenceResults.Difference(ReferenceResults.Array(set, $"{name}_bias"), model.Bias.ToArray()), 2e-5);
        Assert.Equal(ReferenceResults.Array(set, $"{name}_loss")[0, 0], model.Loss, 1e-10);
        Assert.Equal(0, ReferenceResults.Difference(ReferenceResults.Array(set, $"{name}_probabilities"),
            model.PredictProbabilities(judged)), 2e-5);
    }

    [Fact]
    public void The_default_penalty_is_one_row_s_worth()
    {
        var (rows, labels, _) = ReferenceResults.Data("iris", Precision.Float32);
        var model = new LogisticRegression();
        model.Fit(rows, labels);
        Assert.True(model.IsConverged);
        // The rows are rounded to 6e-8 of their size, and the loss is least, so that only the square of the weights' error counts.
        Assert.Equal(ReferenceResults.Array("iris", "logistic_1_loss")[0, 0], model.Loss, 1e-6);
    }

    [Fact]
    public void Without_a_penalty_one_column_of_two_values_gives_the_observed_shares()
    {
        // x = 0: 1 of 4 rows is of class 1; x = 1: 3 of 4. The fit is exact.
        Matrix rows = Matrix.From(new double[,] { { 0 }, { 0 }, { 0 }, { 0 }, { 1 }, { 1 }, { 1 }, { 1 } });
        var model = new LogisticRegression(l2: 0, tolerance: 1e-10);
        model.Fit(rows, [0, 0, 0, 1, 0, 1, 1, 1]);
        Assert.True(model.IsConverged);
        double[,] probabilities = model.PredictProbabilities(Matrix.From(new double[,] { { 0 }, { 1 } }));
        Assert.Equal(0.25, probabilities[0, 1], 1e-8);
        Assert.Equal(0.75, probabilities[1, 1], 1e-8);
        Assert.Equal(-0.25 * Math.Log(0.25) - 0.75 * Math.Log(0.75), model.Loss, 1e-12);
    }

    [Fact]
    public void Classes_that_a_plane_parts_have_no_best_weights_without_a_penalty()
    {
        var model = new LogisticRegression(l2: 0, tolerance: 1e-12, iterations: 30);
        model.Fit(Matrix.From(new double[,] { { -1 }, { 1 } }), [0, 1]);
        Assert.False(model.IsConverged);
        Assert.Equal([0, 1], model.Predict(Matrix.From(new double[,] { { -1 }, { 1 } })));
    }

    [Fact]
    public void As_a_network_it_says_the_same()
    {
        var (rows, labels, judged) = ReferenceResults.Data("iris", Precision.Float64);
        var model = new LogisticRegression();
        Assert.Throws<InvalidOperationException>(() => model.ToNetwork());
        model.Fit(rows, labels);
        Network network = model.ToNetwork(rows.Placement);
        Assert.Equal(0, ReferenceResults.Difference(model.PredictProbabilities(judged), network.Predict(judged).ToArray()), 1e-14);
    }

    [Fact]
    public void Settings_that_make_no_model_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticRegression(l2: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticRegression(tolerance: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogisticRegression(iterations: 0));
    }
}
