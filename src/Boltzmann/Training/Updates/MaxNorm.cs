namespace Boltzmann.Training;

/// <summary>
/// Keeps the Euclidean norm of every hidden unit's incoming weights at a limit: all weights that join it to layers nearer to the rows of
/// data are scaled down together (Srebro and Shraibman 2005; Hinton et al. 2012). It depends on the graph alone, not on the order in which
/// its layers are written.
/// </summary>
public sealed class MaxNorm : IConstraint
{
    readonly double limit;
    readonly (Matrix Weights, bool AreColumns)[][] incoming;

    /// <summary>Of the hidden units of a machine.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="limit">The greatest norm, above 0.</param>
    public MaxNorm(EnergyModel model, double limit) : this(limit, [.. model.HiddenLayers.Select(layer => Incoming(model, layer))]) { }

    /// <summary>Of units whose incoming weights are the columns of a matrix each, as in networks and directed layers.</summary>
    /// <param name="weights">[units below × units], one matrix for each layer of units.</param>
    /// <param name="limit">The greatest norm, above 0.</param>
    public MaxNorm(IReadOnlyList<Matrix> weights, double limit)
        : this(limit, [.. weights.Select(matrix => new[] { (matrix, true) })]) { }

    MaxNorm(double limit, (Matrix Weights, bool AreColumns)[][] incoming)
    {
        this.limit = limit > 0 ? limit
            : throw new ArgumentOutOfRangeException(nameof(limit), $"the greatest norm must be above 0, not {limit}");
        this.incoming = [.. incoming.Where(ofLayer => ofLayer.Length > 0)];
    }

    static (Matrix Weights, bool AreColumns)[] Incoming(EnergyModel model, int layer) =>
        [.. model.IncomingWeights(layer).Select(way => (model.Parameters[way.Parameter].Value, way.AreColumns))];

    /// <summary>Scales down what is above the limit.</summary>
    public void Apply()
    {
        foreach (var weights in incoming)
            if (weights is [(Matrix only, true)]) only.LimitColumnNorms(limit);
            else LimitTogether(weights);
    }

    void LimitTogether((Matrix Weights, bool AreColumns)[] weights)
    {
        int units = weights[0].AreColumns ? weights[0].Weights.Columns : weights[0].Weights.Rows;
        var scales = new double[units];
        Matrix row = weights[0].Weights.Like(1, units), column = row.Like(units, 1);
        foreach (var (matrix, areColumns) in weights)
        {
            row.Fill(0);
            column.Fill(0);
            if (areColumns) row.SetColumnSums(matrix, matrix);
            else column.AddRowSums(matrix, matrix);
            double[] squares = areColumns ? row.ReadRow(0) : column.ReadColumn(0);
            for (int u = 0; u < units; u++) scales[u] += squares[u];
        }
        for (int u = 0; u < units; u++) scales[u] = Math.Min(1, limit / Math.Sqrt(scales[u]));
        if (scales.All(scale => scale == 1)) return;
        row.WriteRow(0, scales);
        for (int u = 0; u < units; u++) column[u, 0] = scales[u];
        foreach (var (matrix, areColumns) in weights) matrix.SetScaled(matrix, areColumns ? row : column);
    }
}
