using System.Globalization;

namespace Boltzmann.Reporting;

/// <summary>
/// The weights of hidden units as sequence logos, after Tubiana, Cocco and Monasson (2019): at each site the letters that a unit speaks
/// for above the line and those that it speaks against below it, as high as their weights.
/// </summary>
public static class SequenceLogo
{
    const double Height = 92, Across = 13, Longest = 1100, LeastShare = 0.04;

    // Capitals are this share of the size of a font high, and this wide where they are narrowest to widest.
    const double Capital = 0.72, Wide = 0.68;

    /// <summary>As SVG, a logo below another.</summary>
    /// <param name="title">Above them.</param>
    /// <param name="logos">What each is called, and its weights, [sites × letters].</param>
    /// <param name="alphabet">The letters.</param>
    /// <param name="sites">Names of the sites.</param>
    public static string Svg(string title, IReadOnlyList<(string Name, double[,] Weights)> logos, Alphabet alphabet,
        IReadOnlyList<string> sites)
    {
        ArgumentNullException.ThrowIfNull(logos);
        ArgumentNullException.ThrowIfNull(alphabet);
        double across = Math.Min(Across, Longest / sites.Count), width = sites.Count * across;
        var drawing = new Drawing(title, width + 60, logos.Count * (Height + 18) + 20);
        for (int l = 0; l < logos.Count; l++)
        {
            drawing.Line($"<g transform=\"translate(56 {Drawing.N(l * (Height + 18) + 4)})\">");
            drawing.Text(-8, Height / 2 + 4, logos[l].Name, "class=\"bz-ink\"", 12, "end");
            Draw(drawing, logos[l].Weights, alphabet, across);
            drawing.Line("</g>");
        }
        drawing.Line($"<g transform=\"translate(56 {Drawing.N(logos.Count * (Height + 18) + 8)})\">");
        for (int s = 9; s < sites.Count; s += 10) drawing.Text((s + 0.5) * across, 0, sites[s], "", 11);
        drawing.Line("</g>");
        return drawing.Close();
    }

    static void Draw(Drawing drawing, double[,] weights, Alphabet alphabet, double across)
    {
        int sites = weights.GetLength(0), letters = weights.GetLength(1);
        double most = 0;
        for (int s = 0; s < sites; s++)
        {
            double up = 0, down = 0;
            for (int a = 0; a < letters; a++)
                if (weights[s, a] > 0) up += weights[s, a];
                else down -= weights[s, a];
            most = Math.Max(most, Math.Max(up, down));
        }
        double zero = Height / 2, unit = most == 0 ? 0 : Height / 2 / most;
        drawing.Stroke(0, zero, sites * across, zero, "class=\"thin\"");
        for (int s = 0; s < sites; s++)
        {
            double up = zero, down = zero;
            foreach (int a in Enumerable.Range(0, letters).OrderBy(a => Math.Abs(weights[s, a])))
            {
                double size = Math.Abs(weights[s, a]) * unit;
                if (size < LeastShare * Height / 2) continue;
                double bottom = weights[s, a] > 0 ? up : down + size;
                Letter(drawing, alphabet.Letters[a], s * across, bottom, across, size);
                if (weights[s, a] > 0) up -= size;
                else down += size;
            }
        }
    }

    static void Letter(Drawing drawing, char letter, double x, double bottom, double width, double height)
    {
        const double Size = 10;
        string scale = string.Create(CultureInfo.InvariantCulture,
            $"translate({x + width / 2:0.##} {bottom:0.##}) scale({width / (Wide * Size):0.###} {height / (Capital * Size):0.###})");
        drawing.Line($"<text transform=\"{scale}\" text-anchor=\"middle\" style=\"font:bold {Size}px Helvetica,Arial,sans-serif;"
            + $"fill:{ColourOf(letter)}\">{Markup.Escape(letter.ToString())}</text>");
    }

    // Acid red, basic blue, polar green, amides violet, the others dark; a gap grey. Of nucleotides C is the polar one and A the green.
    static string ColourOf(char letter) => letter switch
    {
        'D' or 'E' => "#c0364f",
        'K' or 'R' or 'H' => "#2468b2",
        'S' or 'T' or 'Y' or 'G' or 'C' => "#2f8a57",
        'N' or 'Q' => "#7a4fb3",
        Alphabet.Gap => "#9aa5b1",
        'P' => "#cf6a1c",
        _ => "#39434e",
    };
}
