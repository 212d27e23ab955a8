namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// One training step to time: CD-1 of a machine, PCD-1 of a deep Boltzmann machine, or back-propagation through a network.
/// </summary>
/// <param name="Visible">Visible units.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Batch">Rows per step.</param>
/// <param name="Precision">Width of the numbers.</param>
/// <param name="SkipZeros">Whether kernels pass over zeros.</param>
/// <param name="VectorBits">512, 256 or 128.</param>
/// <param name="Threads">Threads.</param>
/// <param name="GaussianVisible">Gaussian visible units on dense data; else Bernoulli ones on grey digits.</param>
sealed record BenchCase(int Visible, int Hidden, int Batch, Precision Precision, bool SkipZeros, int VectorBits, int Threads,
    bool GaussianVisible = false)
{
    /// <summary>Classes that the network of a fine-tuning step tells apart: digits.</summary>
    public const int Classes = 10;

    /// <summary>Whether the step is one of Adam through a network of visible, hidden and ten softmax units, instead of CD-1.</summary>
    public bool IsFineTuning { get; init; }

    /// <summary>
    /// Units of a second hidden layer: the step is then PCD-1 of a deep Boltzmann machine, with as many chains as rows; null for a machine
    /// of two layers.
    /// </summary>
    public int? Upper { get; init; }

    /// <summary>Mean-field sweeps of its positive phase, all of them taken.</summary>
    public const int MeanFieldSweeps = 10;

    /// <summary>
    /// Operations of the dense products, counted the same whether zeros are skipped or not: five of CD-1; of fine-tuning two at the lower
    /// weights, whose inputs need no errors, and three at the upper ones. Of the deep machine at the lower weights one product for what the
    /// data say, two for the chains (down and up) and two of the gradient; at the upper ones one to begin with, two a mean-field sweep (up
    /// and down), two for the chains and two of the gradient.
    /// </summary>
    public double Operations => Upper is int upper ? 2.0 * Batch * Hidden * (5.0 * Visible + (5.0 + 2 * MeanFieldSweeps) * upper)
        : IsFineTuning ? (4.0 * Visible + 6.0 * Classes) * Hidden * Batch : 10.0 * Visible * Hidden * Batch;

    /// <summary>"CD-1", "DBM" or "fine-tune".</summary>
    public string Step => IsFineTuning ? "fine-tune" : Upper is null ? "CD-1" : "DBM";

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
        foreach (bool skip in (ReadOnlySpan<bool>)[false, true])
        {
            cases.Add(new(784, 512, 100, Precision.Float32, skip, widest, threads) { Upper = 1024 });
            if (threads > 1) cases.Add(new(784, 512, 100, Precision.Float32, skip, widest, 1) { Upper = 1024 });
        }
        return cases;
    }
}
