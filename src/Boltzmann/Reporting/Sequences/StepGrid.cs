namespace Boltzmann.Reporting;

/// <summary>Paper for cells of steps × units: time to the right, with the labels of both and a caption.</summary>
sealed class StepGrid
{
    /// <summary>More steps cannot be told apart.</summary>
    public const int MostSteps = 400;

    const double Widest = 680, Highest = 360, LargestCell = 16, Above = 22, Below = 44;
    const int MostNames = 50;

    readonly int units;
    readonly bool isFirstOnTop;
    readonly Drawing drawing;

    /// <summary>Paper with its labels.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="window">The steps that are shown.</param>
    /// <param name="units">Units that are shown.</param>
    /// <param name="labels">Labels at units, counted from 0 among those shown.</param>
    /// <param name="isFirstOnTop">Whether the first unit is at the top.</param>
    /// <param name="legend">What colours mean: words, and the look of the box before them, or "" for words alone.</param>
    public StepGrid(string title, StepWindow window, int units, IReadOnlyList<(int Unit, string Label)> labels, bool isFirstOnTop,
        IReadOnlyList<(string Name, string Style)> legend)
    {
        (Window, this.units, this.isFirstOnTop) = (window, units, isFirstOnTop);
        Across = Math.Min(LargestCell, Widest / window.Count);
        Down = Math.Min(LargestCell, Highest / units);
        Left = labels.Select(l => ChartCanvas.TextWidth(l.Label)).DefaultIfEmpty(0).Max() + 10;
        double wide = Left + 10 + Math.Max(legend.Sum(EntryWidth),
            Math.Max(window.Count * Across, ChartCanvas.TextWidth(window.Caption)));
        drawing = new(title, wide, Above + units * Down + Below);
        foreach (var (unit, label) in labels)
            drawing.Text(Left - 6, Y(unit) + Down / 2 + 4, label, anchor: "end");
        double x = Left;
        foreach (var (name, style) in legend)
        {
            if (style != "") drawing.Box(x, 3, 16, 8, style);
            drawing.Text(x + (style == "" ? 0 : 21), 11, name, "class=\"bz-ink\"", anchor: "start");
            x += EntryWidth((name, style));
        }
    }

    public StepWindow Window { get; }

    public double Left { get; }

    /// <summary>Width of a cell.</summary>
    public double Across { get; }

    /// <summary>Height of a cell.</summary>
    public double Down { get; }

    public static double Top => Above;

    public double Bottom => Above + units * Down;

    public double Right => Left + Window.Count * Across;

    public Drawing Drawing => drawing;

    /// <summary>The left edge of a step, counted from 0 in the whole sequence.</summary>
    public double X(int step) => Left + (step - Window.First) * Across;

    /// <summary>The upper edge of a unit, counted from 0 among those shown.</summary>
    public double Y(int unit) => Above + (isFirstOnTop ? unit : units - 1 - unit) * Down;

    /// <summary>Labels of units by number or name, not closer than a line of text.</summary>
    public static IReadOnlyList<(int Unit, string Label)> UnitLabels(int units, IReadOnlyList<string>? names)
    {
        if (names is not null && units <= MostNames && Math.Min(LargestCell, Highest / units) >= 10)
            return [.. Enumerable.Range(0, units).Select(u => (u, StepRows.NameOf(names, u)))];
        Axis axis = Axis.For([1, units], (int)Math.Max(2, Math.Min(Highest, units * LargestCell) / 30), widen: false);
        return [.. axis.Ticks.Where(t => t.Value >= 1 && t.Value <= units).Select(t => ((int)t.Value - 1, t.Label))];
    }

    /// <summary>Shades the steps that were given.</summary>
    public void ShadePrefix(int prefixSteps)
    {
        int end = Math.Min(prefixSteps, Window.First + Window.Count);
        if (end > Window.First)
            drawing.Box(Left, Top, (end - Window.First) * Across, Bottom - Top, "class=\"pale\"", $"given: the first {prefixSteps} steps");
    }

    /// <summary>A line where what was given ends.</summary>
    public void EndPrefix(int prefixSteps)
    {
        if (prefixSteps <= Window.First || prefixSteps >= Window.First + Window.Count) return;
        drawing.Stroke(X(prefixSteps), Top - 4, X(prefixSteps), Bottom + 4, "class=\"frame\" stroke-dasharray=\"4 3\"");
    }

    /// <summary>Frame, numbers of steps, caption.</summary>
    public string Close()
    {
        drawing.Box(Left, Top, Right - Left, Bottom - Top, "class=\"thin\"");
        Axis axis = Axis.For([Window.First + 1, Window.First + Window.Count], (int)Math.Max(1, (Right - Left) / 70), widen: false);
        foreach (var (value, label) in axis.Ticks)
        {
            if (value < Window.First + 1 || value > Window.First + Window.Count) continue;
            double x = X((int)value - 1) + Across / 2;
            drawing.Stroke(x, Bottom, x, Bottom + 4, "class=\"bz-axis\"");
            drawing.Text(Math.Min(x, Right + 8 - ChartCanvas.TextWidth(label) / 2), Bottom + 17, label);
        }
        drawing.Text(Left, Bottom + 36, Window.Caption, anchor: "start");
        return drawing.Close();
    }

    static double EntryWidth((string Name, string Style) entry) => ChartCanvas.TextWidth(entry.Name) + (entry.Style == "" ? 10 : 40);

    /// <summary>A drawing that says why there is nothing to see.</summary>
    public static string Empty(string title, string reason)
    {
        var drawing = new Drawing(title, ChartCanvas.TextWidth(reason) + 20, 60);
        drawing.Text(0, 30, reason, anchor: "start");
        return drawing.Close();
    }
}
