namespace Boltzmann.Reporting;

public static partial class SvgChart
{
    /// <summary>
    /// A small table of counts as coloured cells with their numbers, such as a confusion matrix: rows are true, columns predicted.
    /// </summary>
    /// <param name="frame">Titles and width.</param>
    /// <param name="labels">Names of the classes, in the order of rows and columns.</param>
    /// <param name="counts">[classes × classes], not negative.</param>
    /// <exception cref="ArgumentException">The table is not square or does not fit the labels.</exception>
    public static string Confusion(ChartFrame frame, IReadOnlyList<string> labels, double[,] counts)
    {
        int classes = labels.Count;
        if (counts.GetLength(0) != classes || counts.GetLength(1) != classes)
            throw new ArgumentException($"{classes} labels do not fit a table of {counts.GetLength(0)} × {counts.GetLength(1)}",
                nameof(counts));
        double extra = (frame.Title != "" ? 18 : 0) + (frame.YTitle != "" ? 18 : 0) + (frame.XTitle != "" ? 42 : 24) + 12;
        double plot = frame.Width - 22 - labels.Select(l => ChartCanvas.TextWidth(Shortened(l))).DefaultIfEmpty(0).Max();
        double cell = Math.Clamp(plot / Math.Max(1, classes), 12, 44);
        var canvas = new ChartCanvas(frame, extra + Math.Max(60, cell * classes), labels.Select(label => Shortened(label)), []);
        for (int row = 0; row < classes; row++)
        {
            double total = 0;
            for (int column = 0; column < classes; column++) total += counts[row, column];
            double y = canvas.Top + (row * cell);
            canvas.Text(canvas.Left - 8, y + (cell / 2) + 4, Shortened(labels[row]), "bz-ink", "end");
            canvas.Text(canvas.Left + ((row + 0.5) * cell), canvas.Top + (classes * cell) + 16,
                Shortened(labels[row], (int)(cell / ChartCanvas.TextWidth("m"))), "bz-ink", "middle");
            for (int column = 0; column < classes; column++)
            {
                double count = counts[row, column], share = total > 0 ? count / total : 0;
                double x = canvas.Left + (column * cell);
                string depth = ChartCanvas.N(0.05 + (0.65 * Math.Sqrt(Math.Clamp(share, 0, 1))));
                canvas.Box(x + 1, y + 1, cell - 2, cell - 2,
                    $"class=\"bz-mark {(row == column ? "c0" : "c4")}\" opacity=\"{depth}\" rx=\"2\"",
                    $"{labels[row]} taken for {labels[column]}: {NumberText.Short(count, 9)} ({NumberText.Short(100 * share, 3)} %)");
                string text = NumberText.Short(count, 4);
                if (count != 0 && ChartCanvas.TextWidth(text) <= cell)
                    canvas.Text(x + (cell / 2), y + (cell / 2) + 4, text, "bz-ink", "middle");
            }
        }
        canvas.XTitle(canvas.Left + (classes * cell / 2));
        if (classes == 0) canvas.Empty("no data");
        return canvas.Close();
    }
}
