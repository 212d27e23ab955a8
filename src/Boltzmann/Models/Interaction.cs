namespace Boltzmann.Models;

/// <summary>
/// A term of a machine's energy that joins layers, −φ(x_a, x_b, …), linear in the states of each unit: what it adds to the inputs of a
/// layer, ∂φ/∂x, to the energy and to the moments ∂φ/∂θ. It knows its layers and its weights, and nothing of unit kinds, sampling or
/// training. <see cref="Dense"/>, <see cref="Within"/> and <see cref="Edges"/> are three; a convolution or a three-way term is one more
/// class.
/// </summary>
/// <remarks>It holds parameters and nothing else: memory comes from the state (<see cref="State.Workspace"/>).</remarks>
public abstract class Interaction
{
    /// <summary>A term that joins layers.</summary>
    /// <param name="layers">Their numbers in the machine, rising.</param>
    /// <exception cref="ArgumentException">There are none, or they do not rise from 0 on.</exception>
    protected Interaction(params IReadOnlyList<int> layers)
    {
        if (layers.Count == 0 || layers[0] < 0 || layers.Zip(layers.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"an interaction joins layers by rising numbers, not {string.Join(", ", layers)}", nameof(layers));
        Layers = [.. layers];
        LayerSet = LayerSet.Of(Layers);
    }

    /// <summary>The numbers of its layers, rising; one where it joins the units of a layer to each other.</summary>
    public IReadOnlyList<int> Layers { get; }

    /// <summary>The same as a set.</summary>
    public LayerSet LayerSet { get; }

    /// <summary>The name of its weights in files, unique within a machine: "weights.0-1".</summary>
    public abstract string Name { get; }

    /// <summary>What learning moves, under the names of files.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Why it cannot join these layers of a machine, in one sentence; null if it can.</summary>
    /// <param name="layers">All layers of the machine.</param>
    public abstract string? Complaint(IReadOnlyList<Layer> layers);

    /// <summary>destination = keep·destination + scale·∂φ/∂x of one of its layers: what it adds to the layer's inputs.</summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="layer">One of <see cref="Layers"/>.</param>
    /// <param name="destination">[B × units of the layer].</param>
    /// <param name="scale">Factor, β in machines at another temperature.</param>
    /// <param name="keep">0 to overwrite, 1 to add.</param>
    public abstract void SetInputs(State state, int layer, Matrix destination, double scale, double keep);

    /// <summary>
    /// The product that <see cref="SetInputs"/> forms, where it is a single one: then a backend may form it together with what the units do
    /// with it. Null where it is something else.
    /// </summary>
    /// <inheritdoc cref="SetInputs"/>
    public virtual InputProduct? ProductFor(State state, int layer, double scale, double keep) => null;

    /// <summary>energies[B × 1] −= scale·φ.</summary>
    /// <param name="state">Configurations, one per row.</param>
    /// <param name="energies">[B × 1].</param>
    /// <param name="scale">Factor.</param>
    public virtual void AddEnergy(State state, Matrix energies, double scale)
    {
        // Linear in its last layer, so that φ is that layer's states times its inputs.
        int layer = Layers[^1];
        using Workspace.Loan inputs = Workspace.Like(state.Workspace, state[layer]);
        SetInputs(state, layer, inputs, 1, 0);
        energies.AddRowSums(inputs, state[layer], -scale);
    }

    /// <summary>
    /// gradient += scale·Σ_r w_r·∂φ/∂θ over the rows of a state, for each of <see cref="Parameters"/>. The state's matrices must stay
    /// unchanged until the gradient is used.
    /// </summary>
    /// <param name="state">Samples, data, or means of layers that are independent given the others.</param>
    /// <param name="rowWeights">[B × 1], or null for ones.</param>
    /// <param name="scale">Factor.</param>
    /// <param name="gradient">Receives it.</param>
    public abstract void AddMoments(State state, Matrix? rowWeights, double scale, InteractionGradient gradient);

    /// <summary>
    /// gradient += scale·Σ_r ∂/∂θ (direction_r·∂φ/∂x): the slope of the inputs of a layer along a direction, which objectives need that
    /// follow inputs (pseudo-likelihood, back-propagation through mean fields).
    /// </summary>
    /// <param name="state">Where the inputs are taken.</param>
    /// <param name="layer">One of <see cref="Layers"/>.</param>
    /// <param name="direction">[B × units of the layer]; unchanged until the gradient is used.</param>
    /// <param name="scale">Factor.</param>
    /// <param name="gradient">Receives it.</param>
    public abstract void AddInputMoments(State state, int layer, Matrix direction, double scale, InteractionGradient gradient);

    /// <summary>
    /// Turns its gradient into that of the term in x − μ, taken back to plain parameters (<see cref="Centering"/>): moments lose what
    /// offsets and differences explain, biases what the gradient applied to the offsets gives. A term that does nothing here learns by its
    /// plain gradient beside centred ones.
    /// </summary>
    /// <param name="offsets">μ of every layer of the machine, [1 × units].</param>
    /// <param name="differences">The plain bias gradient of every layer, [1 × units].</param>
    /// <param name="gradient">Its own gradient.</param>
    /// <param name="biases">The bias gradient of every layer, changed.</param>
    /// <param name="projections">Gathers what biases lose, so that all of it is one operation.</param>
    public virtual void Center(IReadOnlyList<Matrix> offsets, IReadOnlyList<Matrix> differences, InteractionGradient gradient,
        IReadOnlyList<Matrix> biases, BiasProjections projections)
    { }

    /// <summary>
    /// Turns its gradient, a mean over all rows of a batch, into that of each weight over the rows that have the units it joins.
    /// </summary>
    /// <param name="presence">Which units the rows have.</param>
    /// <param name="gradient">Its own gradient.</param>
    /// <exception cref="NotSupportedException">Its weights do not belong to single units.</exception>
    public virtual void AverageOverPresent(RowPresence presence, InteractionGradient gradient)
    {
        if (Layers.Any(layer => presence.Of(layer) is not null))
            throw new NotSupportedException($"the gradient of {Name} cannot be averaged over the rows that have its units");
    }

    /// <summary>
    /// Puts a matrix of the shape of a parameter (its values or a gradient) where such a parameter lies: symmetric without a diagonal
    /// within a layer. Most have nothing to do.
    /// </summary>
    /// <param name="parameter">Which of <see cref="Parameters"/>.</param>
    /// <param name="value">Changed.</param>
    public virtual void Project(int parameter, Matrix value) { }

    /// <summary>Independent normal weights, N(0, standardDeviation²).</summary>
    public virtual void SetRandom(double standardDeviation, Rng rng)
    {
        foreach (Parameter p in Parameters)
        {
            if (!p.IsWeight) continue;
            p.Value.SampleNormal(rng);
            p.Value.SetSum(p.Value, standardDeviation);
        }
    }

    /// <summary>Copies the parameters of a term of the same name and shapes, converting precision.</summary>
    public void CopyFrom(Interaction source)
    {
        for (int k = 0; k < Parameters.Count; k++) Parameters[k].Value.SetCopy(source.Parameters[k].Value);
    }

    /// <summary>What keeps the parameters of another term from being copied to this one, in a few words; null if nothing does.</summary>
    public virtual string? Mismatch(Interaction source) => source.Name != Name || source.GetType() != GetType()
        || source.Parameters.Count != Parameters.Count ? $"{source} is not {this}" : null;

    /// <summary>What is wrong with its parameters as they are, in words that follow the name of a file; null if nothing is.</summary>
    public virtual string? Fault() => null;

    /// <summary>The same term over the same weights among layers of other numbers.</summary>
    /// <param name="numberOf">The new number of each of its layers.</param>
    public abstract Interaction On(Func<int, int> numberOf);

    /// <summary>The same term with weights of its own, 0, among other layers of the same numbers.</summary>
    /// <param name="layers">All layers of the machine, which say where the weights live.</param>
    public virtual Interaction CloneFor(IReadOnlyList<Layer> layers) =>
        throw new NotSupportedException($"{Name} cannot be made anew among other layers");

    /// <summary>
    /// The term among some units of its layers, its weights copies: what is left of it where the other units are 0. Null if no weight is
    /// left.
    /// </summary>
    /// <param name="columnsOf">The units of each of its layers.</param>
    /// <param name="numberOf">The new number of each of its layers.</param>
    public virtual Interaction? Part(Func<int, int[]> columnsOf, Func<int, int> numberOf) =>
        throw new NotSupportedException($"{Name} cannot be restricted to some units");

    /// <summary>Writes a matrix of the shape of a part's parameter (<see cref="Part"/>) into its places in one of the whole's.</summary>
    /// <param name="whole">Changed.</param>
    /// <param name="part">Of the only parameter of the part.</param>
    /// <param name="columnsOf">The units of each of its layers.</param>
    public virtual void SetPart(Matrix whole, Matrix part, Func<int, int[]> columnsOf) =>
        throw new NotSupportedException($"{Name} cannot be restricted to some units");

    /// <summary>
    /// The weights into the units of one of its layers from the one other, a vector for each unit, for penalties on incoming weights: their
    /// place among <see cref="Parameters"/>, and whether units are columns (rows otherwise). Null where weights do not divide so.
    /// </summary>
    /// <param name="layer">One of <see cref="Layers"/>.</param>
    public virtual (int Parameter, bool AreColumns)? Incoming(int layer) => null;

    /// <summary>Whether a layer is among its layers.</summary>
    public bool Joins(int layer) => LayerSet.Contains(layer);

    /// <summary>Its layers, "0-1"; with what distinguishes it.</summary>
    public override string ToString() => Layers.Count == 1 ? $"{Layers[0]}-{Layers[0]}" : string.Join('-', Layers);
}
