namespace Boltzmann.Compute;

/// <content>
/// Double rectified units, density ∝ exp(yx − κ|x| − ½γ₊x₊² − ½γ₋x₋²) with y = input + b. These defaults go by way of the host, row by row,
/// and are the meaning of the operations; a backend that can run them where its memory is does so.
/// </content>
public abstract partial class Backend
{
    /// <summary>Moments given inputs, of each unit.</summary>
    public virtual void DoubleRectifiedMoments(in DoubleRectifiedMoments destinations, Matrix inputs, in DoubleRectifiedUnits units)
    {
        var host = new DoubleRectifiedRow(units);
        Matrix?[] all = [destinations.Mean, destinations.Magnitude, destinations.UpperSquare, destinations.LowerSquare];
        double[][] rows = [.. all.Select(_ => new double[inputs.Columns])];
        for (int r = 0; r < inputs.Rows; r++)
        {
            host.Read(inputs, r);
            for (int c = 0; c < inputs.Columns; c++) (rows[0][c], rows[1][c], rows[2][c], rows[3][c]) = host.Moments(c);
            for (int k = 0; k < all.Length; k++) all[k]?.WriteRow(r, rows[k]);
        }
    }

    /// <summary>A draw given inputs, by <see cref="DoubleRectified.Draw"/> of the draw's uniform.</summary>
    public virtual void DoubleRectifiedSample(Matrix destination, Matrix inputs, in DoubleRectifiedUnits units, in Draw draw)
    {
        var host = new DoubleRectifiedRow(units);
        var row = new double[inputs.Columns];
        for (int r = 0; r < inputs.Rows; r++)
        {
            host.Read(inputs, r);
            for (int c = 0; c < row.Length; c++) row[c] = host.Draw(c, Philox.Uniform(draw, r, c));
            destination.WriteRow(r, row);
        }
    }

    /// <summary>destination[B × 1] += scale·Σ_u log ∫ of the density. Does not overflow; accumulates in double.</summary>
    public virtual void AddDoubleRectifiedLogNormalizer(Matrix destination, Matrix inputs, in DoubleRectifiedUnits units, double scale)
    {
        var host = new DoubleRectifiedRow(units);
        for (int r = 0; r < inputs.Rows; r++)
        {
            host.Read(inputs, r);
            double sum = 0;
            for (int c = 0; c < inputs.Columns; c++) sum += host.LogNormalizer(c);
            destination[r, 0] += scale * sum;
        }
    }
}
