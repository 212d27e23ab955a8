using System.Runtime.Intrinsics;

namespace Boltzmann.Tests.Backends;

/// <summary>Operands and backends that the tests of products share.</summary>
static class KernelCase
{
    /// <summary>Each width that this processor has; 128 in any case.</summary>
    public static int[] Widths { get; } = [.. new[] { 512,
        256 }.Where(bits => bits == 512 ? Vector512.IsHardwareAccelerated : Vector256.IsHardwareAccelerated), 128];

    /// <summary>Each width, zeros skipped and not, on one thread and on several, whose cores are said to be near or far.</summary>
    public static CpuBackend[] Cpus { get; } =
        [.. from bits in Widths from skip in new[] { false, true } from team in Teams(skip) select new CpuBackend(team.Threads, bits, skip,
            team.Cores)];

    static IEnumerable<(int Threads, CoreDistance Cores)> Teams(bool skip) =>
        skip ? [(1, CoreDistance.Near), (2, CoreDistance.Near), (5, CoreDistance.Far)]
            : [(1, CoreDistance.Far), (2, CoreDistance.Far), (3, CoreDistance.Near), (5, CoreDistance.Near)];

    /// <summary>(B, k, n): empty, single, around a vector's and a tile's edge, larger.</summary>
    public static TheoryData<int, int, int, Precision> Shapes
    {
        get
        {
            var data = new TheoryData<int, int, int, Precision>();
            (int, int, int)[] shapes =
            [
                (0, 7, 8), (7, 0, 8), (7, 8, 0), (1, 1, 1), (7, 1, 7), (1, 7, 33), (8, 15, 16), (15, 16, 17), (16, 17, 31), (17, 31, 1),
                (31, 33, 8), (33, 7, 100), (2, 100, 3), (3, 1000, 5), (100, 33, 15), (13, 300, 49), (1, 1000, 1001), (1001, 16, 1),
                    (100, 257, 100), (10, 784, 96), (3, 700, 300), (10, 300, 200), (47, 257, 50), (48, 1100, 33), (49, 300, 50),
            ];
            foreach (var (m, k, n) in shapes)
                foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 }) data.Add(m, k, n, precision);
            return data;
        }
    }

    /// <summary>Values in [−1, 1), a fraction of them not zero.</summary>
    public static double[,] Values(int rows, int columns, int seed, double density = 1)
    {
        var random = new Random(seed);
        var values = new double[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
                if (random.NextDouble() < density) values[r, c] = (float)(2 * random.NextDouble() - 1);
        return values;
    }

    /// <summary>Ones, in a fraction of places.</summary>
    public static double[,] States(int rows, int columns, int seed, double density)
    {
        double[,] values = Values(rows, columns, seed, density);
        foreach (ref double x in values.AsSpan()) x = x == 0 ? 0 : 1;
        return values;
    }

    public static Span<double> AsSpan(this double[,] values) =>
        System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<byte,
            double>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(values)), values.Length);

    public static double[,] Absolute(this double[,] values)
    {
        var result = (double[,])values.Clone();
        foreach (ref double x in result.AsSpan()) x = Math.Abs(x);
        return result;
    }

    public static double Epsilon(Precision precision) => precision == Precision.Float32 ? Math.ScaleB(1, -24) : Math.ScaleB(1, -53);

    /// <summary>
    /// Entries agree with the reference's to within (number of roundings)·ε·(sum of magnitudes): the bound of any order of summation, to
    /// first order. Not-a-number and infinities agree exactly, and the padding is zero.
    /// </summary>
    public static void AssertClose(Matrix expected, Matrix actual, Matrix magnitudes, double roundings)
    {
        double bound = roundings * Epsilon(actual.Precision);
        for (int r = 0; r < expected.Rows; r++)
            for (int c = 0; c < expected.Columns; c++)
            {
                double x = Entry(expected, r, c), y = Entry(actual, r, c);
                if (!double.IsFinite(x)) Assert.Equal(x, y);
                else if (!(Math.Abs(x - y) <= bound * Entry(magnitudes, r, c) + 1e-40))
                    Assert.Fail($"({r}, {c}) of {actual}: {y}, not {x}");
            }
        AssertPadded(actual);
    }

    public static void AssertPadded(Matrix matrix)
    {
        for (int r = 0; r < matrix.Rows; r++)
            for (int c = matrix.Columns; c < matrix.Stride; c++)
                if (!(Entry(matrix, r, c) == 0)) Assert.Fail($"padding at ({r}, {c}) of {matrix} is {Entry(matrix, r, c)}");
    }

    public static unsafe void AssertSameBits(Matrix expected, Matrix actual)
    {
        nint bytes = (nint)expected.Rows * expected.Stride * expected.Placement.ElementBytes;
        var first = new ReadOnlySpan<byte>((void*)HostStorage.AddressOf(expected), (int)bytes);
        var second = new ReadOnlySpan<byte>((void*)HostStorage.AddressOf(actual), (int)bytes);
        Assert.True(first.SequenceEqual(second), $"{actual} differs in bits");
    }

    public static unsafe double Entry(Matrix m, int row, int column)
    {
        nint index = (nint)row * m.Stride + column;
        nint start = HostStorage.AddressOf(m);
        return m.Precision == Precision.Float32 ? ((float*)start)[index] : ((double*)start)[index];
    }

    public static Placement Plain(Precision precision) => new(ReferenceBackend.Shared, precision);
}
