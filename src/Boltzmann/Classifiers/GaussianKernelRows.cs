namespace Boltzmann.Classifiers;

/// <summary>
/// The rows of K_ij = exp(−γ‖x_i − x_j‖²): all of them made at once by products of blocks, if they fit in memory; else each when it is
/// first asked for, kept until others have been used since. The memory serves one set of rows after another, best from the largest on.
/// </summary>
/// <param name="gamma">γ.</param>
/// <param name="center">What is subtracted from every row, [1 × columns]: distances stay, but norms that are large beside them would drown
/// them in rounding.</param>
/// <param name="bytes">Memory for kernel values at most, but for two rows at least.</param>
sealed class GaussianKernelRows(double gamma, Matrix center, long bytes)
{
    const int BlockRows = 256;

    readonly LinkedList<int> byUse = [];                                              // slots, the one used last at the end
    readonly Dictionary<int, LinkedListNode<int>> slots = [];                         // row to its slot, while not all are kept
    int[] rowOf = [];                                                                 // slot to its row
    Matrix? rows, kept;
    Matrix squares = new(0, 1), squaresRow = new(1, 0);

    /// <summary>Number of rows and columns.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Numbers that <see cref="Read"/> needs room for: memory of an earlier, larger set may be wider than there are rows; what is behind
    /// means nothing.
    /// </summary>
    public int Width => kept!.Columns;

    /// <summary>Takes some rows of a matrix.</summary>
    /// <exception cref="BadInputException">Squares of a row's distance to the centre leave the range of the precision.</exception>
    public void Take(Matrix source, int[] numbers)
    {
        Count = numbers.Length;
        if (kept is null || kept.Columns < Count || kept.Columns > 2 * Count || rows!.Placement != source.Placement)
        {
            rows = kept = null;
            rows = source.Like(Count, source.Columns);
            long fitting = bytes / ((long)Matrix.PaddedStride(Count, source.Placement.ElementBytes) * source.Placement.ElementBytes);
            kept = source.Like((int)Math.Clamp(fitting, Math.Min(2, Count), Count), Count);
        }
        for (int i = 0; i < Count; i++) rows.RowRange(i, 1).SetCopy(source.RowRange(numbers[i], 1));
        Matrix taken = rows.RowRange(0, Count);
        taken.SetSum(taken, 1, center, -1);
        double[] norms = NeighborSearch.Squares(rows);
        RequireRange(norms, rows.Precision, i => $"training row {numbers[i] + 1}");
        squaresRow = Matrix.Row(norms, rows.Placement);
        squares = rows.Like(rows.Rows, 1);
        for (int r = 0; r < norms.Length; r++) squares.WriteRow(r, [norms[r]]);

        slots.Clear();
        byUse.Clear();
        if (IsWhole)
        {
            for (int first = 0; first < Count; first += BlockRows)
                Set(first, Math.Min(BlockRows, Count - first), kept.RowRange(first, Math.Min(BlockRows, Count - first)));
            return;
        }
        rowOf = new int[kept.Rows];
        Array.Fill(rowOf, -1);
        for (int slot = 0; slot < kept.Rows; slot++) byUse.AddLast(slot);
    }

    /// <summary>Copies row i, <see cref="Width"/> numbers.</summary>
    public void Read(int i, Span<double> row)
    {
        kept!.ReadRow(IsWhole ? i : Slot(i), row);
        row[i] = 1;          // which rounding of the norms may have missed
    }

    /// <summary>Throws unless ‖x‖² + ‖y‖² − 2x·y of all such rows is finite in a precision.</summary>
    internal static void RequireRange(double[] norms, Precision precision, Func<int, string> name)
    {
        double limit = (precision == Precision.Float32 ? float.MaxValue : double.MaxValue) / 8;
        int bad = Array.FindIndex(norms, norm => !(norm < limit));
        if (bad >= 0) throw new BadInputException($"{name(bad)} has values so far from the training rows' means that their squares are not "
            + $"finite in {(precision == Precision.Float32 ? "single" : "double")} precision");
    }

    bool IsWhole => kept!.Rows >= Count;

    int Slot(int i)
    {
        if (!slots.TryGetValue(i, out LinkedListNode<int>? node))
        {
            node = byUse.First!;
            if (rowOf[node.Value] >= 0) slots.Remove(rowOf[node.Value]);
            rowOf[node.Value] = i;
            slots[i] = node;
            Set(i, 1, kept!.RowRange(node.Value, 1));
        }
        byUse.Remove(node);
        byUse.AddLast(node);
        return node.Value;
    }

    void Set(int first, int count, Matrix destination)
    {
        destination.SetProduct(rows!.RowRange(first, count), rows, transposeRight: true);
        destination.SetGaussianKernel(squares.RowRange(first, count), squaresRow, gamma);
    }
}
