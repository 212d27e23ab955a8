namespace Boltzmann.Cli;

/// <summary>A curve of the height of a line: ▁▂▄▆█.</summary>
static class Sparkline
{
    const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>The curve of these values, the last ones of more than there are places; what is not finite is a gap.</summary>
    public static string Of(IReadOnlyList<double> values, int places)
    {
        double[] shown = [.. values.Skip(Math.Max(0, values.Count - places))];
        double[] finite = [.. shown.Where(double.IsFinite)];
        if (finite.Length == 0) return "";
        double low = finite.Min(), range = finite.Max() - low;
        return string.Concat(shown.Select(x => !double.IsFinite(x) ? ' '
            : Levels[range > 0 ? (int)Math.Round((x - low) / range * (Levels.Length - 1)) : Levels.Length / 2]));
    }
}
