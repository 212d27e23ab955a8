namespace Boltzmann.Tests.Backends;

/// <summary>Operations along edges, on every width and number of threads against the reference.</summary>
public class EdgeTests
{
    static readonly Draw Key = new(0x1234_5678_9ABC_DEF0, 3, 5_000_000_000);

    public static TheoryData<int, int, Precision> Shapes
    {
        get
        {
            var data = new TheoryData<int, int, Precision>();
            foreach (var (rows, units) in new[] { (0, 5), (1, 2), (5, 7), (31, 16), (32, 17), (33, 70), (70, 33), (3, 200) })
                foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 }) data.Add(rows, units, precision);
            return data;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Sweeps_give_the_states_of_the_plain_loop(int rows, int units, Precision precision)
    {
        // A draw within rounding of its threshold may fall differently, which has a probability of about 1e-7 a draw in single precision;
        // for these seeds none does.
        foreach (var (low, high) in new[] { (0.0, 1.0), (-1, 1) })
            foreach (int mask in new[] { 0, 1, 2 })
                foreach (int sweeps in new[] { 1, 3 })
                {
                    Matrix expected = Sweep(ReferenceBackend.Shared, precision, rows, units, low, high, mask, sweeps);
                    foreach (CpuBackend backend in KernelCase.Cpus)
                    {
                        Matrix actual = Sweep(backend, precision, rows, units, low, high, mask, sweeps);
                        Assert.Equal(expected.ToArray(), actual.ToArray());
                        KernelCase.AssertPadded(actual);
                    }
                }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Means_inputs_and_moments_are_those_of_the_plain_loop(int rows, int units, Precision precision)
    {
        EdgeList edges = Edges(units);
        Matrix[] expected = Results(ReferenceBackend.Shared);
        foreach (CpuBackend backend in KernelCase.Cpus)
            foreach (var (x, y) in expected.Zip(Results(backend)))
            {
                // Numbers of at most 1, summed over rows or over a unit's edges.
                double[,] these = x.ToArray(), those = y.ToArray();
                for (int r = 0; r < x.Rows; r++)
                    for (int c = 0; c < x.Columns; c++)
                        Assert.Equal(these[r, c], those[r, c], 4 * (rows + units + 4) * KernelCase.Epsilon(precision));
                KernelCase.AssertPadded(y);
            }

        Matrix[] Results(Backend backend)
        {
            var placement = new Placement(backend, precision);
            Matrix means = Sweep(backend, precision, rows, units, -1, 1, 1, 0);
            Matrix states = Matrix.From(KernelCase.Values(rows, units, 6), placement), others = Matrix.From(KernelCase.Values(rows, units,
                7), placement), rowWeights = Matrix.From(KernelCase.Values(rows, 1, 8), placement);
            Matrix weights = Matrix.From(KernelCase.Values(1, edges.Count, 1), placement), product = others.Clone(), fresh = others.Clone(),
                moments = weights.Clone(), weighted = weights.Clone();
            product.SetEdgeProduct(states, edges, weights, 0.7, 0.5);
            fresh.Fill(double.NaN);
            fresh.SetEdgeProduct(states, edges, weights);
            moments.AddEdgeMoments(states, others, edges, null, -0.3);
            weighted.AddEdgeMoments(states, states, edges, rowWeights, 0.3);
            return [means, product, fresh, moments, weighted];
        }
    }

    [Fact]
    public void Several_sweeps_are_the_same_numbers_as_one_after_another()
    {
        EdgeList edges = EdgeList.Grid(5, 6);
        Matrix together = Matrix.From(KernelCase.States(40, 30, 3, 0.5)), apart = together.Clone(),
            bias = Matrix.From(KernelCase.Values(1, 30, 2)), weights = Matrix.From(KernelCase.Values(1, edges.Count, 1));
        Rng one = new(5), other = new(5);
        together.SampleTwoStateEdges(null, bias, edges, weights, 0, 1, one, sweeps: 4);
        for (int s = 0; s < 4; s++) apart.SampleTwoStateEdges(null, bias, edges, weights, 0, 1, other);
        Assert.Equal(apart.ToArray(), together.ToArray());
        Assert.Equal(other.Step, one.Step);
    }

    [Fact]
    public void Operands_that_do_not_fit_are_named()
    {
        EdgeList edges = EdgeList.Grid(2, 2);
        Matrix states = new(3, 4), bias = new(1, 4), weights = new(1, 4);
        Assert.Contains("[1 × 5], but there are 4 edges", Assert.Throws<ArgumentException>(() => states.SampleTwoStateEdges(null, bias,
            edges, new Matrix(1, 5), 0, 1, new Rng(1))).Message);
        Assert.Contains("join 4 units, but the batch has 5",
            Assert.Throws<ArgumentException>(() => new Matrix(3, 5).SetEdgeProduct(new Matrix(3, 5), edges, weights)).Message);
        Assert.Contains("[2 × 4]", Assert.Throws<ArgumentException>(() => states.SampleTwoStateEdges(null, bias, edges, weights, 0, 1,
            new Rng(1), free: new Matrix(2, 4))).Message);
    }

    // Each unit with the next, and with some further on.
    static EdgeList Edges(int units)
    {
        var random = new Random(units);
        return new(units, [.. from i in Enumerable.Range(0, units) from j in Enumerable.Range(i + 1, units - i - 1) where j == i + 1
            || random.Next(units) < 2 select random.Next(2) == 0 ? (i, j) : (j, i)]);
    }

    static Matrix Sweep(Backend backend, Precision precision, int rows, int units, double low, double high, int mask, int sweeps)
    {
        var placement = new Placement(backend, precision);
        EdgeList edges = Edges(units);
        Matrix weights = Matrix.From(KernelCase.Values(1, edges.Count, 1), placement),
            bias = Matrix.From(KernelCase.Values(1, units, 2), placement);
        Matrix states = Matrix.From(KernelCase.States(rows, units, 3, 0.5), placement),
            inputs = Matrix.From(KernelCase.Values(rows, units, 4), placement);
        Matrix? free = mask == 0 ? null : Matrix.From(KernelCase.States(mask == 1 ? 1 : rows, units, 5, 0.6), placement);
        if (sweeps > 0)
            backend.TwoStateSampleEdges(states, mask == 0 ? null : inputs, bias, edges, weights, low, high, 0.7, free, sweeps, Key);
        else backend.TwoStateMeanEdges(states, inputs, bias, edges, weights, low, high, 0.7, free);
        return states;
    }
}
