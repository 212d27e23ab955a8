using System.Globalization;

namespace Boltzmann.Training;

/// <summary>
/// Metrics that can be asked for by name. A set does not change: <see cref="With"/> gives another one that has more of them, such as a
/// user's own (examples/NewMetric.cs).
/// </summary>
public sealed class MetricSet
{
    readonly Metric[] all;

    /// <summary>A set of these.</summary>
    /// <exception cref="ArgumentException">Two have one name, or a name is empty or has a colon, which <see cref="Parse"/> takes for the
    /// end of it.</exception>
    public MetricSet(params IReadOnlyList<Metric> metrics)
    {
        all = [.. metrics];
        if (all.FirstOrDefault(m => m.Name.Length == 0 || m.Name.Contains(':')) is Metric bad)
            throw new ArgumentException($"'{bad.Name}' is not a name for a metric: expected one without a colon", nameof(metrics));
        if (all.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"there are {twice.Count()} metrics '{twice.Key}'", nameof(metrics));
    }

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names => [.. all.Select(m => m.Name)];

    /// <summary>The names of those that are defined for a type of models.</summary>
    public IReadOnlyList<string> NamesFor<TModel>() where TModel : EnergyModel =>
        [.. all.Where(m => m.ModelType.IsAssignableFrom(typeof(TModel))
            && (!m.NeedsLabels || MetricCatalog.CanHaveLabels(typeof(TModel)))).Select(m => m.Name)];

    /// <summary>These and others.</summary>
    /// <exception cref="ArgumentException">Two have one name, or a name is none.</exception>
    public MetricSet With(params IReadOnlyList<Metric> others) => new([.. all, .. others]);

    /// <summary>A metric from NAME or NAME:EVERY.</summary>
    /// <exception cref="BadInputException">The name is unknown, or EVERY is not a whole number of at least 1.</exception>
    public Metric Parse(string text)
    {
        string[] parts = text.Split(':');
        Metric metric = all.FirstOrDefault(m => m.Name == parts[0])
            ?? throw new BadInputException($"there is no metric '{parts[0]}'; known are {string.Join(", ", Names)}"
                + DidYouMean.Question(parts[0], Names));
        if (parts.Length == 1) return metric;
        if (parts.Length > 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int every) || every < 1)
            throw new BadInputException($"'{text}' does not say after how many epochs to measure; expected {parts[0]}:N with N at least 1");
        return metric with { Every = every };
    }
}
