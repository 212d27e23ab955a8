using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Boltzmann.Cli.Benchmarks;
using Boltzmann.Experiments;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann bench: this machine's FMA peak and what a training step reaches of it.</summary>
static class BenchCommand
{
    const int Digits = 10_000;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var outFile = new Option<string?>("--out") { Description = "Also write the table to this Markdown file." };
        var command = new Command("bench",
            "Measures this machine's FMA peak and what a training step reaches of it (a minute or two; on an idle machine).") { outFile };
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            return Run(session, parsed.GetValue(outFile));
        });
        return command;
    }

    static int Run(Session session, string? outFile)
    {
        var backend = (CpuBackend)session.Placement.Backend;
        int widest = backend.VectorBits, threads = backend.Threads;
        Dataset data = NamedSets.Find("mnist")!.FindFolder(session.DataFolder) is null
            ? Data.Digits.Generate(Digits, session.Seed) : DataSource.Open("mnist", new DataOptions { Folder = session.DataFolder });
        session.Say($"{Machine.Processor}; {threads} threads, Vector{widest}, {RuntimeInformation.FrameworkDescription}; {data.Name}");
        var benchmark = new StepBenchmark(data, session.Seed);
        double pingPong = PingPong.Measure();
        session.Say($"two cores exchange a word in {pingPong:F0} ns");
        IReadOnlyList<BenchResult> results = [];
        int round = 0;
        foreach (IReadOnlyList<BenchResult> soFar in benchmark.Run(BenchCase.Standard(threads, widest), session.Interrupted))
        {
            results = soFar;
            session.Say($"round {++round} of {StepBenchmark.Rounds}");
        }
        double neighbors = NeighborBenchmark.Measure(session.Placement, session.Seed);
        string words = $"Exact nearest neighbours of {NeighborBenchmark.Queries:N0} rows among {NeighborBenchmark.Rows:N0}, "
            + $"{NeighborBenchmark.Columns} dense columns, float32: {neighbors:F1} s";
        double spins = GridBenchmark.Measure(widest, session.Seed);
        string gridWords = $"Gibbs sweeps of {GridBenchmark.Chains} chains through a grid of {GridBenchmark.Side} × {GridBenchmark.Side} "
            + $"spins, float32, one thread: {spins / 1e6:F0} million spins a second";
        double peak = results.Where(r => r.Case.Precision == Precision.Float32 && r.Case.VectorBits == widest
            && r.Case.Threads == threads).Max(r => r.PeakGflops);
        TextTable table = Table(results);
        if (outFile is not null)
        {
            var page = new MarkdownPage("boltzmann bench")
                .Paragraph($"{Machine.Processor}; {threads} threads, Vector{widest}, {RuntimeInformation.FrameworkDescription}. Data: "
                + $"{data.Name}, after one epoch. FMA peak {peak:F0} GFLOP/s. Two cores exchange a word, there and back, in {pingPong:F0} "
                + $"ns before and {PingPong.Measure():F0} ns after the run.")
                .Paragraph("One CD-1 step: gathering rows, five products, sampling, biases, momentum, L2, update. GFLOP/s count 10·V·H·B "
                + "operations, whether zeros are skipped or not. One fine-tuning step: gathering rows and targets, the passes up and down "
                + "a network V-H-10 (sigmoid, softmax), the loss, Adam; (4·V + 60)·H·B operations. One DBM step, V-H-1024: mean-field "
                + $"inference of {BenchCase.MeanFieldSweeps} sweeps, one sweep of as many chains as rows, gradient and update; 2·H·B·(5·V "
                + $"+ {5 + 2 * BenchCase.MeanFieldSweeps}·1024) operations. Each share is of the peak measured between the rounds of the "
                + "same case.")
                .Table(table)
                .Paragraph($"{words}.")
                .Paragraph($"{gridWords}.");
            AtomicFile.WriteText(outFile, page.ToString());
        }
        if (session.Json) WriteJson(session, results, peak, pingPong, neighbors, spins, threads, data.Name, widest);
        else
        {
            session.Output.Write(table.ToText());
            session.Output.WriteLine(words);
            session.Output.WriteLine(gridWords);
        }
        return ExitCode.Done;
    }

    static TextTable Table(IReadOnlyList<BenchResult> results)
    {
        var table = new TextTable("step", "visible", "hidden", "batch", "precision", "zeros", "vector", "threads", "step [ms]", "GFLOP/s",
            "of peak");
        foreach (BenchResult result in results) table.Add([.. Cells(result)]);
        return table;
    }

    static IEnumerable<string> Cells(BenchResult r) =>
    [
        r.Case.Step, r.Case.Visible.ToString(CultureInfo.InvariantCulture) + (r.Case.GaussianVisible ? " gaussian" : ""), Hidden(r.Case),
        r.Case.Batch.ToString(CultureInfo.InvariantCulture), Name(r.Case.Precision), Zeros(r.Case),
            r.Case.VectorBits.ToString(CultureInfo.InvariantCulture),
        r.Case.Threads.ToString(CultureInfo.InvariantCulture), r.StepMilliseconds.ToString("F3"), r.Gflops.ToString("F0"),
            r.FractionOfPeak.ToString("F2"),
    ];

    static void WriteJson(Session session, IReadOnlyList<BenchResult> results, double peak, double pingPong, double neighbors, double spins,
        int threads, string data, int widest) => session.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("cpu", Machine.Processor);
        json.WriteNumber("fma_peak_gflops", Math.Round(peak, 1));
        json.WriteNumber("threads", threads);
        json.WriteFiniteOrNull("ping_pong_ns", Math.Round(pingPong));
        json.WriteFiniteOrNull("nearest_neighbors_s", Math.Round(neighbors, 2));
        json.WriteNumber("grid_spins_per_s", Math.Round(spins));
        json.WriteNumber("vector_bits", widest);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteString("data", data);
        json.WriteStartArray("cases");
        foreach (BenchResult r in results)
        {
            json.WriteStartObject();
            json.WriteString("step", r.Case.Step);
            json.WriteNumber("visible", r.Case.Visible);
            json.WriteNumber("hidden", r.Case.Hidden);
            if (r.Case.Upper is int upper) json.WriteNumber("upper", upper);
            json.WriteNumber("batch", r.Case.Batch);
            json.WriteString("precision", Name(r.Case.Precision));
            json.WriteString("zeros", Zeros(r.Case));
            json.WriteString("visible_units", r.Case.GaussianVisible ? GaussianLayer.Name : BernoulliLayer.Name);
            json.WriteNumber("vector_bits", r.Case.VectorBits);
            json.WriteNumber("threads", r.Case.Threads);
            json.WriteNumber("step_ms", Math.Round(r.StepMilliseconds, 4));
            json.WriteNumber("gflops", Math.Round(r.Gflops, 1));
            json.WriteNumber("peak_gflops", Math.Round(r.PeakGflops, 1));
            json.WriteNumber("fraction_of_peak", Math.Round(r.FractionOfPeak, 3));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    static string Name(Precision precision) => precision == Precision.Float32 ? "float32" : "float64";

    static string Hidden(BenchCase bench) => bench.Hidden.ToString(CultureInfo.InvariantCulture)
        + (bench.Upper is int upper ? $"-{upper.ToString(CultureInfo.InvariantCulture)}" : "");

    static string Zeros(BenchCase bench) => bench.SkipZeros ? "skipped" : "dense";
}
