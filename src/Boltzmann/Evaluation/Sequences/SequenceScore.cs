namespace Boltzmann.Evaluation;

/// <summary>log p(x_t | x_1 … x_{t−1}) of the steps of sequences, in nats.</summary>
public sealed class SequenceScore
{
    readonly Sequences data;

    internal SequenceScore(Sequences data, double[] perStep, double[]? backward, string method)
    {
        (this.data, PerStep, Method) = (data, perStep, method);
        (Mean, StandardError) = Summary(perStep);
        if (backward is null) return;
        PerStepBackward = backward;
        (BackwardMean, _) = Summary(backward);
    }

    /// <summary>Of every step of the data, those included that only warm the memory up.</summary>
    public IReadOnlyList<double> PerStep { get; }

    /// <summary>The same by annealing backward, which is too low on average; null for exact numbers.</summary>
    public IReadOnlyList<double>? PerStepBackward { get; }

    /// <summary>"closed form", "enumeration" or "annealing".</summary>
    public string Method { get; }

    /// <summary>
    /// Mean over the steps that count, by their weights where they have some. By annealing forward it is too high on average.
    /// </summary>
    public double Mean { get; }

    /// <summary>Standard error of the mean over sequences; NaN for a single one.</summary>
    public double StandardError { get; }

    /// <summary>Mean of <see cref="PerStepBackward"/>; null for exact numbers.</summary>
    public double? BackwardMean { get; }

    /// <summary>The number itself where it is exact, else the middle between the two directions of annealing.</summary>
    internal double Midpoint => BackwardMean is double backward ? (Mean + backward) / 2 : Mean;

    /// <summary>How many steps count.</summary>
    public int Steps => data.CountedSteps;

    /// <summary>How many sequences.</summary>
    public int Sequences => data.Count;

    /// <summary>log p of each sequence: the sum over its steps that count.</summary>
    public double[] PerSequence() => [.. Enumerable.Range(0, data.Count).Select(s => Counted(s).Sum(t => PerStep[t]))];

    /// <summary>e^{−mean}: the perplexity of symbols.</summary>
    public double Perplexity => Math.Exp(-Mean);

    IEnumerable<int> Counted(int s) => Enumerable.Range(data.First[s] + data.WarmUp[s], data.LengthOf(s) - data.WarmUp[s]);

    // The mean is a ratio of sums over sequences, and so is its error.
    (double Mean, double Error) Summary(double[] values)
    {
        double[]? weights = data.Steps.RowWeights;
        var sums = new double[data.Count];
        var counts = new double[data.Count];
        for (int s = 0; s < data.Count; s++)
            foreach (int t in Counted(s))
            {
                double weight = weights?[t] ?? 1;
                sums[s] += weight * values[t];
                counts[s] += weight;
            }
        double total = counts.Sum(), mean = sums.Sum() / total, squares = 0;
        for (int s = 0; s < sums.Length; s++)
        {
            double off = sums[s] - mean * counts[s];
            squares += off * off;
        }
        int n = sums.Length;
        return (mean, n < 2 ? double.NaN : Math.Sqrt(squares * n / (n - 1)) / total);
    }
}
