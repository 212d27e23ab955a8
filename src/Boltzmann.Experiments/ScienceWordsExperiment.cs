namespace Boltzmann.Experiments;

/// <summary>Letters of English words: nats per letter beside n-grams, and the ends of a word.</summary>
sealed class ScienceWordsExperiment : SequenceExperiment
{
    // Where counts span four decades, what a word of the middle adds to the likelihood is small: so is what may be asked of its weights.
    const double CountedDecay = 1e-7;
    const int MostPlaces = 100;

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
        var (ways, counted, chosen) = Counted(context, best);
        var ends = new TextTable("from", "the most probable ends, with log p");
        foreach (string prefix in (string[])["sci", "mach", "thou", "re"])
            ends.Add(prefix, string.Join(", ", Continuation.Of(counted.Model, prefix, 5).Select(c =>
                $"{c.Text} {Short(c.LogProbability)}")));
        WritePage(context, "10 000 words of film subtitles with counts. Every tenth word is the test, every tenth from the first on is "
            + "held out to choose by. In the first table each word counts once, its end as a letter.", ("One letter ahead.", table),
            ($"The machine that held-out words choose ({best.Label}), learned with the words' counts. A word in ten of those that people "
            + "spoke is held out, whichever it is, and its letters are what the way is chosen by; of words that it never saw such a "
            + "machine learns that nobody speaks them.", ways), ($"The machine with counts that held-out occurrences choose ({chosen}).",
            ends));
    }

    // Of words with counts: each step weighed, or drawn as often as it came, from the beginning or from the machine of words that count
    // once.
    (TextTable Table, TrainedSequences Best, string Chosen) Counted(ExperimentContext context, SequenceCandidate best)
    {
        SequenceParts words = context.Data.OpenSequences("words", new());
        var parts = new HeldOccurrences(words.Training, context.Seed);
        string folder = Path.Combine(context.Runs, context.Labelled(Name));
        Sequences held = context.Data.OpenSequences(parts.Write(Path.Combine(folder, "held.txt"), true), HeldOccurrences.Reading).Training;
        SequencePlan weighed = best.Plan with
        {
            Data = parts.Write(Path.Combine(folder, "learned.txt"), false),
            Alphabet = HeldOccurrences.Reading.Alphabet,
            ValidationShare = HeldOccurrences.Reading.ValidationShare,
            IgnoreCounts = false,
            Keep = KeptEpoch.Last,
            L2 = CountedDecay,
        };
        SequenceCandidate[] ways =
        [
            new("steps weighed by their counts", weighed),
            new("steps drawn by their counts", weighed with { DrawByCount = true }),
            new("steps drawn by their counts, three times the epochs", weighed with
            {
                DrawByCount = true,
                Epochs = 3 * best.Plan.Epochs,
            }),
            new("drawn, from the machine of words that count once", weighed with { DrawByCount = true, LearningRate = [0.01] })
            {
                From = best.Label,
            },
        ];
        TrainedSequences[] trained = [.. ways.Select(way => Trained(context, way.Label, PlanOf(context, way)))];
        double[] scores = [.. trained.Select(one => Mean(context, one, held))];
        var table = new TextTable("way", "nats per letter, held-out occurrences", "words never seen, by count",
            "place of science after sci", "log p");
        foreach (var (i, one) in trained.Index())
        {
            IReadOnlyList<Continuation> ends = Continuation.Of(one.Model, "sci", MostPlaces);
            int place = ends.ToList().FindIndex(c => c.Text == "science");
            table.Add(ways[i].Label, Short(scores[i]), Short(Mean(context, one, words.Validation!)),
                place < 0 ? $"below {MostPlaces}" : $"{place + 1}", place < 0 ? "" : Short(ends[place].LogProbability));
        }
        var (first, log) = parts.Among("sci", "science");
        table.Add("the words' own frequencies", Short(parts.ByFrequency()), "−∞", $"{first}", Short(log));
        int chosen = Enumerable.Range(0, ways.Length).MaxBy(i => scores[i]);
        context.Found("nats per letter, held-out occurrences", scores[chosen]);
        return (table, trained[chosen], ways[chosen].Label);
    }

    static double Mean(ExperimentContext context, TrainedSequences trained, Sequences words) =>
        SequenceEvaluation.LogLikelihood(trained.Model, words, cancellation: context.Interrupted).Mean;

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
        foreach (var (hidden, isCentred) in (IEnumerable<(int, bool)>)[(200, true), (400, true), (200, false), (400, false)])
        {
            SequenceCandidate crbm = SequenceCandidate.Crbm("words", DataScale.None, 5, hidden, 20, 0.03);
            yield return new(crbm.Label + (isCentred ? "" : ", not centred"), crbm.Plan with
            {
                IgnoreCounts = true,
                Method = TrainingMethod.Exact,
                Decays = [0.8],
                WeightsStd = 0.1,
                Centering = isCentred,
            });
        }
    }
}
