using System.Globalization;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a run found, as tables and sentences.</summary>
static class BenchText
{
    const int MostNames = 8;

    /// <summary>The table of the cases.</summary>
    public static TextTable Table(BenchReport report)
    {
        List<string> headers = ["step", "visible", "hidden", "batch", "precision", "zeros", "vector", "threads", "step [ms]", "GFLOP/s",
            "of peak", "over one thread", "exchange [ns]", "disturbed"];
        if (report.Before is not null) headers.AddRange(["before [ms]", "ratio"]);
        var table = new TextTable(headers);
        foreach (BenchResult r in report.Results)
        {
            List<string> cells = [.. Cells(r, report.Results)];
            if (report.Before is not null) cells.AddRange(Compared(r.StepMilliseconds, report.Before.Find(r.Case.Name)));
            table.Add(cells);
        }
        return table;
    }

    /// <summary>What the table does not say.</summary>
    public static IEnumerable<string> Notes(BenchReport report)
    {
        foreach (string warning in Warnings(report.Results)) yield return warning;
        if (!double.IsNaN(report.Neighbors))
            yield return $"Exact nearest neighbours of {NeighborBenchmark.Queries:N0} rows among {NeighborBenchmark.Rows:N0}, "
                + $"{NeighborBenchmark.Columns} dense columns, float32: {report.Neighbors:F1} s"
                + Beside(report.Neighbors, report.Before?.Neighbors, "F1", " s");
        if (!double.IsNaN(report.Spins))
            yield return $"Gibbs sweeps of {GridBenchmark.Chains} chains through a grid of {GridBenchmark.Side} × {GridBenchmark.Side} "
                + $"spins, float32, one thread: {report.Spins / 1e6:F0} million spins a second"
                + Beside(report.Spins / 1e6, report.Before?.Spins / 1e6, "F0", "");
        foreach (var (name, speed) in report.Searches) yield return Words(name, speed, report.Before?.FindSearch(name));
        foreach (var (name, speed) in report.Sequences)
            yield return $"{name}: {speed:N0} steps learned a second{Beside(speed, report.Before?.FindSequence(name), "N0", "")} "
                + $"({SequenceBenchmark.Words(name)})";
        foreach (ProcessResult process in report.Processes) yield return Words(process, report);
        if (report.ProcessFailure is not null) yield return $"Steps beside another process were not measured: {report.ProcessFailure}";
        if (report.Before is not BenchBaseline before) yield break;
        string[] measured = [.. report.Results.Select(r => r.Name), .. report.Processes.Select(p => p.Name)];
        foreach (string difference in Differences(before, report.Machine, measured)) yield return difference;
        string[] gone = [.. before.Except(measured).Where(report.IsWanted)];
        if (gone.Length > 0) yield return $"Only in {before.Path}: {List(gone)}";
    }

    /// <summary>What of some results is not to be believed, or not as it should be.</summary>
    public static IEnumerable<string> Warnings<T>(IReadOnlyList<T> results) where T : class, ITimed
    {
        T[] slower = [.. results.Where(r => r.IsSlower(results))], disturbed = [.. results.Where(r => r.Visits.AreOnlyDisturbed)];
        if (slower.Length > 0)
            yield return "Slower with more threads than with one: " + List(slower.Select(r => $"{r.Name} ({r.OverOneThread(results):F2})"));
        if (disturbed.Length > 0)
            yield return $"Every visit was disturbed, so the figures say little: {List(disturbed.Select(r => r.Name))}";
    }

    /// <summary>In what an earlier run differs: its machine, and names that it lacks.</summary>
    public static IEnumerable<string> Differences(BenchBaseline before, BenchMachine machine, IEnumerable<string> measured)
    {
        if (before.Difference(machine) is string difference) yield return difference;
        string[] added = [.. measured.Where(name => before.Find(name) is null)];
        if (added.Length > 0) yield return $"Not in {before.Path}: {List(added)}";
    }

    /// <summary>Names, the first of many.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(MostNames)) + (all.Length > MostNames ? $" and {all.Length - MostNames} more" : "");
    }

    /// <summary>"123/131": before and after, in nanoseconds.</summary>
    public static string Exchange(Surroundings around) => double.IsNaN(around.ExchangeBefore) ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{around.ExchangeBefore:F0}/{around.ExchangeAfter:F0}");

    /// <summary>"2 of 13".</summary>
    public static string Disturbed(JudgedVisits visits) => $"{visits.Disturbed} of {visits.All.Count}";

    /// <summary>A time of an earlier run, and how many times as long this one took; dashes where it had none.</summary>
    public static IEnumerable<string> Compared(double milliseconds, double? before) =>
        before is double b ? [b.ToString("F3"), (milliseconds / b).ToString("F2")] : ["–", "–"];

    static IEnumerable<string> Cells(BenchResult r, IReadOnlyList<BenchResult> all) =>
    [
        r.Case.StepWord, $"{r.Case.Visible}{(r.Case.GaussianVisible ? " gaussian" : "")}",
        $"{r.Case.Hidden}{(r.Case.Upper is int upper ? $"-{upper}" : "")}", $"{r.Case.Batch}", r.Case.PrecisionWord, r.Case.Zeros,
        $"{r.Case.VectorBits}", $"{r.Case.Threads}", r.StepMilliseconds.ToString("F3"), r.Gflops.ToString("F0"),
        r.FractionOfPeak.ToString("F2"), r.OverOneThread(all)?.ToString("F2") ?? "–", Exchange(r.Visits.Best.Around), Disturbed(r.Visits),
    ];

    static string Words(ProcessResult process, BenchReport report)
    {
        string step = ProcessBenchmark.Case(report.Machine.Threads, report.Machine.VectorBits).Name;
        string what = process.Name == ProcessBenchmark.Two ? $"Two processes side by side, {step} each: together they take"
            : $"One process beside a busy thread of another, {step}: it takes";
        double? before = report.Before?.Find(process.Name);
        return $"{what} {process.Ratio:F2} of the {process.Alone:F0} steps a second of one alone{Beside(process.Ratio, before, "F2", "")}; "
            + $"exchange {Exchange(process.Around)} ns{(process.IsDisturbed ? ", disturbed" : "")}";
    }

    static string Words(string name, SearchSpeed speed, double? before) =>
        $"Search, one thread, 64 chains as {speed.Form}, {SearchBenchmark.Words(name)}: {speed.UpdatesPerSecond / 1e6:F0} million "
            + $"updates a second{Roof(speed)}{Beside(speed.UpdatesPerSecond / 1e6, before / 1e6, "F0", "")}";

    static string Roof(SearchSpeed speed) => double.IsNaN(speed.LoadsPerSecond) ? ""
        : $", {speed.UpdatesPerSecond / speed.LoadsPerSecond:P0} of what loads and additions alone allow";

    static string Beside(double now, double? before, string format, string unit) =>
        before is double b ? $" (before {b.ToString(format)}{unit}, ratio {now / b:F2})" : "";
}
