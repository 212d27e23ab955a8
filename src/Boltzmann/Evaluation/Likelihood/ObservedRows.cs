namespace Boltzmann.Evaluation;

/// <summary>
/// Exact free energies and log-probabilities of rows of which a part is observed, NaN standing for the rest. Absent units are not part of
/// their row's machine: p is that of the machine of the observed units, with shared weights (Salakhutdinov, Mnih and Hinton 2007). Unknown
/// units are: they are summed out of the whole machine. In double precision; machines small enough to enumerate, but for free energies of
/// absent entries.
/// </summary>
static class ObservedRows
{
    /// <summary>F of the observed part of each row, in nats.</summary>
    public static double[] FreeEnergies(EnergyModel model, Matrix data, MissingValues missing, CancellationToken cancellation = default)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        return PerRow(target, data, (row, observed) => -LogSum(target, row, observed, missing, cancellation), cancellation);
    }

    /// <summary>log p of the observed part of each row, in nats.</summary>
    public static double[] LogLikelihoods(EnergyModel model, Matrix data, MissingValues missing, CancellationToken cancellation = default)
    {
        EnergyModel target = FreeEnergy.InDouble(model);
        // Rows with the same units have the same machine.
        var logPartitions = new Dictionary<string, double>();
        return PerRow(target, data, (row, observed) =>
        {
            string pattern = missing == MissingValues.Unknown ? "" : string.Concat(observed.Select(o => o ? '1' : '0'));
            if (!logPartitions.TryGetValue(pattern, out double logPartition))
                logPartitions[pattern] = logPartition = missing == MissingValues.Unknown ? Exact.LogPartition(target, cancellation)
                    : LogPartition(PartialModel.Of(target, Free(target, observed, missing, isMachine: true), null, out _), cancellation);
            return LogSum(target, row, observed, missing, cancellation) - logPartition;
        }, cancellation);
    }

    /// <summary>
    /// Of each layer, the units that are summed over: given a row, hidden ones and, where they are unknown, those of the row that are
    /// missing; of the row's machine, all that it has.
    /// </summary>
    public static int[][] Free(EnergyModel model, bool[] observed, MissingValues missing, bool isMachine)
    {
        int[][] free = [.. model.Layers.Select(layer => Enumerable.Range(0, layer.Units).ToArray())];
        int column = 0;
        foreach (int l in model.RowLayers)
        {
            bool[] part = observed[column..(column + model.Layers[l].Units)];
            free[l] = model.Layers[l].IsContext ? []
                : [.. Enumerable.Range(0, part.Length).Where(i => isMachine ? part[i] : missing == MissingValues.Unknown && !part[i])];
            column += model.Layers[l].Units;
        }
        return free;
    }

    // log Σ e^{−E} over everything that the row leaves open.
    static double LogSum(EnergyModel model, double[] row, bool[] observed, MissingValues missing, CancellationToken cancellation)
    {
        var given = new State(model, 1);
        model.SetRows(given, Matrix.Row(row, model.Placement));
        PartialModel? open = PartialModel.Of(model, Free(model, observed, missing, isMachine: false), given, out double ownEnergy);
        return LogPartition(open, cancellation) - ownEnergy;
    }

    static double LogPartition(PartialModel? model, CancellationToken cancellation) =>
        model is null ? 0 : ExactMethod.For(model, Exact.MaximumStates).LogPartition(cancellation);

    static double[] PerRow(EnergyModel model, Matrix data, Func<double[], bool[], double> measure, CancellationToken cancellation)
    {
        if (data.Columns != model.RowColumns)
            throw new ArgumentException($"the model has {model.RowColumns} visible units, but the data have {data.Columns} columns");
        var values = new double[data.Rows];
        for (int r = 0; r < values.Length; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] row = data.ReadRow(r);
            bool[] observed = [.. row.Select(x => !double.IsNaN(x))];
            for (int c = 0; c < row.Length; c++)
                if (!observed[c]) row[c] = 0;
            values[r] = measure(row, observed);
        }
        return values;
    }
}
