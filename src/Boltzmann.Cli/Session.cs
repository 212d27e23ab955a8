using System.CommandLine;
using System.Text.Json;
using Boltzmann.Cli.Training;

namespace Boltzmann.Cli;

/// <summary>What one invocation of the program works with: its common options, its two streams, its arithmetic, Ctrl-C.</summary>
sealed class Session : IRunObserver, IDisposable
{
    readonly CancellationTokenSource interruption = new();
    readonly Lazy<CpuBackend> backend;
    readonly Precision precision;

    public Session(CommonOptions common, ParseResult parsed, TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
        Json = parsed.GetValue(common.Json);
        Quiet = parsed.GetValue(common.Quiet);
        Seed = parsed.GetValue(common.Seed);
        DataFolder = parsed.GetValue(common.DataFolder);
        Threads = parsed.GetValue(common.Threads);
        Cores = parsed.Choice<CoreDistance>(common.Cores) ?? CoreDistance.Measured;
        backend = new(OpenBackend);
        precision = parsed.GetValue(common.Precision) == "float64" ? Precision.Float64 : Precision.Float32;
        Data = new DataCatalog(DataFolder);
        Console.CancelKeyPress += Interrupt;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether standard output is to be one JSON document.</summary>
    public bool Json { get; }

    public bool Quiet { get; }

    public ulong Seed { get; }

    /// <summary>To compute with; 0 for all cores.</summary>
    public int Threads { get; }

    /// <summary>How far apart the threads' cores are.</summary>
    public CoreDistance Cores { get; }

    public string? DataFolder { get; }

    /// <summary>Opens data by name.</summary>
    public IDataSource Data { get; }

    /// <summary>What the library's runs work with.</summary>
    public RunContext Context =>
        new(Data) { Placement = Placement, Seed = Seed, Threads = Threads, Observer = this, Interrupted = Interrupted };

    public Placement Placement => new(backend.Value, precision);

    /// <summary>Cancelled by Ctrl-C: finish the batch, save, leave with 130.</summary>
    public CancellationToken Interrupted => interruption.Token;

    /// <summary>Where words for people go: standard output, or standard error beside JSON.</summary>
    public TextWriter Prose => Json ? Error : Output;

    /// <summary>Whether a person watches the words: then bars and colours, else plain lines.</summary>
    public bool IsInteractive => !Quiet && (Json ? !Console.IsErrorRedirected
        && ReferenceEquals(Error, Console.Error) : !Console.IsOutputRedirected && ReferenceEquals(Output, Console.Out));

    /// <summary>A line of progress or prose, unless --quiet.</summary>
    public void Say(string line)
    {
        if (!Quiet) Prose.WriteLine(line);
    }

    /// <summary>A line that should be known before a number is trusted: on standard error, --quiet or not.</summary>
    public void Warn(string line) => Error.WriteLine($"boltzmann: warning: {line}");

    /// <summary>A line on what was done to data: on standard error, --quiet or not.</summary>
    public void Note(string line) => Error.WriteLine($"boltzmann: {line}");

    /// <inheritdoc/>
    public T Track<T>(string title, Func<IProgress<double>, T> work) => FractionDisplay.Show(this, title, work);

    /// <inheritdoc/>
    public void Follow(int[] epochs, bool isDeep, Action<Action<GreedyProgress>> work) =>
        new ProgressDisplay(this, epochs, isDeep).While(work);

    /// <summary>The one JSON document.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        })) write(writer);
        Output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    public void Dispose()
    {
        Console.CancelKeyPress -= Interrupt;
        interruption.Dispose();
    }

    // Whoever computes nothing need not know how wide vectors are.
    CpuBackend OpenBackend()
    {
        if (!Quiet && CpuBackend.VectorShortfall() is string shortfall) Warn(shortfall);
        return Threads == 0 && Cores == CoreDistance.Measured ? CpuBackend.Shared : new CpuBackend(Threads, cores: Cores);
    }

    void Interrupt(object? sender, ConsoleCancelEventArgs e)
    {
        // A second Ctrl-C ends the program at once.
        if (interruption.IsCancellationRequested) return;
        e.Cancel = true;
        interruption.Cancel();
    }
}
