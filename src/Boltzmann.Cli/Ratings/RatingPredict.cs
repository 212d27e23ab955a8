using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Ratings;

/// <summary>predict, of machines of ratings: what users would give to items.</summary>
sealed class RatingPredict
{
    readonly Option<string?> asked = RatingOptions.File("--for",
        "Machines of ratings: file of the pairs of user and item to predict.");

    readonly Option<string?> known = RatingOptions.Known("--ratings");

    readonly Option<string?> rated = RatingOptions.Rated();

    readonly ModelInput model;
    readonly Option<string?> outFile;
    readonly RatingOptionGuard guard;

    public RatingPredict(ModelInput model, Option<string?> outFile)
    {
        (this.model, this.outFile) = (model, outFile);
        guard = new(Options, ["--out"]);
    }

    public IReadOnlyList<Option> Options => [asked, known, rated];

    /// <summary>Predicts, if the model is a machine of ratings; null if it is not.</summary>
    public int? Run(ParseResult parsed, Session session)
    {
        if (!guard.IsOf(parsed, model)) return null;
        string? path = parsed.GetValue(outFile);
        if (path is not null) RowsFile.Check("--out", path, ".csv");
        string wanted = parsed.GetValue(asked)
            ?? throw new BadInputException("a machine of ratings predicts what users would give to items: expected --for FILE, a table of "
                + "user and item");
        TrainedRatings trained = session.Track($"reading {parsed.GetValue(model.Argument)}",
            () => TrainedRatings.Load(parsed.GetValue(model.Argument)!));
        RatingList told = RatingFiles.Read(session, trained, parsed.GetValue(known)), pairs = RatingFiles.Read(session, trained, wanted,
            needsRatings: false);
        double[] expected = trained.Predict(told, pairs, RatingFiles.Rated(session, trained, parsed.GetValue(rated)),
            session.Context.Threads);
        RatingFiles.NoteStrangers(session, trained, pairs, expected.Count(double.IsNaN));
        // A pair without a prediction has an empty field.
        string[][] rows = [.. Enumerable.Range(0, pairs.Count).Select(n => (string[])[pairs.UserNames[pairs.Users[n]],
            pairs.ItemNames[pairs.Items[n]], double.IsNaN(expected[n]) ? "" : TableOutput.Number(expected[n])])];
        TableOutput.Write(session, RatingPlan.Name, path, [trained.Columns.User ?? "user", trained.Columns.Item ?? "item", "prediction"],
            rows);
        return ExitCode.Done;
    }
}
