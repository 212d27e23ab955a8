namespace Boltzmann.Reporting;

/// <summary>
/// What single changes of a sequence do to its probability: a column for each site, a row for each letter, blue for changes that lower it,
/// red for those that raise it; a dot where the letter is the sequence's own.
/// </summary>
public static class MutationPicture
{
    const double Cell = 13, Longest = 1100;

    /// <summary>As SVG.</summary>
    /// <param name="scan">The changes.</param>
    public static string Svg(MutationScan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        int sites = scan.Sites.Count, letters = scan.Alphabet.Letters.Length;
        double across = Math.Min(Cell, Longest / sites), width = sites * across, height = letters * Cell;
        // A few fatal changes must not make all others look alike.
        double[] sizes = [.. scan.Changes.Cast<double>().Select(Math.Abs).Order()];
        double greatest = sizes[(int)(0.9 * (sizes.Length - 1))];
        var drawing = new Drawing($"{scan.Name}: change of log p by single mutations, from blue (−{NumberText.Short(greatest, 2)} nats and "
            + $"less) to red ({NumberText.Short(greatest, 2)} and more)", width + 30, height + 44);
        drawing.Line("<g transform=\"translate(24 2)\">");
        for (int a = 0; a < letters; a++)
            drawing.Text(-10, (a + 0.5) * Cell + 4, scan.Alphabet.Letters[a].ToString(), "class=\"bz-ink\"", 11);
        for (int s = 0; s < sites; s++)
            for (int a = 0; a < letters; a++)
            {
                bool isOwn = scan.Text[s] == scan.Alphabet.Letters[a];
                double share = greatest == 0 ? 0.5 : Math.Clamp(0.5 + scan.Changes[s, a] / (2 * greatest), 0, 1);
                drawing.Box(s * across, a * Cell, across, Cell, $"fill=\"{Colour(share)}\"", isOwn ? $"{scan.Text[s]}{scan.Sites[s]}"
                    : $"{scan.Text[s]}{scan.Sites[s]}{scan.Alphabet.Letters[a]}: {NumberText.Short(scan.Changes[s, a])} nats");
                if (isOwn) drawing.Dot((s + 0.5) * across, (a + 0.5) * Cell, Math.Min(across, Cell) / 5, "fill=\"#1c232b\"");
            }
        for (int s = 0; s < sites; s++)
        {
            if (across >= 8) drawing.Text((s + 0.5) * across, height + 13, scan.Text[s].ToString(), "class=\"bz-ink\"", 10);
            if ((s + 1) % 10 == 0) drawing.Text((s + 0.5) * across, height + 28, scan.Sites[s], "", 11);
        }
        drawing.Line("</g>");
        return drawing.Close();
    }

    static string Colour(double share)
    {
        ReadOnlySpan<byte> colour = ColorMap.Diverging.Color(share);
        return $"#{colour[0]:x2}{colour[1]:x2}{colour[2]:x2}";
    }
}
