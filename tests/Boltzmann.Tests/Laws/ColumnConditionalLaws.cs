using Boltzmann.Evaluation;

namespace Boltzmann.Tests.Laws;

/// <summary>A column given the others, against sums over all states of machines small enough to list.</summary>
public class ColumnConditionalLaws
{
    public static TheoryData<string, string> ListedPairs =>
        [.. from visible in (string[])["bernoulli", "spin", "one-hot"] from hidden in SmallModels.Kinds select (visible, hidden)];

    public static TheoryData<string, string> RealPairs =>
        [.. from visible in (string[])["gaussian", "gaussian learned", "relu", "relu learned"]
            from hidden in SmallModels.Kinds
            select (visible, hidden)];

    [Theory, MemberData(nameof(ListedPairs))]
    public void It_is_the_joint_probability_divided_by_that_of_the_other_columns(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        var plain = new PlainModel(rbm);
        double[][] states = [.. plain.States[0].Select(s => s.X)];
        Matrix data = Of(states);
        int columns = visible == "one-hot" ? 3 : 1;
        double logPartition = plain.LogPartition();
        for (int first = 0; first < rbm.Visible.Units; first += columns)
        {
            double[][] candidates = ColumnConditional.Candidates(rbm, first);
            Assert.Equal(columns == 1 ? 2 : 3, candidates.Length);
            Matrix logs = ColumnConditional.LogProbabilities(rbm, data, first, candidates);
            Score own = ColumnConditional.PerRow(rbm, data, first);
            for (int r = 0; r < states.Length; r++)
            {
                double[] joint = [.. candidates.Select(c => -plain.FreeEnergy(0, With(states[r], first, c)) - logPartition)];
                double marginal = PlainModel.LogSumExp(joint);
                for (int k = 0; k < candidates.Length; k++) Assert.Equal(joint[k] - marginal, logs[r, k], 1e-10);
                Assert.Equal(1, logs.ReadRow(r).Sum(Math.Exp), 1e-12);
                Assert.Equal(-plain.FreeEnergy(0, states[r]) - logPartition - marginal, own.PerRow[r], 1e-10);
            }
        }
    }

    [Theory, MemberData(nameof(RealPairs))]
    public void The_density_of_a_real_column_is_that_of_the_joint_one_along_the_column(string visible, string hidden)
    {
        Rbm rbm = SmallModels.Make(visible, hidden);
        bool hasEnd = visible.StartsWith("relu", StringComparison.Ordinal);
        double[][] rows = rbm.Visible.Units == 1 ? [[0.3], [2.5]] : [[0.3, 1.1], [2.5, 0], [0.1, 3.2]];
        // Quadrature of its own: the midpoint rule on so many points is exact to 1e-8, with a hard end too.
        const int Points = 200_000;
        for (int column = 0; column < rbm.Visible.Units; column++)
        {
            ColumnDensity density = ColumnConditional.Density(rbm, Of(rows), column);
            Score own = ColumnConditional.PerRow(rbm, Of(rows), column);
            for (int r = 0; r < rows.Length; r++)
            {
                double low = hasEnd ? 0 : -40, width = 40 - low, step = width / Points;
                double[] x = [.. Enumerable.Range(0, Points).Select(i => low + (i + 0.5) * step)];
                var data = new Matrix(Points, rbm.Visible.Units, SmallModels.Double);
                for (int c = 0; c < rbm.Visible.Units; c++)
                    data.WriteColumn(c, c == column ? x : [.. Enumerable.Repeat(rows[r][c], Points)]);
                double[] weights = [.. rbm.FreeEnergy(data).Select(f => -f)];
                double log = PlainModel.LogSumExp(weights) + Math.Log(step), mean = 0, square = 0;
                for (int i = 0; i < Points; i++) mean += step * x[i] * Math.Exp(weights[i] - log);
                for (int i = 0; i < Points; i++) square += step * (x[i] - mean) * (x[i] - mean) * Math.Exp(weights[i] - log);
                double expected = -rbm.FreeEnergy(Of([rows[r]]))[0] - log, tolerance = hasEnd ? 3e-5 : 1e-8;
                Assert.Equal(expected, own.PerRow[r], tolerance);
                Assert.Equal(mean, density.Means[r], tolerance);
                Assert.Equal(Math.Sqrt(square), density.Deviations[r], tolerance);
            }
        }
    }

    [Theory]
    [InlineData("visible bernoulli")]
    [InlineData("visible spin")]
    [InlineData("bernoulli spin")]
    [InlineData("two modalities")]
    [InlineData("ring")]
    [InlineData("semi-restricted")]
    [InlineData("grid")]
    [InlineData("potts")]
    [InlineData("potts and hidden")]
    [InlineData("modalities apart")]
    [InlineData("bernoulli - bernoulli - bernoulli")]
    public void In_any_graph_it_is_a_ratio_of_exact_likelihoods_of_columns_and_of_blocks(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        Matrix data = AllRows(model);
        double[] logs = [.. Exact.LogLikelihood(model, data).PerRow];
        double[][] rows = [.. Enumerable.Range(0, data.Rows).Select(r => data.ReadRow(r))];
        int unit = UnitColumns(model);
        for (int first = 0; first < model.RowColumns; first += unit)
            foreach (int columns in (int[])[unit, 2 * unit])
            {
                int layerEnd = model.ModelledRowLayers.Select((_, i) => model.ModelledRowLayers.Take(i + 1)
                    .Sum(l => model.Layers[l].Units)).First(end => end > first);
                if (first + columns > layerEnd) continue;
                double[][] candidates = Products([.. Enumerable.Range(0, columns / unit).Select(i => first + i * unit)
                    .Select(c => ColumnConditional.Candidates(model, c))]);
                Matrix found = ColumnConditional.LogProbabilities(model, data, first, candidates);
                for (int r = 0; r < rows.Length; r++)
                {
                    double[] joint = [.. candidates.Select(c => logs[Array.FindIndex(rows, row => row.SequenceEqual(With(rows[r], first,
                        c)))])];
                    double marginal = PlainModel.LogSumExp(joint);
                    for (int k = 0; k < joint.Length; k++) Assert.Equal(joint[k] - marginal, found[r, k], 1e-9);
                }
            }
    }

    [Fact]
    public void Log_probabilities_along_the_chain_rule_of_two_columns_agree()
    {
        // p(a, b | rest) = p(a | b, rest)·p(b | rest), the last from the block of both.
        Rbm rbm = SmallModels.Make("bernoulli", "gaussian");
        Matrix row = Of([[1, 0, 1]]);
        double[] both = ColumnConditional.LogProbabilities(rbm, row, 0, [[0, 0], [1, 0], [0, 1], [1, 1]]).ReadRow(0);
        double[] first = ColumnConditional.LogProbabilities(rbm, row, 0, [[0], [1]]).ReadRow(0);
        Assert.Equal(both[1] - PlainModel.LogSumExp([both[0], both[1]]), first[1], 1e-12);
        Assert.Equal(0, PlainModel.LogSumExp(both), 1e-12);
    }

    [Fact]
    public void Columns_that_are_absent_are_no_part_of_the_machine_and_the_column_asked_for_is()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "bernoulli");
        Matrix row = Of([[double.NaN, 1, double.NaN]]);
        var smaller = new Rbm(rbm.Visible.Part([0, 1]), rbm.Hidden.Clone());
        smaller.Weights.SetCopy(rbm.Weights.Part([0, 1], [.. Enumerable.Range(0, rbm.Hidden.Units)]));
        Matrix expected = ColumnConditional.LogProbabilities(smaller, Of([[0, 1]]), 0, [[0], [1]]);
        Matrix found = ColumnConditional.LogProbabilities(rbm, row, 0, [[0], [1]]);
        for (int k = 0; k < 2; k++) Assert.Equal(expected[0, k], found[0, k], 1e-12);
        Assert.True(double.IsNaN(ColumnConditional.PerRow(rbm, row, 0).PerRow[0]));
        Assert.Equal(ColumnConditional.PerRow(smaller.Clone(), Of([[double.NaN, 1]]), 1).PerRow[0],
            ColumnConditional.PerRow(rbm, row, 1).PerRow[0], 1e-12);
    }

    [Fact]
    public void Every_mode_of_a_column_is_on_the_grid()
    {
        // Hidden units alone choose between modes at 0 and at ±30 deviations, of equal weight: the density is a mixture of three, for
        // both units together cost 900 nats.
        var rbm = new Rbm(new GaussianLayer(1, 1, false, SmallModels.Double), new BernoulliLayer(2, SmallModels.Double));
        (rbm.Weights[0, 0], rbm.Weights[0, 1]) = (30, -30);
        for (int j = 0; j < 2; j++) rbm.Hidden.Bias[0, j] = -450;
        ColumnDensity density = ColumnConditional.Density(rbm, new Matrix(1, 1, SmallModels.Double), 0);
        Assert.Equal(0, density.Means[0], 1e-6);
        Assert.Equal(Math.Sqrt(1 + 2.0 / 3 * 900), density.Deviations[0], 1e-6);
        Assert.InRange(density.Grid[0], -60, -39);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_numbers()
    {
        Rbm real = SmallModels.Make("gaussian", "bernoulli"), bits = SmallModels.Make("bernoulli", "bernoulli");
        Matrix row = new(1, 2, SmallModels.Double), three = new(1, 3, SmallModels.Double);
        Says("columns 1 to 3 of", () => ColumnConditional.LogProbabilities(bits, three, 3, [[0], [1]]), "not of column 4");
        Says("columns 2 to 4", () => ColumnConditional.LogProbabilities(bits, three, 1, [[0, 0, 1]]), "not all of one layer");
        Says("real units", () => ColumnConditional.Density(bits, three, 0), "bernoulli");
        Says("can be listed", () => ColumnConditional.Candidates(real, 0), "gaussian");
        Says("outside 0..1", () => ColumnConditional.LogProbabilities(bits, three, 0, [[3]]), "3");
        Says("rise", () => ColumnConditional.Density(real, row, 0, [1, 1]), "1");

        static void Says(string part, Action action, string number)
        {
            string message = Assert.Throws<ArgumentException>(action).Message;
            if (part != "columns 1 to 3 of") Assert.Contains(part, message, StringComparison.Ordinal);
            Assert.Contains(number, message, StringComparison.Ordinal);
        }
    }

    static Matrix Of(double[][] rows)
    {
        var matrix = new Matrix(rows.Length, rows[0].Length, SmallModels.Double);
        for (int r = 0; r < rows.Length; r++) matrix.WriteRow(r, rows[r]);
        return matrix;
    }

    static double[] With(double[] row, int first, double[] values)
    {
        double[] changed = [.. row];
        values.CopyTo(changed, first);
        return changed;
    }

    static double[][] Products(double[][][] choices) => choices.Aggregate((double[][])[[]], (all, column) =>
        [.. from start in all from value in column select (double[])[.. start, .. value]]);

    static Matrix AllRows(EnergyModel model) =>
        Of(Products([.. Enumerable.Range(0, model.RowColumns / UnitColumns(model)).Select(i =>
            ColumnConditional.Candidates(model, i * UnitColumns(model)))]));

    // The same of all visible units here.
    static int UnitColumns(EnergyModel model) => model.Layers[model.ModelledRowLayers[0]].ColumnsPerUnit;
}
