using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann score MODEL: how odd rows are.</summary>
static class ScoreCommand
{
    const string Mutation = "mutation";

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var by = ChoiceOption.Of("--by", "free-energy", "How a row is scored: free-energy, the higher the odder; log-likelihood, in "
            + "nats, or pseudo-likelihood, the sum of log p(column | the others), the lower the odder. mutation, of aligned sequences: "
            + "what each single change does to log p.", "free-energy", "log-likelihood", "pseudo-likelihood", Mutation);
        var picture = new Option<string?>("--picture")
        {
            Description = "With --by mutation: SVG file for the changes of the first sequence.",
            HelpName = "FILE"
        };
        var explain = NumberOption.Whole("--explain", 0, 0, "Name so many columns that make each row odd, with -log p(column | the "
            + "others).");
        var threshold = NumberOption.OptionalPositive("--threshold", "Call rows odd that are odder than all but this share of the "
            + "training's rows: 0.01 for one in a hundred.");
        var outFile = new Option<string?>("--out")
        {
            Description = "File for the scores, .csv; without it they go to standard output.",
            HelpName = "FILE"
        };
        var command = new Command("score", "Says how odd each row is to a model, and which columns make it so.") { model.Argument };
        command.WithExamples(
            ("score runs/NAME --data today.csv --explain 3", "how odd each row is, and the three columns that make it so"),
            ("score runs/NAME --data today.csv --threshold 0.01 --out scores.csv", "odder than 99 % of the training's rows"),
            ("score runs/NAME --data wild.fasta --by mutation --picture scan.svg", "what each change of a sequence does to it"));
        data.AddTo(command);
        foreach (Option option in (Option[])[by, explain, threshold, outFile, picture]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile);
            if (path is not null) RowsFile.Check("--out", path, ".csv");
            int columns = parsed.GetValue(explain);
            string? scan = parsed.GetValue(picture);
            bool isMutation = parsed.GetValue(by) == Mutation;
            if (scan is not null && !isMutation) throw new BadInputException("--picture is for --by mutation");
            if (scan is not null) RowsFile.Check("--picture", scan, ".svg");
            if (isMutation && (columns > 0 || parsed.GetValue(threshold) is not null))
                throw new BadInputException("--explain and --threshold are for scores of whole rows, and --by mutation has one for each "
                    + "change");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            if (isMutation)
            {
                ScoredMutations.Run(session, trained, data.Request(parsed, session), path, scan);
                return ExitCode.Done;
            }
            RowScores scores = trained.Score(new ScoreRequest
            {
                Rows = data.Request(parsed, session),
                By = parsed.Choice<ScoreMeasure>(by) ?? ScoreMeasure.FreeEnergy,
                Explain = columns,
                Threshold = parsed.GetValue(threshold),
            }, session.Context);
            Write(session, trained, scores, parsed.GetValue(by)!, columns, path);
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(Session session, TrainedModel model, RowScores scores, string by, int explained,
        string? path)
    {
        string[] columns = [.. scores.Names is null ? [] : (string[])["name"], "score", .. scores.Limit is null ? [] : (string[])["odd"],
            .. Enumerable.Range(1, explained).SelectMany(n => (string[])[$"column {n}", $"value {n}", $"surprise {n}"])];
        string[][] rows = [.. scores.Values.Select((score, r) => (string[])[
            .. scores.Names is null ? [] : (string[])[scores.Names[r]], TableOutput.Number(score),
            .. scores.Limit is null ? [] : (string[])[!scores.AreWhole[r] ? "" : scores.IsOdd(r) ? "yes" : "no"], .. Surprises(scores, r,
                explained)])];
        TableOutput.Write(session, model.Description.Model, path, columns, rows, json =>
        {
            json.WriteString("data", scores.Data);
            json.WriteString("by", by);
            json.WriteBoolean("high_is_odd", scores.IsHighOdd);
            if (scores.Limit is double limit) json.WriteNumber("limit", limit);
        });
        if (scores.Limit is not double beyond || session.Json) return;
        string count = $"{Enumerable.Range(0, scores.Values.Count).Count(scores.IsOdd):N0} of {scores.Values.Count:N0} rows are odd: "
                + $"{(scores.IsHighOdd ? "above" : "below")} {TableOutput.Number(beyond)}";
        // Standard output holds the scores where no file does.
        if (path is null) session.Note(count);
        else session.Say(count);
    }

    static IEnumerable<string> Surprises(RowScores scores, int row, int explained) => explained == 0 ? []
        : Enumerable.Range(0, explained).SelectMany(n => n < scores.Surprises[row].Count
            ? [scores.Surprises[row][n].Column, scores.Surprises[row][n].Value, TableOutput.Number(scores.Surprises[row][n].Surprise)]
            : (string[])["", "", ""]);
}
