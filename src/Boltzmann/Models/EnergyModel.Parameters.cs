namespace Boltzmann;

/// <content>Parameters as a whole: beginnings, copies, what learning asks of weights.</content>
public abstract partial class EnergyModel
{
    /// <summary>Independent normal weights: N(0, standardDeviation²).</summary>
    public void SetRandomWeights(double standardDeviation, Rng rng)
    {
        foreach (Interaction interaction in Interactions) interaction.SetRandom(standardDeviation, rng);
    }

    /// <summary>
    /// Makes weights within layers symmetric with zero diagonal, W ← (W + Wᵀ)/2: after their entries were changed from outside.
    /// </summary>
    public void Symmetrize()
    {
        for (int i = 0; i < Interactions.Count; i++)
            for (int k = 0; k < Interactions[i].Parameters.Count; k++) Interactions[i].Project(k, Interactions[i].Parameters[k].Value);
    }

    /// <summary>Copies the parameters of a machine of the same layers and interactions, converting precision.</summary>
    /// <exception cref="ArgumentException">Kinds, sizes, what is joined or edges differ.</exception>
    public void CopyFrom(EnergyModel source)
    {
        if (source.Layers.Count != Layers.Count || source.Interactions.Count != Interactions.Count)
            throw new ArgumentException($"cannot copy a machine of {source.Layers.Count} layers and {source.Interactions.Count} sets of "
                + $"weights to one of {Layers.Count} and {Interactions.Count}");
        for (int i = 0; i < Interactions.Count; i++)
            if (Interactions[i].Mismatch(source.Interactions[i]) is string mismatch)
                throw new ArgumentException($"cannot copy the machine's weights: {mismatch}");
        for (int l = 0; l < Layers.Count; l++) Layers[l].CopyFrom(source.Layers[l]);
        for (int i = 0; i < Interactions.Count; i++) Interactions[i].CopyFrom(source.Interactions[i]);
    }

    /// <summary>
    /// The incoming weights of a layer's units: those that join them to layers nearer to the rows of data (<see cref="LayerDepths"/>),
    /// whichever end of an interaction the layer is. Weights within a layer or between layers equally far are nobody's.
    /// </summary>
    /// <returns>
    /// Places among <see cref="Parameters"/>, and whether the layer's units are the columns of the weights; rows otherwise.
    /// </returns>
    internal (int Parameter, bool AreColumns)[] IncomingWeights(int layer)
    {
        int[] depths = LayerDepths.Of(this);
        var incoming = new List<(int, bool)>();
        for (int i = 0; i < Interactions.Count; i++)
        {
            Interaction interaction = Interactions[i];
            if (interaction.Joins(layer) && interaction.Incoming(layer) is var (parameter, areColumns)
                && interaction.Layers.All(other => other == layer || depths[other] < depths[layer]))
                incoming.Add((FirstParameterOf(i) + parameter, areColumns));
        }
        return [.. incoming];
    }
}
