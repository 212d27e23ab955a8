namespace Boltzmann.Experiments;

/// <summary>Letters of English words: nats per letter beside n-grams, and the ends of a word.</summary>
sealed class ScienceWordsExperiment : SequenceExperiment
{
    public override string Name => "science-words";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        var kept = new Measurements(Path.Combine(context.Runs, context.Labelled(Name)), $"{context.Seed}, {context.Quick}, "
            + $"{context.Placement.Precision}");
        SequenceCandidate[] all = [.. Candidates()];
        if (context.Quick) all = [all[0], all[^1]];
        SequenceParts parts = context.Data.OpenSequences("words", new() { IgnoreCounts = true });
        var table = new TextTable("machine", "nats per letter, held out", "test", "± standard error", "bits a letter");
        double[] held = [.. all.Select(c => kept.Once($"{c.Label}, held out", () =>
            [Likelihood(context, Trained(context, c.Label, c.Plan), DataSplit.Validation).Mean])[0])];
        foreach (var (i, candidate) in all.Index())
        {
            SequenceScore score = Likelihood(context, Trained(context, candidate.Label, candidate.Plan), DataSplit.Test);
            table.Add(candidate.Label, Short(held[i]), Short(score.Mean), Short(score.StandardError), Short(-score.Mean / Math.Log(2)));
            context.Found($"nats per letter, {candidate.Label}", score.Mean);
        }
        foreach (int order in (int[])[2, 3, 4, 5, 6])
        {
            var grams = new LetterGrams(parts.Training, order);
            double test = grams.Mean(parts.Test!);
            table.Add($"{order}-grams (Witten and Bell)", Short(grams.Mean(parts.Validation!)), Short(test), "", Short(-test / Math.Log(
                2)));
        }
        SequenceCandidate best = all[Enumerable.Range(0, all.Length).MaxBy(i => held[i])];
        TrainedSequences counted = Trained(context, $"{best.Label}-counts", best.Plan with { IgnoreCounts = false });
        var ends = new TextTable("from", "the most probable ends, with log p");
        foreach (string prefix in (string[])["sci", "mach", "thou", "re"])
            ends.Add(prefix, string.Join(", ", Continuation.Of(counted.Model, prefix, 5).Select(c =>
                $"{c.Text} {Short(c.LogProbability)}")));
        WritePage(context, "10 000 words of film subtitles with counts. Every tenth word is the test, every tenth from the first on is "
            + "held out "
            + "to choose by. Each word counts once, its end as a letter.", ("One letter ahead.", table), ($"The machine that held-out "
            + $"words choose ({best.Label}), learned with the words' counts.", ends));
    }

    static SequenceScore Likelihood(ExperimentContext context, TrainedSequences trained, DataSplit part) =>
        SequenceEvaluation.LogLikelihood(trained.Model, Part(context, trained, part), cancellation: context.Interrupted);

    static IEnumerable<SequenceCandidate> Candidates()
    {
        foreach (var (delay, decays) in (IEnumerable<(int, double[])>)[(2, []), (3, []), (4, []), (4, [0.5, 0.9]), (6, [0.8])])
        {
            SequenceCandidate dybm = SequenceCandidate.Dybm("words", DataScale.None, delay, decays);
            yield return dybm with { Plan = dybm.Plan with { IgnoreCounts = true, Epochs = 100, L2 = 1e-6 } };
        }
        // Hidden units begin small and alike: only large steps, which fall in a straight line, part them in so few epochs.
        foreach (int hidden in (int[])[200, 400])
        {
            SequenceCandidate crbm = SequenceCandidate.Crbm("words", DataScale.None, 5, hidden, 20, 0.03);
            yield return crbm with
            {
                Plan = crbm.Plan with
                {
                    IgnoreCounts = true,
                    Method = TrainingMethod.Exact,
                    Decays = [0.8],
                    WeightsStd = 0.1
                }
            };
        }
    }
}
