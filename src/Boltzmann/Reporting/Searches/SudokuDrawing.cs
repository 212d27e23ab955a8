using System.Text;
using Boltzmann.Searching;

namespace Boltzmann.Reporting;

/// <summary>A Sudoku: clues dark, found digits blue, conflicting ones on red.</summary>
public static class SudokuDrawing
{
    /// <summary>As SVG.</summary>
    /// <param name="sudoku">Clues and size.</param>
    /// <param name="digits">Row by row, 0 for an empty cell.</param>
    /// <param name="title">Above it.</param>
    public static string Svg(Sudoku sudoku, IReadOnlyList<int> digits, string title)
    {
        ArgumentNullException.ThrowIfNull(sudoku);
        ArgumentNullException.ThrowIfNull(digits);
        int n = sudoku.Side;
        const double Cell = 40;
        double side = n * Cell;
        bool[] conflicts = sudoku.Conflicts(digits);
        var drawing = new Drawing(title, side + 4, side + 4);
        drawing.Line("<g transform=\"translate(2 2)\">");
        for (int cell = 0; cell < n * n; cell++)
        {
            double x = cell % n * Cell, y = cell / n * Cell;
            bool isClue = sudoku.Clues[cell] > 0;
            if (conflicts[cell]) drawing.Box(x, y, Cell, Cell, "class=\"fault\" opacity=\"0.25\"");
            else if (isClue) drawing.Box(x, y, Cell, Cell, "class=\"pale\"");
            if (digits[cell] == 0) continue;
            drawing.Text(x + Cell / 2, y + Cell * 0.68, $"{Sudoku.Symbol(digits[cell])}",
                $"class=\"{(conflicts[cell] ? "fault-ink" : isClue ? "bz-ink" : "found")}\"" + (isClue ? " font-weight=\"600\"" : ""), 21);
        }
        for (int k = 0; k <= n; k++)
        {
            string style = k % sudoku.Box == 0 ? "class=\"frame\" stroke-width=\"2\"" : "class=\"thin\" stroke-width=\"0.75\"";
            drawing.Stroke(k * Cell, 0, k * Cell, side, style);
            drawing.Stroke(0, k * Cell, side, k * Cell, style);
        }
        drawing.Line("</g>");
        return drawing.Close();
    }

    /// <summary>As lines of text, with the boxes' borders.</summary>
    /// <param name="sudoku">The size.</param>
    /// <param name="digits">As for <see cref="Svg"/>.</param>
    public static string Text(Sudoku sudoku, IReadOnlyList<int> digits)
    {
        ArgumentNullException.ThrowIfNull(sudoku);
        ArgumentNullException.ThrowIfNull(digits);
        int n = sudoku.Side, box = sudoku.Box;
        var text = new StringBuilder();
        string border = string.Join("-+-", Enumerable.Repeat(new string('-', 2 * box - 1), box)) + "\n";
        for (int row = 0; row < n; row++)
        {
            if (row > 0 && row % box == 0) text.Append(border);
            for (int column = 0; column < n; column++)
                text.Append(column == 0 ? "" : column % box == 0 ? " | " : " ").Append(Sudoku.Symbol(digits[row * n + column]));
            text.Append('\n');
        }
        return text.ToString();
    }
}
