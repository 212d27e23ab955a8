namespace Boltzmann.Experiments;

/// <summary>Ratings of films: hidden ones predicted by machines and by plain methods.</summary>
sealed class RatingsExperiment : Experiment
{
    const string Ratings = "movielens-small/ratings.csv.gz", Titles = "movielens-small/movies.csv.gz";
    const int FewestRatings = 30, Factors = 8;

    static readonly string[] wellKnown = ["Toy Story (1995)", "Matrix, The (1999)", "Godfather, The (1972)"];

    public override string Name => "ratings";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name}: nobody published this split: run it without --as-published");
        string label = context.Labelled(Name);
        var kept = new Measurements(Path.Combine(context.Runs, label), $"{context.Seed}, {context.Quick}");
        RatingList all = RatingReader.Read(Find(context, Ratings));
        if (context.Quick) all = RatingParts.Fewer(all);
        RatingParts parts = RatingParts.ByNumber(all);

        TextTable speed = new RatingSpeed(context, kept).Run();
        var ranking = new RankingComparison(context, kept, all);
        TextTable ranks = ranking.Run();
        FilmMeanings meanings = Meanings(context, all, ranking.OfFilms!.Machine);
        var comparison = new RatingComparison(context, kept, parts);
        var accuracy = new TextTable("", "validation RMSE", "test RMSE", "test MAE", "seconds");
        IReadOnlyList<RatingResult> ways = comparison.Run();
        foreach (RatingResult way in ways) way.AddTo(accuracy, parts);
        context.Prose.Write(accuracy.ToText());
        context.Prose.Write(ranks.ToText());
        context.WriteText($"{label}-curves.svg", SvgChart.Line(new ChartFrame("Error of held-out ratings")
        {
            XTitle = "epoch",
            YTitle = "RMSE",
        }, [.. comparison.Curves]));
        var groups = new RatingGroups(parts, comparison.Grouped);
        Write(context, new()
        {
            { "ratings", $"{all.Count:N0}" },
            { "users", $"{all.Users.Distinct().Count():N0}" },
            { "films", $"{all.Items.Distinct().Count():N0}" },
            { "accuracy", accuracy },
            { "tried", comparison.Tried },
            { "by-user", groups.ByUser() },
            { "by-film", groups.ByItem() },
            { "ranks", ranks },
            { "ranks-tried", ranking.Tried },
            { "fewest", $"{Fewest(context)}" },
            { "near", Near(meanings) },
            { "factors", meanings.Factors(Factors) },
            { "speed", speed },
        });
    }

    static FilmMeanings Meanings(ExperimentContext context, RatingList all, Rbm machine)
    {
        Dictionary<string, string> titleOf = ExperimentTable.Read(context, Find(context, Titles)).Rows.ToDictionary(row => row[0],
            row => row[1]);
        var counts = new int[all.ItemNames.Count];
        foreach (int item in all.Items) counts[item]++;
        return new([.. Enumerable.Range(0, machine.Weights.Rows).Select(machine.Weights.ReadRow)],
            [.. all.ItemNames.Select(name => titleOf.GetValueOrDefault(name, name))], i => counts[i] >= Fewest(context));
    }

    static int Fewest(ExperimentContext context) => context.Quick ? 5 : FewestRatings;

    static TextTable Near(FilmMeanings meanings)
    {
        (string Title, double Cosine)[][] near = [.. wellKnown.Select(title => meanings.Near(title).ToArray())];
        var table = new TextTable(["place", .. wellKnown]);
        for (int place = 0; place < near.Max(films => films.Length); place++)
            table.Add([$"{place + 1}", .. near.Select(films => place < films.Length
                ? $"{films[place].Title}, {films[place].Cosine:F2}" : "")]);
        return table;
    }

    static string Find(ExperimentContext context, string file) => context.Data.FindFile(file)
        ?? throw new BadInputException($"{file} is not there: put MovieLens latest small (ratings.csv.gz, movies.csv.gz) "
            + "into movielens-small in a folder that --data-folder or BOLTZMANN_DATA names");
}
