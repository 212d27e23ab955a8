namespace Boltzmann.Tests.Classifiers;

public class SupportVectorMachineTests
{
    public static IEnumerable<TheoryDataRow<string, string, Precision>> Cases() =>
        from set in (string[])["digits", "iris"]
        from settings in (string[])["scale", "given"]
        from precision in Enum.GetValues<Precision>()
        select new TheoryDataRow<string, string, Precision>(set, settings, precision);

    [Theory, MemberData(nameof(Cases))]
    public void Decision_values_predictions_and_objective_are_those_of_scikit_learn(string set, string settings, Precision precision)
    {
        var (rows, labels, judged) = ReferenceResults.Data(set, precision);
        double[,] given = ReferenceResults.Array(set, $"svc_{settings}_settings"),
            expected = ReferenceResults.Array(set, $"svc_{settings}_decisions");
        var machine = new SupportVectorMachine(given[0, 0], settings == "scale" ? null : given[0, 1], tolerance: 1e-6);
        machine.Fit(rows, labels);
        Assert.Equal(given[0, 1], machine.Gamma, given[0, 1] * (precision == Precision.Float32 ? 1e-6 : 1e-12));

        // Optimal to within 1e-6, the weights of a smooth problem are about as exact; kernel values in single precision are off by up to
        // 1e-6, and the weights of rows that are nearly alike by that over their curvature.
        double bound = precision == Precision.Float64 ? 1e-4 : 5e-3;
        double[,] decisions = machine.DecisionValues(judged);
        double difference = ReferenceResults.Difference(expected, decisions);
        Assert.True(difference < bound, $"decision values differ by {difference}");
        double objective = ReferenceResults.Array(set, $"svc_{settings}_objective")[0, 0];
        Assert.Equal(objective, machine.DualObjectives[0], objective * (precision == Precision.Float64 ? 1e-6 : 1e-4));

        int[] predictions = machine.Predict(judged), reference = ReferenceResults.Whole(set, $"svc_{settings}_predictions");
        for (int r = 0; r < reference.Length; r++)
        {
            // Where a decision is within the bound of its threshold, the votes may differ.
            if (Enumerable.Range(0, expected.GetLength(1)).All(p => Math.Abs(expected[r, p]) > bound))
                Assert.Equal(reference[r], predictions[r]);
        }
    }

    [Fact]
    public void The_solution_is_the_same_when_kernel_rows_do_not_fit_in_memory()
    {
        var (rows, labels, judged) = ReferenceResults.Data("digits", Precision.Float64);
        SupportVectorMachine whole = new(c: 10), cached = new(c: 10, kernelBytes: 40_000);
        whole.Fit(rows, labels);
        cached.Fit(rows, labels);
        Assert.Equal(0, ReferenceResults.Difference(whole.DecisionValues(judged), cached.DecisionValues(judged)), 1e-6);
        Assert.Equal(whole.Predict(judged), cached.Predict(judged));
    }

    [Fact]
    public void Two_rows_are_parted_halfway_by_weights_known_in_closed_form()
    {
        // K between them is e^−1: the dual 2α − α²(1 − e^−1) is greatest at α = 1/(1 − e^−1), unless C is less.
        Matrix rows = Matrix.From(new double[,] { { 0 }, { 1 } }, Placement.Default.Double),
            judged = Matrix.From(new double[,] { { 0.5 }, { 0 } }, Placement.Default.Double);
        foreach (double c in new[] { 100, 0.5 })
        {
            var machine = new SupportVectorMachine(c, gamma: 1);
            machine.Fit(rows, [0, 1]);
            double weight = Math.Min(c, 1 / (1 - Math.Exp(-1)));
            double[,] decisions = machine.DecisionValues(judged);
            Assert.Equal(0, decisions[0, 0], 1e-12);
            Assert.Equal(weight * (1 - Math.Exp(-1)), decisions[1, 0], 1e-12);
            Assert.Equal(2 * weight - weight * weight * (1 - Math.Exp(-1)), machine.DualObjectives[0], 1e-12);
            Assert.Equal(2, machine.SupportVectorCount);
        }
    }

    [Fact]
    public void Equal_rows_of_both_classes_get_equal_weights_at_the_bound()
    {
        var machine = new SupportVectorMachine(c: 2, gamma: 1);
        machine.Fit(new Matrix(4, 3, Placement.Default.Double), [0, 1, 0, 1]);
        Assert.Equal(0, machine.DecisionValues(new Matrix(1, 3, Placement.Default.Double))[0, 0], 1e-12);
        Assert.Equal(8, machine.DualObjectives[0], 1e-9);
    }

    [Fact]
    public void Classes_without_rows_take_no_part()
    {
        var machine = new SupportVectorMachine(gamma: 1);
        machine.Fit(Matrix.From(new double[,] { { 0 }, { 1 }, { 5 } }), [1, 3, 4], 6);
        Assert.Equal([(1, 3), (1, 4), (3, 4)], machine.Pairs);
        Assert.Equal([1, 3, 4], machine.Predict(Matrix.From(new double[,] { { 0 }, { 1 }, { 5 } })));
    }

    [Fact]
    public void Rows_far_from_the_origin_are_decided_in_single_precision_as_in_double()
    {
        // Squared norms of 630 000 are rounded by up to 0.03 in single precision, and squared distances are about 1. Less their means, rows
        // are exact, and the bound that of other rows.
        const int Count = 300, Columns = 7;
        var random = new Random(4);
        Matrix rows = new(Count, Columns), judged = new(100, Columns);
        foreach (Matrix set in (Matrix[])[rows, judged])
            for (int r = 0; r < set.Rows; r++) set.WriteRow(r, [.. Enumerable.Range(0, Columns).Select(_ => 300 + random.NextDouble())]);
        int[] labels = [.. Enumerable.Range(0, Count).Select(r => rows[r, 0] + rows[r, 1] > 601 ? 1 : 0)];
        SupportVectorMachine single = new(gamma: 1, tolerance: 1e-6), exact = new(gamma: 1, tolerance: 1e-6);
        double[,] before = rows.ToArray(), judgedBefore = judged.ToArray();
        single.Fit(rows, labels);
        exact.Fit(rows.Clone(Precision.Float64), labels);
        double difference = ReferenceResults.Difference(exact.DecisionValues(judged), single.DecisionValues(judged));
        Assert.True(difference < 5e-3, $"decision values differ by {difference}");
        Assert.Equal(before, rows.ToArray());
        Assert.Equal(judgedBefore, judged.ToArray());
    }

    [Fact]
    public void Rows_whose_squares_are_not_finite_are_refused()
    {
        double[,] wide = { { 0 }, { 1 }, { 1e30 } };
        var machine = new SupportVectorMachine(gamma: 1);
        Assert.Contains("their squares are not finite in single precision",
            Assert.Throws<BadInputException>(() => machine.Fit(Matrix.From(wide), [0, 1, 1])).Message);
        machine.Fit(Matrix.From(new double[,] { { 0 }, { 1 } }), [0, 1]);
        string message = Assert.Throws<BadInputException>(() => machine.Predict(Matrix.From(wide))).Message;
        Assert.StartsWith("row 3 has values so far from the training rows' means", message);
        // In double precision they are.
        machine.Fit(Matrix.From(wide, Placement.Default.Double), [0, 1, 1]);
        Assert.Equal(1, machine.Predict(Matrix.From(wide, Placement.Default.Double))[2]);
        wide[2, 0] = 1e200;
        Assert.Contains("not finite in double precision",
            Assert.Throws<BadInputException>(() => machine.Fit(Matrix.From(wide, Placement.Default.Double), [0, 1, 1])).Message);
    }

    [Fact]
    public void Settings_that_make_no_machine_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupportVectorMachine(c: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupportVectorMachine(gamma: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SupportVectorMachine(tolerance: -1));
    }
}
