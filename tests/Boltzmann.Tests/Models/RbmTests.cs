using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Models;

/// <summary>What a machine says about rows.</summary>
public class RbmTests
{
    const double Rounding = 1e-13;

    static readonly Placement wide = Placement.Default.Double;

    static readonly double[,] rows = { { 1, 0, 1, 1 }, { 0, 0, 1, 0 }, { 1, 1, 0, 0 } };

    static Matrix Rows => Matrix.From(rows, wide);

    [Fact]
    public void Energy_is_minus_b_v_minus_c_h_minus_v_W_h()
    {
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        double[,] w = model.Weights.ToArray(), hidden = { { 1, 0, 1 }, { 0, 1, 0 }, { 1, 1, 1 } };
        double[] b = model.Visible.Bias.ReadRow(0), c = model.Hidden.Bias.ReadRow(0),
            energies = model.Energy(Rows, Matrix.From(hidden, wide));
        for (int r = 0; r < 3; r++)
        {
            double expected = 0;
            for (int i = 0; i < 4; i++) expected -= b[i] * rows[r, i];
            for (int j = 0; j < 3; j++) expected -= c[j] * hidden[r, j];
            for (int i = 0; i < 4; i++)
                for (int j = 0; j < 3; j++) expected -= rows[r, i] * w[i, j] * hidden[r, j];
            Assert.Equal(expected, energies[r], Rounding);
        }
    }

    [Fact]
    public void Free_energy_is_minus_b_v_minus_a_sum_of_softplus_and_survives_large_inputs()
    {
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        double[,] w = model.Weights.ToArray();
        double[] b = model.Visible.Bias.ReadRow(0), c = model.Hidden.Bias.ReadRow(0), free = model.FreeEnergy(Rows);
        for (int r = 0; r < 3; r++)
        {
            double expected = 0;
            for (int i = 0; i < 4; i++) expected -= b[i] * rows[r, i];
            for (int j = 0; j < 3; j++) expected -= Math.Log(1 + Math.Exp(c[j] + Enumerable.Range(0, 4).Sum(i => rows[r, i] * w[i, j])));
            Assert.Equal(expected, free[r], Rounding);
        }
        model.Weights.Fill(1e4);
        Assert.All(model.FreeEnergy(Rows), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Features_are_the_conditional_means_and_hold_no_randomness()
    {
        // A peer returns the hidden means at the end of a Gibbs chain, and so other features every time.
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        double[,] w = model.Weights.ToArray(), features = model.Transform(Rows).ToArray();
        double[] c = model.Hidden.Bias.ReadRow(0);
        for (int r = 0; r < 3; r++)
            for (int j = 0; j < 3; j++)
                Assert.Equal(Teaching.Logistic(c[j] + Enumerable.Range(0, 4).Sum(i => rows[r, i] * w[i, j])), features[r, j], Rounding);
        Assert.Equal(features, model.Transform(Rows).ToArray());
        Assert.Equal(rows, Rows.ToArray());
    }

    [Fact]
    public void Reconstruction_is_the_mean_given_the_features()
    {
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        double[,] w = model.Weights.ToArray(), features = model.Transform(Rows).ToArray(), back = model.Reconstruct(Rows).ToArray();
        double[] b = model.Visible.Bias.ReadRow(0);
        for (int r = 0; r < 3; r++)
            for (int i = 0; i < 4; i++)
                Assert.Equal(Teaching.Logistic(b[i] + Enumerable.Range(0, 3).Sum(j => features[r, j] * w[i, j])), back[r, i], Rounding);
        Assert.Equal(back, model.Reconstruct(Rows).ToArray());
    }

    [Fact]
    public void The_free_energy_of_counts_above_is_a_sum_over_the_draws_without_a_random_part()
    {
        // F = −b·v − n·log Σ_j e^{x_j + c_j}; a peer draws the counts at random in it.
        const int Draws = 5;
        var model = new Rbm(new BernoulliLayer(4, wide), new MultinomialLayer(3, 3, Draws, wide));
        model.SetRandomWeights(1, new Rng(2));
        model.Hidden.Bias.WriteRow(0, [0.5, -1, 0.25]);
        model.Visible.Bias.WriteRow(0, [1, -2, 0.5, 0]);
        double[,] w = model.Weights.ToArray();
        double[] free = model.FreeEnergy(Rows);
        for (int r = 0; r < 3; r++)
        {
            double visible = Enumerable.Range(0, 4).Sum(i => model.Visible.Bias[0, i] * rows[r, i]);
            double above = Math.Log(Enumerable.Range(0,
                3).Sum(j => Math.Exp(model.Hidden.Bias[0, j] + Enumerable.Range(0, 4).Sum(i => rows[r, i] * w[i, j]))));
            Assert.Equal(-visible - Draws * above, free[r], Rounding);
        }
        Assert.Equal(free, model.FreeEnergy(Rows));
    }

    [Fact]
    public void Rows_of_either_precision_are_weighed_by_a_machine_of_either()
    {
        Rbm model = Teaching.Bernoulli(4, 3), narrow = model.Clone(Placement.Default);
        Matrix hidden = Matrix.From(new double[,] { { 1, 0, 1 }, { 0, 1, 0 }, { 1, 1, 1 } });
        Assert.Equal(model.FreeEnergy(Rows), model.FreeEnergy(Matrix.From(rows)));
        Assert.Equal(model.HiddenFreeEnergy(hidden.Clone(Precision.Float64)), model.HiddenFreeEnergy(hidden));
        // Single precision: ten terms of size 1, rounded at 6e-8.
        Assert.Equal(model.Energy(Rows, hidden), narrow.Energy(Rows, hidden), (x, y) => Math.Abs(x - y) < 2e-6);
    }

    [Fact]
    public void Samples_have_the_conditional_means()
    {
        // 20 000 draws a row; six standard errors of at most ½/√20 000 on 21 means: false alarms below 5e-8.
        const int Copies = 20_000;
        Rbm model = Teaching.Bernoulli(4, 3, deviation: 1);
        var rng = new Rng(9);
        for (int r = 0; r < 3; r++)
        {
            Matrix many = new(Copies, 4, wide), hidden = new(Copies, 3, wide), visible = new(Copies, 4, wide);
            for (int k = 0; k < Copies; k++) many.WriteRow(k, Rows.ReadRow(r));
            model.SampleHidden(many, hidden, rng);
            double[,] features = model.Transform(Rows).ToArray();
            for (int j = 0; j < 3; j++) Assert.Equal(features[r, j], hidden.ReadColumn(j).Average(), 3 / Math.Sqrt(Copies));
            for (int k = 0; k < Copies; k++) hidden.WriteRow(k, [1, 0, 1]);
            model.SampleVisible(hidden, visible, rng);
            var mean = new Matrix(1, 4, wide);
            model.SetVisibleMean(Matrix.Row([1, 0, 1], wide), mean);
            for (int i = 0; i < 4; i++) Assert.Equal(mean[0, i], visible.ReadColumn(i).Average(), 3 / Math.Sqrt(Copies));
        }
    }

    [Fact]
    public void A_copy_has_the_same_parameters_and_memory_of_its_own()
    {
        foreach (Layer visible in new Layer[] { new BernoulliLayer(6, wide), new SpinLayer(6, wide), new GaussianLayer(6, 0.5, true, wide),
            new ReluLayer(6, 2, true, wide), new MultinomialLayer(6, 3, 2, wide) })
        {
            var model = new Rbm(visible, new BernoulliLayer(3, wide));
            var rng = new Rng(4);
            foreach (Parameter p in model.Parameters)
            {
                p.Value.SampleUniform(rng);
                if (p.IsPositive) p.Value.SetSum(p.Value, 1, Matrix.Row(1, 0.5, wide));
            }
            Rbm copy = model.Clone(), narrow = model.Clone(Placement.Default), filled = new(visible.Clone(), new BernoulliLayer(3, wide));
            filled.CopyFrom(model);
            ModelFileTests.AssertSame(model, copy);
            ModelFileTests.AssertSame(model, filled);
            Assert.Equal(model.Parameters.Select(p => (p.IsFixed, p.IsPositive, p.IsWeight)),
                copy.Parameters.Select(p => (p.IsFixed, p.IsPositive, p.IsWeight)));
            Assert.Equal((visible.ToString(), visible.Kind), (copy.Visible.ToString(), copy.Visible.Kind));
            Assert.Equal(Precision.Float32, narrow.Placement.Precision);
            Teaching.AssertClose(model, narrow, 1e-7);
            foreach (Parameter p in copy.Parameters) p.Value.Fill(2);
            Assert.NotEqual(2, model.Weights[0, 0]);
            Assert.All(model.Visible.Parameters, p => Assert.NotEqual(2, p.Value[0, 0]));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_numbers()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        Matrix five = new(2, 5, wide), four = new(2, 4, wide), three = new(3, 3, wide);
        Refused("the model has 4 visible units, but the rows have 5 columns", () => model.FreeEnergy(five));
        Refused("the model has 3 hidden units, but the rows have 5 columns", () => model.HiddenFreeEnergy(five));
        Refused("there are 2 visible rows, but 3 hidden ones", () => model.Energy(four, three));
        Refused("weights are [4 × 3], but the batch has 5 columns", () => model.Transform(five));
        Refused("cannot copy 5 bernoulli units to 4 bernoulli units", () => model.CopyFrom(Teaching.Bernoulli(5, 3)));
        Refused("cannot copy 4 spin units to 4 bernoulli units",
            () => model.CopyFrom(new Rbm(new SpinLayer(4, wide), new BernoulliLayer(3, wide))));
        Refused("one layer is", () => _ = new Rbm(new BernoulliLayer(4), new BernoulliLayer(3, wide)));

        static void Refused(string reason, Action action) => Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(action).Message);
    }

    [Fact]
    public void Parameters_are_named_in_order_of_layers_then_weights()
    {
        var model = new Rbm(new GaussianLayer(4), new BernoulliLayer(3));
        Assert.Equal(["layers.0.bias", "layers.0.precision", "layers.1.bias", "weights.0-1"], model.Parameters.Select(p => p.Name));
        Assert.Equal([false, true, false, false], model.Parameters.Select(p => p.IsFixed));
        Assert.Same(model.Weights, model.Parameters[3].Value);
    }

    [Fact]
    public void Factors_name_the_strongest_loadings_of_each_side()
    {
        var model = new Rbm(new BernoulliLayer(4, wide), new BernoulliLayer(3, wide));
        model.Weights.SetCopy(Matrix.From(new double[,] { { 0.1, 3, 0 }, { -0.2, -4, 0 }, { 0.3, 0, 0 }, { 0, 0, 0 } }, wide));
        model.Hidden.Bias.WriteRow(0, [1, 2, 3]);
        IReadOnlyList<FactorLoading> factors = model.Factors(top: 2, Rows);
        Assert.Equal([1, 0, 2], factors.Select(f => f.Hidden));
        Assert.Equal([2.0, 1, 3], factors.Select(f => f.Bias));
        Assert.Equal(5, factors[0].Norm, Rounding);
        Assert.Equal([(0, 3.0)], factors[0].For);
        Assert.Equal([(1, -4.0)], factors[0].Against);
        Assert.Equal([(2, 0.3), (0, 0.1)], factors[1].For);
        Assert.Empty(factors[2].For);
        double[,] features = model.Transform(Rows).ToArray();
        Assert.All(factors, f => Assert.Equal(Enumerable.Range(0, 3).Average(r => features[r, f.Hidden]), f.Activity, Rounding));
        Assert.All(model.Factors(), f => Assert.True(double.IsNaN(f.Activity)));
    }

    [Fact]
    public void Random_weights_have_the_deviation_asked_for_and_follow_the_seed()
    {
        Rbm model = new(new BernoulliLayer(100, wide), new BernoulliLayer(100, wide)), same = model.Clone(), other = model.Clone();
        model.SetRandomWeights(0.2, new Rng(1));
        same.SetRandomWeights(0.2, new Rng(1));
        other.SetRandomWeights(0.2, new Rng(2));
        Assert.Equal(model.Weights.ToArray(), same.Weights.ToArray());
        Assert.NotEqual(model.Weights.ToArray(), other.Weights.ToArray());
        Summary s = model.Weights.Summarize();
        // 10 000 normal numbers: six standard errors of mean, 0.2/100, and of mean square, 0.04·√2/100.
        Assert.InRange(s.Sum / 10_000, -6 * 0.002, 6 * 0.002);
        Assert.InRange(s.SumOfSquares / 10_000 - 0.04, -6 * 0.04 * Math.Sqrt(2) / 100, 6 * 0.04 * Math.Sqrt(2) / 100);
    }
}
