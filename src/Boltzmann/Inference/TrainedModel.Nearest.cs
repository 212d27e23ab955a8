namespace Boltzmann;

/// <content>Rows like others.</content>
public sealed partial class TrainedModel
{
    /// <summary>
    /// The rows most like a query, by the cosine between what the top layer hears from each (Wᵀ·x, without biases).
    /// </summary>
    /// <param name="request">Which rows, like what.</param>
    /// <param name="context">Opens data by name, is told of words that the model does not know.</param>
    /// <exception cref="BadInputException">Neither words nor a row are given, or both; the model knows none of the words, or has no words;
    /// there is no such row, or rows cannot be read or do not fit the model.</exception>
    public IReadOnlyList<NearestRow> Nearest(NearestRequest request, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        if (request.Query is null == request.Like is null)
            throw new BadInputException("nearest needs a query: words (--query) or the number of a row (--like), one of them");
        QueryWords? words = machine is { Model.DrawsByRow: true } documents && documents.Data.ColumnNames is { } names
            ? new(names, documents.Model.Visible.Bias.ReadRow(0)) : null;
        Dataset data = new AskedRows(File, request.Rows, context, "nearest") { Observes = true }.Prepared();
        Matrix query = RowDirections.Of(File, HiddenLayers, request.Query is string text ? Asked(text) : Row(data, request.Like!.Value));
        var rows = new ModelRows(data, placement, Binarization.None, context.Seed, context.Interrupted);
        var cosines = new List<double>(rows.Count);
        foreach (Matrix batch in rows.Batches())
        {
            Matrix products = query.Like(batch.Rows, 1);
            products.SetProduct(RowDirections.Of(File, HiddenLayers, batch), query, transposeRight: true);
            cosines.AddRange(products.ReadColumn(0));
        }
        var row = new double[data.Columns];
        return [.. Enumerable.Range(0, rows.Count).Where(r => r + 1 != request.Like).OrderByDescending(r => cosines[r])
            .Take(request.Count).Select(Found)];

        NearestRow Found(int r)
        {
            if (words is not null) data.Rows.Read(r, row);
            string? label = data.Labels is int[] labels ? data.LabelNames?[labels[r]] ?? $"{labels[r]}" : null;
            return new(r + 1, cosines[r], label, data.RowNames?[r], words?.Telling(row));
        }

        Matrix Asked(string text)
        {
            if (words is null)
                throw new BadInputException($"--query is for models of documents with a vocabulary, and {Path} holds none: --like takes "
                    + "the number of a row");
            double[] counts = words.Read(text, out IReadOnlyList<string> unknown);
            if (!counts.Any(count => count > 0))
                throw new BadInputException($"--query: {Path} knows none of the words "
                    + string.Join(", ", unknown.Select(word => Quoted.Text(word))));
            if (unknown.Count > 0)
                context.Warn($"the model does not know {string.Join(", ", unknown.Select(w => Quoted.Text(w)))}");
            return Matrix.Row(counts, placement);
        }
    }

    Matrix Row(Dataset data, int number) => number <= data.Count ? data.ToMatrix(number - 1, 1, placement)
        : throw new BadInputException($"--like {number}: {data.Name} has {data.Count:N0} rows");
}
