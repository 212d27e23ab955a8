using System.CommandLine;
using Boltzmann.Cli.Benchmarks;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann bench: this machine's FMA peak and what training steps, or single operations, reach of it.</summary>
static class BenchCommand
{
    const int MostRounds = 10_000;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var outFile = new Option<string?>("--out") { Description = "Also write the table to this Markdown file.", HelpName = "FILE.md" };
        var compare = new Option<string?>("--compare")
        {
            Description = "Sets an earlier run, a file of bench --json, beside this one.",
            HelpName = "FILE",
        };
        var rounds = NumberOption.Whole("--rounds", BenchRounds.Default, 1, "Visits to each case.", MostRounds);
        Option<string[]> cases = Several("--cases", "TEXT",
            "Only what has one of these texts in its name: fine-tune, \"cd-1 784x1024x10\", \"1 thread\", grid.");
        Option<string[]> operations = Several("--operations", "NAME",
            $"Times single operations instead of steps: {string.Join(", ", OperationSet.Names)}; or {OperationBenchmark.All}.");
        Option<string[]> shapes = Several("--shape", "VISIBLExHIDDENxBATCH",
            $"Sizes of the operations; {string.Join(" and ", BenchShape.Standard)} when left out.");
        var command = new Command("bench",
            "Measures this machine's FMA peak and what training steps reach of it. Takes a few minutes; the machine should be idle.")
        {
            outFile, compare, cases, rounds, operations, shapes, CompanionCommand.Create(open),
        };
        command.WithExamples(
            ("bench --json > before.json", "all cases, kept for later"),
            ("bench --cases cd-1 --compare before.json", "some cases, beside an earlier run"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            // Whatever cannot be used is said before minutes are spent.
            string? page = Writable(parsed.GetValue(outFile));
            BenchBaseline? before = parsed.GetValue(compare) is string file ? BenchBaseline.Read(file) : null;
            string[] parts = parsed.GetValue(cases) ?? [], names = parsed.GetValue(operations) ?? [], sizes = parsed.GetValue(shapes) ?? [];
            if (names.Length > 0)
            {
                if (parts.Length > 0) throw new BadInputException("--cases and --operations exclude each other");
                return RunOperations(session, OperationBenchmark.Choose(names), Shapes(sizes), parsed.GetValue(rounds), before, page);
            }
            if (sizes.Length > 0) throw new BadInputException("--shape is a size of --operations, which are not given");
            return RunCases(session, new CaseFilter(parts), parsed.GetValue(rounds), before, page);
        });
        return command;
    }

    static int RunCases(Session session, CaseFilter filter, int rounds, BenchBaseline? before, string? page)
    {
        CaseBenchmark.Check(filter, (CpuBackend)session.Placement.Backend);
        BenchReport report = CaseBenchmark.Run(filter, rounds, before, session);
        if (page is not null) AtomicFile.WriteText(page, BenchPage.Of(report));
        if (session.Json) session.WriteJson(json => BenchJson.Write(json, report));
        else Print(session, report.Results.Count == 0 ? null : BenchText.Table(report), BenchText.Notes(report));
        return ExitCode.Done;
    }

    static int RunOperations(Session session, IReadOnlyList<string> names, IReadOnlyList<BenchShape> shapes, int rounds,
        BenchBaseline? before, string? page)
    {
        OperationReport report = OperationBenchmark.Run(names, shapes, rounds, before, session);
        if (page is not null) AtomicFile.WriteText(page, report.ToPage().ToString());
        if (session.Json) session.WriteJson(json => OperationJson.Write(json, report));
        else Print(session, report.ToTable(), report.Notes());
        return ExitCode.Done;
    }

    static void Print(Session session, TextTable? table, IEnumerable<string> notes)
    {
        if (table is not null) session.Output.Write(table.ToText());
        foreach (string note in notes) session.Output.WriteLine(note);
    }

    static IReadOnlyList<BenchShape> Shapes(string[] texts) => texts.Length == 0 ? BenchShape.Standard :
    [
        .. texts.Select(text => BenchShape.TryParse(text, out BenchShape shape) ? shape
            : throw new BadInputException($"--shape: '{text}' is not VISIBLExHIDDENxBATCH, such as {BenchShape.Standard[0]}")).Distinct(),
    ];

    static string? Writable(string? path)
    {
        if (path is not null && (path.Length == 0 || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
            throw new BadInputException($"--out {path}: cannot be written, its folder does not exist");
        return path;
    }

    static Option<string[]> Several(string name, string shown, string help) => new(name)
    {
        Description = help,
        HelpName = shown,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };
}
