namespace Boltzmann;

/// <summary>
/// The rows of K_ij = exp(−γ‖x_i − x_j‖²): all of them made at once by products of blocks, if they fit in memory; else each when it is first asked for,
/// kept until others have been used since.
/// </summary>
sealed class GaussianKernelRows
{
    const int BlockRows = 256;

    readonly Matrix rows, squares, squaresRow, kept;
    readonly double gamma;
    readonly LinkedList<int> byUse = [];                                              // slots, the one used last at the end
    readonly Dictionary<int, LinkedListNode<int>> slots = [];                         // row to its slot, while not all are kept
    readonly int[] rowOf = [];

    /// <summary>Over some rows, with at most so many bytes for kernel values, but for two rows at least.</summary>
    public GaussianKernelRows(Matrix rows, double gamma, long bytes)
    {
        (this.rows, this.gamma) = (rows, gamma);
        double[] norms = NeighborSearch.Squares(rows);
        squaresRow = Matrix.Row(norms, rows.Placement);
        squares = rows.Like(rows.Rows, 1);
        for (int r = 0; r < norms.Length; r++) squares.WriteRow(r, [norms[r]]);
        long fitting = bytes / ((long)Matrix.PaddedStride(rows.Rows, rows.Placement.ElementBytes) * rows.Placement.ElementBytes);
        kept = rows.Like((int)Math.Clamp(fitting, Math.Min(2, rows.Rows), rows.Rows), rows.Rows);
        if (kept.Rows == rows.Rows)
        {
            for (int first = 0; first < rows.Rows; first += BlockRows) Set(first, Math.Min(BlockRows, rows.Rows - first), kept.RowRange(first, Math.Min(BlockRows, rows.Rows - first)));
            return;
        }
        rowOf = new int[kept.Rows];
        Array.Fill(rowOf, -1);
        for (int slot = 0; slot < kept.Rows; slot++) byUse.AddLast(slot);
    }

    /// <summary>Number of rows and columns.</summary>
    public int Count => rows.Rows;

    /// <summary>Copies row i.</summary>
    public void Read(int i, Span<double> row)
    {
        kept.ReadRow(kept.Rows == rows.Rows ? i : Slot(i), row);
        row[i] = 1;          // which rounding of the norms may have missed
    }

    int Slot(int i)
    {
        if (!slots.TryGetValue(i, out LinkedListNode<int>? node))
        {
            node = byUse.First!;
            if (rowOf[node.Value] >= 0) slots.Remove(rowOf[node.Value]);
            rowOf[node.Value] = i;
            slots[i] = node;
            Set(i, 1, kept.RowRange(node.Value, 1));
        }
        byUse.Remove(node);
        byUse.AddLast(node);
        return node.Value;
    }

    void Set(int first, int count, Matrix destination)
    {
        destination.SetProduct(rows.RowRange(first, count), rows, transposeRight: true);
        destination.SetGaussianKernel(squares.RowRange(first, count), squaresRow, gamma);
    }
}
