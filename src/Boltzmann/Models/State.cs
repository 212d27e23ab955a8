namespace Boltzmann;

/// <summary>
/// Configurations of a model, one per row: a batch of examples or a set of chains. One matrix per layer, and as scratch one more for its
/// inputs. Layers, or single units, may be clamped: sweeps leave them alone. A state owns the memory of what is computed on it, and serves
/// one thread at a time.
/// </summary>
public sealed class State
{
    readonly Matrix[] values;
    readonly Matrix?[] inputs, given, before;
    readonly Clamp?[] clamps;
    readonly Matrix?[] draws, counted;
    AnnealedModel? tempered;
    EnergyModel? temperedTarget;

    /// <summary>All units 0.</summary>
    /// <param name="model">Gives the number and sizes of layers.</param>
    /// <param name="rows">Number of configurations.</param>
    public State(EnergyModel model, int rows)
    {
        values = [.. model.Layers.Select(layer => new Matrix(rows, layer.Units, layer.Placement))];
        inputs = new Matrix?[values.Length];
        given = new Matrix?[values.Length];
        before = new Matrix?[values.Length];
        clamps = new Clamp?[values.Length];
        draws = new Matrix?[values.Length];
        counted = new Matrix?[values.Length];
        Workspace = new();
    }

    State(Matrix[] values, Matrix?[] inputs, Workspace workspace, Clamp?[]? clamps = null, Matrix?[]? draws = null)
    {
        this.values = values;
        this.inputs = inputs;
        given = new Matrix?[values.Length];
        before = new Matrix?[values.Length];
        this.clamps = clamps ?? new Clamp?[values.Length];
        this.draws = draws ?? new Matrix?[values.Length];
        counted = new Matrix?[values.Length];
        Workspace = workspace;
    }

    /// <summary>Number of configurations.</summary>
    public int Rows => values[0].Rows;

    /// <summary>Number of layers.</summary>
    public int Layers => values.Length;

    /// <summary>The states of a layer, [rows × units].</summary>
    public Matrix this[int layer] => values[layer];

    /// <summary>Scratch of the shape of a layer, holding its inputs between the steps of a sweep.</summary>
    public Matrix Inputs(int layer) => inputs[layer] ??= values[layer].Like(Rows, values[layer].Columns);

    /// <summary>Memory for what is computed on the way.</summary>
    public Workspace Workspace { get; }

    /// <summary>
    /// Scratch of the shape of a layer: what given layers add to its inputs, which does not change while others are inferred.
    /// </summary>
    internal Matrix GivenInputs(int layer) => given[layer] ??= values[layer].Like(Rows, values[layer].Columns);

    /// <summary>Scratch of the shape of a layer: what it was before an update.</summary>
    internal Matrix Before(int layer) => before[layer] ??= values[layer].Like(Rows, values[layer].Columns);

    /// <summary>The first rows, sharing memory: for a last batch that is smaller. Clamps and draws are not carried over.</summary>
    public State First(int rows) => rows == Rows ? this
        : new([.. values.Select(m => m.RowRange(0, rows))], [.. Enumerable.Range(0, Layers).Select(l => Inputs(l).RowRange(0, rows))],
            Workspace);

    /// <summary>
    /// The same configurations, inputs and clamps, sharing memory, but for some layers with states of their own, zero at first.
    /// </summary>
    internal State WithOwn(IReadOnlyList<int> layers) =>
        new([.. values.Select((m, l) => layers.Contains(l) ? m.Like(Rows, m.Columns) : m)], inputs, Workspace, clamps,
            draws);

    /// <summary>
    /// The model at an inverse temperature, with memory that this state keeps: the same copy as long as the model is the same.
    /// </summary>
    internal EnergyModel Tempered(EnergyModel model, double beta)
    {
        if (tempered is null || !ReferenceEquals(temperedTarget, model)) (tempered, temperedTarget) = (new AnnealedModel(model), model);
        tempered.Beta = beta;
        return tempered;
    }

    /// <summary>How far layers moved in a sweep of inference, asked for and perhaps not known yet.</summary>
    internal List<PendingSummary> Moves { get; } = [];

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
        if (given.Rows != Rows || given.Columns != target.Columns)
            throw new ArgumentException($"the layer's states are {target.Shape}, but the values to keep {given.Shape}");
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

    /// <summary>
    /// Leaves some units of a layer out of their rows' machines: they are 0, send nothing and are never drawn, as if the machine of the row
    /// did not have them. Also sets them now. In place of clamps of the layer. Units that are unknown, to be completed or summed out, are
    /// something else: those are free, and the known ones clamped.
    /// </summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="present">1 for units that the row's machine has, 0 for absent ones: [rows × units]; read as long as they are left
    /// out.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public void LeaveOut(int layer, Matrix present)
    {
        Matrix target = values[layer];
        if (present.Rows != Rows || present.Columns != target.Columns)
            throw new ArgumentException($"the layer's states are {target.Shape}, but what is present of them {present.Shape}");
        clamps[layer] = clamps[layer] is { IsAbsent: true } same && ReferenceEquals(same.Free, present) ? same
            : new Clamp(present, null, IsAbsent: true);
        Restore(layer);
    }

    /// <summary>
    /// Clamps the layers and units that another state has clamped, and leaves out what is absent there; everything else is free here. Rows
    /// have the draws of the other's. A state of more rows takes those of the other in turn.
    /// </summary>
    /// <param name="source">A state of the same machine.</param>
    public void ClampAs(State source)
    {
        for (int l = 0; l < clamps.Length; l++)
        {
            Clamp? clamp = source.clamps[l];
            clamps[l] = clamp is null || source.Rows == Rows ? clamp
                : clamp with { Free = Repeated(clamp.Free), Kept = Repeated(clamp.Kept) };
            if (clamp is { Free: null }) CopyRows(source[l], values[l]);
            Restore(l);
        }
        DrawAs(source);
    }

    /// <summary>Gives rows the draws of another state's; a state of more rows takes those of the other in turn.</summary>
    internal void DrawAs(State source)
    {
        for (int l = 0; l < draws.Length; l++)
            draws[l] = source.Rows == Rows || source.draws[l] is null ? source.draws[l] : InTurn(source.draws[l]!);
    }

    /// <summary>How many draws the rows of a layer have, [rows × 1]; null where nobody counted them, or its kind has none by row.</summary>
    public Matrix? Draws(int layer) => draws[layer];

    /// <summary>Counts the draws that the rows of a layer have.</summary>
    internal void CountDraws(int layer)
    {
        Matrix counts = counted[layer] ??= values[layer].Like(Rows, 1);
        counts.Fill(0);
        counts.AddRowSums(values[layer]);
        draws[layer] = counts;
    }

    /// <summary>Whether units of the layer are clamped or absent one by one.</summary>
    public bool IsClampedInPart(int layer) => clamps[layer] is { Free: not null };

    /// <summary>
    /// 1 for units of the layer that their rows' machines have, 0 for absent ones, [rows × units]; null if none is absent.
    /// </summary>
    public Matrix? Present(int layer) => clamps[layer] is { IsAbsent: true } clamp ? clamp.Free : null;

    /// <summary>Fills rows with those of another matrix, from the first again after the last.</summary>
    internal static void CopyRows(Matrix source, Matrix destination)
    {
        if (source.Rows == destination.Rows) destination.SetCopy(source);
        else
            for (int r = 0; r < destination.Rows; r += source.Rows)
            {
                int count = Math.Min(source.Rows, destination.Rows - r);
                destination.RowRange(r, count).SetCopy(source.RowRange(0, count));
            }
    }

    Matrix? Repeated(Matrix? ofSource)
    {
        return ofSource is null || ofSource.Rows == 1 ? ofSource : InTurn(ofSource);
    }

    Matrix InTurn(Matrix ofSource)
    {
        Matrix all = ofSource.Like(Rows, ofSource.Columns);
        CopyRows(ofSource, all);
        return all;
    }

    /// <summary>Frees every unit.</summary>
    public void Unclamp() => Array.Clear(clamps);

    /// <summary>Whether no unit of the layer may move.</summary>
    public bool IsClamped(int layer) => clamps[layer] is { Free: null };

    /// <summary>
    /// 1 for units of the layer that may move, 0 for clamped and absent ones, [1 × units] or [rows × units]; null if none is clamped by
    /// itself.
    /// </summary>
    public Matrix? Free(int layer) => clamps[layer]?.Free;

    /// <summary>Puts clamped units back to their values after their layer was sampled.</summary>
    public void Restore(int layer) => Restore(layer, values[layer]);

    /// <summary>Puts a layer's clamped units to their values in another matrix of its shape, such as the layer's means.</summary>
    public void Restore(int layer, Matrix states)
    {
        if (clamps[layer] is not { Free: Matrix free } clamp) return;
        states.SetScaled(states, free);
        if (clamp.Kept is Matrix kept) states.SetSum(states, 1, kept);
    }

    sealed record Clamp(Matrix? Free, Matrix? Kept, bool IsAbsent = false);
}
