namespace Boltzmann.Experiments;

/// <summary>Ways to fill gaps that need no machine.</summary>
static class GapFillers
{
    const int Neighbours = 5;

    /// <summary>The mean of the column, or its most frequent word, with the frequencies as probabilities.</summary>
    public static GapScores Columns(GapTable table)
    {
        int columns = table.Schema.Columns.Count;
        var usual = new double[columns];
        var shares = new double[columns][];
        foreach (int c in table.Schema.Modelled)
        {
            double[] known = [.. table.Rows.Select(row => row[c]).Where(double.IsFinite)];
            if (table.IsNumber(c))
            {
                usual[c] = known.Average();
                continue;
            }
            // One more of each word, so that none is impossible.
            double[] counts = [.. table.Schema.Columns[c].Categories.Select(_ => 1.0)];
            foreach (double word in known) counts[(int)word]++;
            usual[c] = Array.IndexOf(counts, counts.Max());
            shares[c] = Array.ConvertAll(counts, count => count / counts.Sum());
        }
        double[] logs = [.. table.Asked.Where(field => !table.IsNumber(field.Column))
            .Select(field => Math.Log(shares[field.Column][(int)table.TruthOf(field.Row, field.Column)]))];
        return table.Score((_, c) => usual[c], logs.Length == 0 ? double.NaN : logs.Average());
    }

    /// <summary>
    /// The mean, or the most frequent word, of the five nearest rows that have the column. Distances are the mean over columns that both
    /// rows have: of numbers squared differences in standard deviations, of words 1 where they differ.
    /// </summary>
    public static GapScores Nearest(GapTable table, CancellationToken cancellation)
    {
        var guesses = new Dictionary<(int, int), double>();
        var distances = new double[table.Rows.Count];
        var order = new int[table.Rows.Count];
        foreach (var row in table.Asked.GroupBy(field => field.Row))
        {
            cancellation.ThrowIfCancellationRequested();
            for (int other = 0; other < distances.Length; other++)
            {
                distances[other] = other == row.Key ? double.PositiveInfinity
                    : Distance(table, table.Rows[row.Key], table.Rows[other]);
                order[other] = other;
            }
            Array.Sort([.. distances], order);
            foreach (var (r, c) in row)
            {
                double[] near = [.. order.Where(other => !double.IsNaN(table.Rows[other][c])).Take(Neighbours)
                    .Select(other => table.Rows[other][c])];
                guesses[(r, c)] = table.IsNumber(c) ? near.Average()
                    : near.GroupBy(word => word).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
            }
        }
        return table.Score((r, c) => guesses[(r, c)]);
    }

    /// <summary>The law that the generated table was drawn from.</summary>
    /// <param name="table">The generated table.</param>
    /// <param name="rows">The same with gaps, as text.</param>
    public static GapScores Law(GapTable table, ExperimentTable rows)
    {
        return table.Score(
            (r, c) => table.IsNumber(c) ? GeneratedTable.Mean(rows.Rows[r], c)
                : Enumerable.Range(0, Words(c).Count).MaxBy(word => Probability(r, c, word)),
            table.Asked.Where(field => !table.IsNumber(field.Column))
                .Average(field => Math.Log(Probability(field.Row, field.Column, (int)table.TruthOf(field.Row, field.Column)))));

        IReadOnlyList<string> Words(int column) => table.Schema.Columns[column].Categories;

        double Probability(int row, int column, int word) => GeneratedTable.Probability(rows.Rows[row], column, Words(column)[word]);
    }

    static double Distance(GapTable table, double[] row, double[] other)
    {
        double sum = 0;
        int shared = 0;
        for (int c = 0; c < row.Length; c++)
        {
            if (double.IsNaN(row[c]) || double.IsNaN(other[c])) continue;
            double difference = (row[c] - other[c]) / table.Deviations[c];
            sum += table.IsNumber(c) ? difference * difference : difference == 0 ? 0 : 1;
            shared++;
        }
        return shared == 0 ? double.PositiveInfinity : sum / shared;
    }
}
