using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Sampling;

/// <summary>Completed rows against sums over all states that agree with what is known.</summary>
public class CompletionTests
{
    static readonly CompletionOptions options = new() { BurnIn = 30, Sweeps = 400 };

    public static TheoryData<string> Machines => ["rbm", "deep", "labels", "full"];

    [Theory, MemberData(nameof(Machines))]
    public void The_averaged_completion_is_the_conditional_mean(string kind)
    {
        // 60 equal rows × 400 sweeps of units that deviate by at most ½. Sweeps of machines so small have autocorrelation times below 16:
        // a standard error of at most ½·√(16/24 000) = 0.013, of which five are allowed; false-alarm rate 6e-7 a unit.
        EnergyModel model = Make(kind);
        double[] row = [1, 0, 1];
        var given = new Matrix(60, 3, model.Placement);
        for (int r = 0; r < given.Rows; r++) given.WriteRow(r, [row[0], double.NaN, double.NaN]);
        Matrix completed = Completion.Impute(model, given, new Rng(41), options);
        double[] exact = ExactMeans(model, v => v[0] == row[0]);
        for (int i = 1; i < 3; i++) Assert.Equal(exact[i], Enumerable.Range(0, 60).Average(r => completed[r, i]), 0.065);
        Assert.All(Enumerable.Range(0, 60), r => Assert.Equal(row[0], completed[r, 0]));
        // Which in these two machines, whose first unit tells much of the others, the means without it would not pass for.
        if (kind is "rbm" or "deep")
            Assert.Contains(Enumerable.Range(1, 2), i => Math.Abs(ExactMeans(model, _ => true)[i] - exact[i]) > 0.04);
    }

    [Fact]
    public void What_is_known_may_differ_from_row_to_row_and_rows_without_gaps_stay()
    {
        EnergyModel model = Make("rbm");
        double[,] rows = { { 1, double.NaN, 0 }, { 0, 1, 1 }, { double.NaN, double.NaN, 1 } };
        Matrix given = Matrix.From(rows, model.Placement), completed = Completion.Impute(model, given, new Rng(42));
        for (int r = 0; r < 3; r++)
            for (int c = 0; c < 3; c++)
            {
                if (double.IsNaN(rows[r, c])) Assert.InRange(completed[r, c], 0.01, 0.99);
                else Assert.Equal(rows[r, c], completed[r, c]);
            }
        Matrix sample = Completion.Sample(model, given, Completion.Known(given), new Rng(42),
            new CompletionOptions { BurnIn = 5, Sweeps = 5 });
        Assert.Equal([0, 1, 1], sample.ReadRow(1));
        Assert.Equal(1, sample[0, 0]);
    }

    [Fact]
    public void The_mean_field_completion_solves_the_equations_of_the_means()
    {
        Rbm model = SmallModels.Make("bernoulli", "spin");
        model.Weights.SetSum(model.Weights, 2);
        Matrix given = Matrix.Row([1, 0, 0], model.Placement), known = Matrix.Row([1, 0, 0], model.Placement);
        double[] v = Completion.MeanFieldMeans(model, given, known, new MeanField(updates: 500, tolerance: 1e-13)).ReadRow(0);
        double[,] w = model.Weights.ToArray();
        double[] h = [.. Enumerable.Range(0,
            model.Hidden.Units).Select(j => Math.Tanh(model.Hidden.Bias[0, j] + Enumerable.Range(0, 3).Sum(i => v[i] * w[i, j])))];
        Assert.Equal(1, v[0]);
        for (int i = 1; i < 3; i++)
            Assert.Equal(Teaching.Logistic(model.Visible.Bias[0, i] + Enumerable.Range(0, h.Length).Sum(j => w[i, j] * h[j])), v[i], 1e-10);
    }

    [Theory, MemberData(nameof(Machines))]
    public void Flips_are_undone_as_far_as_the_posterior_mean_does(string kind)
    {
        // As above, with the factor ∏ p^{flipped}·(1 − p)^{kept} on every state.
        EnergyModel model = Make(kind);
        double low = model.Layers[0] is SpinLayer ? -1 : 0;
        double[] noisy = [1, low, 1];
        Matrix clean = Denoising.RemoveFlips(model, Repeat(noisy, model.Placement), 0.2, new Rng(43), options);
        double[] exact = ExactMeans(model, _ => true, v => v.Zip(noisy, (x, y) => Math.Log(x == y ? 0.8 : 0.2)).Sum());
        for (int i = 0; i < 3; i++) Assert.Equal(exact[i], Enumerable.Range(0, 60).Average(r => clean[r, i]), 0.065);
    }

    [Theory, MemberData(nameof(Machines))]
    public void Masked_values_are_brought_back_as_far_as_the_posterior_mean_does(string kind)
    {
        // As above, with p or 1 for a value that is low and 1 − p or 0 for one that is high.
        EnergyModel model = Make(kind);
        double low = model.Layers[0] is SpinLayer ? -1 : 0;
        double[] noisy = [1, low, low];
        Matrix clean = Denoising.RemoveMasking(model, Repeat(noisy, model.Placement), 0.4, new Rng(48), options);
        double[] exact = ExactMeans(model, _ => true,
            v => v.Zip(noisy, (x, y) => Math.Log(y == low ? x == low ? 1 : 0.4 : x == low ? 0 : 0.6)).Sum());
        for (int i = 0; i < 3; i++) Assert.Equal(exact[i], Enumerable.Range(0, 60).Average(r => clean[r, i]), 0.065);
        Assert.All(Enumerable.Range(0, 60), r => Assert.Equal(1, clean[r, 0]));
    }

    [Theory, InlineData("bernoulli"), InlineData("spin"), InlineData("gaussian")]
    public void Normal_noise_is_removed_as_far_as_the_posterior_mean_does(string kind)
    {
        // Gaussian units are not bounded, but their posterior deviation is below 0.4 here.
        const double Deviation = 0.5;
        Rbm model = SmallModels.Make(kind, "bernoulli");
        double[] noisy = [.. new[] { 0.9, -0.3, 0.6 }.Take(model.Visible.Units)];
        Matrix clean = Denoising.RemoveNormal(model, Repeat(noisy, model.Placement), Deviation, new Rng(44), options);
        var plain = new PlainGraph(model);
        double[] sums = plain.Mean([null, null], noisy.Length + 1, (x, f) =>
        {
            double likelihood = Math.Exp(-x[0].Zip(noisy, (a, b) => (a - b) * (a - b)).Sum() / (2 * Deviation * Deviation));
            for (int i = 0; i < noisy.Length; i++) f[i] = likelihood * x[0][i];
            f[^1] = likelihood;
        });
        for (int i = 0; i < noisy.Length; i++) Assert.Equal(sums[i] / sums[^1], Enumerable.Range(0, 60).Average(r => clean[r, i]), 0.065);
    }

    [Fact]
    public void Rows_divided_among_several_visible_layers_are_completed_and_cleaned_in_all_of_them()
    {
        // Standard errors as above; spins deviate by 1, not ½, and are allowed twice as much.
        EnergyModel model = SmallGraphs.Make("two modalities");
        foreach (Connection c in model.Connections) c.Weights.SetSum(c.Weights, 2);
        double[] row = [1, 0, 1, -1];
        Matrix given = Repeat([1, double.NaN, double.NaN, -1], model.Placement), noisy = Repeat(row, model.Placement);
        AssertMeans(ExactRowMeans(model, v => v[0] == 1 && v[3] == -1 ? 0 : double.NegativeInfinity),
            Completion.Impute(model, given, new Rng(45), options));
        AssertMeans(ExactRowMeans(model, v => v.Zip(row, (x, y) => Math.Log(x == y ? 0.7 : 0.3)).Sum()),
            Denoising.RemoveFlips(model, noisy, 0.3, new Rng(46), options));
        AssertMeans(ExactRowMeans(model, v => v.Zip(row, (x, y) => -(x - y) * (x - y) / 2).Sum()),
            Denoising.RemoveNormal(model, noisy, 1, new Rng(47), options));
        // Which are not the means of the machine itself.
        double[] without = ExactRowMeans(model, _ => 0),
            with = ExactRowMeans(model, v => v[0] == 1 && v[3] == -1 ? 0 : double.NegativeInfinity);
        Assert.Contains((int[])[1, 2], i => Math.Abs(without[i] - with[i]) > (i == 1 ? 0.07 : 0.14));

        static void AssertMeans(double[] exact, Matrix found)
        {
            Assert.Equal("[60 × 4]", found.Shape);
            for (int i = 0; i < 4; i++) Assert.Equal(exact[i], found.ReadColumn(i).Average(), i < 2 ? 0.065 : 0.13);
        }
    }

    [Fact]
    public void The_mean_field_completion_of_two_visible_layers_solves_the_equations_of_both()
    {
        var model = new LayeredModel([new BernoulliLayer(2, Teaching.Double), new SpinLayer(2, Teaching.Double),
            new BernoulliLayer(2, Teaching.Double)], [(0, 2), (1, 2)], [0, 1]);
        SmallDbms.SetRandom(model, 10);
        Matrix given = Matrix.Row([1, 0, 0, -1], model.Placement), known = Matrix.Row([1, 0, 0, 1], model.Placement);
        double[] v = Completion.MeanFieldMeans(model, given, known, new MeanField(updates: 500, tolerance: 1e-13)).ReadRow(0);
        double[,] first = model.Connections[0].Weights.ToArray(), second = model.Connections[1].Weights.ToArray();
        double[] h = [.. Enumerable.Range(0, 2).Select(j => Teaching.Logistic(model.Layers[2].Bias[0, j] + v[0] * first[0, j]
            + v[1] * first[1, j] + v[2] * second[0, j] + v[3] * second[1, j]))];
        Assert.Equal((1, -1), (v[0], v[3]));
        Assert.Equal(Teaching.Logistic(model.Layers[0].Bias[0, 1] + first[1, 0] * h[0] + first[1, 1] * h[1]), v[1], 1e-10);
        Assert.Equal(Math.Tanh(model.Layers[1].Bias[0, 0] + second[0, 0] * h[0] + second[0, 1] * h[1]), v[2], 1e-10);
    }

    [Fact]
    public void Drawn_completions_follow_the_conditional_distribution_although_their_chains_begin_hot()
    {
        // Two modes, of p = 0.64 and 0.29. After 10 falling temperatures and 60 sweeps at 1 the chains' distribution is within 0.0003 of
        // the conditional one; falling all the way it would be 0.05 off. 20 000 draws: a standard error of at most 0.0035, of which five
        // are allowed; false-alarm rate 6e-7 a state.
        const int Draws = 20_000;
        var model = new Rbm(new SpinLayer(3, Teaching.Double), new SpinLayer(2, Teaching.Double));
        model.Weights.SetCopy(Matrix.From(new[,] { { 0.5, 0.6 }, { 1, 0.9 }, { 0.8, 1.1 } }, model.Placement));
        model.Hidden.Bias.WriteRow(0, [-0.4, -0.3]);
        var given = new Matrix(Draws, 3, model.Placement);
        for (int r = 0; r < Draws; r++) given.WriteRow(r, [1, 0, 0]);
        Matrix drawn = Completion.Sample(model, given, Matrix.Row([1, 0, 0], model.Placement), new Rng(48),
            new CompletionOptions { BurnIn = 10, StartTemperature = 8, Sweeps = 60 });
        var plain = new PlainGraph(model);
        double all = PlainModel.LogSumExp(plain.States[0].Where(s => s.X[0] == 1).Select(s => plain.LogSum([s.X, null])));
        foreach (var (h, _) in plain.States[1])
        {
            // Each state of the hidden units has its own E[v | h].
            double mean = Math.Tanh(h[0] + 0.9 * h[1]);
            double p = Math.Exp(PlainModel.LogSumExp(plain.States[0].Where(s => s.X[0] == 1).Select(s => plain.LogSum([s.X, h]))) - all);
            Assert.Equal(p, drawn.ReadColumn(1).Count(x => Math.Abs(x - mean) < 1e-9) / (double)Draws, 0.0175);
        }
    }

    [Fact]
    public void What_cannot_be_completed_or_cleaned_is_refused()
    {
        Rbm model = SmallModels.Make("bernoulli", "bernoulli"), counts = SmallModels.Make("counts", "bernoulli");
        Matrix wide = new(2, 5, model.Placement), rows = new(2, 3, model.Placement);
        Assert.Throws<ArgumentException>(() => Completion.EstimateMeans(model, wide, wide, new Rng(1)));
        Assert.Contains("3 visible units, but the rows have 5 columns",
            Assert.Throws<ArgumentException>(() => Denoising.RemoveNormal(model, wide, 1, new Rng(1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Denoising.RemoveNormal(model, rows, 0, new Rng(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Denoising.RemoveFlips(model, rows, 1, new Rng(1)));
        Assert.Contains("not from counts", Assert.Throws<ArgumentException>(() => Denoising.RemoveNormal(counts,
            new Matrix(1, counts.Visible.Units, model.Placement), 1, new Rng(1))).Message.Replace("multinomial", "counts"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompletionOptions { Sweeps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompletionOptions { BurnIn = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CompletionOptions { StartTemperature = 0.5 });
    }

    static EnergyModel Make(string kind)
    {
        switch (kind)
        {
            case "rbm":
                Rbm rbm = SmallModels.Make("bernoulli", "bernoulli");
                rbm.Weights.SetSum(rbm.Weights, 4);
                return rbm;
            case "deep":
                return Stronger(SmallDbms.Make("bernoulli", "bernoulli", "bernoulli"));
            case "labels":
                Dbm labelled = Dbm.OfLabelled(3, new BernoulliLayer(3, Teaching.Double), new BernoulliLayer(2, Teaching.Double),
                    new BernoulliLayer(2, Teaching.Double));
                SmallDbms.SetRandom(labelled, 6);
                return Stronger(labelled);
            default:
                var full = new BoltzmannMachine(new BernoulliLayer(3, Teaching.Double), new BernoulliLayer(2, Teaching.Double));
                SmallDbms.SetRandom(full, 7);
                full.Symmetrize();
                return Stronger(full);
        }
    }

    static EnergyModel Stronger(EnergyModel model)
    {
        foreach (Connection c in model.Connections) c.Weights.SetSum(c.Weights, 2.5);
        return model;
    }

    static Matrix Repeat(double[] row, Placement placement)
    {
        var rows = new Matrix(60, row.Length, placement);
        for (int r = 0; r < rows.Rows; r++) rows.WriteRow(r, row);
        return rows;
    }

    // E[row] with states weighted by e^{−E + log-factor of the row}.
    static double[] ExactRowMeans(EnergyModel model, Func<double[], double> logFactor)
    {
        int columns = model.RowColumns;
        double[] sums = new PlainGraph(model).Mean(new double[]?[model.Layers.Count], columns + 1, (x, f) =>
        {
            double[] row = [.. model.RowLayers.SelectMany(l => x[l])];
            f[columns] = Math.Exp(logFactor(row));
            for (int i = 0; i < columns; i++) f[i] = f[columns] * row[i];
        });
        return [.. sums.Take(columns).Select(s => s / sums[columns])];
    }

    // E[v | condition] with states weighted by e^{−E + log-factor}.
    static double[] ExactMeans(EnergyModel model, Func<double[], bool> agrees, Func<double[], double>? logFactor = null)
    {
        int units = model.Layers[0].Units;
        double[] sums = new PlainGraph(model).Mean(new double[]?[model.Layers.Count], units + 1, (x, f) =>
        {
            double weight = agrees(x[0]) ? Math.Exp(logFactor?.Invoke(x[0]) ?? 0) : 0;
            for (int i = 0; i < units; i++) f[i] = weight * x[0][i];
            f[units] = weight;
        });
        return [.. sums.Take(units).Select(s => s / sums[units])];
    }
}
