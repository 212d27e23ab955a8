namespace Boltzmann;

/// <summary>The known word that a mistyped one was probably meant to be.</summary>
static class DidYouMean
{
    const int MostEdits = 2;

    /// <summary>
    /// The known word that is one edit away (an edit adds, drops or changes a letter, or swaps two neighbours); else one that begins or
    /// ends with the word, or that the word begins or ends with; else one that is two edits away. Null where there is none.
    /// </summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        string[] all = [.. known];
        string typed = word.ToLowerInvariant();
        int most = Math.Min(MostEdits, typed.TrimStart('-').Length - 1);
        string bare = typed.TrimStart('-');
        return Near(Math.Min(1, most)) ?? Sharing() ?? Near(most);

        string? Sharing() => bare.Length < 2 ? null : all.FirstOrDefault(one => Shares(bare, one.ToLowerInvariant().TrimStart('-')));

        string? Near(int edits) => all.FirstOrDefault(one => Edits(typed, one.ToLowerInvariant()) <= edits);
    }

    /// <summary>"; did you mean 'mnist'?", or nothing.</summary>
    public static string Question(string word, IEnumerable<string> known) =>
        Find(word, known) is string meant ? $"; did you mean '{meant}'?" : "";

    static bool Shares(string typed, string known) => known.StartsWith(typed, StringComparison.Ordinal)
        || known.EndsWith($"-{typed}", StringComparison.Ordinal) || typed.EndsWith($"-{known}", StringComparison.Ordinal)
        || typed.StartsWith($"{known}-", StringComparison.Ordinal);

    // Optimal string alignment: Levenshtein's distance with swaps.
    static int Edits(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MostEdits) return MostEdits + 1;
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) distance[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) distance[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                distance[i, j] = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        return distance[a.Length, b.Length];
    }
}
