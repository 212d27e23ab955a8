namespace Boltzmann;

/// <summary>
/// A Boltzmann machine: layers of units joined by symmetric weights,
/// E(x) = Σ_l U_l(x_l) − β·Σ_(a,b) x_aᵀ·W_ab·x_b − ½β·Σ_a x_aᵀ·W_aa·x_a and p(x) = e^{−E(x)}/Z (Hinton and Sejnowski 1983), β = 1 but for tempered copies.
/// It answers questions about its energy; it neither trains, saves, prints nor draws itself.
/// </summary>
public abstract partial class EnergyModel
{
    // Sets of layers are bits of a word.
    internal const int MaximumLayers = 32;

    /// <summary>All layers, as a set of bits.</summary>
    internal const uint AllLayers = uint.MaxValue;

    LayerSides? sides;
    bool sidesAreKnown;

    /// <summary>Joins layers.</summary>
    /// <param name="layers">From the visible layer upward; all in one place and precision.</param>
    /// <param name="connections">Pairs of layers with their weights.</param>
    /// <exception cref="ArgumentException">A size or placement does not fit, or weights join units of one layer that have not two values.</exception>
    private protected EnergyModel(IReadOnlyList<Layer> layers, IReadOnlyList<Connection> connections)
    {
        foreach (Layer layer in layers)
            if (layer.Placement != layers[0].Placement)
                throw new ArgumentException($"one layer is {layers[0].Placement}, another {layer.Placement}");
        foreach (Connection c in connections)
            if (c.IsWithinLayer && layers[c.Lower] is not TwoStateLayer)
                throw new ArgumentException($"only bernoulli and spin units can be joined within their layer, not {layers[c.Lower]}");
            else if (c.Edges is not null)
            {
                if (!c.IsWithinLayer || c.Edges.Units != layers[c.Lower].Units || c.Weights.Rows != 1 || c.Weights.Columns != c.Edges.Count)
                    throw new ArgumentException($"weights {c.Weights.Shape} of {c.Edges.Count} edges among {c.Edges.Units} units cannot join {layers[c.Lower]} and {layers[c.Upper]} units");
            }
            else if (c.Weights.Rows != layers[c.Lower].Units || c.Weights.Columns != layers[c.Upper].Units)
                throw new ArgumentException($"weights are {c.Weights.Shape}, but join {layers[c.Lower]} and {layers[c.Upper]} units");
        if (layers.Count > MaximumLayers) throw new ArgumentException($"a model has at most {MaximumLayers} layers, not {layers.Count}");
        Layers = layers;
        Connections = connections;
        Parameters =
        [
            .. layers.SelectMany((layer, l) => layer.Parameters.Select(p => p with { Name = $"layers.{l}.{p.Name}" })),
            .. connections.Select(c => new Parameter(c.Name, c.Weights, IsWeight: true)),
        ];
    }

    /// <summary>Layers, 0 being visible.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>Pairs of layers that see each other.</summary>
    public IReadOnlyList<Connection> Connections { get; }

    /// <summary>Everything that learning moves: the layers' parameters in order, then the weights.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>
    /// The order in which a sweep updates layers: where no two layers of a side are joined, first the side without layer 0, then that with it, so that a sweep
    /// ends with the visible layer; otherwise from the last layer down.
    /// </summary>
    public IReadOnlyList<int> Blocks => field ??= Sides is LayerSides s ? [.. s.Odd, .. s.Even] : [.. Enumerable.Range(0, Layers.Count).Reverse()];

    /// <summary>The layers as two sides, each independent given the other: visible and hidden ones of an RBM, every second layer of a deep machine. Null if weights join a layer to itself, or three layers in a ring.</summary>
    public LayerSides? Sides
    {
        get
        {
            if (!sidesAreKnown) sides = LayerSides.Of(Layers.Count, Connections);
            sidesAreKnown = true;
            return sides;
        }
    }

    /// <summary>The layers that data clamp: layer 0, of rows, and others that a model names.</summary>
    public virtual IReadOnlyList<int> VisibleLayers { get; } = [0];

    /// <summary>The visible layers that take the columns of the data's rows, in order: all but the labels.</summary>
    public IReadOnlyList<int> RowLayers => field ??= [.. VisibleLayers.Where(l => l != LabelLayer)];

    /// <summary>The number of columns of the data's rows: the units of all <see cref="RowLayers"/>.</summary>
    public int RowColumns => field > 0 ? field : field = RowLayers.Sum(l => Layers[l].Units);

    /// <summary>The layers that no data clamp, in order.</summary>
    public IReadOnlyList<int> HiddenLayers => field ??= [.. Enumerable.Range(0, Layers.Count).Except(VisibleLayers)];

    /// <summary>The visible layer that the classes of the rows clamp, one-hot; null where a model knows no classes.</summary>
    public virtual int? LabelLayer => null;

    /// <summary>Whether no two visible layers and no two hidden ones are joined: then each side is independent given the other.</summary>
    public bool IsBipartite => Connections.All(c => VisibleLayers.Contains(c.Lower) != VisibleLayers.Contains(c.Upper));

    /// <summary>β, the factor on all weights: 1 except in tempered copies.</summary>
    public double Coupling { get; private protected set; } = 1;

    /// <summary>Where the parameters live.</summary>
    public Placement Placement => Layers[0].Placement;

    /// <summary>A machine of the same parameters with memory of its own, in another place or precision if asked.</summary>
    public abstract EnergyModel Clone(Placement? placement = null);

    /// <summary>Whether two layers, or the units of one, are joined.</summary>
    public bool AreJoined(int a, int b)
    {
        for (int i = 0; i < Connections.Count; i++)
            if ((Connections[i].Lower == a && Connections[i].Upper == b) || (Connections[i].Lower == b && Connections[i].Upper == a)) return true;
        return false;
    }

    /// <summary>Whether no weights join any of these layers with each other or with themselves: then they are independent given the rest.</summary>
    internal bool AreIndependent(IReadOnlyList<int> layers)
    {
        for (int i = 0; i < layers.Count; i++)
            for (int j = i; j < layers.Count; j++)
                if (AreJoined(layers[i], layers[j])) return false;
        return true;
    }

    /// <summary>destination = the inputs of a layer: β·Σ x_other·W over its connections, those within the layer included.</summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Whose inputs.</param>
    /// <param name="destination">[B × units of the layer].</param>
    public void SetInputs(State state, int layer, Matrix destination) => SetInputs(state, layer, destination, AllLayers, 0);

    /// <summary>destination = keep·destination + β·Σ x_other·W over the connections with some layers.</summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">Whose inputs.</param>
    /// <param name="destination">[B × units of the layer].</param>
    /// <param name="from">The other layers, as a set of bits.</param>
    /// <param name="keep">0 to overwrite.</param>
    internal void SetInputs(State state, int layer, Matrix destination, uint from, double keep)
    {
        for (int i = 0; i < Connections.Count; i++)
            if (AddInputs(Connections[i], state, layer, destination, from, keep)) keep = 1;
        if (keep == 0) destination.Fill(0);
    }

    // destination = keep·destination + what one connection gives a layer; false if that is nothing.
    bool AddInputs(Connection c, State state, int layer, Matrix destination, uint from, double keep)
    {
        if ((from >> (c.Upper == layer ? c.Lower : c.Upper) & 1) == 0) return false;
        if (c.Edges is not null && c.Upper == layer) destination.SetEdgeProduct(state[layer], c.Edges, c.Weights, Coupling, keep);
        else if (c.Upper == layer) destination.SetProduct(state[c.Lower], c.Weights, scale: Coupling, keep: keep);
        else if (c.Lower == layer) destination.SetProduct(state[c.Upper], c.Weights, transposeRight: true, scale: Coupling, keep: keep);
        else return false;
        return true;
    }

    /// <summary>Sets the inputs of a layer from the others; false if there are none that it is joined to.</summary>
    internal bool SetInputsFromOthers(State state, int layer)
    {
        bool hasOthers = false;
        for (int i = 0; i < Connections.Count; i++) hasOthers |= !Connections[i].IsWithinLayer && (Connections[i].Lower == layer || Connections[i].Upper == layer);
        if (hasOthers) SetInputs(state, layer, state.Inputs(layer), AllLayers & ~(1u << layer), 0);
        return hasOthers;
    }

    /// <summary>The weights between the units of a layer; null if they are not joined.</summary>
    internal Connection? Within(int layer)
    {
        for (int i = 0; i < Connections.Count; i++)
            if (Connections[i].Lower == layer && Connections[i].IsWithinLayer) return Connections[i];
        return null;
    }

    /// <summary>
    /// The incoming weights of a layer's units: those that join them to layers nearer to the rows of data (<see cref="LayerDepths"/>), whichever end of a connection the layer is. Weights within a
    /// layer or between layers equally far are nobody's.
    /// </summary>
    /// <returns>Numbers of connections, and whether the layer's units are the columns of the weights; rows otherwise.</returns>
    internal (int Connection, bool AreColumns)[] IncomingWeights(int layer)
    {
        int[] depths = LayerDepths.Of(this);
        return [.. Connections.Index().Where(c => (c.Item.Upper == layer && depths[c.Item.Lower] < depths[layer]) || (c.Item.Lower == layer && depths[c.Item.Upper] < depths[layer])).Select(c => (c.Index, c.Item.Upper == layer))];
    }

    /// <summary>Independent normal weights: N(0, standardDeviation²).</summary>
    public void SetRandomWeights(double standardDeviation, Rng rng)
    {
        foreach (Connection c in Connections)
        {
            c.Weights.SampleNormal(rng);
            // The mean of two independent numbers has half their variance.
            c.Weights.SetSum(c.Weights, c.IsWithinLayer && c.Edges is null ? Math.Sqrt(2) * standardDeviation : standardDeviation);
        }
        Symmetrize();
    }

    /// <summary>Makes weights within layers symmetric with zero diagonal, W ← (W + Wᵀ)/2: after their entries were changed from outside.</summary>
    public void Symmetrize()
    {
        for (int i = 0; i < Connections.Count; i++)
            if (Connections[i].IsWithinLayer && Connections[i].Edges is null) Connections[i].Weights.Symmetrize();
    }

    /// <summary>Copies the parameters of a machine of the same layers and connections, converting precision.</summary>
    /// <exception cref="ArgumentException">Kinds, sizes or connections differ.</exception>
    public void CopyFrom(EnergyModel source)
    {
        if (source.Layers.Count != Layers.Count || !source.Connections.Select(c => c.Name).SequenceEqual(Connections.Select(c => c.Name)))
            throw new ArgumentException($"cannot copy a machine of {source.Layers.Count} layers and {source.Connections.Count} sets of weights to one of {Layers.Count} and {Connections.Count}");
        for (int l = 0; l < Layers.Count; l++) Layers[l].CopyFrom(source.Layers[l]);
        for (int c = 0; c < Connections.Count; c++) Connections[c].Weights.SetCopy(source.Connections[c].Weights);
    }

    /// <summary>energies[B × 1] += scale·E(state).</summary>
    public void AddEnergy(State state, Matrix energies, double scale = 1)
    {
        for (int l = 0; l < Layers.Count; l++) Layers[l].AddEnergy(state[l], energies, scale);
        AddCouplingEnergy(state, energies, scale);
    }

    /// <summary>energies[B × 1] += scale·(−β·Σ x_aᵀ·W_ab·x_b − ½β·Σ x_aᵀ·W_aa·x_a): the part of the energy that the weights make.</summary>
    public void AddCouplingEnergy(State state, Matrix energies, double scale = 1) => AddCouplingEnergy(state, energies, scale, AllLayers);

    /// <summary>The part of <see cref="AddCouplingEnergy(State, Matrix, double)"/> that some layers make among themselves.</summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="energies">[B × 1].</param>
    /// <param name="scale">Factor.</param>
    /// <param name="among">The layers, as a set of bits.</param>
    internal void AddCouplingEnergy(State state, Matrix energies, double scale, uint among)
    {
        for (int i = 0; i < Connections.Count; i++)
            if ((among >> Connections[i].Lower & among >> Connections[i].Upper & 1) != 0) AddCoupling(state, Connections[i], energies, scale);
    }

    /// <summary>
    /// energies[B × 1] += scale·F, the free energy of all layers but one: F = −log Σ over the states of layer <paramref name="summedOut"/> of e^{−E},
    /// the energy of the others less the log-normaliser of the layer summed out.
    /// </summary>
    /// <param name="state">Configurations; that of the layer summed out is not read.</param>
    /// <param name="summedOut">The layer to sum (or integrate) over.</param>
    /// <param name="energies">[B × 1].</param>
    /// <param name="scale">Factor.</param>
    /// <exception cref="ArgumentException">The units of the layer are joined to each other, so that their sum has no closed form.</exception>
    public void AddFreeEnergy(State state, int summedOut, Matrix energies, double scale = 1)
    {
        if (Within(summedOut) is not null) throw new ArgumentException($"the {Layers[summedOut]} units of layer {summedOut} are joined to each other and cannot be summed out");
        AddFreeEnergy(state, [summedOut], energies, scale);
    }

    /// <summary>energies[B × 1] += scale·F of all layers but some that are independent given these; see <see cref="AddFreeEnergy(State, int, Matrix, double)"/>.</summary>
    internal void AddFreeEnergy(State state, IReadOnlyList<int> summedOut, Matrix energies, double scale = 1)
    {
        uint kept = AllLayers;
        for (int i = 0; i < summedOut.Count; i++) kept &= ~(1u << summedOut[i]);
        for (int l = 0; l < Layers.Count; l++)
            if ((kept >> l & 1) != 0) Layers[l].AddEnergy(state[l], energies, scale);
        AddCouplingEnergy(state, energies, scale, kept);
        for (int i = 0; i < summedOut.Count; i++)
        {
            Matrix inputs = state.Inputs(summedOut[i]);
            SetInputs(state, summedOut[i], inputs);
            Layers[summedOut[i]].AddLogNormalizer(inputs, energies, -scale);
        }
    }

    void AddCoupling(State state, Connection c, Matrix energies, double scale)
    {
        Matrix inputs = state.Inputs(c.Upper);
        if (c.Edges is null) inputs.SetProduct(state[c.Lower], c.Weights, scale: Coupling);
        else inputs.SetEdgeProduct(state[c.Lower], c.Edges, c.Weights, Coupling);
        energies.AddRowSums(inputs, state[c.Upper], c.IsWithinLayer ? -0.5 * scale : -scale);
    }
}
