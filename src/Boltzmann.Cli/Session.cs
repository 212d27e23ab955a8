using System.CommandLine;
using System.Text.Json;
using Boltzmann.Cli.Training;
using Spectre.Console;

namespace Boltzmann.Cli;

/// <summary>What one invocation of the program works with: its common options, its two streams, its arithmetic, Ctrl-C.</summary>
sealed class Session : IRunObserver, IDisposable
{
    readonly CancellationTokenSource interruption = new();
    readonly Lazy<CpuBackend> backend;
    readonly Lazy<LiveScreen> screen;
    readonly Precision precision;
    volatile Func<string>? besides;

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
        screen = new(() => new(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Prose) })));
        Data = new WatchedData(new DataCatalog(DataFolder, TableFormats.All), this);
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

    /// <summary>Whether words for people go to a terminal.</summary>
    public bool IsTerminal => Lines.IsTerminal(Prose);

    /// <summary>Whether a person watches the words: then bars and colours, else plain lines.</summary>
    public bool IsInteractive => !Quiet && IsTerminal && Screen.IsLive;

    /// <summary>The terminal's lowest lines, while it <see cref="IsInteractive"/>.</summary>
    public LiveScreen Screen => screen.Value;

    /// <summary>What is done beside training just now, or that it is about to end; null for nothing.</summary>
    public string? Activity => Interruption ?? besides?.Invoke();

    /// <summary>What Ctrl-C was understood as; null before.</summary>
    public string? Interruption =>
        interruption.IsCancellationRequested ? "interrupted: coming to an end; Ctrl-C again stops at once" : null;

    /// <summary>A line of progress or prose, unless --quiet.</summary>
    public void Say(string line)
    {
        if (Quiet) return;
        if (IsInteractive) Screen.WriteLine(line);
        else Prose.WriteLine(line);
    }

    /// <summary>A line that should be known before a number is trusted: on standard error, --quiet or not.</summary>
    public void Warn(string line) => Note($"warning: {line}");

    /// <summary>A line on what was done to data: on standard error, --quiet or not.</summary>
    public void Note(string line)
    {
        line = $"boltzmann: {line}";
        if (Lines.IsTerminal(Error) && IsInteractive && Screen.IsShowing) Screen.WriteLine(line);
        else Lines.Write(Error, line);
    }

    /// <summary>A table as wide as the terminal at most; as wide as it is where its text goes elsewhere.</summary>
    public string Fit(TextTable table) => table.ToText(TableWidth);

    /// <summary>Lines on standard output; at a terminal, prose that is too long is broken between words.</summary>
    public void Print(string text) => Lines.Write(Output, text, end: "");

    /// <summary>Places in a line of standard output; null where it is not a terminal.</summary>
    public int? TableWidth => Lines.WidthOf(Output);

    /// <summary>Does work while a picture tells of it in words, besides what it shows.</summary>
    public T Besides<T>(Func<string> words, Func<T> work)
    {
        Func<string>? before = besides;
        besides = words;
        try
        {
            return work();
        }
        finally
        {
            besides = before;
        }
    }

    /// <inheritdoc/>
    public T Track<T>(string title, Func<IProgress<double>, T> work) => FractionDisplay.Show(this, title, work);

    /// <summary>Does work that may take a while, whose share is not known.</summary>
    public T Track<T>(string title, Func<T> work) => FractionDisplay.Show(this, title, work);

    /// <inheritdoc/>
    public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => new ProgressDisplay(this, outline).While(work);

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
        if (interruption.IsCancellationRequested)
        {
            // A second Ctrl-C ends the program at once.
            if (screen.IsValueCreated) Screen.Restore();
            return;
        }
        e.Cancel = true;
        interruption.Cancel();
    }
}
