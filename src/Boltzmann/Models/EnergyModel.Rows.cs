namespace Boltzmann;

/// <content>Rows of data and the visible layers that take their columns.</content>
public abstract partial class EnergyModel
{
    /// <summary>Divides the columns of rows of data among the layers that take them.</summary>
    /// <param name="state">Of as many rows.</param>
    /// <param name="rows">[B × <see cref="RowColumns"/>], of any precision.</param>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public void SetRows(State state, Matrix rows)
    {
        RequireRowColumns(rows);
        if (RowLayers.Count == 1)
        {
            state[RowLayers[0]].SetCopy(rows);
            CountDraws(state);
            return;
        }
        Matrix here = Here(rows);
        for (int i = 0, column = 0; i < RowLayers.Count; column += Layers[RowLayers[i++]].Units)
            state[RowLayers[i]].SetColumns(here, column);
        CountDraws(state);
    }

    /// <summary>
    /// Keeps some units of the layers that take rows at given values and sets them now; see <see cref="State.ClampUnits"/>.
    /// </summary>
    /// <param name="state">Configurations.</param>
    /// <param name="known">1 for units to keep, 0 for free ones: [1 × <see cref="RowColumns"/>] for all rows alike, or [B ×
    /// <see cref="RowColumns"/>].</param>
    /// <param name="given">The values to keep, [B × <see cref="RowColumns"/>]; entries of free units are not used.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or what is known is neither 0 nor 1.</exception>
    public void ClampRows(State state, Matrix known, Matrix given)
    {
        RequireRowColumns(known);
        RequireRowColumns(given);
        foreach (var ((layer, isKnown), (_, values)) in DivideRows(known).Zip(DivideRows(given)))
            if (Layers[layer].IsContext) state[layer].SetCopy(values);
            else state.ClampUnits(layer, isKnown, values);
    }

    /// <summary>Leaves units of the rows out of their machines; see <see cref="State.LeaveOut"/>.</summary>
    /// <param name="state">Configurations.</param>
    /// <param name="present">1 for units that the row's machine has, 0 for absent ones, [B × <see cref="RowColumns"/>].</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public void LeaveOutRows(State state, Matrix present)
    {
        foreach (var (layer, part) in DivideRows(present))
            if (!Layers[layer].IsContext) state.LeaveOut(layer, part);
    }

    /// <summary>The states of the layers that take rows, side by side as in a row: [B × <see cref="RowColumns"/>].</summary>
    public Matrix ReadRows(State state) => Matrix.Beside([.. RowLayers.Select(l => state[l].Clone())]);

    /// <summary>
    /// E[x_i | all other units] of the layers that take rows, side by side as in a row: [B × <see cref="RowColumns"/>]. Clamped units have
    /// their values. Inputs of these layers stay in the state.
    /// </summary>
    public Matrix MeanRows(State state) => Matrix.Beside([.. RowLayers.Select(l =>
    {
        Matrix means = state[l].Like(state.Rows, state[l].Columns);
        if (state.IsClamped(l) || Layers[l].IsContext) means.SetCopy(state[l]);
        else
        {
            SetInputs(state, l, state.Inputs(l));
            UnitsOf(state, l).SetMean(state.Inputs(l), means);
            state.Restore(l, means);
        }
        return means;
    })]);

    /// <summary>The classes of rows, after a look whether they fit.</summary>
    /// <exception cref="ArgumentException">The machine has no labels, or there is not one of its classes for each row.</exception>
    internal int[] RequireClasses(Matrix rows, IReadOnlyList<int> labels)
    {
        if (LabelLayer is not int layer) throw new ArgumentException("this machine has no labels");
        if (labels.Count != rows.Rows) throw new ArgumentException($"there are {rows.Rows} rows, but {labels.Count} labels");
        int[] all = [.. labels];
        int wrong = Array.FindIndex(all, label => (uint)label >= (uint)Layers[layer].Units);
        return wrong < 0 ? all
            : throw new ArgumentException($"row {wrong + 1} has label {all[wrong]}, but the model has {Layers[layer].Units} classes, "
            + $"from 0 to {Layers[layer].Units - 1}");
    }

    /// <summary>The columns of rows for each layer that takes some, where the model computes.</summary>
    internal IEnumerable<(int Layer, Matrix Part)> DivideRows(Matrix rows)
    {
        RequireRowColumns(rows);
        Matrix here = Here(rows);
        int column = 0;
        foreach (int l in RowLayers)
        {
            Matrix part = here;
            if (RowLayers.Count > 1)
            {
                part = here.Like(here.Rows, Layers[l].Units);
                part.SetColumns(here, column);
            }
            column += Layers[l].Units;
            yield return (l, part);
        }
    }

    /// <summary>A matrix in the precision and place of the parameters: itself if it is there.</summary>
    internal Matrix Here(Matrix rows)
    {
        if (rows.Placement == Placement) return rows;
        var copy = new Matrix(rows.Rows, rows.Columns, Placement);
        copy.SetCopy(rows);
        return copy;
    }

    void RequireRowColumns(Matrix rows)
    {
        if (rows.Columns != RowColumns)
            throw new ArgumentException($"the model has {RowColumns} visible units, but the rows have {rows.Columns} columns");
    }
}
