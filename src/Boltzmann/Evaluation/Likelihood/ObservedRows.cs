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
    /// <param name="target">The machine, in double precision.</param>
    /// <param name="data">[N × visible units], NaN for what is missing.</param>
    /// <param name="missing">What NaN stands for.</param>
    /// <param name="cancellation">Checked from row to row where something is enumerated.</param>
    public static double[] FreeEnergies(EnergyModel target, Matrix data, MissingValues missing, CancellationToken cancellation = default)
    {
        if (missing == MissingValues.Unknown)
            return PerRow(target, data, (row, observed) => -LogSum(target, row, observed, missing, cancellation), cancellation);
        // An absent unit is 0, has no energy then and sends nothing.
        Matrix zeros = Split(target, data, out _);
        return FreeEnergy.Of(target, zeros, null, cancellation);
    }

    /// <summary>log p of the observed part of each row, in nats.</summary>
    /// <inheritdoc cref="FreeEnergies"/>
    public static double[] LogLikelihoods(EnergyModel target, Matrix data, MissingValues missing, CancellationToken cancellation = default)
    {
        double[] free = FreeEnergies(target, data, missing, cancellation);
        // Rows with the same units and the same context have the same machine.
        var logPartitions = new Dictionary<string, double>();
        int next = 0;
        return PerRow(target, data, (row, observed) =>
        {
            double[] context = row[(target.RowColumns - target.ContextLayers.Sum(l => target.Layers[l].Units))..];
            string machine = string.Join(' ', context)
                + (missing == MissingValues.Unknown ? "" : "/" + string.Concat(observed.Select(o => o ? '1' : '0')));
            if (!logPartitions.TryGetValue(machine, out double logPartition))
                logPartitions[machine] = logPartition = LogPartition(PartialModel.Of(target, Free(target,
                    missing == MissingValues.Unknown ? [.. observed.Select(_ => true)] : observed, missing, isMachine: true),
                    Context(target, row), out _), cancellation);
            return -free[next++] - logPartition;
        }, cancellation);
    }

    /// <summary>Rows in double precision with 0 where entries are missing.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], NaN for what is missing.</param>
    /// <param name="present">1 where a number is, 0 where NaN was.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, or a one-hot block is missing in part.</exception>
    public static Matrix Split(EnergyModel model, Matrix data, out Matrix present)
    {
        RequireWidth(model, data);
        Matrix zeros = new(data.Rows, data.Columns, data.Placement.Double);
        zeros.SetCopy(data);
        present = MissingEntries.Split(zeros, zeros.Like(data.Rows, data.Columns));
        for (int r = 0; r < data.Rows; r++) RequireWhole(model, present.ReadRow(r), r);
        return zeros;
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

    /// <summary>Why what a row leaves unknown cannot be summed over, with the numbers; null if it can.</summary>
    /// <param name="model">The machine, in double precision.</param>
    /// <param name="row">NaN for what is unknown.</param>
    public static string? ComplaintOfUnknown(EnergyModel model, double[] row)
    {
        bool[] observed = [.. row.Select(x => !double.IsNaN(x))];
        PartialModel? open = PartialModel.Of(model, Free(model, observed, MissingValues.Unknown, isMachine: false), null, out _);
        return open is null ? null : ExactMethod.Complaint(open, Exact.MaximumStates);
    }

    // log Σ e^{−E} over everything that the row leaves open.
    static double LogSum(EnergyModel model, double[] row, bool[] observed, MissingValues missing, CancellationToken cancellation)
    {
        var given = new State(model, 1);
        model.SetRows(given, Matrix.Row(row, model.Placement));
        PartialModel? open = PartialModel.Of(model, Free(model, observed, missing, isMachine: false), given, out double ownEnergy);
        return LogPartition(open, cancellation) - ownEnergy;
    }

    // What is given of a row's machine as such: context alone.
    static State? Context(EnergyModel model, double[] row)
    {
        if (model.ContextLayers.Count == 0) return null;
        var given = new State(model, 1);
        model.SetRows(given, Matrix.Row(row, model.Placement));
        foreach (int l in model.ModelledRowLayers) given[l].Fill(0);
        return given;
    }

    static void RequireWidth(EnergyModel model, Matrix data)
    {
        if (data.Columns != model.RowColumns)
            throw new ArgumentException($"the model has {model.RowColumns} visible units, but the data have {data.Columns} columns");
    }

    static void RequireWhole(EnergyModel model, double[] present, int row)
    {
        int column = 0;
        foreach (int l in model.RowLayers)
        {
            Layer layer = model.Layers[l];
            for (int c = 0, end; c < layer.Units; c = end)
            {
                end = layer.BlockEnd(c);
                double there = present.AsSpan(column + c, end - c).ToArray().Sum();
                if (there != end - c && (there > 0 || layer.IsContext))
                    throw new ArgumentException($"row {row} lacks {(layer.IsContext ? "context, which is always given"
                        : $"a part of a block of {layer.Kind} units")}");
            }
            column += layer.Units;
        }
    }

    static double LogPartition(PartialModel? model, CancellationToken cancellation) =>
        model is null ? 0 : ExactMethod.For(model, Exact.MaximumStates).LogPartition(cancellation);

    static double[] PerRow(EnergyModel model, Matrix data, Func<double[], bool[], double> measure, CancellationToken cancellation)
    {
        RequireWidth(model, data);
        var values = new double[data.Rows];
        for (int r = 0; r < values.Length; r++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] row = data.ReadRow(r);
            bool[] observed = [.. row.Select(x => !double.IsNaN(x))];
            RequireWhole(model, [.. observed.Select(o => o ? 1.0 : 0)], r);
            for (int c = 0; c < row.Length; c++)
                if (!observed[c]) row[c] = 0;
            values[r] = measure(row, observed);
        }
        return values;
    }
}
