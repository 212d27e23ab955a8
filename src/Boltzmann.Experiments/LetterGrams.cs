namespace Boltzmann.Experiments;

/// <summary>
/// n-grams of symbols, each order mixed with the shorter one by how many kinds of symbols have followed (Witten and Bell 1991):
/// p(x | h) = (c(h, x) + k(h)·p(x | shorter h))/(c(h) + k(h)), down to equal chances.
/// </summary>
sealed class LetterGrams
{
    readonly Dictionary<string, double[]> counts = [];
    readonly int order, symbols;

    /// <summary>Counts what follows each stretch of up to n − 1 symbols.</summary>
    public LetterGrams(Sequences training, int order)
    {
        (this.order, symbols) = (order, training.Columns);
        foreach (int[] text in Texts(training))
            for (int t = 0; t < text.Length; t++)
                for (int length = 0; length < order && length <= t; length++)
                {
                    string history = History(text, t, length);
                    if (!counts.TryGetValue(history, out double[]? row)) counts[history] = row = new double[symbols];
                    row[text[t]]++;
                }
    }

    /// <summary>Mean log-probability of a symbol, in nats.</summary>
    public double Mean(Sequences data)
    {
        double sum = 0;
        long steps = 0;
        foreach (int[] text in Texts(data))
            for (int t = 0; t < text.Length; t++, steps++) sum += Math.Log(Probability(text, t));
        return sum / steps;
    }

    double Probability(int[] text, int t)
    {
        double p = 1.0 / symbols;
        for (int length = 0; length < order && length <= t; length++)
        {
            if (!counts.TryGetValue(History(text, t, length), out double[]? row)) break;
            double total = row.Sum(), kinds = row.Count(c => c > 0);
            p = (row[text[t]] + kinds * p) / (total + kinds);
        }
        return p;
    }

    static string History(int[] text, int t, int length) => string.Concat(Enumerable.Range(t - length, length).Select(i => (char)(
        '0' + text[i])));

    static IEnumerable<int[]> Texts(Sequences data)
    {
        var row = new double[data.Columns];
        for (int s = 0; s < data.Count; s++)
            yield return [.. Enumerable.Range(data.First[s], data.LengthOf(s)).Select(t =>
            {
                data.Steps.Rows.Read(t, row);
                return Array.IndexOf(row, 1.0);
            })];
    }
}
