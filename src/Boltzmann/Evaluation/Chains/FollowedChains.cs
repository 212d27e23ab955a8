namespace Boltzmann.Evaluation;

/// <summary>The numbers of <see cref="ChainDiagnostics"/> along the chains of one state, sweep by sweep.</summary>
sealed class FollowedChains
{
    readonly (string Name, Action<Matrix> Add)[] measures;
    readonly double[][][] series;
    readonly Matrix values;

    /// <param name="model">The machine.</param>
    /// <param name="state">Its chains, which somebody else moves.</param>
    /// <param name="direction">Of the random projection, [1 × units of layer 0].</param>
    /// <param name="sweeps">How often numbers will be recorded.</param>
    public FollowedChains(EnergyModel model, State state, Matrix direction, int sweeps)
    {
        measures = [.. Measures(model, state, direction)];
        series = [.. measures.Select(_ => Enumerable.Range(0, state.Rows).Select(_ => new double[sweeps]).ToArray())];
        values = new Matrix(state.Rows, 1, model.Placement);
    }

    /// <summary>Takes the numbers of the chains as they are after a sweep, counted from 0.</summary>
    public void Record(int sweep)
    {
        for (int m = 0; m < measures.Length; m++)
        {
            values.Fill(0);
            measures[m].Add(values);
            for (int c = 0; c < values.Rows; c++) values.ReadRow(c, series[m][c].AsSpan(sweep, 1));
        }
    }

    /// <summary>Of all chains.</summary>
    public ChainStatistic[] Judge() => Judge(0, values.Rows);

    /// <summary>Of each group by itself.</summary>
    public ChainGroup[] Judge(IReadOnlyList<ChainGroup> groups)
    {
        var judged = new ChainGroup[groups.Count];
        for (int g = 0, first = 0; g < judged.Length; first += groups[g++].Chains)
            judged[g] = groups[g] with { Statistics = Judge(first, groups[g].Chains) };
        return judged;
    }

    ChainStatistic[] Judge(int first, int count) =>
        [.. measures.Select((measure, m) => ChainStatistic.Of(measure.Name, series[m][first..(first + count)]))];

    static IEnumerable<(string Name, Action<Matrix> Add)> Measures(EnergyModel model, State state, Matrix direction)
    {
        yield return ("energy", values => model.AddEnergy(state, values));
        if (model.Sides is LayerSides sides && sides.Odd.Count > 0)
            yield return ("free energy", values =>
            {
                foreach (int l in sides.Even) model.Layers[l].AddEnergy(state[l], values);
                foreach (int l in sides.Odd)
                {
                    model.SetInputs(state, l, state.Inputs(l));
                    model.Layers[l].AddLogNormalizer(state.Inputs(l), values, -1);
                }
            }
            );
        yield return ("visible activity", values => AddActivity(state, model.VisibleLayers, values));
        if (model.HiddenLayers.Count > 0) yield return ("hidden activity", values => AddActivity(state, model.HiddenLayers, values));
        yield return ("random projection", values => values.AddRowSums(state[0], direction, 1 / Math.Sqrt(direction.Columns)));
    }

    static void AddActivity(State state, IReadOnlyList<int> layers, Matrix values)
    {
        int units = layers.Sum(l => state[l].Columns);
        foreach (int l in layers) values.AddRowSums(state[l], null, 1.0 / units);
    }
}
