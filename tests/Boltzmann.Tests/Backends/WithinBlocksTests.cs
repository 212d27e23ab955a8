namespace Boltzmann.Tests.Backends;

/// <summary>
/// Sweeps through one-hot blocks that are joined to each other, and weights without a block's own, on every width and number of threads
/// against the reference.
/// </summary>
public class WithinBlocksTests
{
    static readonly Draw Key = new(0x1234_5678_9ABC_DEF0, 3, 5_000_000_000);

    public static TheoryData<int, int, int, Precision> Shapes
    {
        get
        {
            var data = new TheoryData<int, int, int, Precision>();
            // Blocks smaller and larger than vectors and than a group of blocks; one alone; many words of the generator.
            foreach (var (rows, blocks, categories) in new[] { (0, 2, 3), (1, 1, 2), (5, 3, 3), (17, 5, 4), (4, 7, 21), (33, 9, 16),
                (18, 2, 40), (3, 3, 100), (6, 2, 257), (35, 70, 2), (9, 53, 5), (2, 33, 33) })
                foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
                    data.Add(rows, blocks, categories, precision);
            return data;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Samples_and_inputs_are_those_of_the_plain_loop(int rows, int blocks, int categories, Precision precision)
    {
        // A draw within rounding of a threshold may fall differently, which has a probability of about 1e-6 a draw in single precision;
        // for these seeds none does.
        foreach (int mask in new[] { 0, 1, 2 })
            foreach (bool startsAtMeans in mask == 0 ? new[] { false, true } : [false])
            {
                var expected = new Run(ReferenceBackend.Shared, precision, rows, blocks, categories, mask, startsAtMeans, true);
                foreach (CpuBackend backend in KernelCase.Cpus)
                {
                    var actual = new Run(backend, precision, rows, blocks, categories, mask, startsAtMeans, true);
                    Assert.Equal(expected.States.ToArray(), actual.States.ToArray());
                    WithinTests.AssertNear(expected.Inputs, actual.Inputs, blocks * categories);
                }
            }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Means_and_inputs_are_those_of_the_plain_loop(int rows, int blocks, int categories, Precision precision)
    {
        foreach (int mask in new[] { 0, 1, 2 })
        {
            var expected = new Run(ReferenceBackend.Shared, precision, rows, blocks, categories, mask, true, false);
            foreach (CpuBackend backend in KernelCase.Cpus)
            {
                var actual = new Run(backend, precision, rows, blocks, categories, mask, true, false);
                WithinTests.AssertNear(expected.States, actual.States, blocks * categories);
                WithinTests.AssertNear(expected.Inputs, actual.Inputs, blocks * categories);
            }
        }
    }

    [Theory, InlineData(1, 3), InlineData(5, 2), InlineData(7, 5), InlineData(11, 3), InlineData(3, 21), InlineData(2, 40)]
    public void Symmetric_weights_are_the_mean_with_the_transpose_and_nothing_within_a_block(int blocks, int categories)
    {
        int units = blocks * categories;
        foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
            foreach (Backend backend in (Backend[])[ReferenceBackend.Shared, .. KernelCase.Cpus])
            {
                double[,] values = KernelCase.Values(units, units, 5);
                Matrix actual = Matrix.From(values, new(backend, precision));
                actual.Symmetrize(categories);
                for (int i = 0; i < units; i++)
                    for (int j = 0; j < units; j++)
                        Assert.Equal(i / categories == j / categories ? 0 : (values[i, j] + values[j, i]) / 2, actual[i, j],
                            KernelCase.Epsilon(precision));
            }
    }

    [Fact]
    public void Certain_categories_are_always_drawn_and_undefined_inputs_give_the_first()
    {
        foreach (Backend backend in (Backend[])[ReferenceBackend.Shared, .. KernelCase.Cpus])
        {
            var placement = new Placement(backend, Precision.Float32);
            Matrix bias = Matrix.Row([-1000, 1000, 0, double.NegativeInfinity, 0, 1000, double.NaN, 0, 0], placement);
            Matrix states = new(1000, 9, placement), inputs = states.Like(1000, 9), sums = states.Like(1, 9);
            states.SampleSoftmaxWithin(inputs, bias, states.Like(9, 9), 3, new Rng(3));
            sums.SetColumnSums(states);
            Assert.Equal([0, 1000, 0, 0, 0, 1000, 1000, 0, 0], sums.ReadRow(0));
        }
    }

    [Fact]
    public void Operands_that_do_not_fit_are_named()
    {
        Matrix states = new(3, 6), inputs = new(3, 6), bias = new(1, 6);
        Assert.Contains("[6 × 5]", Assert.Throws<ArgumentException>(() => states.SampleSoftmaxWithin(inputs, bias, new Matrix(6, 5), 3,
            new Rng(1))).Message, StringComparison.Ordinal);
        Assert.Contains("blocks of 4", Assert.Throws<ArgumentException>(() => states.SetSoftmaxMeanWithin(inputs, bias, new Matrix(6, 6),
            4)).Message, StringComparison.Ordinal);
        Assert.Contains("blocks of 4", Assert.Throws<ArgumentException>(() => new Matrix(6, 6).Symmetrize(4)).Message,
            StringComparison.Ordinal);
    }

    sealed class Run
    {
        public Run(Backend backend, Precision precision, int rows, int blocks, int categories, int mask, bool startsAtMeans, bool sampled)
        {
            var placement = new Placement(backend, precision);
            int units = blocks * categories;
            Matrix weights = Matrix.From(KernelCase.Values(units, units, 1), placement),
                bias = Matrix.From(KernelCase.Values(1, units, 2), placement);
            weights.Symmetrize(categories);
            States = Matrix.From(startsAtMeans ? KernelCase.Values(rows, units, 3) : OneHot(rows, blocks, categories), placement);
            Inputs = Matrix.From(KernelCase.Values(rows, units, 4), placement);
            Matrix? free = mask == 0 ? null : Matrix.From(KernelCase.States(mask == 1 ? 1 : rows, units, 5, 0.6), placement);
            if (sampled) backend.SoftmaxSampleWithin(States, Inputs, bias, weights, categories, 0.7, free, Key);
            else backend.SoftmaxMeanWithin(States, Inputs, bias, weights, categories, 0.7, free);
        }

        public Matrix States { get; }

        public Matrix Inputs { get; }

        static double[,] OneHot(int rows, int blocks, int categories)
        {
            var states = new double[rows, blocks * categories];
            for (int r = 0; r < rows; r++)
                for (int b = 0; b < blocks; b++) states[r, b * categories + (7 * r + 3 * b) % categories] = 1;
            return states;
        }
    }
}
