namespace Boltzmann.Compute;

/// <summary>
/// Memory for batches whose number of rows changes: full ones, a smaller last one, chains. It grows to the largest, and the views of the
/// last few sizes are kept, so that a warm training step allocates nothing.
/// </summary>
sealed class BatchScratch
{
    const int KeptViews = 4;

    readonly Matrix?[] views = new Matrix?[KeptViews];
    Matrix? all;
    int next;

    /// <summary>A matrix of the same shape and placement as another; its content is what was there before.</summary>
    public Matrix Like(Matrix shape) => Of(shape.Rows, shape.Columns, shape.Placement);

    /// <summary>
    /// A matrix of this shape; two of the same shape are the same memory, and so are the common rows of two that differ in rows.
    /// </summary>
    public Matrix Of(int rows, int columns, Placement placement)
    {
        if (all is null || rows > all.Rows || columns != all.Columns || placement != all.Placement)
        {
            all = new Matrix(rows, columns, placement);
            Array.Clear(views);
        }
        foreach (Matrix? view in views)
            if (view?.Rows == rows) return view;
        Matrix made = all.RowRange(0, rows);
        views[next++ % KeptViews] = made;
        return made;
    }
}
