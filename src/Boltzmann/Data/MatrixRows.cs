namespace Boltzmann.Data;

/// <summary>Rows of numbers in matrices, in their precision: features of many rows, made a batch at a time.</summary>
public sealed class MatrixRows : Rows
{
    readonly Matrix[] parts;
    readonly int rowsPerPart;

    /// <summary>The rows of one matrix, which is kept, not copied.</summary>
    public MatrixRows(Matrix values) : this([values], values.Columns) { }

    /// <summary>The rows of several matrices, one after the other; they are kept, not copied.</summary>
    /// <param name="parts">All with as many rows as the first, but for the last, which may have fewer.</param>
    /// <param name="columns">Values per row, also of no part.</param>
    /// <exception cref="ArgumentException">The parts do not fit together.</exception>
    public MatrixRows(IReadOnlyList<Matrix> parts, int columns)
    {
        this.parts = [.. parts];
        Columns = columns;
        rowsPerPart = parts.Count == 0 ? 1 : Math.Max(1, parts[0].Rows);
        long count = 0;
        for (int p = 0; p < this.parts.Length; p++)
        {
            if (parts[p].Columns != columns)
                throw new ArgumentException($"part {p} is {parts[p].Shape}, not {columns} columns wide", nameof(parts));
            if (parts[p].Rows > rowsPerPart || (parts[p].Rows < rowsPerPart && p < this.parts.Length - 1))
                throw new ArgumentException($"part {p} has {parts[p].Rows} rows, but the first has {rowsPerPart}", nameof(parts));
            count += parts[p].Rows;
        }
        Count = checked((int)count);
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        destination.GatherRows(parts, indices);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        parts[row / rowsPerPart].ReadRow(row % rowsPerPart, destination);
    }
}
