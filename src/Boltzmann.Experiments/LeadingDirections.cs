namespace Boltzmann.Experiments;

/// <summary>Eigenvectors of the greatest eigenvalues of a symmetric matrix, by orthogonal iteration.</summary>
static class LeadingDirections
{
    // Directions beside those asked for make the others settle sooner.
    const int Spare = 20, Rounds = 60;

    /// <summary>The first directions, one a row and of length 1, greatest eigenvalue first.</summary>
    /// <param name="symmetric">Symmetric, no eigenvalue below 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="rng">Of the start.</param>
    public static Matrix Of(Matrix symmetric, int count, Rng rng)
    {
        int columns = symmetric.Columns, kept = Math.Min(columns, count + Spare);
        Matrix directions = symmetric.Like(kept, columns), next = symmetric.Like(kept, columns);
        directions.SampleNormal(rng);
        for (int round = 0; round < Rounds; round++)
        {
            next.SetProduct(directions, symmetric);
            directions = Orthonormal(next);
        }
        return directions.RowRange(0, count);
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
