using System.CommandLine;
using Boltzmann.Cli.Help;
using Boltzmann.Reporting;
using Boltzmann.Searching;
using Spectre.Console;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann search PROBLEM: states of low energy.</summary>
static class SearchCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var problem = new Argument<string>("PROBLEM")
        {
            Description = "A file: a graph whose cut is maximised (.txt, .rud, .mc as rudy writes them, such as the G-set), a QUBO (.qubo, "
                + ".sparse, .bqp), a list of weights (.ising, .coo), clauses to satisfy (.cnf, .wcnf). It may be packed by gzip; - is "
                + "standard input.",
        };
        var options = new SearchOptions();
        var command = new Command("search", "Finds states of low energy: largest cuts, QUBOs, spin glasses, clauses. The weights of the "
            + "machine are given by the problem; nothing is learned.") { problem };
        command.WithExamples(
            ("search G14.txt", "the largest cut that ten seconds find"),
            ("search G14.txt --target 3064 --seconds 60", "until a cut of 3064, a minute at most"),
            ("search problem.qubo --sweeps 2000 --out best.csv", "so many sweeps, whatever the machine; the best state as a file"),
            ("search formula.cnf --out formula.sol", "until every clause holds, ten seconds at most; the assignment as DIMACS has it"),
            ("search G14.txt --seconds 5 --picture trace.svg", "how the best cut grew"));
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            return Run(session, options.Bind(parsed, parsed.GetValue(problem)!));
        });
        return command;
    }

    static int Run(Session session, SearchRequest request)
    {
        SearchProblem problem = ProblemFile.Read(request.Path, request.Format, request.Problem, request.IsSpin);
        StopRule stop = request.Stop(problem, session.Interrupted);
        foreach (string warning in problem.Warnings) session.Warn(warning);
        session.Say(SearchText.Facts(problem));
        SearchRun? seen = null;
        SearchResult Search() => Searching.Search.Best(problem.Energy, request.MethodFor(problem.Energy), stop, session.Seed,
            session.Placement.Backend, request.Solutions, run => seen = run);
        SearchResult result = session.IsInteractive
            ? session.Screen.While(() => new Text(seen is null ? "…" : session.Interruption ?? SearchText.Standing(problem, seen)), Search)
            : Search();
        Satisfaction? found = problem.Check(result, request.Violations);
        Write(session, request, problem, result);
        if (session.Json) session.WriteJson(json => SearchJson.Write(json, problem, result, session.Threads == 0
            ? Environment.ProcessorCount : session.Threads, found));
        else
        {
            session.Print(session.Fit(SearchText.Result(problem, result, found)));
            if (found is { Violated.Count: > 0 }) session.Print("\n" + session.Fit(SearchText.Violated(problem, found)));
            if (result.Ladder.Count > 0 && !session.Quiet) session.Print("\n" + session.Fit(SearchText.Ladder(problem, result)));
        }
        return result.Status == SearchStatus.Interrupted ? ExitCode.Interrupted
            : request.Requires && IsMissed(stop, result, found) ? ExitCode.NotReached : ExitCode.Done;
    }

    static bool IsMissed(StopRule stop, SearchResult result, Satisfaction? found) => found is { IsFeasible: false }
        || (stop.Target is double target && result.Energy > target + 1e-9 * Math.Max(1, Math.Abs(target)));

    static void Write(Session session, SearchRequest request, SearchProblem problem, SearchResult result)
    {
        if (request.Out is string path)
        {
            AssignmentFile.Write(path, problem, result);
            session.Say($"the best state is in {path}");
        }
        if (request.Picture is string picture)
        {
            AtomicFile.WriteText(picture, SearchCharts.Trace(result, problem.Objective, problem.Name));
            session.Say($"picture: {picture}");
        }
        if (request.Report is not string folder) return;
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(Path.Combine(folder, "trace.svg"), SearchCharts.Trace(result, problem.Objective, problem.Name));
        if (result.Ladder.Count > 0)
        {
            AtomicFile.WriteText(Path.Combine(folder, "ladder.svg"), SearchCharts.Ladder(result, problem.Objective,
                "Energies by temperature"));
            AtomicFile.WriteText(Path.Combine(folder, "exchanges.svg"), SearchCharts.Exchanges(result, "Motion by temperature"));
        }
        AssignmentFile.Write(Path.Combine(folder, "best.csv"), problem, result);
        session.Say($"report: {folder}");
    }
}
