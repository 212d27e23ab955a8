namespace Boltzmann.Cli.Benchmarks;

/// <summary>One training step to time: CD-1 of a machine, or back-propagation through a network.</summary>
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
    /// <summary>Classes that the network of a fine-tuning step tells apart: digits.</summary>
    public const int Classes = 10;

    /// <summary>Whether the step is one of Adam through a network of visible, hidden and ten softmax units, instead of CD-1.</summary>
    public bool IsFineTuning { get; init; }

    /// <summary>
    /// Operations of the dense products, counted the same whether zeros are skipped or not: five of CD-1; of fine-tuning two at the lower weights, whose inputs need no errors, and
    /// three at the upper ones.
    /// </summary>
    public double Operations => IsFineTuning ? (4.0 * Visible + 6.0 * Classes) * Hidden * Batch : 10.0 * Visible * Hidden * Batch;

    /// <summary>"CD-1" or "fine-tune".</summary>
    public string Step => IsFineTuning ? "fine-tune" : "CD-1";

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
        foreach (bool skip in (ReadOnlySpan<bool>)[false, true])
        {
            cases.Add(new(784, 1024, 128, Precision.Float32, skip, widest, threads) { IsFineTuning = true });
            if (threads > 1) cases.Add(new(784, 1024, 128, Precision.Float32, skip, widest, 1) { IsFineTuning = true });
        }
        return cases;
    }
}
