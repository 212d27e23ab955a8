namespace Boltzmann.Tests.Backends;

/// <summary>The k smallest of each row, gathered over blocks of candidates.</summary>
public class SmallestTests
{
    const int Rows = 5;

    static readonly int[] Counts = [1, 7, 8, 15, 16, 17, 31, 33, 300];

    // Few different values, so that many are equal; now and then one that is none.
    static double[,] Candidates(int columns, int seed)
    {
        var random = new Random(seed);
        var values = new double[Rows, columns];
        foreach (ref double x in values.AsSpan()) x = random.Next(60) switch
        {
            0 => double.NaN,
            1 => double.PositiveInfinity,
            2 => double.NegativeInfinity,
            3 => -0.0,
            _ => random.Next(-20, 20) / 4.0
        };
        return values;
    }

    static (Matrix Values, Matrix Indices) Kept(Placement placement, int k, double[,] candidates, double[] offsets, int block)
    {
        Matrix values = new(Rows, k, placement), indices = new(Rows, k, placement);
        values.Fill(double.PositiveInfinity);
        indices.Fill(-1);
        for (int first = 0; first < offsets.Length; first += block)
        {
            int count = Math.Min(block, offsets.Length - first);
            var part = new double[Rows, count];
            for (int r = 0; r < Rows; r++)
                for (int c = 0; c < count; c++) part[r, c] = candidates[r, first + c];
            values.KeepSmallest(indices, Matrix.From(part, placement), Matrix.Row(offsets.AsSpan(first, count), placement), first);
        }
        return (values, indices);
    }

    [Fact]
    public void What_is_kept_is_the_beginning_of_a_stable_sort()
    {
        foreach (Backend backend in (Backend[])[ReferenceBackend.Shared, .. KernelCase.Cpus])
            foreach (Precision precision in Enum.GetValues<Precision>())
                foreach (int count in Counts)
                    foreach (int k in new[] { 1, 2, 5, 17, 40 })
                    {
                        double[,] candidates = Candidates(count, count);
                        // Quarters and eighths: exact sums, whatever the precision.
                        double[] offsets = [.. Enumerable.Range(0, count).Select(c => c % 3 / 8.0)];
                        var (values, indices) = Kept(new(backend, precision), k, candidates, offsets, block: 1 + count / 2);
                        for (int r = 0; r < Rows; r++)
                        {
                            (double Value, double Index)[] expected = [.. Enumerable.Range(0,
                                count).Select(c => (candidates[r, c] + offsets[c], (double)c))
                                .Where(pair => pair.Item1 < double.PositiveInfinity).OrderBy(pair => pair.Item1).Take(k)];
                            double[] missing = [.. Enumerable.Repeat(double.PositiveInfinity, k - expected.Length)],
                                none = [.. Enumerable.Repeat(-1.0, missing.Length)];
                            Assert.Equal([.. expected.Select(pair => pair.Value), .. missing], values.ReadRow(r));
                            Assert.Equal([.. expected.Select(pair => pair.Index), .. none], indices.ReadRow(r));
                        }
                    }
    }

    [Fact]
    public void A_warm_merge_allocates_nothing()
    {
        Placement placement = Placement.Default;
        Matrix values = new(200, 20, placement), indices = new(200, 20, placement), candidates = new(200, 999, placement),
            offsets = new(1, 999, placement);
        candidates.SampleUniform(new Rng(1));
        values.Fill(1);
        Assert.Equal(0, Allocation.Least(() => values.KeepSmallest(indices, candidates, offsets, 7)));
    }

    [Fact]
    public void Shapes_that_do_not_fit_and_indices_that_are_not_exact_are_refused()
    {
        Matrix values = new(2, 3), candidates = new(2, 5), offsets = new(1, 5);
        string Message(Action merge) => Assert.Throws<ArgumentException>(merge).Message;
        Assert.Contains("[2 × 4]", Message(() => values.KeepSmallest(new Matrix(2, 4), candidates, offsets)));
        Assert.Contains("[1 × 4]", Message(() => values.KeepSmallest(new Matrix(2, 3), candidates, new Matrix(1, 4))));
        Assert.Contains("[3 × 5]", Message(() => values.KeepSmallest(new Matrix(2, 3), new Matrix(3, 5), offsets)));
        Assert.Contains("not exact", Message(() => values.KeepSmallest(new Matrix(2, 3), candidates, offsets, (1 << 24) - 4)));
        values.KeepSmallest(new Matrix(2, 3), candidates, offsets, (1 << 24) - 5);
        Assert.Contains("gamma must be positive", Message(() => candidates.SetGaussianKernel(new Matrix(2, 1), offsets, 0)));
        Assert.Contains("[1 × 1]", Message(() => candidates.SetGaussianKernel(new Matrix(1, 1), offsets, 1)));
    }
}
