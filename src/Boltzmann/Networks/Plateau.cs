namespace Boltzmann.Networks;

/// <summary>Lowers the learning rate when a metric has not improved for a number of epochs.</summary>
/// <param name="Metric">Name of the metric, e.g. "validation-loss".</param>
/// <param name="Patience">Epochs without improvement after which to lower the rate.</param>
/// <param name="Factor">What the rate is multiplied by.</param>
/// <param name="Minimum">The rate does not fall below this.</param>
public sealed record Plateau(string Metric, int Patience = 6, double Factor = 0.2, double Minimum = 1e-5);
