namespace Boltzmann.Cli.Benchmarks;

/// <summary>One CD-1 training step to time.</summary>
/// <param name="Visible">Visible units.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Batch">Rows per step.</param>
/// <param name="Precision">Width of the numbers.</param>
/// <param name="SkipZeros">Whether kernels pass over zeros.</param>
/// <param name="VectorBits">512, 256 or 128.</param>
/// <param name="Threads">Threads.</param>
/// <param name="GaussianVisible">Gaussian visible units on dense data; else Bernoulli ones on grey digits.</param>
sealed record BenchCase(int Visible, int Hidden, int Batch, Precision Precision, bool SkipZeros, int VectorBits, int Threads, bool GaussianVisible = false)
{
    /// <summary>Operations of five dense products, counted the same whether zeros are skipped or not.</summary>
    public double Operations => 10.0 * Visible * Hidden * Batch;

    /// <summary>The cases of the table in the README, for this machine's widths and threads.</summary>
    public static IReadOnlyList<BenchCase> Standard(int threads, int widest)
    {
        var cases = new List<BenchCase>();
        foreach (int batch in (ReadOnlySpan<int>)[1, 10, 100])
            foreach (bool skip in (ReadOnlySpan<bool>)[false, true])
            {
                cases.Add(new(784, 1024, batch, Precision.Float32, skip, widest, threads));
                if (batch > 1 && threads > 1) cases.Add(new(784, 1024, batch, Precision.Float32, skip, widest, 1));
            }
        cases.Add(new(784, 256, 10, Precision.Float32, true, widest, threads));
        cases.Add(new(3072, 5000, 100, Precision.Float32, false, widest, threads, GaussianVisible: true));
        cases.Add(new(784, 1024, 100, Precision.Float64, false, widest, threads));
        if (widest > 256) cases.Add(new(784, 1024, 100, Precision.Float32, false, 256, threads));
        return cases;
    }
}
