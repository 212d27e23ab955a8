namespace Boltzmann.Evaluation;

/// <summary>
/// E[t(x)] of a row of which some units are given or absent, for every parameter of the whole machine: sums over the free units' states
/// (<see cref="PartialModel"/>).
/// </summary>
static class PartialMoments
{
    /// <summary>Matrices in the order and of the shapes of the machine's parameters.</summary>
    /// <param name="target">The whole machine, in double precision.</param>
    /// <param name="free">Of each layer, the columns that are free.</param>
    /// <param name="row">One row: values of given units, 0 for free and absent ones; free ones receive their means.</param>
    public static Matrix[] Of(EnergyModel target, int[][] free, State row)
    {
        PartialModel? open = PartialModel.Of(target, free, row, out _);
        IReadOnlyList<Matrix> moments = open is null ? [] : ExactMethod.For(open, Exact.MaximumStates).Moments();
        int next = 0;
        for (int l = 0; l < free.Length; l++)
        {
            if (free[l].Length == 0) continue;
            SetColumns(row[l], moments[next], free[l]);
            next += target.Layers[l].Parameters.Count;
        }
        // Pairs of which one is given have the product of their means; those of two free units do not.
        var products = new Gradient(target);
        products.AddPhase(row, LayerSet.None, null, 1);
        Matrix[] all = [.. Enumerable.Range(0, target.Parameters.Count).Select(products.ToDense)];
        int parameter = 0, part = 0;
        for (int l = 0; l < free.Length; parameter += target.Layers[l++].Parameters.Count)
            for (int k = 0; free[l].Length > 0 && k < target.Layers[l].Parameters.Count; k++)
                SetColumns(all[parameter + k], moments[part++], free[l]);
        foreach (Interaction interaction in target.Interactions)
        {
            if (interaction.Layers.All(l => free[l].Length > 0) && interaction.Part(l => free[l], l => l) is not null)
                for (int k = 0; k < interaction.Parameters.Count; k++)
                    interaction.SetPart(all[parameter + k], moments[part++], l => free[l]);
            parameter += interaction.Parameters.Count;
        }
        return all;
    }

    static void SetColumns(Matrix whole, Matrix part, int[] columns)
    {
        double[] row = whole.ReadRow(0), values = part.ReadRow(0);
        for (int i = 0; i < columns.Length; i++) row[columns[i]] = values[i];
        whole.WriteRow(0, row);
    }
}
