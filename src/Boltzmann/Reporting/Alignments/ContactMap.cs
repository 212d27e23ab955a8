namespace Boltzmann.Reporting;

/// <summary>
/// A map of pairs of sites: predicted ones above the diagonal, the strongest darkest; known ones below it, where they are known, and then
/// the predicted ones in two colours.
/// </summary>
/// <param name="sites">Names of the sites.</param>
/// <param name="ranked">Pairs, the strongest first.</param>
/// <param name="known">What is known; null for nothing.</param>
public sealed class ContactMap(IReadOnlyList<string> sites, IReadOnlyList<Contact> ranked, KnownContacts? known)
{
    const double Longest = 560, Largest = 12;
    const int Shown = 2;

    /// <summary>Whether a pair is known to be in contact.</summary>
    public bool IsKnown(Contact pair) => known?.Contains(sites[pair.First], sites[pair.Second]) == true;

    /// <summary>The shares of known contacts among the first pairs: as many as half the sites, the sites, twice and five times so
    /// many.</summary>
    public IReadOnlyList<(int Pairs, double Precision)> Precisions()
    {
        int n = sites.Count;
        return [.. new[] { n / 2, n, 2 * n, 5 * n }.Where(pairs => pairs > 0 && pairs <= ranked.Count).DefaultIfEmpty(ranked.Count)
            .Select(pairs => (pairs, ranked.Take(pairs).Average(pair => IsKnown(pair) ? 1.0 : 0)))];
    }

    /// <summary>As SVG.</summary>
    public string Svg()
    {
        int n = sites.Count;
        double cell = Math.Min(Largest, Longest / n), side = n * cell;
        Contact[] first = [.. ranked.Take(Shown * n)];
        string title = known is null ? $"The {first.Length:N0} strongest pairs"
            : $"The {first.Length:N0} strongest pairs (above), {first.Count(IsKnown):N0} of them known contacts (below)";
        var drawing = new Drawing(title, side + 44, side + 24);
        drawing.Line("<g transform=\"translate(36 2)\">");
        drawing.Box(0, 0, side, side, "class=\"thin\"");
        drawing.Stroke(0, 0, side, side, "class=\"thin\"");
        for (int i = 0; known is not null && i < n; i++)
            for (int j = 0; j < i; j++)
                if (known.Contains(sites[i], sites[j])) Cell(j, i, "class=\"pale\"", $"{sites[j]} and {sites[i]} are in contact");
        for (int k = first.Length - 1; k >= 0; k--)
        {
            Contact pair = first[k];
            string kind = known is null || IsKnown(pair) ? "found" : "fault";
            string style = $"class=\"{kind}\" opacity=\"{Drawing.N(k < n ? 1 : 0.45)}\"";
            string hint = $"{sites[pair.First]} and {sites[pair.Second]}, pair {k + 1}{(known is null ? "" : IsKnown(pair) ? ", in contact"
                : ", not known to be in contact")}";
            Cell(pair.Second, pair.First, style, hint);
        }
        int every = n <= 30 ? 5 : n <= 150 ? 10 : 50;
        for (int i = 0; i < n; i++)
        {
            bool isShown = int.TryParse(sites[i], out int number) ? number % every == 0 : i % every == every - 1;
            if (!isShown) continue;
            drawing.Text(-6, (i + 0.5) * cell + 4, sites[i], "class=\"bz-ink\"", 11, "end");
            drawing.Text((i + 0.5) * cell, side + 16, sites[i], "class=\"bz-ink\"", 11);
        }
        drawing.Line("</g>");
        return drawing.Close();

        void Cell(int x, int y, string style, string hint) => drawing.Box(x * cell, y * cell, cell, cell, style, hint);
    }
}
