namespace Boltzmann;

/// <summary>
/// A Boltzmann machine: layers of units joined by interactions,
/// E(x) = Σ_l U_l(x_l) − β·Σ_k φ_k(x) and p(x) = e^{−E(x)}/Z, φ = x_aᵀ·W·x_b between two layers and ½·xᵀ·W·x within one (Hinton and
/// Sejnowski 1983), β = 1 but for tempered copies. It answers questions about its energy; it neither trains, saves, prints nor draws
/// itself.
/// </summary>
/// <remarks>
/// One model, many readers; one trainer, one writer; do not read while it writes. A machine holds parameters and nothing else, so any
/// number of threads may ask it at once, each with a <see cref="State"/> of its own. A machine of one's own derives from this class, or
/// lists layers and interactions (examples/NewMachine.cs).
/// </remarks>
public abstract partial class EnergyModel
{
    /// <summary>Joins layers.</summary>
    /// <param name="layers">From the visible layer upward; all in one place and precision.</param>
    /// <param name="interactions">What joins them.</param>
    /// <exception cref="ArgumentException">A size or placement does not fit, or a layer is joined to itself twice or has units that cannot
    /// be.</exception>
    protected EnergyModel(IReadOnlyList<Layer> layers, IReadOnlyList<Interaction> interactions)
    {
        if (layers.Count is 0 or > LayerSet.MaximumLayers)
            throw new ArgumentException($"a model has 1 to {LayerSet.MaximumLayers} layers, not {layers.Count}");
        foreach (Layer layer in layers)
            if (layer.Placement != layers[0].Placement)
                throw new ArgumentException($"one layer is {layers[0].Placement}, another {layer.Placement}");
        if (layers.Skip(1).Any(layer => layer.DrawsByRow))
            throw new ArgumentException("only the first layer, whose rows say how many draws they have, has draws by row");
        foreach (Interaction interaction in interactions)
            if (interaction.Layers[^1] >= layers.Count) throw new ArgumentException($"{interaction.Name} joins layer "
                + $"{interaction.Layers[^1]}, but there are layers 0 to {layers.Count - 1}");
            else if (interaction.Complaint(layers) is string complaint) throw new ArgumentException(complaint);
        if (interactions.GroupBy(i => i.Name).FirstOrDefault(same => same.Count() > 1)?.Key is string twice)
            throw new ArgumentException($"two interactions are named {twice}");
        Layers = [.. layers];
        Interactions = [.. interactions];
        within = [.. layers.Select((_, l) => interactions.OfType<WithinLayer>().SingleOrDefault(w => w.Layer == l))];
        Parameters =
        [
            .. layers.SelectMany((layer, l) => layer.Parameters.Select(p => p with { Name = $"layers.{l}.{p.Name}" })),
            .. interactions.SelectMany(i => i.Parameters),
        ];
        ContextLayers = [.. Enumerable.Range(0, layers.Count).Where(l => layers[l].IsContext)];
        Sides = LayerSides.Of(layers.Count, interactions, LayerSet.Of(ContextLayers));
        Blocks = Sides is LayerSides s ? [.. s.Odd, .. s.Even] : [.. Enumerable.Range(0, layers.Count).Except(ContextLayers).Reverse()];
    }

    /// <summary>Layers, 0 being visible.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The terms of the energy that join layers.</summary>
    public IReadOnlyList<Interaction> Interactions { get; }

    /// <summary>Everything that learning moves: the layers' parameters in order, then those of the interactions.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>β, the factor on all interactions: 1 except in tempered copies.</summary>
    public double Coupling { get; private protected set; } = 1;

    /// <summary>Where the parameters live.</summary>
    public Placement Placement => Layers[0].Placement;

    /// <summary>A machine of the same parameters with memory of its own, in another place or precision if asked.</summary>
    public abstract EnergyModel Clone(Placement? placement = null);

    /// <summary>energies[B × 1] += scale·E(state).</summary>
    public void AddEnergy(State state, Matrix energies, double scale = 1)
    {
        for (int l = 0; l < Layers.Count; l++) Layers[l].AddEnergy(state[l], energies, scale, state.Workspace);
        AddCouplingEnergy(state, energies, scale);
    }

    /// <summary>energies[B × 1] += scale·(−β·Σ φ): the part of the energy that the interactions make.</summary>
    public void AddCouplingEnergy(State state, Matrix energies, double scale = 1) =>
        AddCouplingEnergy(state, energies, scale, LayerSet.All);

    /// <summary>The part of <see cref="AddCouplingEnergy(State, Matrix, double)"/> that some layers make among themselves.</summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="energies">[B × 1].</param>
    /// <param name="scale">Factor.</param>
    /// <param name="among">The layers.</param>
    public void AddCouplingEnergy(State state, Matrix energies, double scale, LayerSet among)
    {
        for (int i = 0; i < Interactions.Count; i++)
            if (among.Contains(Interactions[i].LayerSet)) Interactions[i].AddEnergy(state, energies, scale * Coupling);
    }

    /// <summary>
    /// destination = the inputs of a layer, I = β·Σ ∂φ/∂x, those from within the layer included: p(x | rest) ∝ e^{−U(x) + I·x}.
    /// </summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Whose inputs.</param>
    /// <param name="destination">[B × units of the layer].</param>
    public void SetInputs(State state, int layer, Matrix destination) =>
        SetInputs(state, layer, destination, LayerSet.All, LayerSet.None, 0);

    /// <summary>
    /// destination = keep·destination + the inputs of a layer from interactions whose other layers are all among some, but not all among
    /// others.
    /// </summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Whose inputs.</param>
    /// <param name="destination">[B × units of the layer].</param>
    /// <param name="from">The other layers; a layer that is joined to itself is one of its own others.</param>
    /// <param name="except">Interactions with these alone are left out: none where it is empty.</param>
    /// <param name="keep">0 to overwrite.</param>
    public void SetInputs(State state, int layer, Matrix destination, LayerSet from, LayerSet except, double keep)
    {
        for (int i = 0; i < Interactions.Count; i++)
        {
            if (!Reaches(Interactions[i], layer, from, except)) continue;
            Interactions[i].SetInputs(state, layer, destination, Coupling, keep);
            keep = 1;
        }
        if (keep == 0) destination.Fill(0);
    }

    /// <summary>
    /// energies[B × 1] += scale·F, the free energy of all layers but one: F = −log Σ over the states of layer <paramref name="summedOut"/>
    /// of e^{−E}, the energy of the others less the log-normaliser of the layer summed out.
    /// </summary>
    /// <param name="state">Configurations; that of the layer summed out is not read.</param>
    /// <param name="summedOut">The layer to sum (or integrate) over.</param>
    /// <param name="energies">[B × 1].</param>
    /// <param name="scale">Factor.</param>
    /// <exception cref="ArgumentException">The units of the layer are joined to each other, so that their sum has no closed
    /// form.</exception>
    public void AddFreeEnergy(State state, int summedOut, Matrix energies, double scale = 1)
    {
        if (within[summedOut] is not null) throw new ArgumentException($"the {Layers[summedOut]} units of layer {summedOut} are joined to "
            + "each other and cannot be summed out");
        AddFreeEnergy(state, [summedOut], energies, scale);
    }

    /// <summary>
    /// energies[B × 1] += scale·F of all layers but some that are independent given these; see
    /// <see cref="AddFreeEnergy(State, int, Matrix, double)"/>.
    /// </summary>
    internal void AddFreeEnergy(State state, IReadOnlyList<int> summedOut, Matrix energies, double scale = 1)
    {
        LayerSet kept = LayerSet.Of(summedOut).Others;
        for (int l = 0; l < Layers.Count; l++)
            if (kept.Contains(l)) Layers[l].AddEnergy(state[l], energies, scale, state.Workspace);
        AddCouplingEnergy(state, energies, scale, kept);
        for (int i = 0; i < summedOut.Count; i++)
        {
            Matrix inputs = state.Inputs(summedOut[i]);
            SetInputs(state, summedOut[i], inputs);
            UnitsOf(state, summedOut[i]).AddLogNormalizer(inputs, energies, -scale, state.Workspace);
        }
    }
}
