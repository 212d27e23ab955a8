namespace Boltzmann.Experiments;

/// <summary>
/// What a machine whose visible units are films has learned of them: films with like weights, and hidden units by their films.
/// </summary>
sealed class FilmMeanings
{
    const int Nearest = 10, Strongest = 5;

    readonly string[] titles;
    readonly double[][] weights;

    /// <param name="weights">A row for each film.</param>
    /// <param name="titles">Of each.</param>
    /// <param name="isKnown">Whether a film has ratings enough to be shown.</param>
    public FilmMeanings(IReadOnlyList<double[]> weights, IReadOnlyList<string> titles, Func<int, bool> isKnown)
    {
        int[] shown = [.. Enumerable.Range(0, titles.Count).Where(isKnown)];
        this.titles = [.. shown.Select(i => titles[i])];
        this.weights = [.. shown.Select(i => weights[i])];
        // A hidden unit that all films move alike tells none from another.
        for (int j = 0; j < this.weights[0].Length; j++)
        {
            double mean = this.weights.Average(row => row[j]);
            foreach (double[] row in this.weights) row[j] -= mean;
        }
    }

    /// <summary>The films whose weights have the greatest cosine with a film's, nearest first.</summary>
    public IEnumerable<(string Title, double Cosine)> Near(string title)
    {
        int own = Array.IndexOf(titles, title);
        return own < 0 ? [] : Enumerable.Range(0, titles.Length).Where(i => i != own)
            .Select(i => (titles[i], Cosine(weights[i], weights[own]))).OrderByDescending(pair => pair.Item2).Take(Nearest);
    }

    /// <summary>Hidden units whose weights differ most from film to film: films that they stand for most, and least.</summary>
    public TextTable Factors(int count)
    {
        var table = new TextTable("hidden unit", "on for who likes", "off for who likes");
        foreach (int j in Enumerable.Range(0, weights[0].Length).OrderByDescending(j => weights.Sum(row => row[j] * row[j])).Take(count))
        {
            int[] order = [.. Enumerable.Range(0, titles.Length).OrderByDescending(i => weights[i][j])];
            table.Add($"{j}", Join(order.Take(Strongest)), Join(order.Reverse().Take(Strongest)));
        }
        return table;
    }

    string Join(IEnumerable<int> films) => string.Join("; ", films.Select(i => titles[i]));

    static double Cosine(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));
}
