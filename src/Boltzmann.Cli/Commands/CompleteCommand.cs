using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann complete MODEL: fills what is missing in rows.</summary>
static class CompleteCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var outFile = new Option<string?>("--out")
        {
            Description = "File for the completed rows, .csv; without it they go to standard output.",
            HelpName = "FILE"
        };
        var draws = NumberOption.OptionalWhole("--draws", 1, "Draw so many completions of each row, for multiple imputation: all rows of "
            + "the first draw, then all of the second, behind a column draw. Left out, words are the most probable and numbers the "
            + "expected ones.");
        var spread = new Option<string?>("--spread")
        {
            Description = "CSV file for the certainty of each filled field: the standard deviation of a number, the probability of a word.",
            HelpName = "FILE"
        };
        var sweeps = NumberOption.Whole("--sweeps", CompleteRequest.DefaultSweeps, 1, "Gibbs sweeps of each row's chain before anything "
            + "counts, and as many that are averaged over.");
        var extrapolate = new Option<bool>("--extrapolate") { Description = "Numbers may leave the range of the training's." };
        var command = new Command("complete", "Fills empty fields of rows by what a model expects there, given the "
            + "others.") { model.Argument };
        command.WithExamples(
            ("complete runs/NAME --data gaps.csv --out filled.csv", "the table with its gaps filled"),
            ("complete runs/NAME --data gaps.csv --draws 5 --out five.csv", "five draws of each row, for multiple imputation"));
        data.AddTo(command);
        foreach (Option option in (Option[])[draws, sweeps, extrapolate, outFile, spread]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile), spreadPath = parsed.GetValue(spread);
            if (path is not null) RowsFile.Check("--out", path, ".csv");
            if (spreadPath is not null) RowsFile.Check("--spread", spreadPath, ".csv");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            CompletedTable table = trained.Complete(new()
            {
                Rows = data.Request(parsed, session),
                Draws = parsed.GetValue(draws),
                BurnIn = parsed.GetValue(sweeps),
                Sweeps = parsed.GetValue(sweeps),
                Extrapolate = parsed.GetValue(extrapolate),
            }, session.Context);
            if (spreadPath is not null) WriteSpreads(spreadPath, table);
            bool isNumbered = parsed.GetValue(draws) is not null;
            int count = table.Rows.Count / table.Draws;
            string[][] rows = [.. table.Rows.Select((row, r) => isNumbered ? [$"{r / count + 1}", .. row] : row)];
            TableOutput.Write(session, trained.Description.Model, path, isNumbered ? ["draw", .. table.Columns] : table.Columns, rows,
                json => json.WriteNumber("filled", table.Filled));
            if (!session.Json && path is not null) session.Say($"{table.Filled:N0} fields filled");
            return ExitCode.Done;
        });
        return command;
    }

    static void WriteSpreads(string path, CompletedTable table)
    {
        using var text = new StringWriter { NewLine = "\n" };
        RowsFile.WriteFields(text, table.Columns, table.Spreads.Select(row => (IReadOnlyList<string>)
            [.. row.Select(x => x is double spread ? TableOutput.Number(spread) : "")]));
        AtomicFile.WriteText(path, text.ToString());
    }
}
