namespace Boltzmann.Evaluation;

/// <summary>
/// Maps rows to points of a plane whose neighbourhoods are those of the rows: t-distributed stochastic neighbour embedding (van der
/// Maaten and Hinton 2008), exact, in time and memory n². Distances between far groups mean little, and neither do the axes.
/// </summary>
/// <remarks>
/// p(j|i) ∝ exp(−βᵢ‖xᵢ − xⱼ‖²) with βᵢ such that row i has the perplexity asked for; pᵢⱼ = (p(j|i) + p(i|j))/2n;
/// qᵢⱼ ∝ 1/(1 + ‖yᵢ − yⱼ‖²); the points y minimise KL(P‖Q).
/// </remarks>
public static class TSne
{
    /// <summary>Rows at most: their affinities then fill 200 MB.</summary>
    public const int MostRows = 5000;

    const double Exaggeration = 12, StartDeviation = 1e-4, LeastGain = 0.01;
    const uint Stream = 0x74736e65;

    /// <summary>The map of some rows.</summary>
    /// <param name="rows">[n × d], n from 4 to <see cref="MostRows"/>.</param>
    /// <param name="options">Perplexity, steps, seed; the defaults when null.</param>
    /// <param name="cancellation">Looked at once a step.</param>
    /// <returns>[n × 2], centred on the origin.</returns>
    /// <exception cref="BadInputException">Too many rows, too few for the perplexity, or values that are not finite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static double[,] Map(Matrix rows, TSneOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Iterations);
        var objective = TSneObjective.Of(rows, options.Perplexity, options.Threads, cancellation);
        int n = rows.Rows;
        double[] x = new double[n], y = new double[n];
        Draw draw = new Rng(options.Seed, Stream).NextDraw();
        for (int i = 0; i < n; i++)
        {
            x[i] = StartDeviation * Philox.Normal(draw, i, 0);
            y[i] = StartDeviation * Philox.Normal(draw, i, 1);
        }
        Descend(objective, x, y, options.Iterations, cancellation);
        var map = new double[n, 2];
        for (int i = 0; i < n; i++) (map[i, 0], map[i, 1]) = (x[i], y[i]);
        return map;
    }

    // Affinities exaggerated at first let groups pass through each other while they are small (section 3.4 of the paper).
    internal static void Descend(TSneObjective objective, double[] x, double[] y, int iterations, CancellationToken cancellation)
    {
        int n = x.Length;
        double rate = Math.Max(n / Exaggeration / 4, 50);
        Coordinate across = new(x), up = new(y);
        for (int step = 0; step < iterations; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool isEarly = step < iterations / 4;
            objective.Gradient(x, y, across.Gradient, up.Gradient, isEarly ? Exaggeration : 1);
            across.Step(rate, isEarly ? 0.5 : 0.8);
            up.Step(rate, isEarly ? 0.5 : 0.8);
        }
    }

    // Momentum with a gain of its own for every number (Jacobs 1988): up while steps keep their direction, down when they turn.
    sealed class Coordinate(double[] values)
    {
        readonly double[] velocity = new double[values.Length], gains = [.. Enumerable.Repeat(1.0, values.Length)];

        public double[] Gradient { get; } = new double[values.Length];

        public void Step(double rate, double momentum)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
            {
                gains[i] = Math.Max(velocity[i] * Gradient[i] < 0 ? gains[i] + 0.2 : gains[i] * 0.8, LeastGain);
                velocity[i] = momentum * velocity[i] - rate * gains[i] * Gradient[i];
                values[i] += velocity[i];
                sum += values[i];
            }
            double mean = sum / values.Length;
            foreach (ref double value in values.AsSpan()) value -= mean;
        }
    }
}
