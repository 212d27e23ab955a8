using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Models;

/// <summary>Features, reconstructions and classes of deep machines against plain loops.</summary>
public class DbmInferenceTests
{
    static readonly MeanField settled = new(updates: 1000, tolerance: 1e-14);

    [Fact]
    public void Features_solve_the_equations_of_the_means_and_reconstructions_follow_from_the_first_layer()
    {
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "bernoulli");
        Matrix rows = SmallDbms.Data(model, 5)[0], first = model.Transform(rows, 1, settled), top = model.Transform(rows, settled),
            back = model.Reconstruct(rows, settled);
        Assert.Equal(rows.ToArray(), model.Transform(rows, 0).ToArray());
        Assert.Equal(top.ToArray(), model.Transform(rows, 2, settled).ToArray());
        for (int r = 0; r < 5; r++)
        {
            double[] v = rows.ReadRow(r), h = first.ReadRow(r), t = top.ReadRow(r);
            AssertClose(Means(model.Layers[1], Add(Up(v, model, 0), Down(t, model, 1))), h);
            AssertClose(Means(model.Layers[2], Up(h, model, 1)), t);
            AssertClose(Means(model.Layers[0], Down(h, model, 0)), back.ReadRow(r));
        }
    }

    [Theory, InlineData(Precision.Float32, Precision.Float64), InlineData(Precision.Float64, Precision.Float32)]
    public void Rows_may_have_another_precision_than_the_machine(Precision ofRows, Precision ofModel)
    {
        Placement there = SmallModels.Double with { Precision = ofModel };
        Dbm model = Dbm.OfLabelled(3, new BernoulliLayer(4, there), new BernoulliLayer(3, there), new BernoulliLayer(2, there));
        SmallDbms.SetRandom(model, 11);
        Matrix here = SmallDbms.Data(model, 6)[0], rows = here.Clone(ofRows);
        Assert.Equal(model.PredictLogProbabilities(here).ToArray(), model.PredictLogProbabilities(rows).ToArray());
        Assert.Equal(model.Predict(here), model.Predict(rows));
        Assert.Equal(model.TransformUpward(here, 2).ToArray(), model.TransformUpward(rows, 2).ToArray());
        foreach (var (own, other) in (ReadOnlySpan<(Matrix, Matrix)>)[(model.Transform(here), model.Transform(rows)),
            (model.Reconstruct(here), model.Reconstruct(rows))])
            for (int r = 0; r < 6; r++)
                for (int c = 0; c < own.Columns; c++) Assert.Equal(own[r, c], other[r, c], 1e-7);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_pass_upward_doubles_what_layers_with_a_layer_above_hear(bool doubled)
    {
        Dbm model = SmallDbms.Make("bernoulli", "spin", "bernoulli", "bernoulli");
        Matrix rows = SmallDbms.Data(model, 3)[0];
        for (int r = 0; r < 3; r++)
        {
            double[] x = rows.ReadRow(r);
            for (int l = 1; l < 4; l++)
            {
                x = Means(model.Layers[l], [.. Up(x, model, l - 1).Select(i => doubled && l < 3 ? 2 * i : i)]);
                AssertClose(x, model.TransformUpward(rows, l, doubled).ReadRow(r));
            }
        }
    }

    [Fact]
    public void Many_rows_have_the_features_of_few()
    {
        var model = new Dbm(new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(2));
        SmallDbms.SetRandom(model, 9);
        Matrix rows = Teaching.RandomBits(2100, 4).ToMatrix();
        var fixedSweeps = new MeanField(updates: 7, tolerance: 0);
        Teaching.AssertClose(model.Transform(rows.RowRange(1000, 100), fixedSweeps).ToArray(),
            model.Transform(rows, fixedSweeps).RowRange(1000, 100).ToArray(), 1e-6);
        Teaching.AssertClose(model.Reconstruct(rows.RowRange(2050, 50), fixedSweeps).ToArray(),
            model.Reconstruct(rows, fixedSweeps).RowRange(2050, 50).ToArray(), 1e-6);
    }

    [Fact]
    public void Classes_of_a_machine_with_one_hidden_layer_are_those_of_a_classification_machine()
    {
        ClassificationRbm flat = SmallModels.MakeClassifier("bernoulli", "bernoulli");
        Dbm deep = Dbm.OfLabelled(3, flat.Visible.Clone(), flat.Hidden.Clone());
        deep.Connections[0].Weights.SetCopy(flat.Weights);
        deep.Connections[1].Weights.SetCopy(flat.LabelWeights);
        deep.Labels!.CopyFrom(flat.Labels);
        Matrix rows = Teaching.RandomBits(9, 3).ToMatrix(Teaching.Double);
        Teaching.AssertClose(flat.PredictLogProbabilities(rows).ToArray(), deep.PredictLogProbabilities(rows).ToArray(), 1e-12);
        Assert.Equal(flat.Predict(rows), deep.Predict(rows));
    }

    [Fact]
    public void Classes_of_a_deep_machine_are_those_of_the_bounds_and_near_the_exact_ones()
    {
        Dbm model = Dbm.OfLabelled(3, new BernoulliLayer(3, Teaching.Double), new BernoulliLayer(2, Teaching.Double),
            new BernoulliLayer(2, Teaching.Double));
        SmallDbms.SetRandom(model, 4);
        Matrix rows = SmallDbms.Data(model, 6)[0];
        double[,] found = model.PredictLogProbabilities(rows, settled).ToArray();
        double[][] bounds = [.. Enumerable.Range(0, 3).Select(y => Elbo.PerRow(model, rows, [y, y, y, y, y, y], settled).PerRow.ToArray())];
        var plain = new PlainGraph(model);
        for (int r = 0; r < 6; r++)
        {
            double all = PlainModel.LogSumExp(bounds.Select(b => b[r])), exact = plain.LogSum([rows.ReadRow(r), null, null, null]);
            for (int y = 0; y < 3; y++)
            {
                Assert.Equal(bounds[y][r] - all, found[r, y], 1e-9);
                // Posteriors of these weak weights nearly factorise: bounds lie within a tenth of a nat.
                double[] label = [.. Enumerable.Range(0, 3).Select(k => k == y ? 1.0 : 0)];
                Assert.Equal(plain.LogSum([rows.ReadRow(r), null, null, label]) - exact, found[r, y], 0.1);
            }
        }
    }

    [Fact]
    public void Layers_and_rows_that_are_not_there_are_refused()
    {
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "bernoulli");
        Matrix rows = new(2, 3, Teaching.Double), wide = new(2, 4, Teaching.Double);
        Assert.Contains("layers are 0 to 2, not 3", Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(rows, 3)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.TransformUpward(rows, -1));
        Assert.Contains("3 visible units, but the rows have 4 columns",
            Assert.Throws<ArgumentException>(() => model.Reconstruct(wide)).Message);
        Assert.Contains("no labels", Assert.Throws<ArgumentException>(() => model.Predict(rows)).Message);
    }

    static double[] Up(double[] below, Dbm model, int connection)
    {
        double[,] w = model.Connections[connection].Weights.ToArray();
        return [.. Enumerable.Range(0, w.GetLength(1)).Select(j => below.Select((x, i) => x * w[i, j]).Sum())];
    }

    static double[] Down(double[] above, Dbm model, int connection)
    {
        double[,] w = model.Connections[connection].Weights.ToArray();
        return [.. Enumerable.Range(0, w.GetLength(0)).Select(i => above.Select((x, j) => x * w[i, j]).Sum())];
    }

    static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    static double[] Means(Layer layer, double[] inputs) =>
        [.. inputs.Select((x, i) => layer is SpinLayer ? Math.Tanh(x + layer.Bias[0, i]) : Teaching.Logistic(x + layer.Bias[0, i]))];

    static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-10);
    }
}
