namespace Boltzmann.Experiments;

/// <summary>Gaps filled by a machine that learned the table with its gaps, and how probable it held what was there.</summary>
/// <param name="context">How the experiment was asked for.</param>
/// <param name="path">The model.</param>
/// <param name="table">The table and its gaps.</param>
sealed class MachineGaps(ExperimentContext context, string path, GapTable table)
{
    const uint Stream = 0x6d676170;

    /// <summary>Fills the judged rows and scores them.</summary>
    /// <param name="gapPath">The file with gaps.</param>
    /// <param name="truePath">The file without.</param>
    public GapScores Run(string gapPath, string truePath)
    {
        CompletedTable completed = TrainedModel.Load(path, context.Placement).Complete(new()
        {
            Rows = new() { Data = gapPath, Count = table.Judged },
        }, context.Context);
        LoadedModel loaded = LoadedModel.Read(RunFolder.FindModel(path), context.Placement);
        ILookup<bool, double> logs = TruthLogs(loaded, gapPath, truePath).ToLookup(one => table.IsNumber(one.Column), one => one.Log);
        return table.Score((r, c) => table.ValueOf(c, completed.Rows[r][c]), Mean(logs[false]), Mean(logs[true]));
    }

    // p(true value | what the row has) is the mean, over the states of the hidden units that a Gibbs chain with the known units clamped
    // goes through, of p(true value | hidden units). The logarithm of such a mean errs downward.
    IEnumerable<(int Column, double Log)> TruthLogs(LoadedModel loaded, string gapPath, string truePath)
    {
        Matrix rows = Prepared(loaded, gapPath), truth = Prepared(loaded, truePath), present = rows.Like(rows.Rows, rows.Columns);
        MissingEntries.Split(rows, present);
        var chains = new Chains(loaded.Model, rows.Rows, 1, new(present, rows), new Rng(context.Seed, Stream));
        chains.Anneal(CompleteRequest.DefaultSweeps, context.Interrupted);
        double[] precisions = Precisions(loaded.Visible);
        (int Row, int Column)[] asked = [.. table.Asked];
        var sums = new double[asked.Length];
        for (int s = 0; s < CompleteRequest.DefaultSweeps; s++)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            chains.Sweep();
            double[,] means = chains.Show(Descent.VisibleMeans).ToArray();
            for (int i = 0; i < asked.Length; i++) sums[i] += Probability(asked[i].Row, asked[i].Column, means);
        }
        return asked.Select((field, i) => (field.Column, Math.Log(sums[i] / CompleteRequest.DefaultSweeps)));

        double Probability(int row, int column, double[,] means)
        {
            int unit = table.Schema.UnitsOf(column).Start.Value;
            if (table.IsNumber(column))
            {
                double difference = truth[row, unit] - means[row, unit], precision = precisions[unit];
                return Math.Sqrt(precision / (2 * Math.PI)) * Math.Exp(-precision * difference * difference / 2);
            }
            int word = (int)table.TruthOf(row, column);
            return table.Schema.Columns[column].Type == ColumnType.Categorical ? means[row, unit + word]
                : word == 1 ? means[row, unit] : 1 - means[row, unit];
        }
    }

    Matrix Prepared(LoadedModel loaded, string file)
    {
        var asked = new AskedRows(loaded, new() { Data = file, Count = table.Judged, UnseenIsAbsent = true }, context.Context, "tables",
            MissingValues.Unknown, allowsGaps: true);
        return asked.Prepared(isBinarized: false).ToMatrix(context.Placement);
    }

    // 0 for units that have none.
    static double[] Precisions(Layer visible)
    {
        IReadOnlyList<Layer> parts = visible is MixedLayer mixed ? mixed.Parts : [visible];
        return [.. parts.SelectMany(part => part.QuadraticPrecision?.ReadRow(0) ?? new double[part.Units])];
    }

    static double Mean(IEnumerable<double> values) => values.Any() ? values.Average() : double.NaN;
}
