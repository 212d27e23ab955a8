using System.Text;

namespace Boltzmann.Reporting;

/// <summary>
/// Units over time: piano rolls, spikes, bitmaps read column by column. Time goes to the right, units or pitches upward; a value is as
/// strong as its colour, and predicted means lie in grey under what came.
/// </summary>
public static class PianoRoll
{
    // Strengths of colour: as many as the eye tells apart, and each one path.
    const int Levels = 16;

    // A prediction below it does not widen the range of pitches.
    const double LeastPrediction = 0.1;

    /// <summary>As SVG.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="rows">[T × V]; of more than 400 steps 400 are shown, and the caption says which.</param>
    /// <param name="layout">Pitches or units, the given prefix, the range of values; plain units when null.</param>
    /// <param name="predictions">[T × V], the mean that was predicted for each step from those before; NaN where there is none.</param>
    /// <exception cref="ArgumentException">Steps differ in width, or the predictions are of other steps.</exception>
    public static string Svg(string title, IReadOnlyList<double[]> rows, RollLayout? layout = null,
        IReadOnlyList<double[]>? predictions = null)
    {
        layout ??= new();
        int width = StepRows.Width(rows);
        StepRows.RequireSize(predictions, rows.Count, width, nameof(predictions));
        if (width == 0) return StepGrid.Empty(title, "no steps");
        StepWindow window = StepWindow.Of(rows.Count, layout.PrefixSteps);
        (double low, double high) = (layout.Range ?? TileRange.Unit).Ends(rows.SelectMany(row => row), symmetric: false);
        int[,] notes = LevelsOf(rows, window, low, high), means = LevelsOf(predictions ?? [], window, low, high);
        var (lowest, highest) = layout.LowestPitch is null ? (0, width - 1) : Sounding(notes, means);
        if (lowest > highest) return StepGrid.Empty(title, "no note sounds" + (window.Count < rows.Count ? " in the steps shown" : ""));
        int units = highest - lowest + 1;
        bool hasMeans = predictions is not null;
        var grid = new StepGrid(title, window, units, layout.LowestPitch is int pitch ? Pitches(pitch + lowest, units)
            : StepGrid.UnitLabels(units, layout.Names), layout.IsFirstOnTop, Legend(layout, hasMeans));
        grid.ShadePrefix(layout.PrefixSteps);
        if (layout.LowestPitch is int first) Octaves(grid, first + lowest, units);
        if (hasMeans) Cells(grid, means, lowest, units, "bz-ink", 0.7, 0);
        Cells(grid, notes, lowest, units, "found", 1, hasMeans ? 0.25 * grid.Down : Math.Min(0.5, 0.08 * grid.Down));
        grid.EndPrefix(layout.PrefixSteps);
        return grid.Close();
    }

    /// <summary>The name of a MIDI pitch: 60 is C4, 61 C♯4.</summary>
    public static string PitchName(int pitch)
    {
        string[] names = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];
        int octave = (int)Math.Floor(pitch / 12.0);
        return names[pitch - 12 * octave] + (octave - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    // [steps shown × V]; −1 for what is not a number.
    static int[,] LevelsOf(IReadOnlyList<double[]> rows, StepWindow window, double low, double high)
    {
        if (rows.Count == 0) return new int[0, 0];
        int[,] levels = new int[window.Count, rows[0].Length];
        for (int t = 0; t < window.Count; t++)
            for (int u = 0; u < levels.GetLength(1); u++)
            {
                double value = (rows[window.First + t][u] - low) / (high - low);
                levels[t, u] = double.IsNaN(value) ? -1 : (int)Math.Round(Math.Clamp(value, 0, 1) * Levels);
            }
        return levels;
    }

    // One more on either side, so that a note does not lie on the frame.
    static (int Lowest, int Highest) Sounding(int[,] notes, int[,] means)
    {
        int lowest = int.MaxValue, highest = -1;
        foreach (var (levels, least) in ((int[,], int)[])[(notes, 1), (means, (int)Math.Ceiling(LeastPrediction * Levels))])
            for (int t = 0; t < levels.GetLength(0); t++)
                for (int u = 0; u < levels.GetLength(1); u++)
                    if (levels[t, u] >= least) (lowest, highest) = (Math.Min(lowest, u), Math.Max(highest, u));
        return highest < 0 ? (0, -1) : (Math.Max(0, lowest - 1), Math.Min(notes.GetLength(1) - 1, highest + 1));
    }

    static IReadOnlyList<(int, string)> Pitches(int lowest, int units)
    {
        int[] cs = [.. Enumerable.Range(0, units).Where(u => (lowest + u) % 12 == 0)];
        return [.. (cs.Length > 0 ? cs : units == 1 ? [0] : [0, units - 1]).Select(u => (u, PitchName(lowest + u)))];
    }

    static void Octaves(StepGrid grid, int lowest, int units)
    {
        for (int u = 0; u < units; u++)
            if ((lowest + u) % 12 == 0 && units > 1)
            {
                double y = grid.Y(u) + grid.Down;
                grid.Drawing.Stroke(grid.Left, y, grid.Right, y, "class=\"thin\" opacity=\"0.6\"");
            }
    }

    // Neighbouring steps of the same strength are one box: a note that is held.
    static void Cells(StepGrid grid, int[,] levels, int lowest, int units, string style, double strength, double inset)
    {
        var paths = new StringBuilder[Levels + 1];
        var missing = new StringBuilder();
        int steps = levels.GetLength(0);
        for (int u = 0; u < units; u++)
            for (int t = 0, end; t < steps; t = end)
            {
                int level = levels[t, lowest + u];
                for (end = t + 1; end < steps && levels[end, lowest + u] == level;) end++;
                if (level == 0 || (level < 0 && style != "found")) continue;
                string wide = Drawing.N((end - t) * grid.Across);
                (level < 0 ? missing : paths[level] ??= new()).Append($"M{Drawing.N(grid.X(grid.Window.First + t))} "
                    + $"{Drawing.N(grid.Y(u) + inset)}h{wide}v{Drawing.N(grid.Down - 2 * inset)}h-{wide}z");
            }
        for (int level = 1; level <= Levels; level++)
            if (paths[level] is { } path)
                grid.Drawing.Line($"<path class=\"{style}\" opacity=\"{Drawing.N(strength * level / Levels)}\" d=\"{path}\"/>");
        if (missing.Length > 0) grid.Drawing.Line($"<path class=\"fault\" d=\"{missing}\"><title>not a number</title></path>");
    }

    static List<(string, string)> Legend(RollLayout layout, bool hasMeans)
    {
        var entries = new List<(string, string)>();
        if (layout.PrefixSteps > 0) entries.Add(("given", "class=\"pale\""));
        if (hasMeans) entries.AddRange([("what came", "class=\"found\""), ("predicted", "class=\"bz-ink\" opacity=\"0.35\"")]);
        return entries;
    }
}
