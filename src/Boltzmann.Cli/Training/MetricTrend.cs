namespace Boltzmann.Cli.Training;

/// <summary>The course of the most important metric that was measured more than once.</summary>
/// <param name="metrics">What is measured, the most important first.</param>
sealed class MetricTrend(IReadOnlyList<string> metrics)
{
    const int Longest = 40;

    readonly Dictionary<string, List<(int Epoch, double Value)>> courses = [];
    int machine;

    /// <summary>Takes in an epoch; what was measured of the layer below is forgotten.</summary>
    public void Add(int layer, EpochRecord epoch)
    {
        if (layer != machine) courses.Clear();
        machine = layer;
        foreach (var (name, value) in epoch.Metrics)
        {
            if (!courses.TryGetValue(name, out List<(int, double)>? course)) courses[name] = course = [];
            if (double.IsFinite(value)) course.Add((epoch.Number, value));
        }
    }

    /// <summary>Its name, its curve, its first and last value; empty while there is no course.</summary>
    public string ToText(int width)
    {
        if (metrics.FirstOrDefault(name => courses.TryGetValue(name, out var values) && values.Count > 1) is not string metric) return "";
        List<(int Epoch, double Value)> course = courses[metric];
        string start = $"{metric} {NumberText.Short(course[0].Value)} ", end = $" {NumberText.Short(course[^1].Value)}";
        int places = Math.Min(Longest, width - start.Length - end.Length);
        return places < 2 ? "" : start + Sparkline.Of([.. course.Select(c => c.Value)], places) + end;
    }
}
