using System.Text.Json.Nodes;

namespace Boltzmann.Evaluation;

/// <summary>
/// What a machine without weights would give rows: every column by itself, p(x) = Π_c p_c(x_c), each p_c of the kind of its units and with
/// the moments of the rows learned from; the columns of a one-hot block are one. A machine that is not better than this has learned
/// nothing of how columns hang together.
/// </summary>
/// <remarks>
/// Shares are smoothed as base rates are (<see cref="Annealing.BaseRate"/>): one row of uniform means is added, so that a value which the
/// rows learned from lack is possible. Real columns have their own mean and variance, whether or not the machine learns precisions.
/// </remarks>
static class IndependentColumns
{
    /// <summary>log p of each row, in nats.</summary>
    /// <param name="layers">The layers that the columns of a row are divided among.</param>
    /// <param name="learned">Moments of the rows learned from, by column.</param>
    /// <param name="count">How many rows these were.</param>
    /// <param name="rows">Rows to judge, [N × columns], in double precision.</param>
    /// <exception cref="ArgumentException">Rows or moments are not as wide as the layers.</exception>
    public static Score LogLikelihood(IReadOnlyList<Layer> layers, ColumnStatistics learned, int count, Matrix rows)
    {
        int columns = layers.Sum(layer => layer.Units);
        if (columns != rows.Columns || columns != learned.Means.Length)
            throw new ArgumentException($"layers of {columns} units cannot judge rows of {rows.Columns} columns by {learned.Means.Length} "
                + "means");
        Matrix scores = new(rows.Rows, 1, rows.Placement), normalizer = new(1, 1, rows.Placement);
        int first = 0;
        foreach (Layer given in layers)
        {
            Layer layer = Apart(given, learned, first, count, rows.Placement);
            var own = new Matrix(rows.Rows, layer.Units, rows.Placement);
            own.SetColumns(rows, first);
            layer.AddEnergy(own, scores, -1);
            layer.AddLogNormalizer(new Matrix(1, layer.Units, rows.Placement), normalizer);
            first += layer.Units;
        }
        double logPartition = normalizer[0, 0];
        return new([.. scores.ReadColumn(0).Select(score => score - logPartition)]);
    }

    static Layer Apart(Layer given, ColumnStatistics learned, int first, int count, Placement placement)
    {
        Layer layer = Fitted(given, placement);
        layer.Bias.Fill(0);
        var uniform = new Matrix(1, layer.Units, placement);
        layer.SetMean(new Matrix(1, layer.Units, placement), uniform);
        double[] means = learned.Means[first..(first + layer.Units)], flat = uniform.ReadRow(0);
        for (int i = 0; i < means.Length; i++) means[i] = (count * means[i] + flat[i]) / (count + 1.0);
        layer.SetFromMoments(means, learned.Variances.AsSpan(first, layer.Units));
        return layer;
    }

    // A layer whose precision takes the variance, also where the machine's own does not learn.
    static Layer Fitted(Layer given, Placement placement)
    {
        LayerDescription description = LayerDescription.Of(given);
        if (given is QuadraticLayer)
        {
            var fields = (JsonObject)description.Fields.DeepClone();
            fields[QuadraticLayer.LearnsPrecisionField] = true;
            description = description with { Fields = fields };
        }
        return description.Create(placement) ?? given.Clone(placement);
    }
}
