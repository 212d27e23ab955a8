namespace Boltzmann.Sampling;

/// <summary>
/// What a machine makes of rows of which a part is known: in-painting of pictures, imputation of missing values. The known units are
/// clamped, and the mean of the others given them is averaged over Gibbs sampling or found by mean-field inference. For every machine; the
/// columns of a row are those of all visible layers but the labels, side by side, and labels are sampled with the hidden units.
/// </summary>
/// <remarks>
/// The mean over many samples is the guess of least squared error; a single sample looks sharper. Of multinomial units know all columns of
/// a block or none. Chains of different rows are independent, one chain a row.
/// </remarks>
public static class Completion
{
    /// <summary>
    /// E[v | known units], by the average of the units' conditional means over sweeps of Gibbs sampling; known units keep their values.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="given">[N × visible units]; entries that are not known are not used.</param>
    /// <param name="known">1 for known units, 0 for free ones: [1 × visible units] or [N × visible units].</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="options">Length of the chains; the defaults when null.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <returns>[N × visible units].</returns>
    /// <exception cref="ArgumentException">Shapes do not fit the machine.</exception>
    public static Matrix EstimateMeans(EnergyModel model, Matrix given, Matrix known, Rng rng, CompletionOptions? options = null,
        CancellationToken cancellation = default)
    {
        var average = new SampledMeans(model, given.Rows, rng);
        model.ClampRows(average.State, known, given);
        options ??= new();
        return average.Run(options, options.Sweeps, cancellation);
    }

    /// <summary>
    /// A completion drawn for each row by Gibbs sampling: E[v | all others] of the configuration that its chain ended in, known units as
    /// they are. The temperature falls to 1 over the burn-in; all
    /// <see cref="CompletionOptions.Sweeps"/> after it are at 1, where the chain draws from p(free units | known units), as far as so many
    /// sweeps reach it.
    /// </summary>
    /// <inheritdoc cref="EstimateMeans"/>
    public static Matrix Sample(EnergyModel model, Matrix given, Matrix known, Rng rng, CompletionOptions? options = null,
        CancellationToken cancellation = default)
    {
        var chain = new SampledMeans(model, given.Rows, rng);
        model.ClampRows(chain.State, known, given);
        return chain.Run(options ?? new(), 1, cancellation);
    }

    /// <summary>
    /// The mean-field guess of E[v | known units]: free visible units are inferred like hidden ones, all of them independent. Nothing
    /// random, and much cheaper than sampling; but one mode at most.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="given">[N × visible units]; entries that are not known are not used.</param>
    /// <param name="known">1 for known units, 0 for free ones: [1 × visible units] or [N × visible units].</param>
    /// <param name="inference">Up to 100 updates to a tolerance of 1e-4 when null.</param>
    /// <returns>[N × visible units].</returns>
    /// <exception cref="ArgumentException">Shapes do not fit the machine.</exception>
    public static Matrix MeanFieldMeans(EnergyModel model, Matrix given, Matrix known, MeanField? inference = null)
    {
        var state = new State(model, given.Rows);
        model.ClampRows(state, known, given);
        (inference ?? new(updates: 100)).Infer(model, state, [.. Enumerable.Range(0, model.Layers.Count)]);
        return model.ReadRows(state);
    }

    /// <summary>Rows in which E[v | the others] stands for every missing value, which NaN marks; see <see cref="EstimateMeans"/>.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">[N × visible units].</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="options">Length of the chains; the defaults when null.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    /// <returns>[N × visible units].</returns>
    public static Matrix Impute(EnergyModel model, Matrix rows, Rng rng, CompletionOptions? options = null,
        CancellationToken cancellation = default) =>
        EstimateMeans(model, rows, Known(rows), rng, options, cancellation);

    /// <summary>1 where a value is a number, 0 where it is NaN.</summary>
    public static Matrix Known(Matrix rows)
    {
        Matrix known = rows.Like(rows.Rows, rows.Columns);
        var row = new double[rows.Columns];
        for (int r = 0; r < rows.Rows; r++)
        {
            rows.ReadRow(r, row);
            for (int c = 0; c < row.Length; c++) row[c] = double.IsNaN(row[c]) ? 0 : 1;
            known.WriteRow(r, row);
        }
        return known;
    }
}
