namespace Boltzmann;

/// <content>Which layers there are and how they are joined: what follows from it for sweeps.</content>
public abstract partial class EnergyModel
{
    readonly WithinLayer?[] within;

    /// <summary>
    /// The order in which a sweep updates layers: where no two layers of a side are joined, first the side without layer 0, then that with
    /// it, so that a sweep ends with the visible layer; otherwise from the last layer down. Context is never drawn.
    /// </summary>
    public IReadOnlyList<int> Blocks { get; }

    /// <summary>
    /// The layers, but for context, as two sides, each independent given the other: visible and hidden ones of an RBM, every second layer
    /// of a deep machine. Null if a layer is joined to itself, or three in a ring.
    /// </summary>
    public LayerSides? Sides { get; }

    /// <summary>The layers that data clamp: layer 0, of rows, and others that a model names.</summary>
    public virtual IReadOnlyList<int> VisibleLayers { get; } = [0];

    /// <summary>
    /// Layers that are given in both phases and never drawn (<see cref="ContextLayer"/>): the machine is p(others | context), with one Z
    /// for each context.
    /// </summary>
    public IReadOnlyList<int> ContextLayers { get; }

    /// <summary>The layers that take the columns of the data's rows, in order: the visible ones but the labels, then context.</summary>
    public IReadOnlyList<int> RowLayers => field ??= [.. ModelledRowLayers, .. ContextLayers];

    /// <summary>Those of <see cref="RowLayers"/> that the machine has a distribution of: all but context.</summary>
    public IReadOnlyList<int> ModelledRowLayers => field ??= [.. VisibleLayers.Where(l => l != LabelLayer && !Layers[l].IsContext)];

    /// <summary>The number of columns of the data's rows: the units of all <see cref="RowLayers"/>.</summary>
    public int RowColumns => field > 0 ? field : field = RowLayers.Sum(l => Layers[l].Units);

    /// <summary>The layers that no data clamp, in order.</summary>
    public IReadOnlyList<int> HiddenLayers => field ??= [.. Enumerable.Range(0, Layers.Count).Except(VisibleLayers).Except(ContextLayers)];

    /// <summary>All layers but context.</summary>
    internal IReadOnlyList<int> Modelled => field ??= [.. Enumerable.Range(0, Layers.Count).Except(ContextLayers)];

    /// <summary>The visible layer that the classes of the rows clamp, one-hot; null where a model knows no classes.</summary>
    public virtual int? LabelLayer => null;

    /// <summary>
    /// Whether every interaction joins one visible layer with one hidden one, or reaches one of them from context: then each side is
    /// independent given the other.
    /// </summary>
    public bool IsBipartite => AreIndependent([.. VisibleLayers]) && AreIndependent(HiddenLayers);

    /// <summary>Whether two layers, or the units of one, are joined.</summary>
    public bool AreJoined(int a, int b)
    {
        if (a == b) return within[a] is not null;
        for (int i = 0; i < Interactions.Count; i++)
            if (Interactions[i].Joins(a) && Interactions[i].Joins(b)) return true;
        return false;
    }

    /// <summary>
    /// Whether nothing joins any of these layers with each other or with themselves: then they are independent given the rest.
    /// </summary>
    public bool AreIndependent(IReadOnlyList<int> layers)
    {
        for (int i = 0; i < layers.Count; i++)
            for (int j = i; j < layers.Count; j++)
                if (AreJoined(layers[i], layers[j])) return false;
        return true;
    }

    /// <summary>What joins the units of a layer to each other; null if nothing does.</summary>
    public WithinLayer? WithinOf(int layer) => within[layer];

    /// <summary>The place of an interaction's first parameter among <see cref="Parameters"/>.</summary>
    internal int FirstParameterOf(int interaction)
    {
        int first = Parameters.Count;
        for (int i = Interactions.Count - 1; i >= interaction; i--) first -= Interactions[i].Parameters.Count;
        return first;
    }

    /// <summary>Sets the inputs of a layer from the others; false if there are none that it is joined to.</summary>
    internal bool SetInputsFromOthers(State state, int layer)
    {
        bool hasOthers = false;
        for (int i = 0; i < Interactions.Count; i++) hasOthers |= Interactions[i].Layers.Count > 1 && Interactions[i].Joins(layer);
        if (hasOthers) SetInputs(state, layer, state.Inputs(layer), LayerSet.All.Without(layer), LayerSet.None, 0);
        return hasOthers;
    }

    // Whether an interaction joins a layer with some others, but not with these alone. A layer joined to itself is its own other.
    static bool Reaches(Interaction interaction, int layer, LayerSet from, LayerSet except)
    {
        if (!interaction.Joins(layer)) return false;
        LayerSet others = interaction.Layers.Count == 1 ? interaction.LayerSet : interaction.LayerSet.Without(layer);
        return from.Contains(others) && !except.Contains(others);
    }
}
