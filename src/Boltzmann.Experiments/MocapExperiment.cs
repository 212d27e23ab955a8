namespace Boltzmann.Experiments;

/// <summary>Walking styles by motion capture, one frame ahead.</summary>
sealed class MocapExperiment : ForecastExperiment
{
    const int Given = 20;
    const uint WalkStream = 0x77616c6b;

    public override string Name => "mocap";

    protected override string Data => "mit-mocap";

    protected override string Setting => "35 blocks of 100 frames are learned and 4 blocks are "
        + "the test. Joint angles are standardised as they come; the squared error of a frame is summed over its 49 columns.";

    protected override (string Name, Func<PredictionErrors, double> Of) Judged => ("squared error", e => e.SquaredError);

    protected override IEnumerable<SequenceCandidate> Candidates(string data)
    {
        foreach (int delay in (int[])[2, 3, 4])
            foreach (double l2 in (double[])[1e-4, 1e-3, 1e-2])
            {
                SequenceCandidate dybm = SequenceCandidate.Dybm(data, DataScale.None, delay);
                yield return new($"{dybm.Label}, L2 {l2}", dybm.Plan with { L2 = l2 });
            }
        foreach (int hidden in (int[])[50, 150])
            yield return SequenceCandidate.Crbm(data, DataScale.None, 3, hidden, 100, 0.001).ByPredictions();
        // The queue's weights by their maximum first: hidden units then learn what it leaves.
        foreach (int hidden in (int[])[50, 150])
        {
            SequenceCandidate crbm = SequenceCandidate.Crbm(data, DataScale.None, 4, hidden, 40, 0.0003).ByPredictions();
            yield return crbm with { Label = $"{crbm.Label}, from the dybm", From = "dybm, delay 4, L2 0.001" };
        }
    }

    // The set does not say which joint a column is, so a walk is drawn as its columns over time.
    protected override IEnumerable<(string Words, TextTable Table)> More(ExperimentContext context, TrainedSequences trained)
    {
        Sequences test = trained.Prepared(TestOf(context, trained));
        int shown = test.LengthOf(0), given = Math.Min(Given, shown);
        double[][] real = [.. FewPieces.Steps(test, 0, shown)];
        MemoryState memory = trained.Model.NewMemory();
        foreach (double[] row in real[..given]) trained.Model.Remember(memory, Matrix.Row(row, trained.Model.Placement));
        Matrix next = new SequenceSampler(trained.Model, new Rng(context.Seed, WalkStream)).Continue(memory, shown - given);
        double[][] made = [.. real[..given], .. Enumerable.Range(0, next.Rows).Select(r => next.ReadRow(r))];
        Draw(context, "walk-real", SignalRaster.Svg("A test walk", real), "A test walk: 49 joint angles over time");
        Draw(context, "walk", SignalRaster.Svg("Its beginning continued", made, new() { PrefixSteps = given }),
            $"Its first {given} frames, shaded, and a walk that the machine draws after them");
        return [];
    }
}
