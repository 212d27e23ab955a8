namespace Boltzmann.Experiments;

/// <summary>
/// The directions in which rows vary most, in order (Pearson 1901): a code by a linear map, with the least squared error that a linear map
/// can have.
/// </summary>
sealed class PrincipalComponents
{
    const int RowsAtOnce = 2000;
    const uint StartStream = 0x70636100;

    readonly Matrix mean, directions;

    PrincipalComponents(Matrix mean, Matrix directions) => (this.mean, this.directions) = (mean, directions);

    /// <summary>The first components of rows, by orthogonal iteration on their covariance.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="placement">In double precision.</param>
    public static PrincipalComponents Of(Dataset data, int count, Placement placement)
    {
        Matrix mean = new(1, data.Columns, placement), covariance = mean.Like(data.Columns, data.Columns);
        mean.WriteRow(0, data.Means());
        for (int first = 0; first < data.Count; first += RowsAtOnce)
        {
            Matrix rows = data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), placement);
            rows.SetSum(rows, 1, mean, -1);
            covariance.SetOuterProducts([new Factor(rows, rows, 1.0 / data.Count)], keep: 1);
        }
        return new(mean, LeadingDirections.Of(covariance, count, new Rng(0, StartStream)));
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
}
