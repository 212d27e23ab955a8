using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>
/// A second copy of this program that works beside it: the same training steps, or one busy thread. It is asked by lines on its standard
/// input and ends when that closes, so it never outlives this program, however that ends.
/// </summary>
sealed class Companion : IDisposable
{
    /// <summary>The hidden command of the second copy, below bench.</summary>
    public const string Command = "companion";

    /// <summary>The words it is asked with, each followed by seconds, and what it says when it is ready.</summary>
    public const string Steps = "steps", Spin = "spin", Ready = "ready";

    static readonly TimeSpan startPatience = TimeSpan.FromSeconds(60), answerPatience = TimeSpan.FromSeconds(20);

    readonly Process process;
    readonly CancellationTokenRegistration end;
    readonly CancellationToken interrupted;

    Companion(Process process, CancellationToken interrupted)
    {
        this.process = process;
        this.interrupted = interrupted;
        end = interrupted.Register(Kill);
    }

    /// <summary>Starts a second copy and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It could not be started, or ended at once; the message says why.</exception>
    public static Companion Start(int threads, CoreDistance cores, ulong seed, CancellationToken interrupted)
    {
        (string program, string[] first) = Program();
        var start = new ProcessStartInfo(program,
        [
            .. first, "bench", Command, "--quiet", "--threads", threads.ToString(CultureInfo.InvariantCulture),
            "--cores", cores.ToString().ToLowerInvariant(),
            "--seed", seed.ToString(CultureInfo.InvariantCulture),
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new InvalidOperationException(e.Message, e);
        }
        // What it says of errors is not ours to show, but a full pipe would stop it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var companion = new Companion(process, interrupted);
        try
        {
            if (companion.Read(startPatience) != Ready) throw new InvalidOperationException($"{program} was not ready");
            return companion;
        }
        catch
        {
            companion.Dispose();
            throw;
        }
    }

    /// <summary>Begins work for so many seconds.</summary>
    /// <param name="work"><see cref="Steps"/> or <see cref="Spin"/>.</param>
    /// <param name="seconds">How long.</param>
    public void Begin(string work, double seconds) =>
        process.StandardInput.WriteLine($"{work} {seconds.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Waits for the end of the work that was begun.</summary>
    /// <returns>Steps per second.</returns>
    /// <exception cref="InvalidOperationException">It did not answer.</exception>
    public double End() => double.TryParse(Read(answerPatience), CultureInfo.InvariantCulture, out double rate) ? rate
        : throw new InvalidOperationException("the second process did not answer");

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        end.Dispose();
        Kill();
        process.Dispose();
    }

    // The same program: under "dotnet X.dll" the host and the library beside it; inside another program, such as tests, likewise.
    static (string Program, string[] First) Program()
    {
        string? own = Environment.ProcessPath;
        AssemblyName assembly = typeof(Companion).Assembly.GetName();
        bool isHosted = own is null || Path.GetFileNameWithoutExtension(own) == "dotnet"
            || Assembly.GetEntryAssembly()?.GetName().Name != assembly.Name;
        if (!isHosted) return (own!, []);
        string library = Path.Combine(AppContext.BaseDirectory, $"{assembly.Name}.dll");
        if (!File.Exists(library)) throw new InvalidOperationException($"{library} is not there");
        return (own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet", [library]);
    }

    string? Read(TimeSpan patience)
    {
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        try
        {
            if (!line.Wait((int)patience.TotalMilliseconds, interrupted))
                throw new InvalidOperationException($"the second process said nothing for {patience.TotalSeconds:F0} s");
        }
        catch (AggregateException e)
        {
            throw new InvalidOperationException(e.GetBaseException().Message, e);
        }
        // Ended by Ctrl-C, it closes its output.
        interrupted.ThrowIfCancellationRequested();
        return line.Result;
    }

    void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself, or is about to.
        }
    }
}
