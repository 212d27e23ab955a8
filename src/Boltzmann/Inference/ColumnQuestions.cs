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

    /// <summary>Probabilities given what rows have, their other gaps summed out by draws.</summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    /// <param name="draws">Of the gaps.</param>
    /// <param name="first">The place of the first row among all.</param>
    public double[][] Probabilities(Matrix rows, GapDraws draws, int first)
    {
        double[][] all = Probabilities(rows);
        foreach (int[] gaps in draws.WithGaps(rows).Chunk(GapDraws.RowsAtOnce))
        {
            foreach (int r in gaps) Array.Clear(all[r]);
            foreach (Matrix drawn in draws.Of(Chosen(rows, gaps), first + gaps[0]))
                foreach (var (g, probabilities) in Probabilities(drawn).Index())
                    for (int k = 0; k < probabilities.Length; k++) all[gaps[g]][k] += probabilities[k] / GapDraws.Draws;
        }
        return all;
    }

    /// <summary>Mean and deviation given what rows have, their other gaps summed out by draws.</summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    /// <param name="draws">Of the gaps.</param>
    /// <param name="first">The place of the first row among all.</param>
    public (double Mean, double Deviation)[] Numbers(Matrix rows, GapDraws draws, int first)
    {
        (double Mean, double Deviation)[] all = Numbers(rows);
        foreach (int[] gaps in draws.WithGaps(rows).Chunk(GapDraws.RowsAtOnce))
        {
            double[] means = new double[gaps.Length], squares = new double[gaps.Length];
            foreach (Matrix drawn in draws.Of(Chosen(rows, gaps), first + gaps[0]))
                foreach (var (g, (mean, deviation)) in Numbers(drawn).Index())
                {
                    means[g] += mean / GapDraws.Draws;
                    squares[g] += (mean * mean + deviation * deviation) / GapDraws.Draws;
                }
            foreach (var (g, r) in gaps.Index()) all[r] = (means[g], Math.Sqrt(Math.Max(0, squares[g] - means[g] * means[g])));
        }
        return all;
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

    static Matrix Chosen(Matrix rows, int[] which)
    {
        Matrix chosen = rows.Like(which.Length, rows.Columns);
        foreach (var (to, from) in which.Index()) chosen.WriteRow(to, rows.ReadRow(from));
        return chosen;
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
