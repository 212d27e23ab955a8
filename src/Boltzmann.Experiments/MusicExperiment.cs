namespace Boltzmann.Experiments;

/// <summary>
/// Polyphonic music by RNN-RBMs: the epoch is chosen on held-out pieces, the likelihood of the test pieces bracketed by annealing, beside
/// notes without a past and the step before as the forecast; and a continuation of each set's first test piece, drawn and as MIDI.
/// </summary>
sealed class MusicExperiment : SequenceExperiment
{
    const int PrefixSteps = 64, GeneratedSteps = 192;

    // Where the two directions lie further apart, a few pieces are annealed for longer, in nats.
    const double WidestBracket = 0.1;
    const int LongPieces = 20, LongBetas = 5000;

    // Of the largest set not all test pieces are scored.
    const string Largest = "musedata";
    const int LargestEvery = 8;

    static readonly SequencePlan start = SequencePlan.Of(ModelKind.RnnRbm) with
    {
        BatchSize = 1,
        Steps = [5],
        LearningRate = [0.005],
        Keep = KeptEpoch.Best,
    };

    static readonly SequencePlan[] plans =
    [
        start with { Data = "jsb-chorales", Epochs = 200, L2 = 3e-4 },
        start with { Data = "nottingham", Epochs = 60, L2 = 1e-4 },
        start with { Data = "piano-midi-de", Epochs = 100, L2 = 3e-4 },
        start with { Data = "musedata", Epochs = 50, L2 = 3e-4 },
    ];

    public override string Name => "music";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        var kept = new Measurements(Path.Combine(context.Runs, context.Labelled(Name)), $"{context.Seed}, {context.Quick}, "
            + $"{context.Placement.Precision}");
        TextTable scores = new("set", "machine", "nats per step", "by annealing, backward", "forward", "± standard error",
            "frame accuracy"), settings = new("set", "k of CD-k", "step size", "L2", "epochs", "best epoch", "time to learn [min]",
            "nats per step, held out", "of the test part");
        List<string> missing = [], songs = [];
        foreach (SequencePlan full in context.Quick ? plans[..1] : plans)
        {
            string name = full.Data;
            if (!IsThere(context, name))
            {
                missing.Add(name);
                AddPublished(scores, name, name);
                continue;
            }
            SequencePlan plan = context.Quick ? full with { Data = FewPieces.Of(context, name) } : full;
            TrainedSequences trained = Trained(context, name, plan);
            string key = plan.ToSettings().ToJson().ToJsonString();
            double[] all = kept.Once($"{name}: {key}", () => Score(context, trained));
            double nats = (all[0] + all[1]) / 2;
            string machine = name == Largest ? $"rnn-rbm, every {LargestEvery}th test piece" : "rnn-rbm";
            scores.Add(name, machine, $"**{Short(nats)}**", Short(all[0]), Short(all[1]), Short(all[2]), Percent(all[3]));
            if (all[1] - all[0] > WidestBracket)
            {
                double[] few = kept.Once($"{name}, {LongPieces} long walks: {key}", () => LongWalks(context, trained));
                scores.Add("", $"rnn-rbm, {LongPieces} of the pieces, {LongBetas} temperatures", Short((few[0] + few[1]) / 2),
                    Short(few[0]), Short(few[1]), Short(few[2]), "");
            }
            scores.Add("", "each note by its share of the training steps", Short(all[4]), "", "", "", Percent(all[5]));
            scores.Add("", "persistence", "", "", "", "", Percent(all[6]));
            AddPublished(scores, "", name);
            AddSettings(settings, name, plan, RunOf(context, name, plan), nats);
            songs.Add(Continue(context, trained, name));
            context.Found($"nats per step, {name}", nats, PublishedNumber(name).Number);
        }
        WritePage(context, "Published splits; 150 hidden units and a recurrent network of 100, learned a sequence at a time. The epoch is "
            + "that of the best log-likelihood of the validation pieces, by short annealing of a thousand of their steps; nothing was "
            + "chosen by the test pieces. The log-likelihood of a step lies between the numbers of the two directions of annealing, ours "
            + "is the middle; its error is over pieces. Where the two are more than 0.1 apart, a few pieces are annealed for longer as "
            + "well. Frame accuracy is the expected one, of predictions by 20 annealed and weighted chains of 100 sweeps for each step. "
            + "Notes by their share are independent of all others and of the past; persistence repeats the step before."
            + (missing.Count == 0 ? "" : $" {string.Join(", ", missing)}: the data were not at hand, so the machine was not learned.")
            + $" Continuations to listen to: {string.Join(", ", songs)}.",
            ("Test pieces, beside what others published.", scores),
            ("How they were learned. Step size, weight decay and epochs were chosen on validation pieces of the chorales; the other sets "
                + "were learned once. The step size falls in a straight line to a hundredth over all epochs.", settings));
    }

    static bool IsThere(ExperimentContext context, string data)
    {
        try
        {
            context.Data.OpenSequences(data, new());
            return true;
        }
        catch (BadInputException missing)
        {
            context.Say($"{data} is left out: {missing.Message}");
            return false;
        }
    }

    void AddPublished(TextTable table, string set, string data)
    {
        foreach (string machine in (string[])["", " RTRBM"])
        {
            Reference nats = PublishedNumber(data + machine);
            string accuracy = machine.Length == 0 ? $"{PublishedNumber($"{data} accuracy").Value} %" : "";
            table.Add(set, $"{(machine.Length == 0 ? "RNN-RBM" : "RTRBM")}, {nats.Source}", nats.Value, "", "", "", accuracy);
            set = "";
        }
    }

    static void AddSettings(TextTable table, string name, SequencePlan plan, RunFolder run, double test)
    {
        MetricsTable metrics = MetricsTable.Open(run.MetricsPath);
        double?[] held = metrics.Column("log-likelihood");
        int best = Enumerable.Range(0, metrics.Rows).MaxBy(r => held[r] ?? double.NegativeInfinity);
        table.Add(name, $"{plan.Steps[0]}", $"{plan.LearningRate[0]}", $"{plan.L2}", $"{metrics.Rows}", $"{best + 1}",
            $"{ExperimentContext.Minutes(run):F1}", Short(held[best] ?? double.NaN), Short(test));
    }

    // Forward and backward means with their error and accuracy; then those of what needs no machine.
    static double[] Score(ExperimentContext context, TrainedSequences trained)
    {
        Sequences test = Part(context, trained, DataSplit.Test), training = Part(context, trained, DataSplit.Train);
        if (trained.Description.Training?["data"]?.GetValue<string>() == Largest)
            test = test.Select([.. Enumerable.Range(0, test.Count).Where(s => s % LargestEvery == 0)]);
        var scoring = new SequenceScoring
        {
            Chains = context.Quick ? 2 : 5,
            Betas = context.Quick ? 10 : 300,
            BurnIn = context.Quick ? 2 : 100,
            Samples = context.Quick ? 2 : 20,
            Sweeps = context.Quick ? 5 : 100,
            Seed = context.Seed,
        };
        // A note that the training pieces lack is rare, not impossible: each has been seen once more, and once more not.
        int count = training.Steps.Count;
        double[] shares = [.. training.Steps.Statistics.Means.Select(mean => (mean * count + 1) / (count + 2))];
        context.Say($"{test.Name}: annealing");
        SequenceScore score = SequenceEvaluation.LogLikelihood(trained.Model, test, scoring, cancellation: context.Interrupted);
        context.Say($"{test.Name}: predictions");
        PredictionScore predictions = SequenceEvaluation.Predictions(trained.Model, test, scoring, shares,
            cancellation: context.Interrupted);
        return [score.BackwardMean ?? score.Mean, score.Mean, score.StandardError, predictions.Model.Accuracy, Independent(test, shares),
            predictions.Mean!.Accuracy, predictions.Persistence.Accuracy];
    }

    static double[] LongWalks(ExperimentContext context, TrainedSequences trained)
    {
        Sequences test = Part(context, trained, DataSplit.Test);
        var scoring = new SequenceScoring { Chains = 5, Betas = context.Quick ? 10 : LongBetas, BurnIn = 100, Seed = context.Seed };
        context.Say($"{test.Name}: annealing of a few pieces for longer");
        int count = Math.Min(LongPieces, test.Count);
        SequenceScore score = SequenceEvaluation.LogLikelihood(trained.Model, test.Select([.. Enumerable.Range(0, count)
            .Select(i => i * test.Count / count)]), scoring, cancellation: context.Interrupted);
        return [score.BackwardMean ?? score.Mean, score.Mean, score.StandardError];
    }

    static double Independent(Sequences data, double[] shares)
    {
        double sum = 0;
        var row = new double[data.Columns];
        for (int t = 0; t < data.Steps.Count; t++)
        {
            data.Steps.Rows.Read(t, row);
            for (int c = 0; c < row.Length; c++) sum += row[c] * Math.Log(shares[c]) + (1 - row[c]) * Math.Log(1 - shares[c]);
        }
        return sum / data.Steps.Count;
    }

    // A test piece's beginning and what the machine makes of it, drawn; returns a link to the same as sound.
    string Continue(ExperimentContext context, TrainedSequences trained, string data)
    {
        Sequences test = Part(context, trained, DataSplit.Test);
        int piece = Enumerable.Range(0, test.Count).First(s => test.LengthOf(s) > PrefixSteps || s == test.Count - 1);
        int given = Math.Min(PrefixSteps, test.LengthOf(piece)), shown = Math.Min(PrefixSteps + GeneratedSteps, test.LengthOf(piece));
        double[][] real = [.. FewPieces.Steps(test, piece, shown)];
        MemoryState memory = trained.Model.NewMemory();
        foreach (double[] row in real[..given]) trained.Model.Remember(memory, Matrix.Row(row, trained.Model.Placement));
        Matrix next = new SequenceSampler(trained.Model, new Rng(context.Seed, 0x6d757369)).Continue(memory,
            context.Quick ? 8 : GeneratedSteps);
        double[][] made = [.. real[..given], .. Enumerable.Range(0, next.Rows).Select(r => next.ReadRow(r))];
        var layout = new RollLayout { LowestPitch = trained.Model.LowestPitch };
        Draw(context, $"{data}-real", PianoRoll.Svg($"{data}, a test piece", real, layout), $"A test piece of {data}");
        Draw(context, $"{data}-continued", PianoRoll.Svg($"{data}, its beginning continued", made, layout with { PrefixSteps = given }),
            $"Its first {given} steps, shaded, and what the machine plays after them");
        string file = $"{context.Labelled(Name)}-{data}.mid";
        context.WriteBytes(file, MidiFile.Encode(made, trained.Model.LowestPitch ?? 21));
        return $"[{data}]({file})";
    }

    static string Percent(double share) => $"{100 * share:F2} %";
}
