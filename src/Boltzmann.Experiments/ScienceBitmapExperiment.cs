using System.Diagnostics;

namespace Boltzmann.Experiments;

/// <summary>SCIENCE as a bitmap, memorised by seven units with a delay for each connection, step by step; then its cues and its mirror
/// image.</summary>
sealed class ScienceBitmapExperiment : SequenceExperiment
{
    const int Most = 4000, Seeds = 5;

    // Columns of S, SC, SCI and SCIEN.
    static readonly (string Letters, int Steps)[] cues = [("S", 5), ("SC", 10), ("SCI", 14), ("SCIEN", 25)];

    public override string Name => "science-bitmap";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        Sequences data = context.Data.OpenSequences("science", new()).Training;
        int seeds = context.Quick ? 1 : Seeds, most = context.Quick ? 50 : Most;
        var table = new TextTable("seed", "presentations until the first exact recall", "seconds", "log p of the sequence then [nats]",
            "completed from S", "SC", "SCI", "SCIEN");
        var counts = new List<double>();
        for (int s = 0; s < seeds; s++)
        {
            ulong seed = context.Seed + (ulong)s;
            SequenceModel model = New(data.Columns, 9, seed);
            var trainer = new SequenceTrainer(model, new Sgd(), new()
            {
                IsOnline = true,
                IsExact = true,
                Clip = double.PositiveInfinity,
                LearningRate = 0.1,
                Momentum = 0
            }, seed);
            var clock = Stopwatch.StartNew();
            int? recalled = null;
            foreach (TrainingProgress progress in trainer.Run(data, most))
                if (progress.Completed is EpochRecord epoch && SequenceRecall.IsExact(model, data))
                {
                    recalled = epoch.Number;
                    break;
                }
            double seconds = clock.Elapsed.TotalSeconds;
            counts.Add(recalled ?? double.PositiveInfinity);
            double log = SequenceEvaluation.LogLikelihood(model, data).PerSequence()[0];
            // Cues are asked for after as many presentations again.
            foreach (TrainingProgress _ in trainer.Run(data, trainer.Epoch + Math.Max(1, recalled ?? 0))) { }
            table.Add([$"{seed}", recalled is int n ? $"{n}" : $"more than {most}", Short(seconds), Short(log),
                .. cues.Select(cue => Completes(model, data, 0, cue.Steps) ? "yes" : "no")]);
        }
        double median = counts.Order().ElementAt(counts.Count / 2);
        Reference published = PublishedNumber("presentations");
        table.Add("median", Short(median), "", "", "", "", "", "");
        table.Add(published.Source, published.Value, "", "", "", "", "", "");
        context.Found("presentations until the first exact recall, median", median);
        WritePage(context, "Seven units, 35 columns, delays 1 to 9 drawn from the seed, decays ¼, ½ and ¾ of both kinds; gradient steps "
            + "of 0.1 after every column, the memory empty at the first. A recall is the most probable free run from an empty memory, "
            + "equal to the "
            + "sequence in every bit; it is looked for after every presentation.", ("Online.", table), ("The word and its mirror image, "
            + "learned together by L-BFGS with delays 1 to 15 and L2 10⁻⁵ on the sum over all steps: completed from the first letters of "
            + "either.",
            Both(context, data, seeds)));
    }

    static TextTable Both(ExperimentContext context, Sequences data, int seeds)
    {
        var table = new TextTable("seed", "seconds", "SCIENCE from two letters", "three", "five", "ECNEICS from two", "three", "five");
        Sequences both = WithMirror(data);
        // Letters from the right end have other widths.
        int[] forward = [10, 14, 25], backward = [10, 16, 25];
        for (int s = 0; s < seeds; s++)
        {
            ulong seed = context.Seed + (ulong)s;
            var clock = Stopwatch.StartNew();
            SequenceModel model = New(data.Columns, 15, seed);
            new ConcaveLikelihood(model, both, 1e-5 / both.CountedSteps).Maximize(model, context.Quick ? 5 : 3000, 1e-7);
            double seconds = clock.Elapsed.TotalSeconds;
            table.Add([$"{seed}", Short(seconds), .. forward.Select(n => Completes(model, both, 0, n) ? "yes" : "no"),
                .. backward.Select(n => Completes(model, both, 1, n) ? "yes" : "no")]);
        }
        return table;
    }

    static SequenceModel New(int columns, int longest, ulong seed)
    {
        double[] quarters = [0.25, 0.5, 0.75];
        Placement placement = Placement.Default;
        return SequenceModel.Dybm(new BernoulliLayer(columns, placement), new DelayMemory(DelayMemory.Draw(columns, 1, longest,
            new Rng(seed, 0x64656c61)), quarters, quarters, placement));
    }

    // The rest of a sequence, greedily, after its first steps.
    static bool Completes(SequenceModel model, Sequences data, int sequence, int given)
    {
        MemoryState memory = model.NewMemory();
        var row = new double[data.Columns];
        for (int t = 0; t < given; t++)
            model.Remember(memory, data.Steps.ToMatrix(data.First[sequence] + t, 1, model.Placement));
        Matrix rest = new SequenceSampler(model, new Rng()).Continue(memory, data.LengthOf(sequence) - given, isGreedy: true);
        for (int t = given; t < data.LengthOf(sequence); t++)
        {
            data.Steps.Rows.Read(data.First[sequence] + t, row);
            if (!rest.ReadRow(t - given).SequenceEqual(row)) return false;
        }
        return true;
    }

    static Sequences WithMirror(Sequences data)
    {
        Matrix rows = data.Steps.ToMatrix(), both = rows.Like(2 * rows.Rows, rows.Columns);
        for (int t = 0; t < rows.Rows; t++)
        {
            both.WriteRow(t, rows.ReadRow(t));
            both.WriteRow(rows.Rows + t, rows.ReadRow(rows.Rows - 1 - t));
        }
        return new(new Dataset("science and its mirror image", new MatrixRows(both)), [0, rows.Rows]);
    }
}
