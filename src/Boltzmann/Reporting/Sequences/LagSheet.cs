namespace Boltzmann.Reporting;

/// <summary>
/// The weights from a queue and traces as a sheet of lags: a tile for each lag and each trace, a row of it for a unit that reads, a column
/// for a unit that was. Blue below zero, red above, one scale for all tiles. Of a single unit, the weight over the lag.
/// </summary>
public static class LagSheet
{
    const int MostTiles = 48, MostCells = 200, MostLags = 200;
    const double Wide = 680, Gap = 12, Label = 18, LegendHeight = 34;

    /// <summary>As SVG.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="memory">What the columns of the weights are.</param>
    /// <param name="weights">A, [V × Z], or B, [H × Z], Z = V·(d − 1 + K).</param>
    /// <exception cref="ArgumentException">The weights are of another memory, or have no rows.</exception>
    public static string Svg(string title, TraceMemory memory, Matrix weights)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Columns != memory.Width || weights.Rows == 0)
            throw new ArgumentException($"weights of {weights.Shape} do not fit a memory of {memory.Width} columns", nameof(weights));
        return weights.Rows == 1 && memory.Visible == 1 ? OverLag(title, memory, weights) : Tiles(title, memory, weights);
    }

    static string Tiles(string title, TraceMemory memory, Matrix weights)
    {
        int queued = memory.Delay - 1, visible = memory.Visible, shown = Math.Min(queued, Math.Max(1, MostTiles - memory.Decays.Count));
        (int Part, string Name)[] parts = [.. Enumerable.Range(0, shown).Select(part => (part, $"lag {part + 1}")),
            .. memory.Decays.Select((decay, k) => (queued + k, "trace " + NumberText.Short(decay)))];
        double[,] all = weights.ToArray();
        double most = TileRange.Common().Ends(all.Cast<double>(), symmetric: true).High;
        double side = Math.Clamp(Math.Sqrt(Wide * 420 / parts.Length) - Gap, 56, 260);
        double cell = side / Math.Max(visible, weights.Rows), across = Math.Max(56, cell * visible), down = cell * weights.Rows;
        int columns = Math.Clamp((int)((Wide + Gap) / (across + Gap)), 1, parts.Length), lines = (parts.Length + columns - 1) / columns;
        IReadOnlyList<string> caption = CaptionLines.Of("rows: the unit that reads; columns: the unit as it was"
            + (memory.Decays.Count > 0 ? $"; trace λ: steps {First(memory)} and more ago, fading" : "")
            + (shown < queued ? $"; lags 1 to {shown} of {queued}" : ""), Wide);
        double bottom = LegendHeight + lines * (down + Label + Gap);
        var drawing = new Drawing(title, Math.Max(Wide, across), bottom + caption.Count * CaptionLines.Height + 8);
        Legend(drawing, most);
        for (int k = 0; k < parts.Length; k++)
        {
            double x = k % columns * (across + Gap), y = LegendHeight + k / columns * (down + Label + Gap);
            drawing.Text(x, y + 12, parts[k].Name, "class=\"bz-ink\"", anchor: "start");
            drawing.Picture(x, y + Label, cell * visible, down, ImageSheet.HeatMap(Tile(all, parts[k].Part * visible, visible),
                TileRange.Fixed(-most, most), signed: true, MostCells));
            drawing.Box(x, y + Label, cell * visible, down, "class=\"thin\"");
        }
        for (int k = 0; k < caption.Count; k++) drawing.Text(0, bottom + 12 + k * CaptionLines.Height, caption[k], anchor: "start");
        return drawing.Close();
    }

    // What x_{t−δ} adds in all, by the queue and by the traces.
    static string OverLag(string title, TraceMemory memory, Matrix weights)
    {
        int queued = memory.Delay - 1, first = First(memory);
        int last = Math.Min(MostLags, memory.Decays.Count == 0 ? queued : Math.Max(queued, first + StdpCurve.Reach(memory.Decays)));
        var curves = new List<TimeCurve>();
        if (queued > 0) curves.Add(TimeCurve.Of("queue", 1, Enumerable.Range(0, Math.Min(queued, last)).Select(i => weights[0, i]), 0,
            CurveLook.Stems));
        if (memory.Decays.Count > 0 && first <= last)
            curves.Add(TimeCurve.Of("traces", first, Enumerable.Range(first, last - first + 1).Select(lag => memory.Decays
                .Select((decay, k) => weights[0, queued + k] * Math.Pow(decay, lag - first)).Sum()), 1, CurveLook.Stems));
        return TimePanels.Svg(title, [new("weight", curves) { HasZero = true, Height = 200 }],
            "lag, steps" + (queued > last ? $"; 1 to {last} of {queued}" : ""));
    }

    static int First(TraceMemory memory) => memory.FeedsNow ? 1 : memory.Delay;

    static Matrix Tile(double[,] all, int first, int columns)
    {
        var tile = new double[all.GetLength(0), columns];
        for (int r = 0; r < tile.GetLength(0); r++)
            for (int c = 0; c < columns; c++) tile[r, c] = all[r, first + c];
        return Matrix.From(tile);
    }

    static void Legend(Drawing drawing, double most)
    {
        const double Bar = 160;
        string[] ends = [NumberText.Short(-most, 3), NumberText.Short(most, 3)];
        double x = ChartCanvas.TextWidth(ends[0]) + 6;
        drawing.Picture(x, 2, Bar, 12, ImageSheet.HeatMap(Matrix.Row([.. Enumerable.Range(0, 33).Select(i => (i - 16) / 16.0)]),
            TileRange.Fixed(-1, 1), signed: true));
        drawing.Box(x, 2, Bar, 12, "class=\"thin\"");
        drawing.Text(x - 6, 12, ends[0], anchor: "end");
        drawing.Text(x + Bar + 6, 12, ends[1], anchor: "start");
        drawing.Text(x + Bar + 26 + ChartCanvas.TextWidth(ends[1]), 12, "weight; white is 0", anchor: "start");
    }
}
