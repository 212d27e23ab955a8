namespace Boltzmann.Training;

/// <summary>
/// Hidden double rectified units (<see cref="DoubleReluLayer"/>) have variance 1 without inputs. Nothing else settles their scale: states
/// times s, weights divided by s and the unit's own parameters to match are the same distribution. A penalty on weights would let states
/// grow without end, and with them the steps of learning.
/// </summary>
public sealed class UnitVariance : IConstraint
{
    readonly (DoubleReluLayer Layer, Matrix Row, Matrix Column, (Matrix Weights, bool AreColumns)[] Weights)[] layers;

    /// <summary>Of the hidden layers of a machine that are of this kind; it may have none.</summary>
    /// <param name="model">The machine.</param>
    public UnitVariance(EnergyModel model)
    {
        layers = [.. from l in model.HiddenLayers
                     where model.Layers[l] is DoubleReluLayer
                     let layer = (DoubleReluLayer)model.Layers[l]
                     select (layer, new Matrix(1, layer.Units, layer.Placement), new Matrix(layer.Units, 1, layer.Placement),
                         model.Interactions.OfType<Dense>().Where(dense => dense.Lower == l || dense.Upper == l)
                             .Select(dense => (dense.Weights, dense.Upper == l)).ToArray())];
    }

    /// <summary>Whether a machine has such layers, joined by weights alone.</summary>
    internal static bool Serves(EnergyModel model) => model.HiddenLayers.Any(l => model.Layers[l] is DoubleReluLayer)
        && model.Interactions.All(joint => joint is Dense);

    /// <inheritdoc/>
    public void Apply()
    {
        foreach (var (layer, row, column, weights) in layers)
        {
            double[] bias = layer.Bias.ReadRow(0), kink = layer.Kink.ReadRow(0), upper = layer.UpperPrecision.ReadRow(0),
                lower = layer.LowerPrecision.ReadRow(0), scales = new double[bias.Length];
            for (int u = 0; u < scales.Length; u++)
            {
                var (mean, _, above, below) = DoubleRectified.Moments(bias[u], kink[u], upper[u], lower[u]);
                // What diverges is found by the trainer, by its own name.
                double deviation = Math.Sqrt(above + below - mean * mean);
                scales[u] = deviation > 0 && double.IsFinite(deviation) ? deviation : 1;
            }
            row.WriteRow(0, scales);
            column.WriteColumn(0, scales);
            foreach (var (matrix, areColumns) in weights) matrix.SetScaled(matrix, areColumns ? row : column);
            foreach (Matrix linear in (Matrix[])[layer.Bias, layer.Kink]) linear.SetScaled(linear, row);
            foreach (Matrix precision in (Matrix[])[layer.UpperPrecision, layer.LowerPrecision])
            {
                precision.SetScaled(precision, row);
                precision.SetScaled(precision, row);
            }
        }
    }
}
