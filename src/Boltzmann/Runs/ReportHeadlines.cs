namespace Boltzmann.Runs;

/// <summary>The first and largest number of a report, from what was judged.</summary>
static class ReportHeadlines
{
    /// <summary>Of a machine: its classes where it has them, else its likelihood; null where there is neither.</summary>
    public static ReportHeadline? Of(RunJudgement judged) =>
        judged.Labels is { } labels ? OfLabels(labels, judged) : OfLikelihood(judged);

    static ReportHeadline OfLabels(LabelJudgement labels, RunJudgement judged)
    {
        ReportHeadline? likelihood = OfLikelihood(judged);
        return new($"accuracy on {judged.Rows}", $"{100 * labels.Accuracy:F2} ± {100 * labels.AccuracyError:F2} %")
        {
            Details =
            [
                new("log loss", Nats(labels.LogLoss.Value, labels.LogLoss.StandardError), "mean of −log p(class | row), per row"),
                new("balanced accuracy", Percent(labels.BalancedAccuracy), "mean recall of the classes"),
                new("average precision", NumberText.WithError(labels.Precision.Macro, labels.Precision.StandardError),
                    "mean of the classes"),
                .. likelihood is null ? (ReportNumber[])[] : [new(likelihood.Name, likelihood.Value, likelihood.Verdict),
                    .. likelihood.Details],
            ],
        };
    }

    static ReportHeadline? OfLikelihood(RunJudgement judged)
    {
        string name = $"{(judged.IsBound ? "lower bound on the log-likelihood" : "log-likelihood")} of {judged.Rows}";
        if (judged.Missing is string reason)
            return new(name, "not estimated")
            {
                Tone = HeadlineTone.Doubtful,
                Verdict = $"{Sentence(reason)}; boltzmann evaluate finds it",
            };
        if (judged.Score is not { } score || judged.Likelihood is not { } found) return null;
        bool isBelieved = judged.Verdict != BracketVerdict.NotToBeBelieved;
        return new(name, isBelieved ? Nats(score.Mean, score.StandardError) + " per row" : "no number to be believed")
        {
            Tone = judged.Verdict switch
            {
                null or BracketVerdict.Trustworthy => HeadlineTone.Sure,
                BracketVerdict.Doubtful => HeadlineTone.Doubtful,
                _ => HeadlineTone.None,
            },
            Verdict = judged.Verdict is null ? "exact: log Z was found by going through all states"
                : found.LogPartition!.VerdictText(isColoured: false)!,
            Details = [.. Details(judged, score, found, isBelieved)],
        };
    }

    static IEnumerable<ReportNumber> Details(RunJudgement judged, Score score, EvaluationResult found, bool isBelieved)
    {
        if (judged is { Gain: Score gain, Columns: Score columns })
            yield return new($"compared with {(judged.ArePixels ? "pixels" : "columns")} alone", isBelieved ? Better(gain) : "not known",
                $"{(judged.ArePixels ? "pixels" : "columns")} alone: {Nats(columns.Mean, columns.StandardError)} per row");
        if (isBelieved && judged.UnderReverse is double under)
            yield return new("with the reverse estimate of log Z", $"{NumberText.Short(under, 5)} nats per row",
                "tends to be too low, as the forward one tends to be too high: the truth lies between where chains mix");
        if (isBelieved && found.Elbo is { SamplingError: double error } && double.IsFinite(error))
            yield return new("error of the draws of the way up", $"{NumberText.Short(error, 2)} nats", $"{found.Elbo.Passes} for each row");
        if (found.LogPartition is not { } logPartition) yield break;
        string of = found.IsOfStack ? "log Z of the two upper layers" : "log Z";
        if (logPartition.Forward is not { } forward)
        {
            yield return new(of, $"{NumberText.Short(logPartition.Value, 6)} nats", "exact, by enumeration");
            yield break;
        }
        yield return new(of, NumberText.WithError(forward.Value, forward.StandardError, 6) + " nats",
            "forward annealed importance sampling, "
            + $"{forward.Chains} chains, {forward.Betas} betas: effective sample size {NumberText.Short(forward.EffectiveSampleSize, 3)}");
        if (logPartition.Reverse is { } reverse)
            yield return new($"{of}, reverse", NumberText.WithError(reverse.Value, reverse.StandardError, 6) + " nats",
                $"from {reverse.Chains} chains that began at training rows: "
                + $"effective sample size {NumberText.Short(reverse.EffectiveSampleSize, 3)}");
    }

    static string Better(Score gain)
    {
        string amount = NumberText.WithError(Math.Abs(gain.Mean), gain.StandardError, 4);
        return gain.Mean >= 0 ? $"better by {amount} nats per row" : $"worse by {amount} nats per row";
    }

    static string Percent(PooledScore share) => $"{100 * share.Value:F2} ± {100 * share.StandardError:F2} %";

    static string Nats(double value, double error) => NumberText.WithError(value, error, 5) + " nats";

    static string Sentence(string text) => text == "" ? "" : char.ToUpperInvariant(text[0]) + text[1..];
}
