using System.CommandLine;
using System.Globalization;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Ratings;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann recommend MODEL: what somebody would like, by a machine of ratings.</summary>
static class RecommendCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var likes = new Option<string?>("--likes")
        {
            Description = "Somebody new: items and ratings, as \"Heat (1995)=4.5, Alien (1979)=5\".",
            HelpName = "ITEM=RATING, …"
        }.In(HelpGroup.Data, isMain: true);
        var user = new Option<string?>("--user") { Description = "A user of the ratings.", HelpName = "NAME" }
            .In(HelpGroup.Data, isMain: true);
        Option<string?> known = RatingOptions.Known("--ratings");
        var names = new Option<string?>("--names")
        {
            Description = "Table of items and their titles, for --likes and the answer.",
            HelpName = "FILE"
        }.In(HelpGroup.Data, isMain: true);
        var count = NumberOption.Whole("--count", 10, 1, "How many.").In(HelpGroup.Options, isMain: true);
        var least = NumberOption.Whole("--least", 10, 1, "Ratings that an item must have: of few, little is known.")
            .In(HelpGroup.Options, isMain: true);
        var outFile = new Option<string?>("--out") { Description = "File, .csv; without it standard output.", HelpName = "FILE" };
        var command = new Command("recommend", "Says what a user, or somebody new, would rate highest of what he has not rated. Takes a "
            + "machine of ratings, which train ratings makes.") { model.Argument };
        command.WithExamples(
            ("recommend runs/films --user 17 --names movies.csv", "ten films for user 17"),
            ("recommend runs/films --likes Heat=4.5,Alien=5 --names movies.csv", "for somebody new"));
        foreach (Option option in (Option[])[likes, user, known, names, count, least, outFile]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile), liked = parsed.GetValue(likes), who = parsed.GetValue(user);
            if (path is not null) RowsFile.Check("--out", path, ".csv");
            if (liked is null == who is null)
                throw new BadInputException("expected --likes for somebody new, or --user for one of the ratings, and not both");
            string source = parsed.GetValue(model.Argument)!;
            TrainedRatings trained = session.Track($"reading {source}", () => TrainedRatings.Load(source));
            ItemTitles? titles = parsed.GetValue(names) is string file
                ? ItemTitles.Read(session.Context.Data.FindFile(file) ?? file) : null;
            (string, double)[] given = liked is null ? [] : Given(liked, titles);
            RatingList told = RatingFiles.Read(session, trained, parsed.GetValue(known));
            IReadOnlyList<Recommendation> all = session.Track("expected ratings", () => who is not null
                ? trained.Recommend(told, who, parsed.GetValue(least)) : trained.Recommend(told, given, parsed.GetValue(least)));
            if (all.Count == 0)
                throw new BadInputException($"no item that is left has {parsed.GetValue(least)} ratings or more; expected a smaller "
                    + "--least");
            Recommendation[] first = [.. all.Take(parsed.GetValue(count))];
            string[][] rows = [.. first.Select(r => (string[])[r.Item, .. titles is null ? [] : (string[])[titles.TitleOf(r.Item)],
                TableOutput.Number(r.Rating), $"{r.Count}"])];
            string[] columns = titles is null ? ["item", "rating", "ratings"] : ["item", "title", "rating", "ratings"];
            TableOutput.Write(session, RatingPlan.Name, path, columns, rows);
            return ExitCode.Done;
        });
        return command;
    }

    // Titles may hold commas, and equals signs: a rating ends an item.
    static (string Item, double Rating)[] Given(string text, ItemTitles? titles)
    {
        var given = new List<(string, double)>();
        for (int start = 0; start < text.Length;)
        {
            int end = start - 1;
            double rating = 0;
            string? title = null;
            while (title is null && (end = text.IndexOf('=', end + 1)) >= 0)
            {
                int stop = text.IndexOf(',', end) is >= 0 and int comma ? comma : text.Length;
                if (!double.TryParse(text[(end + 1)..stop], NumberStyles.Float, CultureInfo.InvariantCulture, out rating)) continue;
                title = text[start..end].Trim();
                start = stop + 1;
            }
            if (string.IsNullOrEmpty(title))
                throw new BadInputException($"--likes: '{text[start..].Trim()}' is no item and its rating: expected "
                    + "\"ITEM=RATING, ITEM=RATING\"");
            given.Add((titles?.ItemOf(title) ?? title, rating));
        }
        return given.Count > 0 ? [.. given] : throw new BadInputException("--likes is empty: expected \"ITEM=RATING, ITEM=RATING\"");
    }
}
