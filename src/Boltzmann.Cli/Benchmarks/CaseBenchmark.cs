using Boltzmann.Experiments;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>Times the cases that were asked for, and the work beside them that is no training step.</summary>
static class CaseBenchmark
{
    const string Neighbors = "nearest-neighbors", Grid = "grid";
    const int Digits = 10_000;
    const double PeakSeconds = 0.05;

    static readonly string[] others = [Neighbors, Grid, .. SearchBenchmark.Names, ProcessBenchmark.Two, ProcessBenchmark.Busy];

    /// <summary>Refuses a choice that chooses nothing.</summary>
    /// <exception cref="BadInputException">A text is in no name.</exception>
    public static void Check(CaseFilter filter, CpuBackend backend)
    {
        IReadOnlyList<BenchCase> cases = BenchCases.Standard(backend.Threads, backend.VectorBits);
        string[] more = [.. SequenceBenchmark.Cases(backend.Threads).Select(c => c.Name), .. others];
        filter.Check([.. cases.Select(c => c.Name), .. more], [.. cases.Select(c => c.Work).Distinct(), .. more]);
    }

    /// <summary>Runs what a filter takes.</summary>
    public static BenchReport Run(CaseFilter filter, int rounds, BenchBaseline? before, Session session)
    {
        var backend = (CpuBackend)session.Placement.Backend;
        BenchMachine machine = BenchMachine.Of(backend);
        BenchCase[] cases = [.. BenchCases.Standard(backend.Threads, backend.VectorBits).Where(c => filter.Takes(c.Name))];
        Dataset data = NamedSets.Find("mnist")!.FindFolder(session.DataFolder) is null
            ? Data.Digits.Generate(Digits, session.Seed) : DataSource.Open("mnist", new DataOptions { Folder = session.DataFolder });
        session.Say($"{machine}; {data.Name}");
        double exchangeBefore = PingPong.Measure(), peak = FmaPeak.Measure(Precision.Float32, machine.VectorBits, 1, PeakSeconds);
        if (double.IsFinite(exchangeBefore)) session.Say($"two cores exchange a word in {exchangeBefore:F0} ns");
        var work = new BenchWork(data, session.Seed, session.Cores);
        var visits = new BenchRounds();
        CaseEntry[] entries = [.. cases.Select(c => new CaseEntry(c, work.Prepare(c)))];
        if (entries.Length > 0)
            foreach (int round in visits.Run(entries, rounds, session.Interrupted))
                session.Say($"round {round} of {rounds}, {Exchange(visits.Disturbances)}{visits.Repeats} repeats");
        BenchResult[] results = [.. entries.Select(e => e.Result(visits.Disturbances))];
        double neighbors = filter.Takes(Neighbors) ? NeighborBenchmark.Measure(session.Placement, session.Seed) : double.NaN;
        double spins = filter.Takes(Grid) ? GridBenchmark.Measure(machine.VectorBits, session.Seed) : double.NaN;
        (string, SearchSpeed)[] searches = [.. SearchBenchmark.Names.Where(filter.Takes)
            .Select(name => (name, SearchBenchmark.Measure(name, machine.VectorBits, session.Seed)))];
        (string, double)[] sequences = [.. SequenceBenchmark.Cases(machine.Threads).Where(c => filter.Takes(c.Name))
            .Select(c => (c.Name, SequenceBenchmark.Measure(c.Name, c.Threads, machine.VectorBits, session.Seed)))];
        var (processes, failure) = BesideProcesses(filter, work, machine, visits.Disturbances, session);
        return new BenchReport
        {
            Machine = machine,
            Data = data.Name,
            ExchangeBefore = exchangeBefore,
            ExchangeAfter = PingPong.Measure(),
            ExchangeMedian = visits.Disturbances.MedianExchange,
            OneThreadPeak = Math.Max(peak, visits.Disturbances.BestPeak(Precision.Float32, machine.VectorBits)),
            Repeats = visits.Repeats,
            Results = results,
            Neighbors = neighbors,
            Spins = spins,
            Searches = searches,
            Sequences = sequences,
            Processes = processes,
            ProcessFailure = failure,
            Before = before,
            IsWanted = filter.Takes,
        };
    }

    static string Exchange(Disturbances usual) =>
        double.IsNaN(usual.MedianExchange) ? "" : $"exchange {usual.MedianExchange:F0} ns, ";

    static (IReadOnlyList<ProcessResult> Results, string? Failure) BesideProcesses(CaseFilter filter, BenchWork work, BenchMachine machine,
        Disturbances disturbances, Session session)
    {
        var results = new List<ProcessResult>();
        string[] names = [.. others.Where(name => name is ProcessBenchmark.Two or ProcessBenchmark.Busy && filter.Takes(name))];
        if (names.Length == 0) return (results, null);
        try
        {
            using var companion = Companion.Start(machine.Threads, session.Cores, session.Seed, session.Interrupted);
            BenchCase bench = ProcessBenchmark.Case(machine.Threads, machine.VectorBits);
            Action step = work.Prepare(bench);
            foreach (string name in names)
                results.Add(ProcessBenchmark.Measure(name, step, companion, bench.Width, disturbances, session.Interrupted));
            return (results, null);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            session.Interrupted.ThrowIfCancellationRequested();
            return (results, e.Message.ReplaceLineEndings(" "));
        }
    }
}
