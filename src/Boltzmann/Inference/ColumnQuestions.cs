namespace Boltzmann.Inference;

/// <summary>
/// What a machine expects of one column of its table given the others of a row: of words their probabilities, of numbers mean and standard
/// deviation in the table's own units. Exact, as <see cref="ColumnConditional"/> is.
/// </summary>
/// <param name="loaded">The model.</param>
/// <param name="schema">What its columns hold.</param>
/// <param name="column">The column's place in the schema.</param>
sealed class ColumnQuestions(LoadedModel loaded, TableSchema schema, int column)
{
    readonly TableColumn asked = schema.Columns[column];
    readonly int unit = schema.UnitsOf(column).Start.Value;
    readonly EnergyModel model = loaded.Model.Below == 0 ? loaded.Model.Undirected
        : throw new BadInputException($"{loaded.Path}: holds a {loaded.Description.Model}, whose columns have no distribution given the "
            + "others that could be summed; expected an rbm, or another machine of one hidden layer");

    /// <summary>Probabilities of the column's words, [rows × words], in the order of its categories.</summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    public double[][] Probabilities(Matrix rows)
    {
        Matrix logs = ColumnConditional.LogProbabilities(model, rows, unit, Candidates());
        return [.. Enumerable.Range(0, logs.Rows).Select(r => Array.ConvertAll(logs.ReadRow(r), Math.Exp))];
    }

    /// <summary>Mean and standard deviation of each row's number, in the table's own units.</summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    public (double Mean, double Deviation)[] Numbers(Matrix rows)
    {
        ColumnDensity density = ColumnConditional.Density(model, rows, unit);
        double[] values = [.. density.Grid.Select(InOwnUnits)];
        return [.. Enumerable.Range(0, rows.Rows).Select(r => density.Moments(r, values))];
    }

    /// <summary>
    /// log p of the value that each row has, given its others, in nats; of a number the density on the scale of the model. NaN where it has
    /// none.
    /// </summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    public double[] LogProbabilities(Matrix rows)
    {
        if (asked.IsNumber) return ColumnConditional.PerRow(model, rows, unit).PerRow.ToArray();
        double[][] candidates = Candidates();
        Matrix logs = ColumnConditional.LogProbabilities(model, rows, unit, candidates);
        var values = new double[rows.Rows];
        for (int r = 0; r < values.Length; r++)
        {
            double[] row = rows.ReadRow(r);
            int word = asked.Type == ColumnType.Binary ? row[unit] > 0.5 ? 1 : 0 : Array.IndexOf(row, 1, unit, asked.Units) - unit;
            values[r] = double.IsNaN(row[unit]) ? double.NaN : logs[r, word];
        }
        return values;
    }

    double[][] Candidates() => asked.Type == ColumnType.Binary ? [[0], [1]]
        : [.. Enumerable.Range(0, asked.Units).Select(word =>
        {
            var one = new double[asked.Units];
            one[word] = 1;
            return one;
        })];

    // Numbers beyond those of the training are no guess that a person would make.
    double InOwnUnits(double value)
    {
        double own = loaded.Data.Scaling is ScalingByColumn scaling && scaling.Scales[unit] is ColumnScale scale ? scale.Inverse(value)
            : value;
        return Math.Clamp(own, asked.Minimum, asked.Maximum);
    }
}
