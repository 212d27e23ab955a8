using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Ratings;

/// <summary>evaluate, of machines of ratings: their errors, beside those of means and biases.</summary>
sealed class RatingEvaluate
{
    const string Rmse = "rmse", Mae = "mae", Ndcg = "ndcg@10", Precision = "precision@10", Recall = "recall@20";

    /// <summary>Metrics that no other model has.</summary>
    public static IReadOnlyList<string> OwnMetrics { get; } = [Ndcg, Precision, Recall];

    static readonly string[] all = [Rmse, Mae, .. OwnMetrics];

    readonly Option<string?> judged = RatingOptions.File("--ratings",
        "Machines of ratings: file of ratings to judge by, which it must not have learned from.");

    readonly Option<string?> given = RatingOptions.Known("--given");

    readonly Option<string?> rated = RatingOptions.Rated();

    readonly Option<double?> relevant = NumberOption.Optional("--relevant", "Machines of ratings: the rating from which on an item is "
        + "what the user wanted, for ndcg@10, precision@10 and recall@20. By default 4.").In(HelpGroup.Metrics);

    readonly ModelInput model;
    readonly Option<string[]> metrics;
    readonly RatingOptionGuard guard;

    public RatingEvaluate(ModelInput model, Option<string[]> metrics)
    {
        (this.model, this.metrics) = (model, metrics);
        guard = new(Options, ["--metrics"]);
    }

    public IReadOnlyList<Option> Options => [judged, given, rated, relevant];

    /// <summary>Evaluates, if the model is a machine of ratings; null if it is not.</summary>
    public int? Run(ParseResult parsed, Session session)
    {
        string[] asked = parsed.GetValue(metrics) ?? [];
        if (!guard.IsOf(parsed, model))
            return asked.FirstOrDefault(OwnMetrics.Contains) is string foreign
                ? throw new BadInputException($"the metric {foreign} is for machines of ratings, which train ratings makes") : null;
        if (asked.FirstOrDefault(name => !all.Contains(name)) is string wrong)
            throw new BadInputException($"the metric {wrong} is for other models; machines of ratings have {string.Join(", ", all)}");
        string test = parsed.GetValue(judged) ?? throw new BadInputException("a machine of ratings is judged by ratings it has not learned "
            + "from: expected --ratings FILE");
        string[] found = asked.Length > 0 ? asked : [Rmse, Mae];
        bool ranks = found.Any(OwnMetrics.Contains);
        if (parsed.GetValue(relevant) is not null && !ranks)
            throw new BadInputException($"--relevant is for {string.Join(", ", OwnMetrics)}; expected one of them in --metrics");
        TrainedRatings trained = session.Track($"reading {parsed.GetValue(model.Argument)}",
            () => TrainedRatings.Load(parsed.GetValue(model.Argument)!));
        RatingList known = RatingFiles.Read(session, trained, parsed.GetValue(given)), wanted = RatingFiles.Read(session, trained, test);
        RatingList? also = RatingFiles.Rated(session, trained, parsed.GetValue(rated));
        double[] expected = session.Track("predictions", () => trained.Predict(known, wanted, also, session.Context.Threads));
        int lost = expected.Count(double.IsNaN);
        if (lost == expected.Length)
            throw new BadInputException($"{test}: has no rating that {trained.Path} has weights for");
        RatingFiles.NoteStrangers(session, trained, wanted, lost);
        RatingErrors own = RatingErrors.Of(wanted, expected);
        RatingErrors plain = RatingErrors.Of(wanted, RatingBiases.Expected(known, wanted, expected));
        RankingScore? ranking = !ranks ? null : session.Track("ranking", () => RankingScore.Of(trained, known, wanted,
            parsed.GetValue(relevant) ?? 4, also, session.Context.Threads));
        double ValueOf(string name) => name switch
        {
            Rmse => own.Rmse,
            Mae => own.Mae,
            Ndcg => ranking!.Ndcg,
            Precision => ranking!.Precision,
            _ => ranking!.Recall,
        };
        double? PlainOf(string name) => name switch
        {
            Rmse => plain.Rmse,
            Mae => plain.Mae,
            Ndcg => ranking!.Popularity.Ndcg,
            Precision => ranking!.Popularity.Precision,
            _ => ranking!.Popularity.Recall,
        };
        if (session.Json)
            session.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("model", RatingPlan.Name);
                json.WriteString("ratings", test);
                json.WriteNumber("count", own.Count);
                foreach (string name in found) json.WriteFiniteOrNull(name, ValueOf(name));
                if (ranking is not null) json.WriteNumber("users", ranking.Users);
                json.WriteStartObject("baseline");
                foreach (string name in found) json.WriteFiniteOrNull(name, PlainOf(name) ?? double.NaN);
                json.WriteEndObject();
                json.WriteEndObject();
            });
        else
        {
            var table = new TextTable("metric", "machine", "baseline", "which is");
            foreach (string name in found)
                table.Add(name, NumberText.Short(ValueOf(name)), NumberText.Short(PlainOf(name)!.Value),
                    OwnMetrics.Contains(name) ? "the most rated items" : "means and biases");
            session.Print(table.ToText(session.TableWidth));
            session.Say($"{own.Count:N0} ratings of {test}" + (ranking is null ? ""
                : $"; ranked for {ranking.Users:N0} users who rated something {parsed.GetValue(relevant) ?? 4} or more"));
        }
        return ExitCode.Done;
    }
}
