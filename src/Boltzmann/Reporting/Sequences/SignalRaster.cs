namespace Boltzmann.Reporting;

/// <summary>
/// Many signals over time as one picture, such as the joint angles of a walk: each column less its mean over the steps, by its standard
/// deviation; blue below, red above.
/// </summary>
public static class SignalRaster
{
    // Standard deviations at the ends of the colours.
    const double Ends = 3;

    /// <summary>As SVG.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="rows">[T × V]; of more than 400 steps 400 are shown, and the caption says which.</param>
    /// <param name="layout">The given prefix, names, which column is on top; its range and pitch are not used.</param>
    /// <exception cref="ArgumentException">Steps differ in width.</exception>
    public static string Svg(string title, IReadOnlyList<double[]> rows, RollLayout? layout = null)
    {
        layout ??= new();
        int width = StepRows.Width(rows);
        if (width == 0) return StepGrid.Empty(title, "no steps");
        StepWindow window = StepWindow.Of(rows.Count, layout.PrefixSteps);
        double[,] cells = Standardised(rows, window, layout.IsFirstOnTop);
        string legend = $"blue −{Ends} to red {Ends} standard deviations of each column"
            + (layout.PrefixSteps > 0 ? $"; the first {layout.PrefixSteps} steps were given" : "");
        var grid = new StepGrid(title, window, width, StepGrid.UnitLabels(width, layout.Names), layout.IsFirstOnTop, [(legend, "")]);
        PixelImage picture = ImageSheet.Signed([[.. cells.Cast<double>()]], new(window.Count, width), TileRange.Fixed(-Ends, Ends),
            new() { Gap = 0, Scale = 1 });
        grid.Drawing.Picture(grid.Left, StepGrid.Top, grid.Right - grid.Left, grid.Bottom - StepGrid.Top, picture);
        grid.EndPrefix(layout.PrefixSteps);
        return grid.Close();
    }

    // [V × steps shown], the upper line first. A column that does not change is 0.
    static double[,] Standardised(IReadOnlyList<double[]> rows, StepWindow window, bool isFirstOnTop)
    {
        int width = rows[0].Length;
        var cells = new double[width, window.Count];
        for (int u = 0; u < width; u++)
        {
            double[] known = [.. rows.Select(row => row[u]).Where(double.IsFinite)];
            double mean = known.DefaultIfEmpty(0).Average();
            double deviation = Math.Sqrt(known.Select(x => (x - mean) * (x - mean)).DefaultIfEmpty(0).Average());
            // Rounding alone is no change.
            if (!(deviation > 1e-12 * Math.Abs(mean))) deviation = double.PositiveInfinity;
            for (int t = 0; t < window.Count; t++)
                cells[isFirstOnTop ? u : width - 1 - u, t] = (rows[window.First + t][u] - mean) / deviation;
        }
        return cells;
    }
}
