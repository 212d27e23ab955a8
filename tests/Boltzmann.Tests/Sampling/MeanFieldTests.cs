using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Sampling;

/// <summary>Mean-field inference.</summary>
public class MeanFieldTests
{
    [Theory]
    [InlineData(SweepOrder.Sequential, 0)]
    [InlineData(SweepOrder.Sequential, 0.5)]
    [InlineData(SweepOrder.Parallel, 0.3)]
    public void It_ends_at_a_fixed_point_of_its_equations(SweepOrder order, double damping)
    {
        Dbm model = SmallDbms.Make("bernoulli", "spin", "one-hot", "bernoulli");
        State state = SmallDbms.Data(model, 6);
        var inference = new MeanField(1000, 1e-13, damping, order);
        inference.Infer(model, state);
        Assert.InRange(inference.LastUpdates, 2, 999);
        Assert.InRange(inference.LastChange, 0, 1e-13);
        for (int l = 1; l < model.Layers.Count; l++)
        {
            Matrix inputs = state[l].Like(6, state[l].Columns), mean = inputs.Like(6, inputs.Columns);
            model.SetInputs(state, l, inputs);
            model.Layers[l].SetMean(inputs, mean);
            mean.SetSum(mean, 1, state[l], -1);
            Assert.InRange(mean.Summarize().SumOfSquares, 0, 1e-24);
        }
    }

    [Fact]
    public void One_hidden_layer_takes_one_exact_update()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "counts");
        var state = new State(rbm, 3);
        state[0].SampleUniform(new Rng(4));
        var inference = new MeanField();
        inference.Infer(rbm, state);
        Assert.Equal(1, inference.LastUpdates);
        Assert.Equal(rbm.Transform(state[0]).ToArray(), state[1].ToArray());
    }

    [Fact]
    public void It_starts_from_a_pass_upward_with_doubled_inputs_in_every_layer_but_the_top()
    {
        // Traps in other programs: the guess is computed and then thrown away for the last batch's means. One parallel update shows it exactly.
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "spin");
        State state = SmallDbms.Data(model, 2), guess = SmallDbms.Data(model, 2), other = SmallDbms.Data(model, 2);
        other[1].Fill(0.9);
        other[2].Fill(-0.7);
        model.SetInputs(guess, 1, guess.Inputs(1), 1u << 0, 0);
        guess.Inputs(1).SetSum(guess.Inputs(1), 2);
        model.Layers[1].SetMean(guess.Inputs(1), guess[1]);
        model.SetInputs(guess, 2, guess.Inputs(2));
        model.Layers[2].SetMean(guess.Inputs(2), guess[2]);
        for (int l = 1; l <= 2; l++) model.SetInputs(guess, l, guess.Inputs(l));
        for (int l = 1; l <= 2; l++) model.Layers[l].SetMean(guess.Inputs(l), guess[l]);
        foreach (State s in new[] { state, other })
        {
            new MeanField(1, 0, 0, SweepOrder.Parallel).Infer(model, s);
            for (int l = 1; l <= 2; l++) AssertClose(guess[l], s[l], 1e-14);
        }
    }

    [Fact]
    public void Clamped_layers_and_units_keep_their_values()
    {
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "spin", "bernoulli");
        State state = SmallDbms.Data(model, 2);
        state[3].Fill(1);
        state.ClampLayer(3);
        Matrix known = Matrix.From(new double[,] { { 1, 0 } }, SmallModels.Double), given = Matrix.From(new double[,] { { 0.25, 0 }, { 0.75, 0 } }, SmallModels.Double);
        state.ClampUnits(1, known, given);
        new MeanField(50, 1e-10).Infer(model, state);
        Assert.Equal([0.25, 0.75], state[1].ReadColumn(0));
        Assert.All(state[3].ReadColumn(0), x => Assert.Equal(1, x));
        // The free unit of layer 1 hears the layer above, which is 1 throughout, and its own layer's neighbours nothing.
        model.SetInputs(state, 1, state.Inputs(1));
        Matrix mean = state[1].Like(2, 2);
        model.Layers[1].SetMean(state.Inputs(1), mean);
        for (int r = 0; r < 2; r++) Assert.Equal(mean[r, 1], state[1][r, 1], 1e-9);
    }

    [Fact]
    public void Every_sequential_update_raises_the_bound()
    {
        // Tested by the number of updates allowed, from the same start; differences of rounding only are let pass.
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "bernoulli", "spin");
        model.Connections[1].Weights.SetSum(model.Connections[1].Weights, 8);
        model.Connections[2].Weights.SetSum(model.Connections[2].Weights, 5);
        double last = double.NegativeInfinity, first = double.NaN;
        for (int updates = 1; updates <= 12; updates++)
        {
            State state = SmallDbms.Data(model, 1);
            new MeanField(updates, 0).Infer(model, state);
            double bound = SmallDbms.Bound(model, state)[0];
            if (updates == 1) first = bound;
            Assert.True(bound >= last - 1e-12, $"update {updates}: {bound} after {last}");
            last = bound;
        }
        Assert.True(last > first + 1e-6);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanField(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanField(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanField(1, 0, 1));
    }

    static void AssertClose(Matrix expected, Matrix actual, double tolerance)
    {
        double[,] a = expected.ToArray(), b = actual.ToArray();
        for (int r = 0; r < a.GetLength(0); r++)
            for (int c = 0; c < a.GetLength(1); c++) Assert.Equal(a[r, c], b[r, c], tolerance);
    }
}
