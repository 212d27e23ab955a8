namespace Boltzmann;

/// <summary>
/// Runs chains of any machine and measures how well they mix, by numbers that are cheap to follow: the energy; where layers have two <see cref="EnergyModel.Sides"/>, the free energy of the even one (of the visible layer of an RBM);
/// the mean activity of the visible units and of the hidden ones; and the visible states along one random direction, which tells modes apart that have the same energy.
/// </summary>
/// <remarks>No number sees everything: chains that have mixed by all of these may still never have found a mode. Start chains at noise, or far from each other, so that R̂ can tell.</remarks>
public static class ChainDiagnostics
{
    /// <summary>Follows chains of Gibbs sampling from where they are.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="chains">The chains, moved in place; clamped units stay.</param>
    /// <param name="sweeps">At least 4. Bring the chains from their start beforehand: what they do on the way there counts as slowness.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    public static ChainReport Follow(EnergyModel model, State chains, int sweeps, Rng rng, CancellationToken cancellation = default) =>
        new(chains.Rows, sweeps, Follow(model, chains, sweeps, rng, () => Gibbs.Sweep(model, chains, rng), cancellation), [], 0);

    /// <summary>Follows tempered chains; the numbers are those of the chains at temperature 1, swap rates and round trips of these sweeps.</summary>
    /// <param name="chains">The chains, moved.</param>
    /// <param name="sweeps">At least 4.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="cancellation">Checked before every sweep.</param>
    public static ChainReport Follow(TemperedChains chains, int sweeps, Rng rng, CancellationToken cancellation = default)
    {
        chains.ResetCounts();
        ChainStatistic[] statistics = Follow(chains.Model, chains.State, sweeps, rng, () => chains.Sweep(rng), cancellation);
        return new(chains.State.Rows, sweeps, statistics, chains.SwapRates, chains.RoundTrips);
    }

    static ChainStatistic[] Follow(EnergyModel model, State state, int sweeps, Rng rng, Action sweep, CancellationToken cancellation)
    {
        if (sweeps < 4) throw new ArgumentOutOfRangeException(nameof(sweeps), $"chains are followed for at least 4 sweeps, not {sweeps}");
        var measures = Measures(model, state, rng).ToArray();
        double[][][] series = [.. measures.Select(_ => Enumerable.Range(0, state.Rows).Select(_ => new double[sweeps]).ToArray())];
        var values = new Matrix(state.Rows, 1, model.Placement);
        var column = new double[state.Rows];
        for (int s = 0; s < sweeps; s++)
        {
            cancellation.ThrowIfCancellationRequested();
            sweep();
            for (int m = 0; m < measures.Length; m++)
            {
                values.Fill(0);
                measures[m].Add(values);
                values.ReadColumn(0, column);
                for (int c = 0; c < column.Length; c++) series[m][c][s] = column[c];
            }
        }
        return [.. measures.Select((measure, m) => Judge(measure.Name, series[m]))];
    }

    static IEnumerable<(string Name, Action<Matrix> Add)> Measures(EnergyModel model, State state, Rng rng)
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
        Matrix direction = state[0].Like(1, state[0].Columns);
        direction.SampleNormal(rng);
        yield return ("random projection", values => values.AddRowSums(state[0], direction, 1 / Math.Sqrt(direction.Columns)));
    }

    static void AddActivity(State state, IReadOnlyList<int> layers, Matrix values)
    {
        int units = layers.Sum(l => state[l].Columns);
        foreach (int l in layers) values.AddRowSums(state[l], null, 1.0 / units);
    }

    static ChainStatistic Judge(string name, double[][] chains)
    {
        double count = (double)chains.Length * chains[0].Length, mean = chains.Sum(c => c.Sum()) / count;
        double variance = chains.Sum(c => c.Sum(x => (x - mean) * (x - mean))) / (count - 1);
        AutocorrelationTime time = ChainSeries.IntegratedTime(chains);
        return new(name, mean, Math.Sqrt(variance), time, count / time.Value, ChainSeries.SplitRHat(chains));
    }
}
