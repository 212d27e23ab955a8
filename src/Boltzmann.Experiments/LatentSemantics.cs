namespace Boltzmann.Experiments;

/// <summary>
/// Plain vectors of documents: words weighed by how few documents have them (tf-idf), and their coordinates along the directions of
/// greatest variance through the origin (latent semantic indexing, Deerwester et al. 1990).
/// </summary>
sealed class LatentSemantics
{
    const int Rounds = 30, Spare = 10;

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
        Matrix vectors = Weigh(counts);
        directions = Directions(vectors, dimensions, new Rng(seed));
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
        Matrix result = weighed.Like(weighed.Rows, directions.Columns);
        result.SetProduct(weighed, directions);
        return result;
    }

    // Powers of XᵀX on a few vectors more than are wanted, made orthogonal at each round (Halko, Martinsson and Tropp 2011).
    static Matrix Directions(Matrix x, int dimensions, Rng rng)
    {
        Matrix basis = x.Like(x.Columns, dimensions + Spare), image = x.Like(x.Rows, dimensions + Spare);
        basis.SampleNormal(rng);
        for (int round = 0; round < Rounds; round++)
        {
            image.SetProduct(x, basis);
            basis.SetOuterProducts([new Factor(x, image, 1)]);
            Orthogonalize(basis);
        }
        return basis.Part([.. Enumerable.Range(0, x.Columns)], [.. Enumerable.Range(0, dimensions)]);
    }

    // Gram and Schmidt, column after column: the first ones are the directions of greatest variance once rounds have settled them.
    static void Orthogonalize(Matrix basis)
    {
        double[][] columns = [.. Enumerable.Range(0, basis.Columns).Select(basis.ReadColumn)];
        for (int c = 0; c < columns.Length; c++)
        {
            for (int before = 0; before < c; before++)
            {
                double dot = 0;
                for (int i = 0; i < basis.Rows; i++) dot += columns[before][i] * columns[c][i];
                for (int i = 0; i < basis.Rows; i++) columns[c][i] -= dot * columns[before][i];
            }
            double norm = Math.Sqrt(columns[c].Sum(v => v * v));
            for (int i = 0; i < basis.Rows; i++) columns[c][i] /= norm;
            basis.WriteColumn(c, columns[c]);
        }
    }
}
