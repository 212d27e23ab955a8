namespace Boltzmann.Reporting;

/// <summary>Steps of a sequence as pictures take them: a row of numbers each, all of the same width.</summary>
static class StepRows
{
    /// <summary>V, the numbers of a step; 0 without steps.</summary>
    /// <exception cref="ArgumentException">Two steps differ in width.</exception>
    public static int Width(IReadOnlyList<double[]> rows, string name = "rows")
    {
        ArgumentNullException.ThrowIfNull(rows, name);
        for (int t = 1; t < rows.Count; t++)
            if (rows[t].Length != rows[0].Length)
                throw new ArgumentException($"step {t + 1} has {rows[t].Length} values, but the first has {rows[0].Length}", name);
        return rows.Count == 0 ? 0 : rows[0].Length;
    }

    /// <summary>Checks that other numbers of the same steps have the same width.</summary>
    /// <exception cref="ArgumentException">They have another.</exception>
    public static void RequireWidth(IReadOnlyList<double[]>? rows, int width, string name)
    {
        if (rows is null || rows.Count == 0) return;
        if (Width(rows, name) != width) throw new ArgumentException($"{name} have {rows[0].Length} columns; expected {width}", name);
    }

    /// <summary>Checks that other numbers are of the same steps.</summary>
    /// <exception cref="ArgumentException">There are more or fewer steps, or columns.</exception>
    public static void RequireSize(IReadOnlyList<double[]>? rows, int steps, int width, string name)
    {
        if (rows is null) return;
        if (rows.Count != steps) throw new ArgumentException($"{name} have {rows.Count} steps; expected {steps}", name);
        RequireWidth(rows, width, name);
    }

    /// <summary>The name of a column: its own, or its number from 1 on.</summary>
    public static string NameOf(IReadOnlyList<string>? names, int column) =>
        names is not null && column < names.Count ? names[column] : $"column {column + 1}";
}
