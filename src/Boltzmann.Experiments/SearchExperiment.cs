using Boltzmann.Searching;

namespace Boltzmann.Experiments;

/// <summary>
/// Machines whose weights are given: the largest cuts of the G-set by the defaults, beside the best known; methods beside each other;
/// quadratic problems of binary variables; and how fast a core moves.
/// </summary>
sealed class SearchExperiment : Experiment
{
    const int LargeGraph = 2000;

    static readonly string[] graphs = ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13", "G14", "G15",
        "G43",
        "G51", "G22", "G32", "G35"];

    static readonly string[] compared = ["G6", "G12", "G14"];

    public override string Name => "search";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished)
            throw new BadInputException($"{Name}: what was published are cuts, not a way to find them: run it without --as-published");
        string label = context.Labelled(Name);
        var kept = new Measurements(Path.Combine(context.Runs, label), $"{context.Seed}, {context.Quick}, "
            + $"{Machine.Describe(context.Placement)}");
        int seeds = context.Quick ? 2 : 11;
        var (cuts, trace) = Cuts(context, kept, seeds);
        var trials = new SearchTrials(context, kept, seeds);
        var tables = new (string Name, TextTable Table)[]
        {
            ("cuts", cuts),
            ("methods", Methods(context, kept, context.Quick ? 1 : 5)),
            ("quadratic", SearchQuadratic.Table(trials)),
            ("dense", SearchQuadratic.Dense(trials)),
            ("formulas", SearchFormulas.Table(trials)),
            ("puzzles", SearchPuzzles.Table(trials)),
            ("speeds", SearchSpeeds.Table(context, graph => Graph(context, graph).Energy)),
            ("threads", SearchSpeeds.Threads(trials, graph => Graph(context, graph).Energy)),
        };
        foreach (var (_, table) in tables) context.Prose.Write(table.ToText());
        if (trace is not null) context.WriteText($"{label}-trace.svg", trace);
        var values = new PageValues
        {
            { "seeds", $"{seeds}" },
            { "small", $"{Seconds(context, 800)}" },
            { "large", $"{Seconds(context, LargeGraph)}" },
            { "trace", trace is not null },
        };
        foreach (var (name, table) in tables) values.Add(name, table);
        Write(context, values);
    }

    // Seconds that a graph of so many vertices gets.
    static double Seconds(ExperimentContext context, int vertices) => context.Quick ? 0.3 : vertices >= LargeGraph ? 30 : 10;

    (TextTable Cuts, string? Trace) Cuts(ExperimentContext context, Measurements kept, int seeds)
    {
        var table = new TextTable("graph", "vertices", "edges", "best known cut", "found by", "median cut", "processor seconds, median",
            "worst", "sweeps, median");
        string? trace = null;
        foreach (string graph in graphs)
        {
            SearchProblem problem = Graph(context, graph);
            Reference best = PublishedNumber(graph);
            double seconds = Seconds(context, problem.Energy.Variables);
            double[] numbers = kept.Once($"cuts, {graph}", () =>
            {
                var found = new List<double>();
                for (int s = 0; s < seeds; s++)
                {
                    SearchResult result = Solve(context, problem, "tempering", best.Number, seconds, s);
                    found.AddRange([problem.Objective.At(result.Energy), result.ProcessorSeconds, result.Sweeps]);
                }
                return [.. found];
            });
            double[] cuts = Every(numbers, 0), times = Every(numbers, 1), sweeps = Every(numbers, 2);
            table.Add(graph, $"{problem.Energy.Variables}", $"{problem.Energy.Pairs}", best.Value,
                $"{cuts.Count(cut => cut >= best.Number)} of "
                + $"{seeds}", $"{Median(cuts):F0}", $"{Median(times):F2}", $"{times.Max():F2}", $"{Median(sweeps):F0}");
            context.Found($"cut of {graph}, median", Median(cuts), best.Number);
            context.Say($"{graph}: {Median(cuts):F0} of {best.Value}, {Median(times):F2} s");
            if (graph == "G14")
                trace = SearchCharts.Trace(Solve(context, problem, "tempering", best.Number, seconds, 0), problem.Objective, "G14");
        }
        return (table, trace);
    }

    TextTable Methods(ExperimentContext context, Measurements kept, int seeds)
    {
        var table = new TextTable(["method", .. compared.SelectMany(graph => (string[])[$"{graph}: found by",
            $"{graph}: processor seconds, "
            + "median"])]);
        foreach (string method in (string[])["tempering", "annealing", "descent"])
        {
            var cells = new List<string> { method };
            foreach (string graph in compared)
            {
                SearchProblem problem = Graph(context, graph);
                double best = PublishedNumber(graph).Number;
                double[] numbers = kept.Once($"methods, {graph}, {method}", () => [.. Enumerable.Range(0, seeds).SelectMany(s =>
                {
                    SearchResult result = Solve(context, problem, method, best, Seconds(context, 800) / 2, s);
                    return (double[])[problem.Objective.At(result.Energy), result.ProcessorSeconds];
                })]);
                double[] cuts = Every(numbers, 0, 2), times = Every(numbers, 1, 2);
                cells.Add($"{cuts.Count(cut => cut >= best)} of {seeds}, median {Median(cuts):F0}");
                cells.Add($"{Median(times):F2}");
            }
            table.Add(cells);
        }
        return table;
    }

    static SearchResult Solve(ExperimentContext context, SearchProblem problem, string method, double best, double seconds, int seed)
    {
        SearchResult result = Search.Best(problem.Energy, SearchMethods.Of(method, problem.Energy), new()
        {
            Target = problem.Objective.EnergyAt(best),
            Seconds = seconds,
            Cancellation = context.Interrupted,
        }, context.Seed + (ulong)seed, context.Placement.Backend);
        context.Interrupted.ThrowIfCancellationRequested();
        return result;
    }

    static SearchProblem Graph(ExperimentContext context, string graph) => ProblemFile.Read(context.Data.FindFile($"gset/{graph}.txt")
        ?? throw new BadInputException($"gset/{graph}.txt is not there: put the G-set (gset/G1.txt, …) into a folder that --data-folder or "
            + "BOLTZMANN_DATA names"));

    static double[] Every(double[] numbers, int first, int step = 3) => [.. numbers.Where((_, i) => i % step == first)];

    static double Median(double[] numbers) => numbers.Order().ElementAt(numbers.Length / 2);
}
