namespace Boltzmann.Inference;

/// <summary>
/// Draws of what rows lack beside one column, from p(missing | known): Gibbs chains with the known units clamped and the column free, as
/// <see cref="TableCompletion"/> has them. The mean over draws of p(column | everything else) is p(column | known), with the gaps summed
/// out; the mean of probabilities varies less than a count of drawn values would (Rao and Blackwell).
/// </summary>
/// <param name="loaded">The model.</param>
/// <param name="units">The units of the column.</param>
/// <param name="context">Settles what is drawn; asked between sweeps whether to stop.</param>
sealed class GapDraws(LoadedModel loaded, Range units, RunContext context)
{
    const uint Stream = 0x67647261;

    const int BurnIn = 50, Chains = 25, PerChain = 2, SweepsBetween = 5;

    /// <summary>Draws of a row, and how many rows are filled at once.</summary>
    /// <remarks>Many chains of few draws each, from hot to cold: a single one would stay in the mode that it began in.</remarks>
    public const int Draws = Chains * PerChain, RowsAtOnce = 64;

    /// <summary>Rows that lack something beside the column.</summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    public int[] WithGaps(Matrix rows)
    {
        var row = new double[rows.Columns];
        return [.. Enumerable.Range(0, rows.Rows).Where(r =>
        {
            rows.ReadRow(r, row);
            row.AsSpan(units).Clear();
            return Array.Exists(row, double.IsNaN);
        })];
    }

    /// <summary>The rows with their gaps filled, the column's own left open: one matrix a draw, the same one each time.</summary>
    /// <param name="rows">As the model takes them; NaN for what is missing.</param>
    /// <param name="first">The place of the first row among all; settles what is drawn.</param>
    public IEnumerable<Matrix> Of(Matrix rows, int first)
    {
        Matrix known = rows.Like(Chains * rows.Rows, rows.Columns), drawn = rows.Clone();
        var open = new double[units.End.Value - units.Start.Value];
        Array.Fill(open, double.NaN);
        var row = new double[rows.Columns];
        for (int r = 0; r < known.Rows; r++)
        {
            rows.ReadRow(r % rows.Rows, row);
            open.CopyTo(row.AsSpan(units));
            known.WriteRow(r, row);
        }
        Matrix present = known.Like(known.Rows, known.Columns);
        MissingEntries.Split(known, present);
        double[,] isPresent = present.ToArray();
        var chains = new Inference.Chains(loaded.Model, known.Rows, 1, new(present, known), new Rng(context.Seed, Stream + (uint)first));
        chains.Anneal(BurnIn, context.Interrupted);
        var state = new double[rows.Columns];
        for (int draw = 0; draw < PerChain; draw++)
        {
            for (int s = 0; s < SweepsBetween; s++)
            {
                context.Interrupted.ThrowIfCancellationRequested();
                chains.Sweep();
            }
            Matrix states = chains.Show(Descent.States);
            for (int chain = 0; chain < known.Rows; chain++)
            {
                int r = chain % rows.Rows;
                rows.ReadRow(r, row);
                states.ReadRow(chain, state);
                for (int u = 0; u < row.Length; u++)
                    if (isPresent[chain, u] == 0) row[u] = state[u];
                open.CopyTo(row.AsSpan(units));
                drawn.WriteRow(r, row);
                if (r == rows.Rows - 1) yield return drawn;
            }
        }
    }
}
