namespace Boltzmann.Evaluation;

/// <summary>A pair of sites.</summary>
/// <param name="First">The first site, from 0.</param>
/// <param name="Second">The second one, behind it.</param>
/// <param name="Score">How strongly they act on each other.</param>
public sealed record Contact(int First, int Second, double Score)
{
    /// <summary>All pairs, the strongest first.</summary>
    /// <param name="scores">[sites × sites]; see <see cref="ContactScores"/>.</param>
    /// <param name="areApart">Whether two sites are a pair that is asked for, such as |i − j| ≥ 5; null for all.</param>
    public static IReadOnlyList<Contact> Ranked(double[,] scores, Func<int, int, bool>? areApart = null)
    {
        int sites = scores.GetLength(0);
        var pairs = new List<Contact>();
        for (int i = 0; i < sites; i++)
            for (int j = i + 1; j < sites; j++)
                if (areApart?.Invoke(i, j) ?? true) pairs.Add(new(i, j, scores[i, j]));
        return [.. pairs.OrderByDescending(pair => pair.Score)];
    }

    /// <summary>The share of true ones among the first pairs.</summary>
    /// <param name="ranked">The strongest first.</param>
    /// <param name="isTrue">What is known.</param>
    /// <param name="count">How many of the first pairs.</param>
    public static double Precision(IReadOnlyList<Contact> ranked, Func<int, int, bool> isTrue, int count) =>
        ranked.Take(count).Average(pair => isTrue(pair.First, pair.Second) ? 1.0 : 0);
}
