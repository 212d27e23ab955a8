namespace Boltzmann.Cli.Benchmarks;

/// <summary>A step to time, on a machine or a network.</summary>
/// <param name="Step">Which.</param>
/// <param name="Visible">Visible units.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Batch">Rows per step, or chains.</param>
/// <param name="Precision">Width of the numbers.</param>
/// <param name="SkipZeros">Whether kernels pass over zeros.</param>
/// <param name="VectorBits">512, 256 or 128.</param>
/// <param name="Threads">Threads.</param>
sealed record BenchCase(BenchStep Step, int Visible, int Hidden, int Batch, Precision Precision, bool SkipZeros, int VectorBits,
    int Threads)
{
    /// <summary>Classes that the network of a fine-tuning step tells apart: digits.</summary>
    public const int Classes = 10;

    /// <summary>Mean-field sweeps of the positive phase of a deep machine, all of them taken.</summary>
    public const int MeanFieldSweeps = 10;

    /// <summary>Gaussian visible units on dense data; else Bernoulli ones on grey digits.</summary>
    public bool GaussianVisible { get; init; }

    /// <summary>Units of a second hidden layer, of a deep machine; null for a machine of two layers.</summary>
    public int? Upper { get; init; }

    /// <summary>Whether vectors are narrower than the machine's, which the name then says.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>
    /// Operations of the dense products of a step, counted the same whether zeros are skipped or not: five of CD-1, PCD-1; of fine-tuning
    /// two at the lower weights, whose inputs need no errors, and three at the upper ones. Of the deep machine at the lower weights one
    /// product for what the data say, two for the chains (down and up) and two of the gradient; at the upper ones one to begin with, two a
    /// mean-field sweep (up and down), two for the chains and two of the gradient. One of encoding, two of an inverse temperature.
    /// </summary>
    public double Operations => 2.0 * Batch * Hidden * (Step switch
    {
        BenchStep.DeepMachine => 5.0 * Visible + (5.0 + 2 * MeanFieldSweeps) * (Upper ?? 0),
        BenchStep.FineTuning => 2.0 * Visible + 3.0 * Classes,
        BenchStep.Encoding => Visible,
        BenchStep.Annealing => 2.0 * Visible,
        _ => 5.0 * Visible,
    });

    /// <summary>What it computes with.</summary>
    public BenchWidth Width => new(Precision, VectorBits, Threads);

    /// <summary>"CD-1", "PCD-1", "fine-tune", "DBM", "encode" or "AIS".</summary>
    public string StepWord => Word(Step);

    /// <summary>"dense" or "skipped".</summary>
    public string Zeros => ZerosWord(SkipZeros);

    /// <summary>"float32" or "float64".</summary>
    public string PrecisionWord => Word(Precision);

    /// <summary>
    /// What the case is called on the command line, the same on every machine with as many threads: "CD-1 784x1024x10 dense 2 threads".
    /// </summary>
    public string Name => $"{Work} {ThreadsWords(Threads)}";

    /// <summary>The name without the threads.</summary>
    public string Work => $"{StepWord} {Shape} {(GaussianVisible ? "gaussian " : "")}{Zeros}"
        + (Precision == Precision.Float64 && Step != BenchStep.Annealing ? " float64" : "") + (IsNarrow ? $" {VectorBits} bits" : "");

    string Shape => $"{Visible}x{Hidden}{(Upper is int upper ? $"-{upper}" : "")}x{Batch}";

    /// <summary>The word of a step.</summary>
    public static string Word(BenchStep step) => step switch
    {
        BenchStep.ContrastiveDivergence => "CD-1",
        BenchStep.PersistentDivergence => "PCD-1",
        BenchStep.FineTuning => "fine-tune",
        BenchStep.DeepMachine => "DBM",
        BenchStep.Encoding => "encode",
        _ => "AIS",
    };

    /// <summary>"1 thread", "2 threads".</summary>
    public static string ThreadsWords(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    /// <summary>"dense" or "skipped": whether kernels pass over zeros.</summary>
    public static string ZerosWord(bool skipZeros) => skipZeros ? "skipped" : "dense";

    /// <summary>The word of a precision.</summary>
    public static string Word(Precision precision) => precision == Precision.Float32 ? "float32" : "float64";
}
