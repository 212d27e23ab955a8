namespace Boltzmann.Experiments;

/// <summary>
/// Plain vectors of documents: words weighed by how few documents have them (tf-idf), and their coordinates along the directions of
/// greatest variance through the origin (latent semantic indexing, Deerwester et al. 1990).
/// </summary>
sealed class LatentSemantics
{
    readonly double[] weights;
    readonly Matrix directions;

    /// <summary>Learns weights and directions.</summary>
    /// <param name="counts">Words of documents, [documents × words].</param>
    /// <param name="dimensions">How many directions.</param>
    /// <param name="seed">Of the start.</param>
    public LatentSemantics(Matrix counts, int dimensions, ulong seed)
    {
        weights = new double[counts.Columns];
        for (int d = 0; d < counts.Rows; d++)
        {
            double[] row = counts.ReadRow(d);
            for (int k = 0; k < row.Length; k++)
                if (row[k] > 0) weights[k]++;
        }
        for (int k = 0; k < weights.Length; k++) weights[k] = weights[k] > 0 ? Math.Log(counts.Rows / weights[k]) : 0;
        Matrix vectors = Weigh(counts), products = vectors.Like(vectors.Columns, vectors.Columns);
        products.SetOuterProducts([new Factor(vectors, vectors, 1)]);
        directions = LeadingDirections.Of(products, dimensions, new Rng(seed));
    }

    /// <summary>(1 + log count)·log(documents/documents with the word), of length 1.</summary>
    public Matrix Weigh(Matrix counts)
    {
        Matrix result = counts.Like(counts.Rows, counts.Columns);
        for (int d = 0; d < counts.Rows; d++)
        {
            double[] row = counts.ReadRow(d);
            double squares = 0;
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = row[k] > 0 ? (1 + Math.Log(row[k])) * weights[k] : 0;
                squares += row[k] * row[k];
            }
            for (int k = 0; k < row.Length; k++) row[k] /= squares > 0 ? Math.Sqrt(squares) : 1;
            result.WriteRow(d, row);
        }
        return result;
    }

    /// <summary>Coordinates of weighed documents.</summary>
    public Matrix Project(Matrix weighed)
    {
        Matrix result = weighed.Like(weighed.Rows, directions.Rows);
        result.SetProduct(weighed, directions, transposeRight: true);
        return result;
    }
}
