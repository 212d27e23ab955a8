namespace Boltzmann.Classifiers;

/// <summary>
/// The k-nearest-neighbour rule (Fix and Hodges 1951; Cover and Hart 1967): the probability of a class is its share among the k training
/// rows nearest to a row. The search is exact: all distances are looked at, and those of the nearest are computed again in double
/// precision.
/// </summary>
/// <param name="neighbors">k, at least 1.</param>
/// <param name="weights">Whether nearer rows count for more.</param>
/// <param name="metric">What near means.</param>
/// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
public sealed class KNearestNeighbors(int neighbors = 5, NeighborWeights weights = NeighborWeights.Uniform,
    NeighborMetric metric = NeighborMetric.Euclidean) : Classifier
{
    NeighborSearch? search;
    int[] labels = [];

    /// <summary>k.</summary>
    public int Neighbors { get; } = neighbors >= 1 ? neighbors
        : throw new ArgumentOutOfRangeException(nameof(neighbors), $"there must be 1 neighbour or more, not {neighbors}");

    /// <summary>Whether nearer rows count for more.</summary>
    public NeighborWeights Weights => weights;

    /// <summary>What near means.</summary>
    public NeighborMetric Metric => metric;

    /// <summary>The k training rows nearest to each row, nearest first; of equally near ones those of lower number.</summary>
    /// <param name="rows">[B × columns].</param>
    /// <returns>k for each row.</returns>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, or a value that is not finite or whose square
    /// overflows.</exception>
    public Neighbor[][] Find(Matrix rows)
    {
        Require(rows);
        return search!.Find(rows, Neighbors);
    }

    /// <summary>Probability of each class, [B × classes]: the shares of the weights of the k nearest.</summary>
    /// <param name="rows">[B × columns].</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">As for <see cref="Find"/>.</exception>
    public double[,] PredictProbabilities(Matrix rows)
    {
        Neighbor[][] nearest = Find(rows);
        var shares = new double[nearest.Length, Classes];
        for (int r = 0; r < nearest.Length; r++)
        {
            // The nearest comes first: at distance 0, it alone decides what counts.
            bool isHit = nearest[r][0].Distance == 0;
            double total = 0;
            foreach (Neighbor neighbor in nearest[r])
            {
                double weight = weights == NeighborWeights.Uniform ? 1
                    : isHit ? (neighbor.Distance == 0 ? 1 : 0) : nearest[r][0].Distance / neighbor.Distance;
                shares[r, labels[neighbor.Row]] += weight;
                total += weight;
            }
            for (int k = 0; k < Classes; k++) shares[r, k] /= total;
        }
        return shares;
    }

    /// <inheritdoc/>
    protected override void Learn(Matrix rows, int[] labels, int classes)
    {
        if (rows.Rows < Neighbors)
            throw new BadInputException($"there are {rows.Rows} training rows: expected at least the {Neighbors} neighbours asked for");
        search = new(rows, metric);
        this.labels = [.. labels];
    }

    /// <inheritdoc/>
    protected override int[] Classify(Matrix rows) => Greatest(PredictProbabilities(rows));
}
