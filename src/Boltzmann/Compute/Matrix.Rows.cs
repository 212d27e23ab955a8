using System.Buffers;

namespace Boltzmann;

/// <content>Rows that are picked, exchanged, labelled and counted.</content>
public sealed partial class Matrix
{
    /// <summary>Rows of this and another matrix change places where the mask is not 0.</summary>
    /// <param name="other">[B × n], other memory.</param>
    /// <param name="mask">[B × 1].</param>
    public void ExchangeRows(Matrix other, Matrix mask)
    {
        RequireSame(other);
        mask.RequireRowValues(this);
        if (Overlaps(other)) Fail("rows can change places with rows of other memory only");
        Backend.ExchangeRows(this, other, mask);
    }

    /// <summary>this[r, labels[r]] = 1, and 0 in all other columns.</summary>
    /// <param name="labels">One per row, from 0 to columns − 1.</param>
    public void SetOneHot(ReadOnlySpan<int> labels)
    {
        if (labels.Length != Rows) Fail($"{labels.Length} labels do not fit {Shape}");
        foreach (int label in labels)
            if ((uint)label >= (uint)Columns) Fail($"label {label} is not one of {Columns} columns");
        Backend.SetOneHot(this, labels);
    }

    /// <summary>this[i, ·] = row indices[i] of matrices that stand one below the other. Between backends by way of the host.</summary>
    /// <param name="parts">
    /// [rows × columns], all with as many rows as the first but for the last, which may have fewer; their precision may be another.
    /// </param>
    /// <param name="indices">Rows to pick, counted through all parts.</param>
    public void GatherRows(ReadOnlySpan<Matrix> parts, ReadOnlySpan<int> indices)
    {
        if (indices.Length != Rows) Fail($"{indices.Length} rows do not fit {Shape}");
        long count = 0;
        bool isHere = true;
        for (int p = 0; p < parts.Length; p++)
        {
            Require(parts[p].Columns == Columns, parts[p], "a source of rows of");
            if (parts[p].Rows > parts[0].Rows || (parts[p].Rows < parts[0].Rows && p < parts.Length - 1))
                Fail($"part {p} has {parts[p].Rows} rows, but the first has {parts[0].Rows}");
            isHere &= ReferenceEquals(parts[p].Backend, Backend);
            count += parts[p].Rows;
        }
        foreach (int index in indices)
            if ((uint)index >= count) Fail($"row {index} is not one of {count}");
        if (indices.Length == 0) return;
        if (isHere)
        {
            Backend.GatherRows(this, parts, indices);
            return;
        }
        int entries = indices.Length * Columns;
        double[] values = ArrayPool<double>.Shared.Rent(entries);
        for (int i = 0; i < indices.Length; i++)
            parts[indices[i] / parts[0].Rows].ReadRow(indices[i] % parts[0].Rows, values.AsSpan(i * Columns, Columns));
        WriteRows(0, Rows, values.AsSpan(0, entries));
        ArrayPool<double>.Shared.Return(values);
    }

    /// <summary>this[i, ·] = row indices[i] of the host's numbers, bytes times <paramref name="scale"/>.</summary>
    /// <param name="source">Rows of as many numbers as this has columns.</param>
    /// <param name="indices">Rows to pick.</param>
    /// <param name="scale">What one step of a byte is worth; other numbers are taken as they are.</param>
    public void Gather(HostValues source, ReadOnlySpan<int> indices, double scale = 1)
    {
        if (indices.Length != Rows) Fail($"{indices.Length} rows do not fit {Shape}");
        if (indices.Length == 0 || Columns == 0) return;
        long count = source.Count / Columns;
        foreach (int index in indices)
            if ((uint)index >= count) Fail($"row {index} is not one of {count}");
        Backend.Gather(this, source, indices, scale);
    }

    /// <summary>
    /// this += how well outputs meet targets; see <see cref="Backend.AddScores"/>. This is [1 × (2 + 2n)], in double precision.
    /// </summary>
    /// <param name="outputs">[B × n].</param>
    /// <param name="targets">[B × n].</param>
    public void AddScores(Matrix outputs, Matrix targets)
    {
        outputs.RequireSame(targets);
        if (Rows != 1 || Columns != 2 + 2 * outputs.Columns || Precision != Precision.Float64 || !ReferenceEquals(Backend, outputs.Backend))
            Fail($"the totals of {outputs.Shape} on {outputs.Backend.Name} are [1 × {2 + 2 * outputs.Columns}] in Float64, not {this}");
        Backend.AddScores(outputs, targets, this);
    }

    /// <summary>The column with the greatest number in each row; the first of several.</summary>
    internal int[] LargestOfRows()
    {
        var columns = new int[Rows];
        var row = new double[Columns];
        for (int r = 0; r < columns.Length; r++)
        {
            ReadRow(r, row);
            for (int c = 1; c < row.Length; c++)
                if (row[c] > row[columns[r]]) columns[r] = c;
        }
        return columns;
    }
}
