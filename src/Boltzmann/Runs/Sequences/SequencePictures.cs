namespace Boltzmann.Runs;

/// <summary>
/// The drawings of a report on a machine with memory: predictions beside what came, what it generates, its traces and weights.
/// </summary>
static class SequencePictures
{
    const int MostSteps = 200, GeneratedSteps = 100, MostLagColumns = 100, MostAhead = 24, Futures = 100, MostObserved = 100;

    /// <summary>Charts, the most important first.</summary>
    public static IEnumerable<ReportChart> Charts(SequenceTask task, SequenceJudgement judged)
    {
        SequenceModel model = task.Kept;
        Sequences data = judged.Steps;
        int first = data.First[0] + data.WarmUp[0], count = Math.Min(MostSteps, data.LengthOf(0) - data.WarmUp[0]);
        double[][] rows = Rows(data.Steps, first, count);
        double[][]? predicted = judged.Predictions.Predictions is Matrix all ? Values(all, first, count, task.Data.Scaling) : null;
        double[][] own = Undone(rows, task.Data.Scaling);
        bool isOfBits = model.Visible.Values == UnitValues.Bits;
        var layout = new RollLayout
        {
            LowestPitch = model.LowestPitch,
            IsFirstOnTop = model.LowestPitch is null,
            Names = model.LowestPitch is null ? NamesOf(task) : null,
        };
        if (isOfBits)
            yield return new(PianoRoll.Svg("One step ahead", own, layout, predicted), "What came, over the predicted means in grey.");
        else if (model.Symbols is null && predicted is not null)
            yield return new(ForecastChart.OneStep("One step ahead", own, predicted, names: NamesOf(task)),
                "Each step as it was predicted from those before.");
        if (!isOfBits && model.Symbols is null && Ahead(task, model, data) is ReportChart ahead) yield return ahead;
        // Short walks of annealing tell a mean, not how one step differs from another.
        if (judged.Likelihood is { BackwardMean: null } score && model.Symbols is null)
            yield return new(AnomalyChart.Svg("Anomaly score", own, [.. Enumerable.Range(first, count).Select(t => -score.PerStep[t])],
                names: NamesOf(task)), "−log p of each step given those before, in nats; the least probable are ringed.");
        if (model.Symbols is null) yield return Generated(task, model, layout);
        TraceMemory? past = model.Memory as TraceMemory ?? (model.Memory as EchoMemory)?.Traces;
        if (past is { Decays.Count: > 0 } traces)
            yield return new(TraceChart.Svg("Traces of one unit", traces, rows, Liveliest(rows)), "What the memory holds of a unit over "
                + "time, empty before the first step that is drawn.");
        if (past is TraceMemory memory && model.ToVisible is Matrix weights && model.Visible.Units <= MostLagColumns)
            yield return new(LagSheet.Svg("Weights from the past", memory, Of(memory, weights)), "A tile for each lag and trace: to a unit "
                + "(down) from a unit (across).");
        if (model.Memory is DelayMemory delays)
        {
            int strongest = Enumerable.Range(0, delays.Delays.Count).MaxBy(c => delays.Arrived.ReadRow(c).Sum(Math.Abs));
            var (from, to) = (strongest / delays.Visible, strongest % delays.Visible);
            yield return new(StdpCurve.Svg("A connection's weight over time", delays, from, to), "What a spike of one unit adds to the "
                + "input of the other so many steps later: the strongest connection.");
            yield return new(TraceChart.Svg("Traces of that connection", delays, rows, from, to), "Arrived spikes and spikes under way.");
        }
    }

    // Without what an echo adds.
    static Matrix Of(TraceMemory memory, Matrix weights)
    {
        Matrix own = weights.Like(weights.Rows, memory.Width);
        own.SetColumns(weights, 0);
        return own;
    }

    // The last steps of the first sequence, from those before them.
    static ReportChart? Ahead(SequenceTask task, SequenceModel model, Sequences data)
    {
        int length = data.LengthOf(0), horizon = Math.Min(MostAhead, (length - data.WarmUp[0]) / 4), known = length - horizon;
        if (horizon < 1) return null;
        MemoryState memory = SequenceReading.Ends(model, data.Range(0, 0, known))[0];
        Forecast forecast = Forecast.Of(model, task.Data.Scaling, memory, horizon, Futures, task.Seed);
        int first = Math.Max(0, known - MostObserved);
        double[][] rows = Undone(Rows(data.Steps, data.First[0] + first, length - first), task.Data.Scaling);
        string steps = horizon == 1 ? "step" : $"{horizon} steps";
        return new(ForecastChart.Future($"The last {steps} ahead", rows[..(known - first)], Values(forecast.Mean), Values(forecast.Low!),
            Values(forecast.High!), rows[(known - first)..], NamesOf(task), shown: MostObserved, start: first + 1 - data.WarmUp[0]),
            $"The last {steps} as they are expected from those before, and what came.");
    }

    static double[][] Values(Matrix rows) => [.. Enumerable.Range(0, rows.Rows).Select(r => rows.ReadRow(r))];

    static ReportChart Generated(SequenceTask task, SequenceModel model, RollLayout layout)
    {
        Matrix run = new SequenceSampler(model, new Rng(task.Seed, 0x7069)).Continue(model.NewMemory(), GeneratedSteps);
        double[][] rows = Values(run, 0, run.Rows, task.Data.Scaling);
        const string Words = "Drawn step by step from an empty memory.";
        if (task.Data.Training.Steps.Image is ImageShape shape)
            return new(FrameSheet.Svg("What it generates", rows, shape), Words);
        return model.Visible.Values == UnitValues.Bits ? new(PianoRoll.Svg("What it generates", rows, layout), Words)
            : rows[0].Length <= ForecastChart.MostPanels
                ? new(ForecastChart.Future("What it generates", [], rows, names: NamesOf(task)), Words)
            : new(SignalRaster.Svg("What it generates", rows, layout), Words);
    }

    static IReadOnlyList<string>? NamesOf(SequenceTask task) => task.Data.Training.Steps.ColumnNames;

    // The unit that changes most often.
    static int Liveliest(double[][] rows) => Enumerable.Range(0, rows[0].Length)
        .MaxBy(c => Enumerable.Range(1, rows.Length - 1).Count(t => rows[t][c] != rows[t - 1][c]));

    static double[][] Rows(Dataset steps, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(t =>
        {
            var row = new double[steps.Columns];
            steps.Rows.Read(t, row);
            return row;
        })];

    static double[][] Undone(double[][] rows, Scaling? scaling)
    {
        var all = new Matrix(rows.Length, rows[0].Length, Placement.Default.Double);
        for (int r = 0; r < rows.Length; r++) all.WriteRow(r, rows[r]);
        return Values(all, 0, rows.Length, scaling);
    }

    static double[][] Values(Matrix all, int first, int count, Scaling? scaling)
    {
        Matrix part = all.RowRange(first, count).Clone();
        scaling?.Inverse(part);
        return [.. Enumerable.Range(0, count).Select(r => part.ReadRow(r))];
    }
}
