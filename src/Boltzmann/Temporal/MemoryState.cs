namespace Boltzmann;

/// <summary>What a memory holds of the past of some sequences, one row for each. It serves one thread at a time.</summary>
public sealed class MemoryState
{
    readonly string[] names;
    readonly Matrix[] values;

    /// <summary>An empty memory.</summary>
    /// <param name="rows">Sequences side by side.</param>
    /// <param name="parts">The name and width of each matrix that it keeps.</param>
    /// <param name="placement">Where they live.</param>
    public MemoryState(int rows, IReadOnlyList<(string Name, int Columns)> parts, Placement placement)
        : this(rows, [.. parts.Select(p => p.Name)], [.. parts.Select(p => new Matrix(rows, p.Columns, placement))]) { }

    MemoryState(int rows, string[] names, Matrix[] values) => (Rows, this.names, this.values) = (rows, names, values);

    /// <summary>Sequences side by side.</summary>
    public int Rows { get; }

    /// <summary>Steps taken in since it was empty.</summary>
    public long Steps { get; set; }

    /// <summary>All that it keeps, by name: [rows × …].</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Values => [.. names.Zip(values)];

    /// <summary>One of the matrices.</summary>
    internal Matrix this[int part] => values[part];

    /// <summary>Memory for what is computed on the way.</summary>
    internal Workspace Workspace { get; } = new();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (Matrix value in values) value.Fill(0);
        Steps = 0;
    }

    /// <summary>A memory of its own that holds the same.</summary>
    public MemoryState Clone() => new(Rows, names, [.. values.Select(v => v.Clone())]) { Steps = Steps };

    /// <summary>A memory of so many sequences, all with the past of one row.</summary>
    internal MemoryState Repeated(int row, int count)
    {
        var copy = new MemoryState(count, names, [.. values.Select(v => v.Like(count, v.Columns))]) { Steps = Steps };
        for (int p = 0; p < values.Length; p++) State.CopyRows(values[p].RowRange(row, 1), copy.values[p]);
        return copy;
    }

    /// <summary>A memory of some rows in the given order.</summary>
    internal MemoryState Picked(ReadOnlySpan<int> rows)
    {
        var copy = new MemoryState(rows.Length, names, [.. values.Select(v => v.Like(1, v.Columns))]) { Steps = Steps };
        for (int p = 0; p < values.Length; p++)
        {
            copy.values[p] = values[p].Like(rows.Length, values[p].Columns);
            copy.values[p].GatherRows([values[p]], rows);
        }
        return copy;
    }

    /// <summary>The first rows, sharing memory: for sequences in order of falling length, as the last ones end.</summary>
    internal MemoryState First(int rows) => rows == Rows ? this : Fewer(rows);

    // By itself: what the lambda captures is allocated wherever its method begins.
    MemoryState Fewer(int rows) => new(rows, names, [.. values.Select(v => v.RowRange(0, rows))]) { Steps = Steps };

    /// <summary>Moves every matrix but the first ones one place on, the last of them to the place of the first.</summary>
    internal void Rotate(int first, int count)
    {
        if (count < 2) return;
        Matrix last = values[first + count - 1];
        Array.Copy(values, first, values, first + 1, count - 1);
        values[first] = last;
    }

    /// <summary>Takes what another memory of the same kind holds.</summary>
    /// <exception cref="ArgumentException">It has other parts or rows.</exception>
    public void CopyFrom(MemoryState source)
    {
        if (source.Rows != Rows || !source.names.SequenceEqual(names)) throw new ArgumentException("these memories are of other kinds");
        for (int p = 0; p < values.Length; p++) values[p].SetCopy(source.values[p]);
        Steps = source.Steps;
    }
}
