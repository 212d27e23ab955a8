using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann nearest MODEL: rows like a query.</summary>
static class NearestCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var query = new Option<string?>("--query")
        {
            Description = "Words that documents are to be like, in quotes; of a model of documents with a vocabulary.",
            HelpName = "WORDS",
        }.In(HelpGroup.Options, isMain: true);
        var like = NumberOption.OptionalWhole("--like", 1, "The number of the row that others are to be like, from 1.")
            .In(HelpGroup.Options, isMain: true);
        var count = NumberOption.Whole("--count", NearestRequest.DefaultCount, 1, "How many rows.").In(HelpGroup.Options, isMain: true);
        var outFile = new Option<string?>("--out") { Description = "CSV file; without it standard output.", HelpName = "FILE" }
            .In(HelpGroup.Output, isMain: true);
        var command = new Command("nearest", "Finds the rows most like a query, words or another row. Likeness is the cosine between what "
            + "the top hidden layer hears from each: documents on the same matter, pictures of the same thing.") { model.Argument };
        command.WithExamples(
            ("nearest runs/NAME --data train.dat.gz --query orbit --count 5", "documents like some words"),
            ("nearest runs/NAME --data mnist --like 7", "rows like the seventh"));
        foreach (Option option in (Option[])[query, like, count, outFile]) command.Options.Add(option);
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile);
            if (path is not null) RowsFile.Check("--out", path, ".csv");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            IReadOnlyList<NearestRow> found = trained.Nearest(new()
            {
                Rows = data.Request(parsed, session),
                Query = parsed.GetValue(query),
                Like = parsed.GetValue(like),
                Count = parsed.GetValue(count),
            }, session.Context);
            (string Name, Func<NearestRow, string?> Field)[] columns = [("row", row => $"{row.Row}"),
                ("cosine", row => TableOutput.Number(row.Cosine)), ("label", row => row.Label), ("name", row => row.Name),
                ("words", row => row.Words is null ? null : string.Join(' ', row.Words))];
            // What no row has is no column.
            columns = [.. columns.Where(column => found.Any(row => column.Field(row) is not null))];
            TableOutput.Write(session, trained.Description.Model, path, [.. columns.Select(column => column.Name)],
                [.. found.Select(row => (string[])[.. columns.Select(column => column.Field(row) ?? "")])]);
            return ExitCode.Done;
        });
        return command;
    }
}
