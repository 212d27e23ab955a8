namespace Boltzmann.Compute;

/// <summary>A row of inputs to double rectified units, on the host.</summary>
sealed class DoubleRectifiedRow(DoubleRectifiedUnits units)
{
    readonly double[] bias = units.Bias.ReadRow(0), kink = units.Kink.ReadRow(0), upper = units.Upper.ReadRow(0),
        lower = units.Lower.ReadRow(0), y = new double[units.Bias.Columns];

    /// <summary>y = input + b of a row.</summary>
    public void Read(Matrix inputs, int row)
    {
        inputs.ReadRow(row, y);
        for (int c = 0; c < y.Length; c++) y[c] += bias[c];
    }

    /// <inheritdoc cref="DoubleRectified.Moments"/>
    public (double Mean, double Magnitude, double UpperSquare, double LowerSquare) Moments(int c) =>
        DoubleRectified.Moments(y[c], kink[c], upper[c], lower[c]);

    /// <inheritdoc cref="DoubleRectified.Draw"/>
    public double Draw(int c, double u) => DoubleRectified.Draw(u, y[c], kink[c], upper[c], lower[c]);

    /// <inheritdoc cref="DoubleRectified.LogNormalizer"/>
    public double LogNormalizer(int c) => DoubleRectified.LogNormalizer(y[c], kink[c], upper[c], lower[c]);
}
