namespace Boltzmann.Inference;

/// <summary>Rows on their way into a model: gathered and made binary a batch at a time, each time the same.</summary>
sealed class ModelRows(Dataset data, Placement placement, Binarization binarization, ulong seed, CancellationToken interrupted)
{
    const int BatchRows = 1024;
    const uint BinarizationStream = 0x62697473;

    public Dataset Data => data;

    /// <summary>How grey values become bits, in words.</summary>
    public string Binarization => binarization.ToString()!;

    /// <summary>Whether values are drawn or cut to those of the units.</summary>
    public bool AreBinarized => !ReferenceEquals(binarization, Boltzmann.Binarization.None);

    public int Count => data.Count;

    /// <summary>All rows, in order. The matrix is used again for the next batch.</summary>
    /// <param name="progress">Told the share that is done.</param>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public IEnumerable<Matrix> Batches(IProgress<double>? progress = null)
    {
        var rng = new Rng(seed, BinarizationStream);
        int rows = Math.Min(RowBatch.Of(data.Columns, BatchRows), Count);
        Matrix batch = new(rows, data.Columns, placement), scratch = batch.Like(rows, data.Columns);
        for (int first = 0; first < Count; first += rows)
        {
            interrupted.ThrowIfCancellationRequested();
            int count = Math.Min(rows, Count - first);
            Matrix part = batch.RowRange(0, count);
            data.Rows.Gather([.. Enumerable.Range(first, count)], part);
            Binarize(part, rng, scratch.RowRange(0, count));
            yield return part;
            progress?.Report((double)(first + count) / Count);
        }
    }

    /// <summary>Rows evenly spread over all, as one matrix: data may be sorted.</summary>
    public Matrix Spread(int most)
    {
        int count = Math.Min(most, Count);
        var rows = new Matrix(count, data.Columns, placement);
        data.Rows.Gather([.. Enumerable.Range(0, count).Select(i => (int)((long)i * Count / count))], rows);
        Binarize(rows, new Rng(seed, BinarizationStream + 1), rows.Like(count, data.Columns));
        return rows;
    }

    /// <summary>The first rows, as they stand in <see cref="Batches"/>.</summary>
    public Matrix First(int most)
    {
        var rows = new Matrix(Math.Min(most, Count), data.Columns, placement);
        int first = 0;
        foreach (Matrix batch in Batches())
        {
            int count = Math.Min(batch.Rows, rows.Rows - first);
            rows.RowRange(first, count).SetCopy(batch.RowRange(0, count));
            first += count;
            if (first == rows.Rows) break;
        }
        return rows;
    }

    /// <summary>What NaN in the rows stands for; null where there is none.</summary>
    public MissingValues? Missing => data.Missing;

    /// <summary>The complete rows; where there are none all rows with means of columns in their gaps.</summary>
    public ModelRows WithoutGaps() => Missing is null ? this : new(data.WithoutGaps(), placement, binarization, seed, interrupted);

    // A gap has no bit.
    void Binarize(Matrix rows, Rng rng, Matrix scratch)
    {
        if (Missing is null)
        {
            binarization.Apply(rows, rng, scratch);
            return;
        }
        double[,] present = MissingEntries.Split(rows, rows.Like(rows.Rows, rows.Columns)).ToArray();
        binarization.Apply(rows, rng, scratch);
        for (int r = 0; r < rows.Rows; r++)
        {
            double[] row = rows.ReadRow(r);
            for (int c = 0; c < row.Length; c++)
                if (present[r, c] == 0) row[c] = double.NaN;
            rows.WriteRow(r, row);
        }
    }

    /// <summary>A score of every row.</summary>
    public Score Measure(Func<Matrix, Score> metric, IProgress<double>? progress = null) =>
        new([.. Batches(progress).SelectMany(batch => metric(batch).PerRow)]);
}
