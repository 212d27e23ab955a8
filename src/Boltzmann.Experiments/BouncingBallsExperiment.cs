using Boltzmann.Temporal;

namespace Boltzmann.Experiments;

/// <summary>
/// Videos of three bouncing balls, one frame ahead: machines of a queue, without hidden units and with them, and one of a recurrent state.
/// Predictions are by mean-field inference for all; sizes and step sizes are chosen by held-out videos.
/// </summary>
sealed class BouncingBallsExperiment : SequenceExperiment
{
    // A quarter of the videos: a machine sees each of them several times within minutes. All are 4000.
    const int Videos = 1000, TestVideos = 200, Hidden = 400, UsualSweeps = 25, Given = 10, Shown = 12;

    // By epoch. The squared error falls most where steps become small, so they are small for longer than in a straight line.
    static readonly double[] queueRates = [0.03, 0.015, 0.005, 0.0015, 0.0004],
        hiddenRates = [0.002, 0.002, 0.0008, 0.0003, 0.0001];

    public override string Name => "bouncing-balls";

    public override void Run(ExperimentContext context)
    {
        RequireOwn(context);
        var kept = new Measurements(Path.Combine(context.Runs, context.Labelled(Name)), $"{context.Seed}, {context.Quick}, {Videos}, "
            + $"{context.Placement.Precision}");
        var table = new TextTable("machine", "squared error, held out", "squared error, test", "sweeps", "test, 25 sweeps", "minutes");
        var test = BouncingBalls.Generate(context.Quick ? 2 : TestVideos, context.Seed, stream: 1);
        SequenceCandidate[] all = [.. Candidates()];
        // One of each kind.
        if (context.Quick) all = [all[0], all[1], all[^1]];
        RunFolder[] runs = [.. all.Select(c => RunOf(context, c.Label, Small(context, PlanOf(context, c))))];
        double[] held = [.. all.Select((c, i) => kept.Once($"{c.Label}, held out", () =>
        {
            TrainedSequences trained = Open(context, runs[i]);
            return [Predict(trained, Part(context, trained, DataSplit.Validation), SweepsOf(trained), context).Model.SquaredError];
        })[0])];
        double[]? mean = null;
        PredictionScore? shown = null;
        var sheet = new List<(string Label, PredictionScore Score)>();
        foreach (var (i, c) in all.Index())
        {
            if (Enumerable.Range(0, all.Length).Where(j => all[j].Plan.Makes == c.Plan.Makes).MinBy(j => held[j]) != i)
            {
                table.Add(c.Label, Short(held[i]), "", "", "", Short(ExperimentContext.Minutes(runs[i])));
                continue;
            }
            TrainedSequences trained = Open(context, runs[i]);
            mean ??= trained.TrainingMean;
            int sweeps = SweepsOf(trained);
            bool hasHidden = trained.Model.Hidden is not null;
            PredictionScore score = Predict(trained, test, sweeps, context, mean);
            double later = sweeps == UsualSweeps || !hasHidden ? score.Model.SquaredError
                : Predict(trained, test, UsualSweeps, context).Model.SquaredError;
            table.Add($"**{c.Label}**", Short(held[i]), Short(score.Model.SquaredError), hasHidden ? $"{sweeps}" : "", Short(later),
                Short(ExperimentContext.Minutes(runs[i])));
            context.Found($"squared error per frame, {c.Plan.Makes}", score.Model.SquaredError);
            sheet.Add((c.Label, score));
            if (shown is null || score.Model.SquaredError < shown.Model.SquaredError) shown = score;
            if (hasHidden) DrawVideo(context, trained, c.Plan.Makes, test, sweeps);
        }
        table.Add("linear extrapolation", "", Short(Extrapolated(test)), "", "", "");
        table.Add("persistence", "", Short(shown!.Persistence.SquaredError), "", "", "");
        if (shown.Mean is PredictionErrors average) table.Add("mean image", "", Short(average.SquaredError), "", "", "");
        foreach (string name in (string[])["RTRBM", "structured RTRBM", "temporal sigmoid belief network",
            "deep temporal sigmoid belief network"])
            table.Add($"{name} ({PublishedNumber(name).Source})", "", PublishedNumber(name).Value, "", "", "");
        DrawSheet(context, test, sheet);
        WritePage(context, $"3 balls in a box of 30 × 30 grey pixels, videos of 100 frames: {Videos} of the 4000 videos are learned, the "
            + $"last tenth of them held out to choose by, and {TestVideos} others are the test. The squared error of a frame is summed "
            + "over its pixels and averaged over frames 2 to 100. Without hidden units predictions are exact; else they are by mean-field "
            + "inference that begins at what the memory says, in as many sweeps as the machine learned with, 25 for one that learned by "
            + "contrastive divergence.", ("Judged on the test videos are the machines in bold, of each kind the best on held-out videos. "
            + "Published numbers are second-hand, of other videos of the same generator, all 4000 learned.", table));
    }

    static IEnumerable<SequenceCandidate> Candidates()
    {
        const int Frames = 2;
        var queue = new SequenceCandidate($"dybm, {Frames} frames", SequencePlan.Of(ModelKind.Dybm) with
        {
            Delay = Frames + 1,
            Decays = [],
            Centering = false,
            Optimizer = SequenceOptimizer.Adam,
            LearningRate = queueRates,
            Epochs = queueRates.Length,
            L2 = 0,
        });
        yield return Of(queue);
        foreach (int hidden in (int[])[Hidden / 4, Hidden])
            yield return Of(new($"crbm, {Frames} frames, {hidden} hidden", SequencePlan.Of(ModelKind.Crbm) with
            {
                Delay = queue.Plan.Delay,
                Decays = [],
                Centering = false,
                Hidden = hidden,
                LearningRate = hiddenRates,
                Epochs = hiddenRates.Length,
            })
            { From = queue.Label });
        yield return Of(new($"rtrbm, {Hidden} hidden", SequencePlan.Of(ModelKind.Rtrbm) with
        {
            Hidden = Hidden,
            Method = TrainingMethod.Mp,
            Steps = [1],
            BatchSize = 4,
            Truncate = 25,
            Clip = 1000,
            LearningRate = [0.005],
            Epochs = 14,
        }));

        static SequenceCandidate Of(SequenceCandidate c) => c with { Plan = c.Plan with { Data = "bouncing-balls", Videos = Videos } };
    }

    static SequencePlan Small(ExperimentContext context, SequencePlan plan) =>
        context.Quick ? plan with { Videos = 4, ValidationShare = 0.25, Hidden = 5 } : plan;

    static TrainedSequences Open(ExperimentContext context, RunFolder run) => TrainedSequences.Load(run.ModelPath, context.Placement);

    static int SweepsOf(TrainedSequences trained) => trained.PredictionSweeps ?? UsualSweeps;

    static PredictionScore Predict(TrainedSequences trained, Sequences videos, int sweeps, ExperimentContext context,
        double[]? mean = null) => SequenceEvaluation.Predictions(trained.Model, videos, ByMeanField(sweeps), mean, keeps: mean is not null,
        context.Interrupted);

    static SequenceScoring ByMeanField(int sweeps) => new() { IsMeanField = true, MeanFieldSweeps = sweeps };

    // 2·x_{t−1} − x_{t−2} between black and white; of the second frame the first.
    static double Extrapolated(Sequences videos)
    {
        var errors = new PredictionErrors();
        double[] row = new double[videos.Columns], last = [.. row], before = [.. row], forecast = [.. row];
        for (int s = 0; s < videos.Count; s++)
            for (int t = 0; t < videos.LengthOf(s); t++, (before, last, row) = (last, row, before))
            {
                videos.Steps.Rows.Read(videos.First[s] + t, row);
                for (int c = 0; c < row.Length; c++) forecast[c] = t < 2 ? last[c] : Math.Clamp(2 * last[c] - before[c], 0, 1);
                errors.Add(row, forecast, t == 0);
            }
        return errors.SquaredError;
    }

    void DrawSheet(ExperimentContext context, Sequences test, List<(string Label, PredictionScore Score)> machines)
    {
        // From where a machine has seen enough to know the speeds, each second frame.
        int[] frames = [.. Enumerable.Range(0, Shown).Select(i => Given + 2 * i)];
        var tiles = new List<double[]>(frames.Select(t => Frame(test, t)));
        foreach (var (_, score) in machines) tiles.AddRange(frames.Select(score.Predictions!.ReadRow));
        PixelImage image = ImageSheet.Grey(tiles, test.Steps.Image!, layout: new() { Columns = Shown, Scale = 2 });
        Draw(context, "frames", Png.Encode(image), "Every second frame of the first test video, and below what was predicted for it from "
            + $"those before by {string.Join("; ", machines.Select(m => m.Label))}");
    }

    void DrawVideo(ExperimentContext context, TrainedSequences trained, string kind, Sequences test, int sweeps)
    {
        SequenceModel model = trained.Model;
        MemoryState memory = model.NewMemory();
        var frame = new Matrix(1, test.Columns, model.Placement);
        var rows = new List<double[]>();
        for (int t = 0; t < Given; t++)
        {
            rows.Add(Frame(test, t));
            frame.WriteRow(0, rows[^1]);
            model.Remember(memory, frame);
        }
        // Drawn pixels are black or white, and machines that learned grey edges lose the balls within a few such frames.
        var predictor = new StepPredictor(StepMachine.Of(model), ByMeanField(sweeps), isExact: false, new Rng(context.Seed));
        Matrix toVisible = frame.Like(1, frame.Columns), toHidden = frame.Like(1, model.Hidden!.Units);
        for (int t = Given; t < BouncingBalls.Frames; t++)
        {
            model.SetInputs(memory, toVisible, toHidden);
            predictor.SetMeans(toVisible, toHidden, frame, context.Interrupted);
            rows.Add(frame.ReadRow(0));
            model.Remember(memory, frame);
        }
        Draw(context, $"{kind}-video", FrameSheet.Animation(rows, test.Steps.Image!, Given, side: 90), $"{kind}: {Given} frames given, "
            + "then each expected frame fed back");
    }

    static double[] Frame(Sequences videos, int step)
    {
        var row = new double[videos.Columns];
        videos.Steps.Rows.Read(step, row);
        return row;
    }
}
