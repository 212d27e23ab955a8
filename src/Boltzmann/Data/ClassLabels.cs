namespace Boltzmann;

/// <summary>Turns what a file says of classes into numbers from 0.</summary>
static class ClassLabels
{
    /// <summary>The greatest label: above it, a column is hardly one of classes.</summary>
    public const int Most = 65_535;

    /// <summary>"0", "1", … up to the greatest label.</summary>
    public static IReadOnlyList<string> Names(ReadOnlySpan<int> labels)
    {
        int most = -1;
        foreach (int label in labels) most = Math.Max(most, label);
        return [.. Enumerable.Range(0, most + 1).Select(label => label.ToString())];
    }
}
