namespace Boltzmann.Networks;

/// <summary>Classes as targets: a 1 in the column of each row's class, 0 elsewhere.</summary>
public sealed class OneHotRows : Rows
{
    readonly int[] labels;
    readonly NumberRows? single;

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
        single = classes == 1 ? new NumberRows(Array.ConvertAll(labels, label => (double)label), 1) : null;
    }

    /// <inheritdoc/>
    public override int Count => labels.Length;

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        if (single is not null) single.Gather(indices, destination);
        else OneHot.Set(destination, labels, indices);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        destination.Clear();
        if (single is not null) destination[0] = labels[row];
        else destination[labels[row]] = 1;
    }
}
