namespace Boltzmann.Cli.Temporal;

/// <summary>What commands draw of sequences.</summary>
static class SequenceDrawings
{
    const int MostObserved = 120;

    /// <summary>The last steps of the first sequence that was read, and what is expected after them.</summary>
    public static string Forecast(TrainedSequences trained, Sequences read, Forecast forecast)
    {
        int shown = Math.Max(MostObserved, 2 * forecast.Mean.Rows), steps = forecast.Mean.Rows;
        string which = read.Count == 1 ? read.Name : $"{read.Name}, the first of {read.Count} sequences";
        return ForecastChart.Future($"{which}: {steps} {(steps == 1 ? "step" : "steps")} ahead", Rows(read, 0), Rows(forecast.Mean),
            Rows(forecast.Low), Rows(forecast.High), names: trained.ColumnNames, shown: shown, start: 1 - read.WarmUp[0]);
    }

    /// <summary>Steps that a machine made, after those that it was given.</summary>
    public static string Steps(TrainedSequences trained, Matrix? prefix, Matrix rows, ImageShape? frame)
    {
        double[][] all = [.. Rows(prefix) ?? [], .. Rows(rows)!];
        string title = prefix is null ? "generated" : $"generated after {prefix.Rows} given steps";
        if (frame is not null) return FrameSheet.Svg(title, all, frame, prefix?.Rows ?? 0);
        bool isRoll = trained.Model.Visible.Values == UnitValues.Bits;
        var layout = new RollLayout
        {
            PrefixSteps = prefix?.Rows ?? 0,
            LowestPitch = trained.Model.LowestPitch,
            // A bitmap has its first line on top.
            IsFirstOnTop = trained.Model.LowestPitch is null,
            Names = trained.Model.LowestPitch is null ? trained.ColumnNames : null,
        };
        return isRoll ? PianoRoll.Svg(title, all, layout)
            : rows.Columns <= ForecastChart.MostPanels && prefix is not null
                ? ForecastChart.Future(title, Rows(prefix)!, Rows(rows)!, names: trained.ColumnNames)
            : SignalRaster.Svg(title, all, layout);
    }

    /// <summary>Steps that are pictures, one after the other.</summary>
    public static byte[] Film(Matrix? prefix, Matrix rows, ImageShape shape, int frameMs) =>
        FrameSheet.Animation([.. Rows(prefix) ?? [], .. Rows(rows)!], shape, prefix?.Rows ?? 0, delayMs: frameMs);

    /// <summary>A MIDI file of a piano roll.</summary>
    public static void WriteMidi(string path, Matrix? prefix, Matrix rows, int lowestPitch) =>
        AtomicFile.WriteBytes(path, MidiFile.Encode([.. Rows(prefix) ?? [], .. Rows(rows)!], lowestPitch));

    static double[][] Rows(Sequences data, int sequence) =>
        [.. Enumerable.Range(data.First[sequence], data.LengthOf(sequence)).Select(t =>
        {
            var row = new double[data.Columns];
            data.Steps.Rows.Read(t, row);
            return row;
        })];

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(rows))]
    static double[][]? Rows(Matrix? rows) => rows is null ? null : [.. Enumerable.Range(0, rows.Rows).Select(r => rows.ReadRow(r))];
}
