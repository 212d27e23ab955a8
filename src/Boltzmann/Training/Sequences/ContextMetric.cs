namespace Boltzmann.Training;

/// <summary>
/// What is near the second derivatives of the log-likelihood of a machine without hidden units: those by (A, b) of unit j are c_j·G with
/// G = ⟨(z, 1)(z, 1)ᵀ⟩ over the steps, of Gaussian units exactly. A maximiser that knows it needs few steps however much the entries of the
/// context go together, as what a queue holds of a smooth signal does.
/// </summary>
sealed class ContextMetric
{
    // A context as wide as this is solved for in seconds; of a wider one G alone would take longer than the steps it saves.
    const int MostColumns = 2048;
    const int RowsAtOnce = 8192;
    const double LeastCurvature = 1e-6;

    readonly CholeskyFactor factor;
    readonly double[] curvatures;
    readonly int width;

    ContextMetric(CholeskyFactor factor, double[] curvatures, int width) =>
        (this.factor, this.curvatures, this.width) = (factor, curvatures, width);

    /// <summary>That of a machine on its training rows; null where its context is too wide.</summary>
    /// <param name="model">With a memory whose contexts no parameter changes.</param>
    /// <param name="rows">Steps and contexts, by their weights.</param>
    /// <param name="variances">Of the visible columns: c of units that are no Gaussian ones.</param>
    /// <param name="l2">λ of the weights' penalty.</param>
    public static ContextMetric? Of(SequenceModel model, Dataset rows, double[] variances, double l2)
    {
        int visible = model.Visible.Units, width = model.Memory.Width;
        if (width > MostColumns) return null;
        double total = rows.RowWeights?.Sum() ?? rows.Count;
        Matrix gram = new(width + 1, width + 1, model.Placement);
        for (int first = 0; first < rows.Count; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows.Count - first);
            Matrix part = rows.ToMatrix(first, count, model.Placement), context = part.Like(count, width),
                z = part.Like(count, width + 1), weighted = z;
            context.SetColumns(part, visible);
            z.Fill(1);
            z.PutColumns(context, 0);
            if (rows.RowWeights is double[] own)
            {
                Matrix column = part.Like(count, 1);
                column.WriteColumn(0, own.AsSpan(first, count));
                weighted = part.Like(count, width + 1);
                weighted.SetScaled(z, column);
            }
            gram.SetOuterProducts([new Factor(weighted, z, 1 / total)], keep: 1);
        }
        double[] curvatures = model.Visible.QuadraticPrecision is Matrix precision ? [.. precision.ReadRow(0).Select(p => 1 / p)]
            : [.. variances.Select(v => Math.Max(v, LeastCurvature))];
        double[][] entries = [.. Enumerable.Range(0, width + 1).Select(gram.ReadRow)];
        for (int z = 0; z < width; z++) entries[z][z] += l2 / curvatures.Average();
        return new(new(entries), curvatures, width);
    }

    /// <summary>Puts in place of derivatives by biases and weights their product with the inverse.</summary>
    /// <param name="biases">[V].</param>
    /// <param name="weights">[V × Z], row after row.</param>
    public void Apply(Span<double> biases, Span<double> weights)
    {
        var both = new double[width + 1];
        for (int v = 0; v < curvatures.Length; v++)
        {
            Span<double> row = weights.Slice(v * width, width);
            row.CopyTo(both);
            both[width] = biases[v];
            factor.Solve(both);
            for (int z = 0; z < width; z++) row[z] = both[z] / curvatures[v];
            biases[v] = both[width] / curvatures[v];
        }
    }
}
