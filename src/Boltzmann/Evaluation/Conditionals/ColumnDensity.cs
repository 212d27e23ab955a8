namespace Boltzmann.Evaluation;

/// <summary>The density of a real column given the others of its row, on a grid, with its mean and standard deviation.</summary>
public sealed class ColumnDensity
{
    internal ColumnDensity(IReadOnlyList<double> grid, int rows, Placement placement)
    {
        if (grid.Count < 2) throw new ArgumentException($"a grid has at least two values, not {grid.Count}");
        for (int g = 1; g < grid.Count; g++)
            if (!(grid[g] > grid[g - 1] && double.IsFinite(grid[g]) && double.IsFinite(grid[g - 1])))
                throw new ArgumentException($"the values of a grid are finite and rise, not {grid[g - 1]} to {grid[g]}");
        Grid = grid;
        LogDensity = new(rows, grid.Count, placement);
        Means = new double[rows];
        Deviations = new double[rows];
    }

    /// <summary>The values, rising.</summary>
    public IReadOnlyList<double> Grid { get; }

    /// <summary>log p(value | other columns), [N × values]: its exponential integrates to 1 by the trapezoidal rule.</summary>
    public Matrix LogDensity { get; }

    /// <summary>E[x_c | other columns] of each row.</summary>
    public double[] Means { get; }

    /// <summary>√Var[x_c | other columns] of each row.</summary>
    public double[] Deviations { get; }

    /// <summary>log ∫ e^{w} by the trapezoidal rule.</summary>
    internal static double LogIntegral(IReadOnlyList<double> grid, double[] logWeights)
    {
        var sum = new LogSum();
        for (int g = 0; g < logWeights.Length; g++) sum.Add(logWeights[g] + Math.Log(Width(grid, g)));
        return sum.Value;
    }

    /// <summary>Normalises one row.</summary>
    internal void Set(int row, double[] logWeights)
    {
        double log = LogIntegral(Grid, logWeights);
        double[] density = Array.ConvertAll(logWeights, w => w - log);
        LogDensity.WriteRow(row, density);
        (Means[row], Deviations[row]) = Moments(density, Grid);
    }

    /// <summary>Mean and standard deviation of a function of the column, by its values on the grid.</summary>
    internal (double Mean, double Deviation) Moments(int row, IReadOnlyList<double> values) => Moments(LogDensity.ReadRow(row), values);

    (double Mean, double Deviation) Moments(double[] logDensity, IReadOnlyList<double> values)
    {
        double mean = 0, square = 0;
        for (int g = 0; g < logDensity.Length; g++) mean += values[g] * Probability(g);
        for (int g = 0; g < logDensity.Length; g++) square += (values[g] - mean) * (values[g] - mean) * Probability(g);
        return (mean, Math.Sqrt(square));

        double Probability(int g) => Width(Grid, g) * Math.Exp(logDensity[g]);
    }

    static double Width(IReadOnlyList<double> grid, int g) => (grid[Math.Min(g + 1, grid.Count - 1)] - grid[Math.Max(g - 1, 0)]) / 2;
}
