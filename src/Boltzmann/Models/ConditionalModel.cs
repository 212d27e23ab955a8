namespace Boltzmann;

/// <summary>
/// What the free layers of a machine are, given a configuration of the others: p(free | given). What the given layers say to a free one is
/// added to its bias, so the posterior of a Boltzmann machine is a Boltzmann machine of the free layers, and whatever is known of log Z
/// holds for it: log Z of this machine is −F(given) less the given layers' own part. Weights are shared with the machine.
/// </summary>
sealed class ConditionalModel : EnergyModel
{
    readonly EnergyModel target;
    readonly int[] free;
    readonly State one;
    readonly Matrix ownEnergy;
    readonly LayerSet given;

    /// <summary>Given zeros at first; see <see cref="Set"/>.</summary>
    /// <param name="target">The machine.</param>
    /// <param name="free">At least one of its layers, in order.</param>
    public ConditionalModel(EnergyModel target, IReadOnlyList<int> free) : base([.. free.Select(l => target.Layers[l].Clone())],
        Among(target, [.. free]))
    {
        this.target = target;
        this.free = [.. free];
        VisibleLayers = [.. Enumerable.Range(0, this.free.Length).Where(k => target.VisibleLayers.Contains(this.free[k]))];
        LabelLayer = target.LabelLayer is int labels && Array.IndexOf(this.free, labels) is >= 0 and int k ? k : null;
        Coupling = target.Coupling;
        one = new State(target, 1);
        ownEnergy = new Matrix(1, 1, target.Placement);
        given = LayerSet.Of(this.free).Others;
    }

    /// <summary>E of the given layers by themselves, in nats: log Σ_free e^{−E} = log Z of this machine − this.</summary>
    public double OwnEnergy { get; private set; }

    /// <summary>The free ones among those that data clamp in the machine: often none.</summary>
    public override IReadOnlyList<int> VisibleLayers { get; }

    /// <inheritdoc/>
    public override int? LabelLayer { get; }

    /// <summary>Takes the given layers from a row of a state of the machine.</summary>
    public void Set(State state, int row)
    {
        ownEnergy.Fill(0);
        for (int l = 0; l < target.Layers.Count; l++)
        {
            if (!given.Contains(l)) continue;
            one[l].SetCopy(state[l].RowRange(row, 1));
            target.Layers[l].AddEnergy(one[l], ownEnergy, 1, one.Workspace);
        }
        target.AddCouplingEnergy(one, ownEnergy, 1, given);
        OwnEnergy = ownEnergy[0, 0];
        for (int k = 0; k < free.Length; k++)
        {
            Matrix inputs = one.Inputs(free[k]);
            target.SetInputs(one, free[k], inputs, given, LayerSet.None, 0);
            Layers[k].Bias.SetSum(target.Layers[free[k]].Bias, 1, inputs);
        }
    }

    /// <inheritdoc/>
    public override ConditionalModel Clone(Placement? placement = null)
    {
        var copy = new ConditionalModel(target.Clone(placement), free) { OwnEnergy = OwnEnergy };
        for (int k = 0; k < free.Length; k++) copy.Layers[k].CopyFrom(Layers[k]);
        return copy;
    }

    static Interaction[] Among(EnergyModel target, int[] free)
    {
        LayerSet set = LayerSet.Of(free);
        foreach (Interaction i in target.Interactions)
            if (!set.Contains(i.LayerSet) && i.Layers.Count(set.Contains) > 1)
                throw new ArgumentException($"{i.Name} joins given layers to several that are free, so the free ones alone are not a "
                    + "machine");
        return [.. target.Interactions.Where(i => set.Contains(i.LayerSet)).Select(i => i.On(l => Array.IndexOf(free, l)))];
    }
}
