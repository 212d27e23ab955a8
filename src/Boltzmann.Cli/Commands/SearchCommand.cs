using System.CommandLine;
using System.Globalization;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Searches;
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
            Description = "A graph to cut (.txt, .rud, .mc, such as the G-set), a QUBO (.qubo, .sparse, .bqp), weights (.ising, .coo), a "
                + "binary quadratic model (.bqm, .json), clauses (.cnf, .wcnf), constraints (.json), any of them packed by gzip, or - for "
                + "standard input; a name: queens:8, sudoku:FILE, colouring:FILE, tsp:FILE, partition:FILE, denoise:FILE.png; or a model, "
                + "whose modes are sought.",
        };
        var options = new SearchOptions();
        var command = new Command("search", "Finds states of low energy: cuts, QUBOs, spin glasses, clauses, constraints, modes. Nothing "
            + "is learned.") { problem };
        command.WithExamples(
            ("search G14.txt --target 3064 --seconds 60", "a cut of 3064, within a minute"),
            ("search problem.qubo --sweeps 2000 --out best.csv", "the same sweeps on any machine"),
            ("search formula.cnf --out formula.sol", "until every clause holds"),
            ("search rota.json --clamp shift=3 --json", "constraints; one value is known"),
            ("search spins.coo --marginals --temperature 2", "how probable each variable is"),
            ("search runs/NAME --picture modes.png", "what a model finds most probable"),
            ("search problem.qubo --write problem.bqm", "the problem in another format"));
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            return Run(session, options.Bind(parsed, parsed.GetValue(problem)!, session));
        });
        return command;
    }

    static int Run(Session session, SearchRequest request)
    {
        SearchTask task = SearchTasks.Open(request, session);
        if (task is not ModelTask) Clamp(task, request);
        UselessSearchOptions.Check(request, task);
        if (request.Write is string file)
        {
            task.Convert(file);
            foreach (string warning in task.Warnings) session.Warn(warning);
            session.Say($"{task.Facts}; written to {file}");
            return ExitCode.Done;
        }
        if (request.Out is string path) RowsFile.Check("--out", path, [.. task.Endings]);
        if (request.Picture is string drawn) RowsFile.Check("--picture", drawn, task.PictureEndings);
        if (request.Animation is string moving)
        {
            RowsFile.Check("--animation", moving, ".png", ".apng");
            if (!task.Draws)
                throw new BadInputException($"--animation: states of {task.Name} have no drawing; cuts, clauses and problems by name have");
        }
        task.Check(request);
        foreach (string warning in task.Warnings) session.Warn(warning);
        session.Say(task.Facts);
        var watch = new SearchWatch(session.IsInteractive) { Film = request.Animation is null ? null : new() };
        SearchOutcome Search() => task.Run(request, session, watch);
        SearchOutcome outcome = session.IsInteractive
            ? session.Screen.While(() => new Text(watch.Standing is not SearchStanding now ? "…"
                : session.Interruption ?? now.Line(session.Screen.PictureWidth, watch.Prefix)), Search)
            : Search();
        if (request.Animation is string film) Animate(session, film, watch.Film!, task, outcome);
        Write(session, request, task, outcome);
        if (session.Json) session.WriteJson(json => SearchJson.Write(json, task, outcome, session.Threads == 0
            ? Environment.ProcessorCount : session.Threads));
        else Print(session, task, outcome);
        return outcome.Result.Status == SearchStatus.Interrupted ? ExitCode.Interrupted
            : request.Requires && (outcome.IsMissed || !outcome.IsFeasible) ? ExitCode.NotReached : ExitCode.Done;
    }

    static void Animate(Session session, string path, SearchFilm film, SearchTask task, SearchOutcome outcome)
    {
        var (file, frames) = session.Track("drawing the animation", () => film.Encode(task.Answer, outcome.Result.Assignment));
        AtomicFile.WriteBytes(path, file);
        session.Say($"animation: {path}, {frames} state{(frames == 1 ? "" : "s")}");
    }

    // What a problem knows already.
    static void Clamp(SearchTask task, SearchRequest request)
    {
        if (!request.IsClamped) return;
        var clamps = new List<KeyValuePair<string, int>>();
        if (request.ClampFile is string file) clamps.AddRange(AssignmentReader.ReadCsv(file));
        foreach (string text in request.ClampWords)
        {
            int at = text.LastIndexOf('=');
            if (at <= 0 || !int.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
                throw new BadInputException($"--clamp {text}: expected NAME=VALUE with a whole number, as in x12=1");
            clamps.Add(new(text[..at], value));
        }
        task.Clamp(clamps);
    }

    static void Print(Session session, SearchTask task, SearchOutcome outcome)
    {
        if (task.Screen(outcome) is string screen) session.Print(screen + "\n");
        session.Print(session.Fit(SearchText.Result(task, outcome)));
        if (outcome.Found is { Violated.Count: > 0 } && task.Violated(outcome) is TextTable violated)
            session.Print("\n" + session.Fit(violated));
        if (outcome.Result.Marginals is Marginals marginals) session.Print("\n" + session.Fit(SearchText.Marginals(task, marginals)));
        if (session.Quiet) return;
        if (outcome.Penalties.Any(penalty => penalty.Raised > 0)) session.Print("\n" + session.Fit(SearchText.Penalties(outcome)));
        if (task.ShowsLadder && outcome.Result.Ladder.Count > 0)
            session.Print("\n" + session.Fit(SearchText.Ladder(task.ChartObjective, outcome.Result)));
    }

    static void Write(Session session, SearchRequest request, SearchTask task, SearchOutcome outcome)
    {
        SearchResult result = outcome.Result;
        if (request.Out is string path)
        {
            if (task.WriteBest(path, outcome)) session.Say($"the best state is in {path}");
            else session.Warn($"the best state breaks hard constraints, so {path} is not written");
        }
        if (request.Picture is string picture)
        {
            task.WritePicture(picture, outcome);
            session.Say($"picture: {picture}");
        }
        if (request.Report is not string folder) return;
        Directory.CreateDirectory(folder);
        List<ReportChart> charts = [];
        void Add(string file, string svg, string caption)
        {
            AtomicFile.WriteText(Path.Combine(folder, file), svg);
            charts.Add(new(svg, caption));
        }
        if (task.Drawing(outcome) is string drawing) Add("drawing.svg", drawing, "The best state.");
        if (result.Trace.Count > 0)
            Add("trace.svg", SearchCharts.Trace(result, task.ChartObjective, task.Name), "The best value over time.");
        if (result.Ladder.Count > 0)
        {
            Add("ladder.svg", SearchCharts.Ladder(result, task.ChartObjective, "Energies by temperature"), "Chains at each temperature.");
            Add("exchanges.svg", SearchCharts.Exchanges(result, "Motion by temperature"), "How states move between temperatures.");
        }
        task.WriteBest(Path.Combine(folder, "best.csv"), outcome);
        List<(string, TextTable)> tables = [];
        if (outcome.Found is { Violated.Count: > 0 } && task.Violated(outcome) is TextTable violated) tables.Add(("Violated", violated));
        if (result.Ladder.Count > 0) tables.Add(("Temperatures", SearchText.Ladder(task.ChartObjective, result)));
        string page = Path.Combine(folder, "index.html");
        AtomicFile.WriteText(page, SearchPage.Html(task.Name, task.Facts, SearchText.Result(task, outcome), charts, tables,
            request.CommandLine));
        session.Say($"report: {page}");
    }
}
