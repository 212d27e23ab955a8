namespace Boltzmann.Evaluation;

/// <summary>
/// Free energies of rows of data, F(v) = −log Σ_h e^{−E(v,h)}, in double precision and a chunk of rows at a time. In closed form where
/// hidden layers are independent given the visible ones; where they are joined by enumerating some of them, row by row, which only small
/// machines allow: for others see <see cref="Elbo"/>.
/// </summary>
public static class FreeEnergy
{
    /// <summary>F of each row, in nats. Labels, where a model has them, are summed out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static Score PerRow(EnergyModel model, Matrix data) => new(Of(InDouble(model), data));

    /// <summary>F of each row together with its class, in nats.</summary>
    /// <param name="model">A model with labels.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="labels">A class for each row.</param>
    /// <exception cref="ArgumentException">The model has no labels, or data and labels do not fit it.</exception>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static Score PerRow(EnergyModel model, Matrix data, IReadOnlyList<int> labels) =>
        new(Of(InDouble(model), data, model.RequireClasses(data, labels)));

    /// <summary>
    /// F of the observed part of each row, in nats: NaN stands for entries that are missing. In closed form for absent ones of machines
    /// whose hidden layers are independent; else by enumeration.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="missing">Whether missing units are absent from their row's machine, or unknown and summed out.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, or a one-hot block is missing in part.</exception>
    /// <exception cref="BadInputException">What is summed has too many states.</exception>
    public static Score PerRow(EnergyModel model, Matrix data, MissingValues missing) =>
        new(ObservedRows.FreeEnergies(InDouble(model), data, missing));

    /// <summary>
    /// How many joint states of hidden layers (and labels) <see cref="PerRow(EnergyModel, Matrix)"/> enumerates for each row: those of the
    /// layers of fewest states that leave the others independent, which are summed in closed form; 1 where nothing is enumerated. Null
    /// where they would be more than <see cref="Exact.MaximumStates"/>, and F cannot be had.
    /// </summary>
    public static long? StatesPerRow(EnergyModel model)
    {
        int[] free = Unknown(model);
        if (free.Length == 0 || IsClassifier(model, free) || model.AreIndependent(free)) return 1;
        var posterior = new ConditionalModel(model, free);
        return EnumeratedLayers.Fewest(posterior, Exact.MaximumStates) is int[] enumerated ? enumerated.Aggregate(1L,
            (states, l) => states * posterior.Layers[l].StateCount!.Value)
            : GaussianPair.Is(posterior) ? 1 : null;
    }

    /// <summary>log p(v) = −F(v) − log Z of each row, in nats, from a log Z that is known or estimated.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="logPartition">log Z; an error in it shifts every row alike.</param>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static Score LogLikelihood(EnergyModel model, Matrix data, double logPartition) =>
        new([.. PerRow(model, data).PerRow.Select(f => -f - logPartition)]);

    /// <summary>
    /// Mean F(validation) − mean F(training): it grows when the model comes to prefer the rows it was trained on, without log Z
    /// (Hinton 2010, "A practical guide", section 6).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="training">Some rows the model learned from, best always the same ones.</param>
    /// <param name="validation">Rows it did not see.</param>
    /// <returns>The gap in nats and its standard error over rows.</returns>
    /// <exception cref="BadInputException">Hidden layers are joined and have too many states.</exception>
    public static (double Value, double StandardError) EstimateGap(EnergyModel model, Matrix training, Matrix validation)
    {
        EnergyModel target = InDouble(model);
        Score seen = new(Of(target, training)), unseen = new(Of(target, validation));
        return (unseen.Mean - seen.Mean, Math.Sqrt(seen.StandardError * seen.StandardError + unseen.StandardError * unseen.StandardError));
    }

    /// <summary>F of each row.</summary>
    /// <param name="model">In double precision.</param>
    /// <param name="data">Rows.</param>
    /// <param name="labels">Their classes; null to sum over them.</param>
    /// <param name="cancellation">Checked from row to row where layers are enumerated.</param>
    internal static double[] Of(EnergyModel model, Matrix data, int[]? labels = null, CancellationToken cancellation = default)
    {
        int[] free = Unknown(model, labels);
        Posterior? posterior = PosteriorOf(model, free);
        var values = new double[data.Rows];
        foreach (var (first, state) in States(model, data, labels))
            OfStates(model, state, free, posterior, cancellation).CopyTo(values, first);
        return values;
    }

    /// <summary>F of the rows of a state, all layers but those of rows summed out.</summary>
    internal static double[] OfStates(EnergyModel model, State state)
    {
        int[] free = Unknown(model);
        return OfStates(model, state, free, PosteriorOf(model, free), default);
    }

    static Posterior? PosteriorOf(EnergyModel model, int[] free) =>
        IsClassifier(model, free) || model.AreIndependent(free) ? null : new(model, free);

    // Its classes are few and not joined to the rows, so they need no enumeration row by row.
    static bool IsClassifier(EnergyModel model, int[] free) => model is ClassificationRbm && free.Contains(model.LabelLayer!.Value);

    static double[] OfStates(EnergyModel model, State state, int[] free, Posterior? posterior, CancellationToken cancellation)
    {
        if (posterior is not null) return [.. Enumerable.Range(0, state.Rows).Select(r => -posterior.LogPartition(state, r, cancellation))];
        if (IsClassifier(model, free)) return ((ClassificationRbm)model).FreeEnergy(state[0]);
        var energies = state[0].Like(state.Rows, 1);
        model.AddFreeEnergy(state, free, energies);
        return energies.ReadColumn(0);
    }

    /// <summary>The layers that rows, or rows with labels, leave open.</summary>
    internal static int[] Unknown(EnergyModel model, int[]? labels = null) =>
        [.. Enumerable.Range(0, model.Layers.Count).Except(labels is null ? model.RowLayers : [.. model.RowLayers,
            model.LabelLayer!.Value])];

    /// <summary>
    /// Rows of data, and their labels if there are any, as states of a model in double precision, some at a time; the memory is used again
    /// for the next ones.
    /// </summary>
    internal static IEnumerable<(int First, State State)> States(EnergyModel model, Matrix data, int[]? labels = null, int chunkRows = 1024)
    {
        State? all = null;
        foreach (var (first, rows) in DoubleChunks(data, model.RowColumns, chunkRows))
        {
            State state = (all ??= new State(model, rows.Rows)).First(rows.Rows);
            model.SetRows(state, rows);
            if (labels is not null) state[model.LabelLayer!.Value].SetOneHot(labels.AsSpan(first, rows.Rows));
            yield return (first, state);
        }
    }

    /// <summary>A copy in double precision, so that a model that learns on does not disturb a number in the making.</summary>
    /// <exception cref="BadInputException">A parameter is not finite.</exception>
    internal static EnergyModel InDouble(EnergyModel model)
    {
        foreach (Parameter p in model.Parameters)
            if (p.Value.Summarize().NonFinite is > 0 and long count)
                throw new BadInputException($"{count} of the numbers in {p.Name} {p.Value.Shape} are not finite, so the model has no "
                    + "likelihood");
        return model.Clone(model.Placement.Double);
    }

    /// <summary>The rows in double precision, some at a time; the matrix is used again for the next ones.</summary>
    internal static IEnumerable<(int First, Matrix Rows)> DoubleChunks(Matrix data, int units, int chunkRows = 1024)
    {
        if (data.Columns != units)
            throw new ArgumentException($"the model has {units} visible units, but the data have {data.Columns} columns");
        var chunk = new Matrix(Math.Min(RowBatch.Of(units, chunkRows), data.Rows), data.Columns, data.Placement.Double);
        for (int first = 0; first < data.Rows; first += chunk.Rows)
        {
            int rows = Math.Min(chunk.Rows, data.Rows - first);
            Matrix part = chunk.RowRange(0, rows);
            part.SetCopy(data.RowRange(first, rows));
            yield return (first, part);
        }
    }
}
