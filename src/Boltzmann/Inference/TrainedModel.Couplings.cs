namespace Boltzmann;

/// <content>Pairs of columns.</content>
public sealed partial class TrainedModel
{
    /// <summary>
    /// What pairs of columns say about each other once hidden units are summed out: of an rbm, or of a bm without hidden units, whose
    /// columns are one-hot blocks of one size, as of aligned sequences, or units of two values.
    /// </summary>
    /// <param name="rows">Rows that hidden units are summed out around; those of the training when null, by their weights.</param>
    /// <param name="context">Opens data by name, is told what was done to rows.</param>
    /// <exception cref="BadInputException">Another model, or rows cannot be read or do not fit it.</exception>
    public PairCouplings Couplings(RowsRequest? rows = null, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        EnergyModel model = OfRows("couplings of columns");
        Layer visible = model.Layers[model.RowLayers[0]];
        if (model.RowLayers.Count != 1 || (visible.Pair is null && visible is not MultinomialLayer { Draws: 1 }))
            throw new BadInputException($"{Path}: couplings are those of units of two values or of one-hot blocks of one size, and its "
                + $"columns are {string.Join(" and ", model.RowLayers.Select(l => model.Layers[l]))}");
        Matrix values = EffectiveCouplings.Of(model, model is Rbm ? Rows() : new(Path, new MatrixRows(new Matrix(0, Columns, placement))));
        int letters = visible.BlockColumns;
        string[] sites = Table is TableSchema schema ? [.. schema.Modelled.Select(c => schema.Columns[c].Name)]
            : letters == 1 ? [.. ColumnNames] : [.. Enumerable.Range(1, Columns / letters).Select(block => $"{block}")];
        int gap = Table?.Alphabet?.Letters.IndexOf(Alphabet.Gap, StringComparison.Ordinal) ?? -1;
        return new(values, sites, ColumnNames, letters, gap < 0 ? null : gap);

        Dataset Rows()
        {
            RowsRequest request = rows ?? new() { Split = DataSplit.Train };
            Dataset data = new AskedRows(machine!, request, context, "couplings").Prepared(isBinarized: false);
            // The rows of the training count as they did there; others by the likeness that was asked for there.
            string? weights = Description.Training?["weights"]?.GetValue<string>();
            bool areWeighed = weights is not null && (request is { Data: null, Given: null } || RowWeighting.IsIdentity(weights));
            return RowWeighting.Of(areWeighed ? weights : null, Table) is { } weigh ? weigh(data) : data;
        }
    }
}
