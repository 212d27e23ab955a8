namespace Boltzmann.Experiments;

/// <summary>
/// A table, the same with gaps in it, and which fields are asked for: numbers as numbers, words by their place among the words of the
/// table with gaps.
/// </summary>
sealed class GapTable
{
    readonly double[][] gapped, truth;

    /// <summary>Reads both tables through the schema of the one with gaps.</summary>
    /// <param name="context">Opens files.</param>
    /// <param name="gapPath">The file with gaps.</param>
    /// <param name="truePath">The file without.</param>
    /// <param name="judged">Rows that are judged: the first so many.</param>
    public GapTable(ExperimentContext context, string gapPath, string truePath, int judged)
    {
        Schema = ExperimentTable.SchemaOf(context, gapPath);
        gapped = Fields(ExperimentTable.Units(context, gapPath, Schema));
        Dataset whole = ExperimentTable.Units(context, truePath, Schema);
        truth = Fields(whole);
        Judged = Math.Min(judged, gapped.Length);
        Deviations = [.. Enumerable.Range(0, Schema.Columns.Count).Select(c => IsNumber(c) ? Deviation(whole, c) : 1)];
    }

    /// <summary>What the columns hold.</summary>
    public TableSchema Schema { get; }

    /// <summary>All rows with their gaps, a number for each column; NaN where there is none.</summary>
    public IReadOnlyList<double[]> Rows => gapped;

    /// <summary>Rows that are judged.</summary>
    public int Judged { get; }

    /// <summary>Standard deviations of columns of numbers, of the table without gaps; 1 for words.</summary>
    public double[] Deviations { get; }

    /// <summary>The fields that are asked for: gaps of judged rows whose true value is known.</summary>
    public IEnumerable<(int Row, int Column)> Asked =>
        from r in Enumerable.Range(0, Judged)
        from c in Schema.Modelled
        where double.IsNaN(gapped[r][c]) && !double.IsNaN(truth[r][c])
        select (r, c);

    /// <summary>Whether a column has numbers.</summary>
    public bool IsNumber(int column) => Schema.Columns[column].IsNumber;

    /// <summary>The true value of a field.</summary>
    public double TruthOf(int row, int column) => truth[row][column];

    /// <summary>A field of text as a number of the same kind.</summary>
    public double ValueOf(int column, string field) => FieldOf(column, Schema.UnitsFor(column, field));

    /// <summary>Error and accuracy of guesses.</summary>
    public GapScores Score(Func<int, int, double> guess, double wordLog = double.NaN, double numberLog = double.NaN)
    {
        double squares = 0, right = 0;
        int numbers = 0, words = 0;
        foreach (var (r, c) in Asked)
        {
            double guessed = guess(r, c);
            if (IsNumber(c))
            {
                double z = (guessed - truth[r][c]) / Deviations[c];
                squares += z * z;
                numbers++;
            }
            else
            {
                right += guessed == truth[r][c] ? 1 : 0;
                words++;
            }
        }
        return new(numbers == 0 ? double.NaN : Math.Sqrt(squares / numbers), words == 0 ? double.NaN : right / words, wordLog, numberLog);
    }

    double[][] Fields(Dataset units)
    {
        var row = new double[units.Columns];
        return [.. Enumerable.Range(0, units.Count).Select(r =>
        {
            units.Rows.Read(r, row);
            var fields = new double[Schema.Columns.Count];
            Array.Fill(fields, double.NaN);
            foreach (int c in Schema.Modelled) fields[c] = FieldOf(c, row.AsSpan(Schema.UnitsOf(c)));
            return fields;
        })];
    }

    double FieldOf(int column, ReadOnlySpan<double> units) =>
        Schema.Columns[column].Type != ColumnType.Categorical || double.IsNaN(units[0]) ? units[0] : units.IndexOf(1);

    double Deviation(Dataset whole, int column) =>
        whole.Statistics.Variances[Schema.UnitsOf(column).Start.Value] is > 0 and double variance ? Math.Sqrt(variance) : 1;
}
