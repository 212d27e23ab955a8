using System.Runtime.Intrinsics;

namespace Boltzmann.Tests.Backends;

/// <summary>
/// Every operation on entries, rows, columns and units: all vector widths, precisions and awkward shapes against
/// <see cref="ReferenceBackend"/>.
/// </summary>
public class ElementwiseTests
{
    static readonly int[] Widths = [0, 1, 7, 8, 15, 16, 17, 31, 33, 1000], Heights = [1, 3, 4, 5, 33];

    public static IEnumerable<TheoryDataRow<int, Precision>> Cases() =>
        from i in Enumerable.Range(0, Operation.All.Count)
        from precision in Enum.GetValues<Precision>()
        select new TheoryDataRow<int, Precision>(i, precision) { TestDisplayName = $"{Operation.All[i].Name} in {precision}" };

    public static IEnumerable<TheoryDataRow<int>> Names() =>
        Enumerable.Range(0, Operation.All.Count).Select(i => new TheoryDataRow<int>(i) { TestDisplayName = Operation.All[i].Name });

    [Theory, MemberData(nameof(Cases))]
    public void Every_width_agrees_with_the_reference(int index, Precision precision)
    {
        Operation operation = Operation.All[index];
        foreach (int width in Widths)
            foreach (int height in Heights)
                foreach (bool hostile in new[] { false, true })
                {
                    if (width == 1000 && height is (3 or 4)) continue;              // slow, and the other two say as much
                    int columns = (width + operation.Blocks - 1) / operation.Blocks * operation.Blocks;
                    var expected = new Operands(ReferenceBackend.Shared, precision, height, columns, hostile);
                    operation.Run(expected);
                    double[,] reference = operation.Result(expected).ToArray();
                    foreach (int bits in new[] { 512, 256, 128 })
                    {
                        if (width > 100 && !IsFast(bits)) continue;
                        var actual = new Operands(Cpu(bits), precision, height, columns, hostile);
                        operation.Run(actual);
                        Compare(operation, expected, reference, operation.Result(actual).ToArray(),
                            $"{operation.Name}, {bits} bits, {precision}, [{height} × {columns}]{(hostile ? ", hostile" : "")}");
                        actual.RequireZeroPadding();
                        actual.RequireSameMargins(expected);
                    }
                }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_number_of_threads_does_not_change_a_bit(int index)
    {
        Operation operation = Operation.All[index];
        // Enough work for several parts: cut by columns, and by rows.
        foreach (var (height, width) in operation.Name.StartsWith("rectified", StringComparison.Ordinal) ? new[] { (3, 999),
            (50, 60) } : [(3, 30_000), (150, 600)])
        {
            int columns = (width + operation.Blocks - 1) / operation.Blocks * operation.Blocks;
            double[][]? single = null;
            for (int threads = 1; threads <= 3; threads++)
            {
                var operands = new Operands(Cpu(0, threads), Precision.Float32, height, columns, hostile: false);
                operation.Run(operands);
                operands.RequireZeroPadding();
                double[][] all = [.. operands.Everything()];
                single ??= all;
                for (int r = 0; r < all.Length; r++)
                    Assert.True(single[r].AsSpan().SequenceEqual(all[r]), $"{operation.Name}: row {r} differs with {threads} threads");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_warm_operation_allocates_nothing(int index)
    {
        Operation operation = Operation.All[index];
        var operands = new Operands(Cpu(0, 2), Precision.Float32, 32, (999 + operation.Blocks) / operation.Blocks * operation.Blocks,
            hostile: false);
        Assert.Equal(0, Allocation.Least(() => operation.Run(operands)));
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void Summaries_agree_with_the_reference(Precision precision)
    {
        foreach (int bits in new[] { 512, 256, 128 })
            foreach (int columns in Widths)
                foreach (int rows in new[] { 0, 1, 3, 5, 33, 70 })
                    foreach (bool hostile in new[] { false, true })
                    {
                        if (columns > 100 && !IsFast(bits)) continue;
                        var expected = new Operands(ReferenceBackend.Shared, precision, rows, columns, hostile).A.Summarize();
                        for (int threads = 1; threads <= 3; threads += 2)
                        {
                            Matrix a = new Operands(Cpu(bits, threads), precision, rows, columns, hostile).A;
                            Summary actual = a.Summarize();
                            // Summands are at most 1000 in size, and their squares 1e6.
                            Assert.Equal(expected.Sum, actual.Sum, rows * columns * (double)rows * columns * 1000 * Math.Pow(2, -52));
                            Assert.Equal(expected.SumOfSquares, actual.SumOfSquares,
                                expected.SumOfSquares * (rows * columns + 1) * Math.Pow(2, -52));
                            Assert.Equal((expected.Minimum, expected.Maximum, expected.NonFinite),
                                (actual.Minimum, actual.Maximum, actual.NonFinite));
                        }
                    }
    }

    [Fact]
    public void Summaries_have_the_same_bits_for_any_number_of_threads()
    {
        Summary Of(int threads) => new Operands(Cpu(0, threads), Precision.Float32, 301, 777, hostile: false).A.Summarize();
        Assert.Equal(Of(1), Of(2));
        Assert.Equal(Of(1), Of(3));
    }

    [Fact]
    public void Column_sums_of_no_rows_keep_or_clear_the_destination()
    {
        foreach (Backend backend in new Backend[] { ReferenceBackend.Shared, Cpu(0) })
        {
            var placement = new Placement(backend, Precision.Float32);
            Matrix sums = Matrix.Row([1, double.NaN], placement), none = new(0, 2, placement);
            sums.SetColumnSums(none);
            Assert.Equal([0.0, 0.0], sums.ReadRow(0));
            sums.Fill(3);
            sums.SetColumnSums(none, keep: 0.5);
            Assert.Equal([1.5, 1.5], sums.ReadRow(0));
        }
    }

    [Theory, InlineData(0, 1000), InlineData(1000, 0), InlineData(33, 70), InlineData(5000, 9)]
    public void Norms_of_columns_are_limited_to_the_same_bits_by_any_number_of_threads(int rows, int columns)
    {
        const double Limit = 2;
        double[,] values = KernelCase.Values(rows, columns, seed: 3);
        foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
            foreach (int bits in KernelCase.Widths)
            {
                Matrix? one = null;
                foreach (int threads in new[] { 1, 2, 3, 5 })
                {
                    Matrix weights = Matrix.From(values, new(Cpu(bits, threads), precision));
                    weights.LimitColumnNorms(Limit);
                    if (one is null)
                    {
                        one = weights;
                        // All columns that there are exceed the limit before.
                        for (int c = 0; rows > 0 && c < columns; c++)
                            Assert.InRange(Norm(weights, c), Limit * (1 - 1e-6), Limit * (1 + 1e-6));
                    }
                    else KernelCase.AssertSameBits(one, weights);
                }
            }

        static double Norm(Matrix m, int column)
        {
            double sum = 0;
            for (int r = 0; r < m.Rows; r++) sum += m[r, column] * m[r, column];
            return Math.Sqrt(sum);
        }
    }

    static void Compare(Operation operation, Operands expected, double[,] reference, double[,] result, string where)
    {
        for (int r = 0; r < reference.GetLength(0); r++)
            for (int c = 0; c < reference.GetLength(1); c++)
            {
                double e = reference[r, c], a = result[r, c];
                if (e == a || (double.IsNaN(e) && double.IsNaN(a))) continue;
                if (operation.MayDiffer is { } mayDiffer && mayDiffer(expected, r, c)) continue;
                double bound = operation.Bound(expected, r, c);
                Assert.True(Math.Abs(e - a) <= bound,
                    $"{where}: at ({r}, {c}) {a:R} instead of {e:R}, which is {Math.Abs(e - a):G3} off, more than {bound:G3}");
            }
    }

    static bool IsFast(int bits) => bits switch
    {
        512 => Vector512.IsHardwareAccelerated,
        256 => Vector256.IsHardwareAccelerated,
        _ => Vector128.IsHardwareAccelerated
    };

    static CpuBackend Cpu(int bits, int threads = 1) => backends.GetOrAdd((bits, threads), key => new CpuBackend(key.Item2, key.Item1));

    static readonly System.Collections.Concurrent.ConcurrentDictionary<(int, int), CpuBackend> backends = new();
}
