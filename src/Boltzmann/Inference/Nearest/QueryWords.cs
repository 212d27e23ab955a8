namespace Boltzmann.Inference;

/// <summary>Words as a row of a model of documents, and documents as their telling words.</summary>
/// <param name="names">The model's words.</param>
/// <param name="bias">Of its visible units: log shares of words where nothing else is known.</param>
sealed class QueryWords(IReadOnlyList<string> names, IReadOnlyList<double> bias)
{
    const int Shown = 6;

    readonly double norm = Scalar.LogSumExp([.. bias]);

    /// <summary>Counts of the words of a text; letters of either case are the same where only one of them is known.</summary>
    /// <param name="text">Words between blanks, commas and the like.</param>
    /// <param name="unknown">Those that the model does not know, each once.</param>
    public double[] Read(string text, out IReadOnlyList<string> unknown)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int k = 0; k < names.Count; k++) places.TryAdd(names[k], k);
        var counts = new double[names.Count];
        var others = new List<string>();
        foreach (string word in Split(text))
        {
            if (places.TryGetValue(word, out int place) || places.TryGetValue(word.ToLowerInvariant(), out place)) counts[place]++;
            else if (!others.Contains(word)) others.Add(word);
        }
        unknown = others;
        return counts;
    }

    /// <summary>The words of a document of the greatest count·−log share, most telling first.</summary>
    public IReadOnlyList<string> Telling(double[] counts) =>
        [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0).OrderByDescending(k => counts[k] * (norm - bias[k])).Take(Shown)
            .Select(k => names[k])];

    static string[] Split(string text) => [.. text.Split((char[])[' ', '\t', '\n', '\r', ',', '.', ';', ':', '!', '?', '"', '(', ')'],
        StringSplitOptions.RemoveEmptyEntries)];
}
