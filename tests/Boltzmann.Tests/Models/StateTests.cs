using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Models;

/// <summary>Configurations: their memory and what holds units in place.</summary>
public class StateTests
{
    static readonly Placement wide = Placement.Default.Double;

    [Fact]
    public void The_first_rows_share_memory_and_clamps_stay_behind()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        var state = new State(model, 5);
        state.ClampLayer(0);
        State first = state.First(2);
        first[0][1, 2] = 7;
        first.Inputs(1)[0, 0] = 8;
        Assert.Equal(7, state[0][1, 2]);
        Assert.Equal(8, state.Inputs(1)[0, 0]);
        Assert.Equal((2, 2), (first.Rows, first.Layers));
        Assert.False(first.IsClamped(0));
        Assert.Same(state, state.First(5));
    }

    [Fact]
    public void Missing_values_may_be_anything_where_units_are_free()
    {
        // Data to fill in have NaN where nothing is known; a product with 0 would spread it.
        Rbm model = Teaching.Bernoulli(4, 3);
        var state = new State(model, 2);
        Matrix given = Matrix.From(new double[,] { { 1, double.NaN, 0, double.PositiveInfinity }, { 0, double.NaN, 1, double.NaN } }, wide);
        state.ClampUnits(0, Matrix.Row([1, 0, 1, 0], wide), given);
        Gibbs.Sweep(model, state, 10, new Rng(2));
        double[,] v = state[0].ToArray();
        Assert.Equal((1, 0, 0, 1), (v[0, 0], v[0, 2], v[1, 0], v[1, 2]));
        Assert.All(v.Cast<double>(), x => Assert.True(x is 0 or 1));
    }

    [Fact]
    public void Each_row_may_know_other_units()
    {
        Rbm model = Teaching.Bernoulli(4, 3);
        var state = new State(model, 2);
        Matrix known = Matrix.From(new double[,] { { 1, 0, 0, 0 }, { 0, 0, 1, 1 } }),
            given = Matrix.From(new double[,] { { 0.25, 9, 9, 9 }, { 9, 9, 0.5, 0.75 } });
        state.ClampUnits(0, known, given);
        var free = new HashSet<double>();
        for (int sweep = 0; sweep < 60; sweep++)
        {
            Gibbs.Sweep(model, state, new Rng(2, step: (ulong)sweep * 10));
            double[,] v = state[0].ToArray();
            Assert.Equal((0.25, 0.5, 0.75), (v[0, 0], v[1, 2], v[1, 3]));
            free.Add(v[0, 1]);
        }
        Assert.Equal([0, 1], free.Order());
        Assert.False(state.IsClamped(0));
        state.Unclamp();
        Gibbs.Sweep(model, state, new Rng(3));
        Assert.All(state[0].ToArray().Cast<double>(), x => Assert.True(x is 0 or 1));
    }

    [Fact]
    public void Clamps_of_another_shape_are_refused_with_both()
    {
        var state = new State(Teaching.Bernoulli(4, 3), 2);
        Assert.Contains("the layer's states are [2 × 4], but the values to keep [2 × 3]",
            Assert.Throws<ArgumentException>(() => state.ClampUnits(0, new Matrix(1, 4), new Matrix(2, 3))).Message);
        Assert.Contains("the layer's states are [2 × 4], but what is known of them [3 × 4]",
            Assert.Throws<ArgumentException>(() => state.ClampUnits(0, new Matrix(3, 4), new Matrix(2, 4))).Message);
    }
}
