namespace Boltzmann.Ratings;

/// <summary>
/// A unit that a machine has no weights for, such as a new user where users are units: its weights and biases are those of the highest
/// penalised likelihood of its ratings, log p(v | h) with the hidden means of the rated cases, less a half of the squared distance from the
/// mean unit. That is concave: there is one maximum.
/// </summary>
sealed class RatingNewcomer
{
    const int MostSteps = 100;

    readonly RatingMachine machine;
    readonly double[] point;

    RatingNewcomer(RatingMachine machine, double[] point) => (this.machine, this.point) = (machine, point);

    /// <summary>Learns it from its ratings.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="means">E[h | the ratings of others] of each case it rated.</param>
    /// <param name="levels">Its levels.</param>
    public static RatingNewcomer Of(RatingMachine machine, IReadOnlyList<float[]> means, IReadOnlyList<byte> levels)
    {
        double[] centre = Mean(machine);
        var learning = new LimitedMemoryBfgs((point, gradient) => Loss(machine, means, levels, centre, point, gradient), centre);
        return new(machine, learning.Minimize(tolerance: 1e-4, MostSteps).Point);
    }

    /// <summary>E[value] of a case.</summary>
    public double Expected(ReadOnlySpan<float> means)
    {
        Span<double> shares = stackalloc double[machine.Levels];
        SetShares(machine, point, means, shares);
        double mean = 0;
        for (int k = 0; k < shares.Length; k++) mean += shares[k] * machine.Values[k];
        return mean;
    }

    // Of a level: its bias, then its weights.
    static double[] Mean(RatingMachine machine)
    {
        int size = machine.Hidden + 1;
        var mean = new double[machine.Levels * size];
        for (int u = 0; u < machine.Units; u++)
            for (int k = 0; k < machine.Levels; k++)
            {
                mean[k * size] += machine.BiasOf(u)[k] / machine.Units;
                ReadOnlySpan<float> weights = machine.WeightsOf(u, k);
                for (int j = 0; j < machine.Hidden; j++) mean[k * size + 1 + j] += weights[j] / machine.Units;
            }
        return mean;
    }

    static double Loss(RatingMachine machine, IReadOnlyList<float[]> means, IReadOnlyList<byte> levels, double[] centre, double[] point,
        double[] gradient)
    {
        int size = machine.Hidden + 1;
        double loss = 0;
        for (int i = 0; i < point.Length; i++)
        {
            gradient[i] = point[i] - centre[i];
            loss += 0.5 * gradient[i] * gradient[i];
        }
        Span<double> shares = stackalloc double[machine.Levels];
        for (int r = 0; r < means.Count; r++)
        {
            SetShares(machine, point, means[r], shares);
            loss -= Math.Log(shares[levels[r]]);
            for (int k = 0; k < shares.Length; k++)
            {
                double error = shares[k] - (levels[r] == k ? 1 : 0);
                gradient[k * size] += error;
                for (int j = 0; j < machine.Hidden; j++) gradient[k * size + 1 + j] += error * means[r][j];
            }
        }
        return loss;
    }

    static void SetShares(RatingMachine machine, double[] point, ReadOnlySpan<float> means, Span<double> shares)
    {
        int size = machine.Hidden + 1;
        for (int k = 0; k < shares.Length; k++)
        {
            double sum = point[k * size];
            for (int j = 0; j < machine.Hidden; j++) sum += point[k * size + 1 + j] * means[j];
            shares[k] = sum;
        }
        double log = Scalar.LogSumExp(shares);
        for (int k = 0; k < shares.Length; k++) shares[k] = Math.Exp(shares[k] - log);
    }
}
