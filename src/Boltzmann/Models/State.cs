namespace Boltzmann;

/// <summary>
/// Configurations of a model, one per row: a batch of examples or a set of chains. One matrix per layer, and as scratch one more for its
/// inputs. Layers, or single units, may be clamped: sweeps leave them alone.
/// </summary>
public sealed class State
{
    readonly Matrix[] values;
    readonly Matrix?[] inputs;
    readonly Clamp?[] clamps;
    AnnealedModel? tempered;
    EnergyModel? temperedTarget;

    /// <summary>All units 0.</summary>
    /// <param name="model">Gives the number and sizes of layers.</param>
    /// <param name="rows">Number of configurations.</param>
    public State(EnergyModel model, int rows)
    {
        values = [.. model.Layers.Select(layer => new Matrix(rows, layer.Units, layer.Placement))];
        inputs = new Matrix?[values.Length];
        clamps = new Clamp?[values.Length];
    }

    State(Matrix[] values, Matrix?[] inputs, Clamp?[]? clamps = null)
    {
        this.values = values;
        this.inputs = inputs;
        this.clamps = clamps ?? new Clamp?[values.Length];
    }

    /// <summary>Number of configurations.</summary>
    public int Rows => values[0].Rows;

    /// <summary>Number of layers.</summary>
    public int Layers => values.Length;

    /// <summary>The states of a layer, [rows × units].</summary>
    public Matrix this[int layer] => values[layer];

    /// <summary>Scratch of the shape of a layer, holding its inputs between the steps of a sweep.</summary>
    public Matrix Inputs(int layer) => inputs[layer] ??= values[layer].Like(Rows, values[layer].Columns);

    /// <summary>The first rows, sharing memory: for a last batch that is smaller. Clamps are not carried over.</summary>
    public State First(int rows) => rows == Rows ? this
        : new([.. values.Select(m => m.RowRange(0, rows))], [.. Enumerable.Range(0, Layers).Select(l => Inputs(l).RowRange(0, rows))]);

    /// <summary>
    /// The same configurations, inputs and clamps, sharing memory, but for some layers with states of their own, zero at first.
    /// </summary>
    internal State WithOwn(IReadOnlyList<int> layers) =>
        new([.. values.Select((m, l) => layers.Contains(l) ? m.Like(Rows, m.Columns) : m)], inputs, clamps);

    /// <summary>
    /// The model at an inverse temperature, with memory that this state keeps: the same copy as long as the model is the same.
    /// </summary>
    internal EnergyModel Tempered(EnergyModel model, double beta)
    {
        if (tempered is null || !ReferenceEquals(temperedTarget, model)) (tempered, temperedTarget) = (new AnnealedModel(model), model);
        tempered.Beta = beta;
        return tempered;
    }

    /// <summary>Keeps a whole layer as it is.</summary>
    public void ClampLayer(int layer) => clamps[layer] = new Clamp(null, null);

    /// <summary>Keeps some units of a layer at given values; also sets them now.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="known">1 for units to keep, 0 for free ones: [1 × units] for all rows alike, or [rows × units].</param>
    /// <param name="given">The values to keep, [rows × units]; entries of free units are not used.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or what is known is neither 0 nor 1.</exception>
    public void ClampUnits(int layer, Matrix known, Matrix given)
    {
        Matrix target = values[layer];
        if (given.Rows != Rows || given.Columns != target.Columns) throw new ArgumentException($"the layer's states are {target.Shape}, but the values to keep {given.Shape}");
        if ((known.Rows != 1 && known.Rows != Rows) || known.Columns != target.Columns)
            throw new ArgumentException($"the layer's states are {target.Shape}, but what is known of them {known.Shape}");
        Matrix free = target.Like(known.Rows, known.Columns), kept = target.Like(Rows, target.Columns);
        free.SetCopy(known);
        free.SetSum(free, -1, Matrix.Row(1, 1, target.Placement));
        // Not a product: a missing value may be NaN, and 0·NaN is NaN.
        double[] isKnown = [], row = new double[target.Columns];
        for (int r = 0; r < Rows; r++)
        {
            if (r < known.Rows)
            {
                isKnown = known.ReadRow(r);
                int odd = Array.FindIndex(isKnown, k => k is not (0 or 1));
                if (odd >= 0) throw new ArgumentException($"units are known (1) or free (0), but unit {odd} of row {r} has {isKnown[odd]}");
            }
            given.ReadRow(r, row);
            for (int c = 0; c < row.Length; c++)
                if (isKnown[c] == 0) row[c] = 0;
            kept.WriteRow(r, row);
        }
        clamps[layer] = new Clamp(free, kept);
        Restore(layer);
    }

    /// <summary>Frees every unit.</summary>
    public void Unclamp() => Array.Clear(clamps);

    /// <summary>Whether no unit of the layer may move.</summary>
    public bool IsClamped(int layer) => clamps[layer] is { Free: null };

    /// <summary>1 for units of the layer that may move, 0 for clamped ones, [1 × units] or [rows × units]; null if none is clamped by itself.</summary>
    internal Matrix? Free(int layer) => clamps[layer]?.Free;

    /// <summary>Puts clamped units back to their values after their layer was sampled.</summary>
    public void Restore(int layer) => Restore(layer, values[layer]);

    /// <summary>Puts a layer's clamped units to their values in another matrix of its shape, such as the layer's means.</summary>
    public void Restore(int layer, Matrix states)
    {
        if (clamps[layer] is not { Free: Matrix free, Kept: Matrix kept }) return;
        states.SetScaled(states, free);
        states.SetSum(states, 1, kept);
    }

    sealed record Clamp(Matrix? Free, Matrix? Kept);
}
