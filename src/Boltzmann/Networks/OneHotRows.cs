namespace Boltzmann;

/// <summary>Classes as targets: a 1 in the column of each row's class, 0 elsewhere.</summary>
public sealed class OneHotRows : Rows
{
    readonly int[] labels;
    readonly double[][] rows;

    /// <summary>Targets of some classes; the labels are kept, not copied.</summary>
    /// <param name="labels">From 0 to classes − 1.</param>
    /// <param name="classes">Number of columns; 1 makes one column of 0 and 1 for two classes.</param>
    /// <exception cref="ArgumentException">A label is out of range.</exception>
    public OneHotRows(int[] labels, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        int most = Math.Max(2, classes);
        if (Array.FindIndex(labels, label => label < 0 || label >= most) is >= 0 and int bad)
            throw new ArgumentException($"row {bad} has label {labels[bad]}, but there are {most} classes");
        this.labels = labels;
        Columns = classes;
        rows = [.. Enumerable.Range(0, most).Select(label => Enumerable.Range(0, classes).Select(c => (classes == 1 ? label : c == label ? 1.0 : 0.0)).ToArray())];
    }

    /// <inheritdoc/>
    public override int Count => labels.Length;

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        for (int i = 0; i < indices.Length; i++) destination.WriteRow(i, rows[labels[indices[i]]]);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        rows[labels[row]].CopyTo(destination);
    }
}
