namespace Boltzmann.Compute;

/// <summary>
/// Colours for the units of a graph, such that joined units differ: given the rest, all units of a colour are independent.
/// </summary>
public sealed class GraphColoring
{
    GraphColoring(int[] colors)
    {
        ColorOf = colors;
        Count = colors.Length == 0 ? 0 : colors.Max() + 1;
        Order = [.. Enumerable.Range(0, colors.Length).OrderBy(unit => colors[unit])];
    }

    /// <summary>The number of colours.</summary>
    public int Count { get; }

    /// <summary>The colour of each unit, from 0 on.</summary>
    public IReadOnlyList<int> ColorOf { get; }

    /// <summary>The units, those of colour 0 first, and in their own order within a colour.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>
    /// Each unit in turn gets the least colour that none of its neighbours has: at most one colour more than the greatest number of
    /// neighbours (Welsh and Powell 1967); two for a grid.
    /// </summary>
    /// <param name="units">Number of units.</param>
    /// <param name="pairs">The joined ones.</param>
    public static GraphColoring Greedy(int units, IReadOnlyList<(int Unit, int Other)> pairs)
    {
        var before = new List<int>?[units];
        foreach (var (unit, other) in pairs) (before[Math.Max(unit, other)] ??= []).Add(Math.Min(unit, other));
        var colors = new int[units];
        var taken = new HashSet<int>();
        for (int unit = 0; unit < units; unit++)
        {
            taken.Clear();
            if (before[unit] is List<int> neighbors) taken.UnionWith(neighbors.Select(n => colors[n]));
            while (taken.Contains(colors[unit])) colors[unit]++;
        }
        return new(colors);
    }
}
