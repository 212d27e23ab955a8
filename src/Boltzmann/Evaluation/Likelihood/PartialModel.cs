namespace Boltzmann.Evaluation;

/// <summary>
/// The machine of some of a machine's units: the others are given, and move the biases, or absent, and do nothing. What is known of log Z
/// holds for it, so it serves rows of which a part is observed: log Σ over the free units of e^{−E} is log Z of this machine less the
/// energy of the given units by themselves. Parameters are copies.
/// </summary>
sealed class PartialModel : EnergyModel
{
    readonly Interaction[] interactions;

    PartialModel(IReadOnlyList<Layer> layers, Interaction[] interactions, IReadOnlyList<int> visible, int? labels, double coupling,
        double ownEnergy) : base(layers, interactions)
    {
        this.interactions = interactions;
        (VisibleLayers, LabelLayer, Coupling, OwnEnergy) = (visible, labels, coupling, ownEnergy);
    }

    /// <summary>E of the given units by themselves, in nats.</summary>
    public double OwnEnergy { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> VisibleLayers { get; }

    /// <inheritdoc/>
    public override int? LabelLayer { get; }

    /// <summary>The machine of the free units of a row; null if none is free.</summary>
    /// <param name="target">The whole machine, in double precision.</param>
    /// <param name="free">Of each layer, the columns that are free.</param>
    /// <param name="given">Values of the given units, 0 for free and absent ones, one row; null where none is given.</param>
    /// <param name="ownEnergy">E of the given units by themselves.</param>
    public static PartialModel? Of(EnergyModel target, int[][] free, State? given, out double ownEnergy)
    {
        ownEnergy = 0;
        if (given is not null)
        {
            var energy = new Matrix(1, 1, target.Placement);
            target.AddEnergy(given, energy);
            ownEnergy = energy[0, 0];
        }
        int[] kept = [.. Enumerable.Range(0, free.Length).Where(l => free[l].Length > 0)];
        if (kept.Length == 0) return null;
        var layers = new Layer[kept.Length];
        for (int k = 0; k < kept.Length; k++)
        {
            int l = kept[k];
            layers[k] = target.Layers[l].Part(free[l]);
            if (given is null) continue;
            Matrix inputs = given.Inputs(l);
            target.SetInputs(given, l, inputs);
            double[] all = inputs.ReadRow(0), bias = layers[k].Bias.ReadRow(0);
            for (int i = 0; i < bias.Length; i++) bias[i] += all[free[l][i]];
            layers[k].Bias.WriteRow(0, bias);
        }
        LayerSet stays = LayerSet.Of(kept);
        Interaction[] interactions = [.. target.Interactions.Where(i => stays.Contains(i.LayerSet)).Select(i => i.Part(l => free[l],
            l => Array.IndexOf(kept, l))).OfType<Interaction>()];
        int[] visible = [.. Enumerable.Range(0, kept.Length).Where(k => target.VisibleLayers.Contains(kept[k]))];
        return new(layers, interactions, visible, target.LabelLayer is int labels
            && Array.IndexOf(kept, labels) is >= 0 and int place ? place : null, target.Coupling, ownEnergy);
    }

    /// <inheritdoc/>
    public override EnergyModel Clone(Placement? placement = null)
    {
        Layer[] layers = [.. Layers.Select(l => l.Clone(placement))];
        var copy = new PartialModel(layers, [.. interactions.Select(i => i.CloneFor(layers))], VisibleLayers, LabelLayer, Coupling,
            OwnEnergy);
        copy.CopyFrom(this);
        return copy;
    }
}
