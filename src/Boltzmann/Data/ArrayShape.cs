namespace Boltzmann.Data;

/// <summary>The shape of an array file as a dataset sees it: the first axis counts rows, the others together are columns.</summary>
/// <param name="Rows">Length of the first axis, at least 1.</param>
/// <param name="Columns">Product of the others, 1 if there are none.</param>
/// <param name="Axes">All lengths.</param>
sealed record ArrayShape(int Rows, int Columns, long[] Axes)
{
    const int MostAxes = 64;   // NumPy's limit

    /// <summary>How a row is a picture: three axes, or four with one channel.</summary>
    public ImageShape? Image => Axes.Length == 3 || (Axes.Length == 4 && Axes[3] == 1) ? new((int)Axes[2], (int)Axes[1]) : null;

    /// <summary>
    /// Values of the rows that are made: all columns; where the second axis counts the steps of a sequence, those of a step.
    /// </summary>
    public int RowLength { get; init; } = Columns;

    /// <summary>Where an entry stands, in words.</summary>
    public string Where(long place) => RowLength == Columns ? $"row {place / Columns + 1}, column {place % Columns + 1}"
        : $"sequence {place / Columns + 1}, step {place % Columns / RowLength + 1}, column {place % RowLength + 1}";

    /// <summary>Number of entries.</summary>
    public long Entries => (long)Rows * Columns;

    /// <summary>
    /// Takes a shape from a header: refused unless the file holds just that and the sizes are ones that a dataset can have.
    /// </summary>
    public static ArrayShape Check(InputBytes input, long[] axes, int elementBytes)
    {
        if (axes.Length > MostAxes) throw new BadInputException($"{input.Name}: has {axes.Length} axes, expected at most {MostAxes}");
        string text = string.Join(" × ", axes);
        if (axes.Length == 0) throw new BadInputException($"{input.Name}: holds a single number, expected rows");
        UInt128 columns = 1;
        foreach (long axis in axes.AsSpan(1))
        {
            columns *= (ulong)axis;
            if (columns > int.MaxValue) break;   // Further factors could overflow; none can make it fit, except zero, which is refused too.
        }
        if (axes[0] == 0) throw new BadInputException($"{input.Name}: has no rows (shape {text})");
        if (columns == 0) throw new BadInputException($"{input.Name}: has no columns (shape {text})");
        if (axes[0] > int.MaxValue || columns > int.MaxValue)
            throw new BadInputException($"{input.Name}: shape {text} has more than {int.MaxValue} rows or columns");
        input.RequireRest((ulong)axes[0] * columns * (ulong)elementBytes, $"{text} numbers");
        return new((int)axes[0], (int)columns, axes);
    }
}
