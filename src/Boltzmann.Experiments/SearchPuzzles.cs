using System.Diagnostics;
using Boltzmann.Searching;

namespace Boltzmann.Experiments;

/// <summary>Puzzles of constraints alone, from the problem's making to the solution.</summary>
static class SearchPuzzles
{
    // Seeds from there on are in no table.
    const int Others = 1000;

    /// <summary>
    /// Eight of Gordon Royle's puzzles with 17 clues, the fewest that leave one solution, and two that are known to be hard for people.
    /// </summary>
    public static IReadOnlyList<string> Sudokus { get; } =
    [
        "000000010400000000020000000000050407008000300001090000300400200050100000000806000",
        "000000010400000000020000000000050604008000300001090000300400200050100000000807000",
        "000000012000035000000600070700000300000400800100000000000120000080000040050000600",
        "000000012003600000000007000410020000000500300700000600280000040000300500000000000",
        "000000012008030000000000040120500000000004700060000000507000300000620000000100000",
        "000000012040050000000009000070600400000100000000000050000087500601000300200000000",
        "000000012050400000000000030700600400001000000000080000920000800000510700000003000",
        "000000012300000060000040000900000500000001070020000000000350400001400800060000000",
        "800000000003600000070090200050007000000045700000100030001000068008500010090000400",
        "100007090030020008009600500005300900010080002600004000300000010040000007007000300",
    ];

    public static TextTable Table(SearchTrials trials)
    {
        var table = new TextTable("puzzle", "hypotheses", "constraints", "solved", "seconds, median", "worst");
        foreach (int size in (int[])[8, 50, 100, 150, 200])
            Add(table, trials, $"{size} queens", trials.Seeds, _ => new Queens(size).Problem);
        Add(table, trials, "Sudokus of 17 clues, and two that are hard for people", trials.IsQuick ? 2 : Sudokus.Count,
            k => new Sudoku([.. Sudokus[k].Select(digit => digit - '0')]).Problem);
        return table;
    }

    static void Add(TextTable table, SearchTrials trials, string name, int count, Func<int, Problem> make)
    {
        Problem any = make(0);
        trials.WarmUp(k => Solve(trials, make(k % count), Others + k));
        double[][] numbers = trials.Each($"puzzles, {name}", count, k =>
        {
            long begin = Stopwatch.GetTimestamp();
            bool isSolved = Solve(trials, make(k), k).Status == SearchStatus.Satisfied;
            return [isSolved ? 1 : 0, Stopwatch.GetElapsedTime(begin).TotalSeconds];
        });
        double[] times = [.. numbers.Select(n => n[1])];
        table.Add(name, $"{any.Variables}", $"{any.Constraints.Count}", $"{numbers.Count(n => n[0] == 1)} of {count}",
            NumberText.Short(SearchTrials.Median(times), 3), NumberText.Short(times.Max(), 3));
        trials.Context.Say($"{name}: {SearchTrials.Median(times):F3} s");
    }

    static ProblemResult Solve(SearchTrials trials, Problem problem, int seed)
    {
        ProblemResult result = Search.Best(problem, SearchMethods.Of("auto", problem),
            new() { Seconds = trials.Seconds(20), Cancellation = trials.Context.Interrupted }, trials.Context.Seed + (ulong)seed,
            backend: trials.Context.Placement.Backend);
        trials.Context.Interrupted.ThrowIfCancellationRequested();
        return result;
    }
}
