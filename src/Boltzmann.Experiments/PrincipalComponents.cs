namespace Boltzmann.Experiments;

/// <summary>
/// The directions in which rows vary most, in order (Pearson 1901): a code by a linear map, with the least squared error that a linear map
/// can have.
/// </summary>
sealed class PrincipalComponents
{
    // Directions beside those asked for make the others settle sooner.
    const int Spare = 20, Rounds = 60, RowsAtOnce = 2000;
    const uint StartStream = 0x70636100;

    readonly Matrix mean, directions;

    PrincipalComponents(Matrix mean, Matrix directions) => (this.mean, this.directions) = (mean, directions);

    /// <summary>The first components of rows, by orthogonal iteration on their covariance.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="placement">In double precision.</param>
    public static PrincipalComponents Of(Dataset data, int count, Placement placement)
    {
        int columns = data.Columns, kept = Math.Min(columns, count + Spare);
        Matrix mean = new(1, columns, placement), covariance = mean.Like(columns, columns);
        mean.WriteRow(0, data.Means());
        for (int first = 0; first < data.Count; first += RowsAtOnce)
        {
            Matrix rows = data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), placement);
            rows.SetSum(rows, 1, mean, -1);
            covariance.SetOuterProducts([new Factor(rows, rows, 1.0 / data.Count)], keep: 1);
        }
        // A direction in each row.
        Matrix directions = mean.Like(kept, columns), next = mean.Like(kept, columns);
        directions.SampleNormal(new Rng(0, StartStream));
        for (int round = 0; round < Rounds; round++)
        {
            next.SetProduct(directions, covariance);
            directions = Orthonormal(next);
        }
        return new(mean, directions.RowRange(0, count));
    }

    /// <summary>The components of rows, [B × count].</summary>
    public Matrix Encode(Matrix rows)
    {
        Matrix centred = rows.Like(rows.Rows, rows.Columns), codes = rows.Like(rows.Rows, directions.Rows);
        centred.SetSum(rows, 1, mean, -1);
        codes.SetProduct(centred, directions, transposeRight: true);
        return codes;
    }

    /// <summary>The rows that components stand for.</summary>
    public Matrix Decode(Matrix codes)
    {
        Matrix rows = codes.Like(codes.Rows, mean.Columns);
        rows.SetProduct(codes, directions);
        rows.SetSum(rows, 1, mean);
        return rows;
    }

    // Gram and Schmidt, twice for rounding's sake. The products above order rows by their variance.
    static Matrix Orthonormal(Matrix rows)
    {
        double[][] all = [.. Enumerable.Range(0, rows.Rows).Select(rows.ReadRow)];
        for (int r = 0; r < all.Length; r++)
        {
            for (int pass = 0; pass < 2; pass++)
                for (int other = 0; other < r; other++)
                {
                    double along = Dot(all[r], all[other]);
                    for (int c = 0; c < all[r].Length; c++) all[r][c] -= along * all[other][c];
                }
            double length = Math.Sqrt(Dot(all[r], all[r]));
            for (int c = 0; c < all[r].Length; c++) all[r][c] /= length;
        }
        Matrix result = rows.Like(rows.Rows, rows.Columns);
        for (int r = 0; r < all.Length; r++) result.WriteRow(r, all[r]);
        return result;
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
