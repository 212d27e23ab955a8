namespace Boltzmann.Tests.Backends;

/// <summary>
/// Sweeps through units that are joined to each other, and symmetric weights, on every width and number of threads against the reference.
/// </summary>
public class WithinTests
{
    static readonly Draw Key = new(0x1234_5678_9ABC_DEF0, 3, 5_000_000_000);

    public static TheoryData<int, int, Precision> Shapes
    {
        get
        {
            var data = new TheoryData<int, int, Precision>();
            foreach (var (rows, units) in new[] { (0, 5), (3, 0), (1, 1), (5, 7), (4, 16), (17, 31), (2, 33), (33, 64), (18, 100),
                (7, 257) })
                foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 }) data.Add(rows, units, precision);
            return data;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Samples_and_inputs_are_those_of_the_plain_loop(int rows, int units, Precision precision)
    {
        // A draw within rounding of its threshold may fall differently, which has a probability of about 1e-6 a draw in single precision;
        // for these seeds none does.
        foreach (var (low, high) in new[] { (0.0, 1.0), (-1, 1) })
            foreach (int mask in new[] { 0, 1, 2 })
            {
                Run expected = Sweep(ReferenceBackend.Shared, low, high, mask, sampled: true);
                foreach (CpuBackend backend in KernelCase.Cpus)
                {
                    Run actual = Sweep(backend, low, high, mask, sampled: true);
                    Assert.Equal(expected.States.ToArray(), actual.States.ToArray());
                    AssertNear(expected.Inputs, actual.Inputs);
                }
            }

        Run Sweep(Backend backend, double low, double high, int mask, bool sampled) =>
            new(backend, precision, rows, units, low, high, mask, sampled);
        void AssertNear(Matrix expected, Matrix actual) => WithinTests.AssertNear(expected, actual, units);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Means_and_inputs_are_those_of_the_plain_loop(int rows, int units, Precision precision)
    {
        foreach (var (low, high) in new[] { (0.0, 1.0), (-1, 1) })
            foreach (int mask in new[] { 0, 1, 2 })
            {
                var expected = new Run(ReferenceBackend.Shared, precision, rows, units, low, high, mask, false);
                foreach (CpuBackend backend in KernelCase.Cpus)
                {
                    var actual = new Run(backend, precision, rows, units, low, high, mask, false);
                    AssertNear(expected.States, actual.States, units);
                    AssertNear(expected.Inputs, actual.Inputs, units);
                }
            }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(7), InlineData(16), InlineData(33), InlineData(100)]
    public void Symmetric_weights_are_the_mean_with_the_transpose_and_nothing_on_the_diagonal(int units)
    {
        foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
            foreach (CpuBackend backend in KernelCase.Cpus)
            {
                double[,] values = KernelCase.Values(units, units, 5);
                Matrix expected = Matrix.From(values, new(ReferenceBackend.Shared, precision)),
                    actual = Matrix.From(values, new(backend, precision));
                expected.Symmetrize();
                actual.Symmetrize();
                Assert.Equal(expected.ToArray(), actual.ToArray());
                for (int i = 0; i < units; i++)
                    for (int j = 0; j < units; j++)
                        Assert.Equal(i == j ? 0 : (values[i, j] + values[j, i]) / 2, actual[i, j], KernelCase.Epsilon(precision));
            }
    }

    [Fact]
    public void Certain_units_are_never_drawn_otherwise_and_undefined_inputs_give_the_lower_value()
    {
        foreach (CpuBackend backend in KernelCase.Cpus)
        {
            var placement = new Placement(backend, Precision.Float32);
            Matrix bias = Matrix.Row([-1000, 1000, double.NegativeInfinity, double.PositiveInfinity, double.NaN], placement);
            Matrix states = new(10_000, 5, placement), inputs = states.Like(10_000, 5), sums = states.Like(1, 5);
            states.SampleTwoStateWithin(inputs, bias, states.Like(5, 5), 0, 1, new Rng(3));
            sums.SetColumnSums(states);
            Assert.Equal([0, 10_000, 0, 10_000, 0], sums.ReadRow(0));
        }
    }

    [Fact]
    public void Operands_that_do_not_fit_are_named()
    {
        Matrix states = new(3, 4), inputs = new(3, 4), bias = new(1, 4);
        Assert.Contains("[4 × 5]", Assert.Throws<ArgumentException>(() => states.SampleTwoStateWithin(inputs, bias, new Matrix(4, 5), 0, 1,
            new Rng(1))).Message);
        Assert.Contains("[2 × 4]", Assert.Throws<ArgumentException>(() => states.SampleTwoStateWithin(inputs, bias, new Matrix(4, 4), 0, 1,
            new Rng(1), free: new Matrix(2, 4))).Message);
        Assert.Contains("[3 × 4]", Assert.Throws<ArgumentException>(() => states.Symmetrize()).Message);
    }

    // Changes of up to 2·|w| < 1 a unit, or a block: as many roundings of inputs below ten in size.
    internal static void AssertNear(Matrix expected, Matrix actual, int units)
    {
        double bound = 20 * (units + 4) * KernelCase.Epsilon(actual.Precision);
        double[,] x = expected.ToArray(), y = actual.ToArray();
        for (int r = 0; r < expected.Rows; r++)
            for (int c = 0; c < expected.Columns; c++) Assert.Equal(x[r, c], y[r, c], bound);
        KernelCase.AssertPadded(actual);
    }

    sealed class Run
    {
        public Run(Backend backend, Precision precision, int rows, int units, double low, double high, int mask, bool sampled)
        {
            var placement = new Placement(backend, precision);
            Matrix weights = Matrix.From(KernelCase.Values(units, units, 1), placement),
                bias = Matrix.From(KernelCase.Values(1, units, 2), placement);
            weights.Symmetrize();
            States = Matrix.From(KernelCase.States(rows, units, 3, 0.5), placement);
            Inputs = Matrix.From(KernelCase.Values(rows, units, 4), placement);
            Matrix? free = mask == 0 ? null : Matrix.From(KernelCase.States(mask == 1 ? 1 : rows, units, 5, 0.6), placement);
            if (sampled) backend.TwoStateSampleWithin(States, Inputs, bias, weights, low, high, 0.7, free, Key);
            else backend.TwoStateMeanWithin(States, Inputs, bias, weights, low, high, 0.7, free);
        }

        public Matrix States { get; }

        public Matrix Inputs { get; }
    }
}
