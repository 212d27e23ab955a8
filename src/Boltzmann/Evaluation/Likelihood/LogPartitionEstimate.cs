namespace Boltzmann.Evaluation;

/// <summary>An estimate of log Z with its error. All logarithms in nats.</summary>
/// <param name="Method">"ais" or "reverse-ais".</param>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">Of the value, from the spread of the chains' weights: s(w)/(w̄·√chains), to first order. Too small when few
/// chains carry the weight.</param>
/// <param name="Lower">The value with the mean weight moved three standard errors down; −∞ if that is not positive.</param>
/// <param name="Upper">The value with the mean weight moved three standard errors up.</param>
/// <param name="EffectiveSampleSize">(Σw)²/Σw²: how many chains of equal weight would do as well, from 1 to the number of chains.</param>
/// <param name="Chains">Number of chains.</param>
/// <param name="Betas">Number of inverse temperatures, both ends included.</param>
/// <param name="LogWeights">Estimate of log Z by each chain alone: log Z₀ + log w, or log Z₀ − log w in reverse.</param>
public sealed record LogPartitionEstimate(
    string Method, double Value, double StandardError, double Lower, double Upper,
    double EffectiveSampleSize, int Chains, int Betas, IReadOnlyList<double> LogWeights)
{
    /// <summary>The layers that were summed out of the weights in closed form.</summary>
    public IReadOnlyList<int> SummedLayers { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"log Z = {Value:F3} ({Lower:F3} to {Upper:F3}; {Method}, {Chains} chains, {Betas} betas, effective sample size "
            + $"{EffectiveSampleSize:F1})");

    /// <summary>w̄ estimates Z/Z₀.</summary>
    internal static LogPartitionEstimate Forward(double logStart, double[] logWeights, int betas) =>
        From("ais", logStart, logWeights, betas, 1);

    /// <summary>w̄ estimates Z₀/Z.</summary>
    internal static LogPartitionEstimate Reverse(double logStart, double[] logWeights, int betas) =>
        From("reverse-ais", logStart, logWeights, betas, -1);

    static LogPartitionEstimate From(string method, double logStart, double[] logWeights, int betas, int sign)
    {
        int n = logWeights.Length;
        double logMean = Scalar.LogSumExp(logWeights) - Math.Log(n);
        if (!double.IsFinite(logMean)) throw new BadInputException("the weights of annealed importance sampling are not finite: the model "
            + "has no distribution, or its parameters are too large");
        double squares = 0, deviations = 0;
        foreach (double log in logWeights)
        {
            double w = Math.Exp(log - logMean);
            squares += w * w;
            deviations += (w - 1) * (w - 1);
        }
        double relative = n > 1 ? Math.Sqrt(deviations / (n - 1) / n) : double.PositiveInfinity;
        double value = logStart + sign * logMean;
        double less = 3 * relative < 1 ? Math.Log(1 - 3 * relative) : double.NegativeInfinity, more = Math.Log(1 + 3 * relative);
        return new(method, value, relative, sign > 0 ? value + less : value - more, sign > 0 ? value + more : value - less,
            (double)n * n / squares, n, betas, [.. logWeights.Select(log => logStart + sign * log)]);
    }
}
