namespace Boltzmann.Reporting;

/// <summary>A bar of a bar chart, with the ends of its error bar where it has one.</summary>
/// <param name="Label">What is measured.</param>
/// <param name="Value">The length; NaN leaves the bar out and says so.</param>
/// <param name="Low">Lower end of the error, when known.</param>
/// <param name="High">Upper end of the error, when known.</param>
public readonly record struct ChartBar(string Label, double Value, double? Low = null, double? High = null);
