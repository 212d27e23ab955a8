namespace Boltzmann.Reporting;

/// <summary>A point of a chart, with the ends of its error bar or band where it has one.</summary>
/// <param name="X">Along the horizontal axis: an epoch, a number of betas.</param>
/// <param name="Y">The value; NaN leaves a gap.</param>
/// <param name="Low">Lower end of the error, when known.</param>
/// <param name="High">Upper end of the error, when known.</param>
public readonly record struct ChartPoint(double X, double Y, double? Low = null, double? High = null);
