using Boltzmann.Searching;

namespace Boltzmann.Experiments;

/// <summary>Formulas of clauses of three: those of SATLIB, and random ones where they are hardest and where they are large.</summary>
static class SearchFormulas
{
    // Seeds from there on make formulas that are in no table.
    const ulong Others = 1000;

    public static TextTable Table(SearchTrials trials)
    {
        var table = new TextTable("formulas", "variables", "clauses", "how many", "satisfied", "milliseconds, mean", "median", "worst");
        foreach (string set in (string[])["uf20-91", "uf50-218", "uuf50-218"])
            if (Files(trials.Context, set) is { Length: > 0 } files)
                Add(table, trials, $"SATLIB's {set}", files.Length, k => ProblemFile.Read(files[k]).Energy,
                    set.StartsWith("uuf", StringComparison.Ordinal) ? 0.2 : 5);
        Random(250, 4.26, 40, 2);
        Random(2000, 4.1, 11, 10);
        Random(10_000, 4.1, 11, 30);
        return table;

        void Random(int variables, double ratio, int count, double seconds) =>
            Add(table, trials, $"random, {ratio} clauses a variable", trials.IsQuick ? 2 : count,
                k => SearchWorkload.Formula(variables, (int)Math.Round(ratio * variables), trials.Context.Seed + (ulong)k), seconds);
    }

    static string[] Files(ExperimentContext context, string set) =>
        context.Data.FindFile($"satlib/{set}/{set.Split('-')[0]}-01.cnf") is string first
            ? [.. Directory.GetFiles(Path.GetDirectoryName(first)!, "*.cnf").Order(StringComparer.Ordinal)] : [];

    // Times are of formulas that were satisfied; whether others can be, a search cannot tell.
    static void Add(TextTable table, SearchTrials trials, string name, int count, Func<int, BinaryEnergy> make, double seconds)
    {
        BinaryEnergy any = make(0);
        trials.WarmUp(k =>
        {
            BinaryEnergy other = SearchWorkload.Formula(any.Variables, any.Clauses, trials.Context.Seed + Others + (ulong)k);
            trials.Solve(other, SearchMethods.Of("auto", other), new() { Seconds = 0.2, SatisfiedEnergy = 0 }, k);
        });
        double[][] numbers = trials.Each($"formulas, {name}, {any.Variables}", count, k =>
        {
            BinaryEnergy energy = make(k);
            SearchResult result = trials.Solve(energy, SearchMethods.Of("auto", energy),
                new() { Seconds = trials.Seconds(seconds), SatisfiedEnergy = 0 }, k);
            return [result.Energy, result.ProcessorSeconds];
        });
        double[] times = [.. numbers.Where(n => n[0] == 0).Select(n => 1000 * n[1])];
        table.Add(name, $"{any.Variables}", $"{any.Clauses}", $"{count}", $"{times.Length}", Cell(times, t => t.Average()),
            Cell(times, SearchTrials.Median), Cell(times, t => t.Max()));
        trials.Context.Say($"{name}, {any.Variables} variables: {times.Length} of {count}");
    }

    static string Cell(double[] times, Func<double[], double> of) => times.Length == 0 ? "–" : NumberText.Short(of(times), 3);
}
