namespace Boltzmann.Evaluation;

/// <summary>
/// p(x_c | the other columns of the row) ∝ e^{−F(x)} along a column c, or a block of columns such as the categories of one value, exact
/// wherever the free energy F is: a sum over the values that can be listed, the trapezoidal rule for real ones. In nats, in double
/// precision. Entries that are NaN are absent from their row's machine (<see cref="MissingValues.Absent"/>); the column asked for may be
/// NaN too, and then is one that the row's machine has.
/// </summary>
/// <remarks>
/// Costs one log-normaliser of the layers above per row and value. Hidden layers, and labels, are summed out: in closed form where they are
/// independent given the row, else by enumeration, which only small machines allow.
/// </remarks>
public static class ColumnConditional
{
    /// <summary>log p(candidate | other columns) of each row and candidate, normalised over the candidates, [N × candidates].</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">[N × visible units], of any precision.</param>
    /// <param name="firstColumn">The first column of the block; its other columns are those after it.</param>
    /// <param name="candidates">Values of the block's columns, as many numbers in each; see <see cref="Candidates"/>.</param>
    /// <exception cref="ArgumentException">The rows have another width than the model, or the columns are not all of one layer that has a
    /// distribution, or a candidate is not a value of their units.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have more than 4096 states.</exception>
    public static Matrix LogProbabilities(EnergyModel model, Matrix rows, int firstColumn, IReadOnlyList<double[]> candidates)
    {
        if (candidates.Count == 0) throw new ArgumentException("there is no candidate");
        var block = new ColumnBlock(FreeEnergy.InDouble(model), firstColumn, candidates[0].Length);
        foreach (double[] candidate in candidates) block.Require(candidate);
        var logs = new Matrix(rows.Rows, candidates.Count, rows.Placement.Double);
        foreach (var (first, given) in block.Given(ObservedRows.Split(model, rows, out _)))
        {
            double[][] weights = given.LogWeights(candidates);
            for (int r = 0; r < weights.Length; r++)
            {
                double sum = Scalar.LogSumExp(weights[r]);
                logs.WriteRow(first + r, Array.ConvertAll(weights[r], w => w - sum));
            }
        }
        return logs;
    }

    /// <summary>
    /// Every value of the unit that begins at a column, ready to be <see cref="LogProbabilities">candidates</see>: the two of binary units
    /// and spins, the least first, and one-hot categories in order.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="firstColumn">Where the unit begins.</param>
    /// <exception cref="ArgumentException">No unit begins there, or its values cannot be listed.</exception>
    public static double[][] Candidates(EnergyModel model, int firstColumn)
    {
        var (layer, column) = ColumnBlock.Find(model, firstColumn);
        Layer units = model.Layers[layer];
        if (units.ColumnsPerUnit == 0 || column % units.ColumnsPerUnit != 0) throw new ArgumentException($"column {firstColumn + 1} is "
            + $"not the first of a unit whose values can be listed (bernoulli, spin, one-hot multinomial), but of {units}");
        if (units.Pair is (double low, double high)) return [[low], [high]];
        return [.. Enumerable.Range(0, units.ColumnsPerUnit).Select(k =>
        {
            var category = new double[units.ColumnsPerUnit];
            category[k] = 1;
            return category;
        })];
    }

    /// <summary>log p(x_c | other columns) of a real column on a grid, with mean and standard deviation.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">[N × visible units], of any precision.</param>
    /// <param name="column">The column, of real units.</param>
    /// <param name="grid">Rising values, so wide that nothing of the distribution lies outside, and so fine that straight lines between
    /// them follow it; null for <see cref="Grid"/>.</param>
    /// <exception cref="ArgumentException">The rows have another width than the model, the column is not real, or the grid does not
    /// rise.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have more than 4096 states, or the distribution is too wide for a
    /// grid.</exception>
    public static ColumnDensity Density(EnergyModel model, Matrix rows, int column, IReadOnlyList<double>? grid = null)
    {
        var block = new ColumnBlock(FreeEnergy.InDouble(model), column, 1);
        Matrix zeros = ObservedRows.Split(model, rows, out _);
        grid ??= ColumnGrid.Of(block, zeros);
        var density = new ColumnDensity(grid, rows.Rows, zeros.Placement);
        foreach (var (first, given) in block.Given(zeros))
        {
            double[][] weights = Weights(given, grid);
            for (int r = 0; r < weights.Length; r++) density.Set(first + r, weights[r]);
        }
        return density;
    }

    /// <summary>
    /// Values of a real column on which <see cref="Density"/> is exact to rounding for Gaussian units, to about 1e-5 for those with a least
    /// value: as wide as any of the rows needs it.
    /// </summary>
    /// <inheritdoc cref="Density"/>
    public static double[] Grid(EnergyModel model, Matrix rows, int column) =>
        ColumnGrid.Of(new ColumnBlock(FreeEnergy.InDouble(model), column, 1), ObservedRows.Split(model, rows, out _));

    /// <summary>
    /// log p of the value that each row has, given its other columns: NaN where it has none. Of values between those of a unit, such as
    /// grey ones, the mean over the unit's values, by their shares in it.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">[N × visible units], of any precision.</param>
    /// <param name="firstColumn">The column, or the first one of a one-hot block.</param>
    /// <exception cref="ArgumentException">The rows have another width than the model, or no unit begins at the column, or its values are
    /// counts.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have more than 4096 states, or the distribution is too wide for a
    /// grid.</exception>
    public static Score PerRow(EnergyModel model, Matrix rows, int firstColumn)
    {
        var (layer, _) = ColumnBlock.Find(model, firstColumn);
        return new(model.Layers[layer].ColumnsPerUnit > 0 ? OfListed(model, rows, firstColumn, model.Layers[layer])
            : OfReal(model, rows, firstColumn));
    }

    static double[] OfListed(EnergyModel model, Matrix rows, int firstColumn, Layer units)
    {
        double[][] candidates = Candidates(model, firstColumn);
        Matrix logs = LogProbabilities(model, rows, firstColumn, candidates);
        double low = units.Values.Minimum, span = units.Pair is null ? 1 : units.Values.Maximum - low;
        var values = new double[rows.Rows];
        for (int r = 0; r < values.Length; r++)
        {
            double[] row = rows.ReadRow(r), log = logs.ReadRow(r);
            for (int k = 0; k < log.Length; k++)
            {
                double x = row[firstColumn + (units.Pair is null ? k : 0)];
                double share = units.Pair is null ? x : k == 0 ? 1 - (x - low) / span : (x - low) / span;
                if (share != 0) values[r] += share * log[k];
            }
        }
        return values;
    }

    static double[] OfReal(EnergyModel model, Matrix rows, int column)
    {
        var block = new ColumnBlock(FreeEnergy.InDouble(model), column, 1);
        Matrix zeros = ObservedRows.Split(model, rows, out Matrix present);
        double[] grid = ColumnGrid.Of(block, zeros), own = zeros.ReadColumn(column), isThere = present.ReadColumn(column),
            values = new double[rows.Rows];
        foreach (var (first, given) in block.Given(zeros))
        {
            double[][] weights = Weights(given, grid);
            double[] ofOwn = given.LogWeights(own.AsSpan(first, given.Rows));
            for (int r = 0; r < weights.Length; r++) values[first + r] = isThere[first + r] == 0 ? double.NaN
                : ofOwn[r] - ColumnDensity.LogIntegral(grid, weights[r]);
        }
        return values;
    }

    static double[][] Weights(ColumnBlock.GivenRows given, IReadOnlyList<double> grid) =>
        given.LogWeights([.. grid.Select(x => (double[])[x])]);
}
