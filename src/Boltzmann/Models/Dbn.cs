namespace Boltzmann;

/// <summary>
/// Deep belief network: a stack of restricted Boltzmann machines, each taught on what the one below makes of the data (Hinton, Osindero and
/// Teh 2006). As a generative model the top pair of layers is a Boltzmann machine and all below it is directed downwards:
/// p(x₀, …, x_L) = p_top(x_{L−1}, x_L)·∏_{l&lt;L−1} p_l(x_l | x_{l+1}), the conditionals being those of machine l. The way up is an
/// approximation, q(x_{l+1} | x_l), with the hidden units of machine l.
/// </summary>
/// <remarks>
/// A layer in the middle is hidden in one machine and visible in the next, with a bias for either way: the visible one generates, the
/// hidden one recognises. The weights of the two ways are the same until <see cref="Untie"/>.
/// </remarks>
public sealed partial class Dbn : IModel
{
    readonly Matrix[] recognition;

    /// <summary>Stacks machines; they are shared, not copied.</summary>
    /// <param name="machines">From the visible one upward, at least one.</param>
    /// <exception cref="ArgumentException">There is none, or neighbours do not fit: the hidden layer of one is the visible layer of the
    /// next, in kind and size.</exception>
    public Dbn(IReadOnlyList<Rbm> machines) : this(null, machines) { }

    /// <summary>
    /// Stacks machines under one that has the labels beside its visible units, the penultimate layer (Hinton, Osindero and Teh 2006); they
    /// are shared, not copied.
    /// </summary>
    /// <param name="below">From the visible one upward; none makes the top machine a network by itself.</param>
    /// <param name="top">The machine of the upper two layers and the labels.</param>
    /// <exception cref="ArgumentException">Neighbours do not fit: the hidden layer of one is the visible layer of the next, in kind and
    /// size.</exception>
    public Dbn(IReadOnlyList<Rbm> below, ClassificationRbm top) : this(top, [.. below, top.WithoutLabels()]) { }

    Dbn(ClassificationRbm? labelledTop, IReadOnlyList<Rbm> machines)
    {
        if (machines.Count == 0) throw new ArgumentException("a deep belief network needs at least one machine", nameof(machines));
        for (int m = 1; m < machines.Count; m++)
        {
            LayerDescription below = LayerDescription.Of(machines[m - 1].Hidden), above = LayerDescription.Of(machines[m].Visible);
            if (!below.IsLike(above))
                throw new ArgumentException($"machine {m - 1} ends in {below.ToWords()}, but machine {m} begins with {above.ToWords()}",
                nameof(machines));
            if (machines[m].Placement != machines[0].Placement) throw new ArgumentException($"machine 0 is {machines[0].Placement}, but "
                + $"machine {m} {machines[m].Placement}", nameof(machines));
        }
        Machines = [.. machines];
        LabelledTop = labelledTop;
        Layers = [.. Machines.Select(machine => machine.Visible), Top.Hidden];
        recognition = [.. Machines.Select(machine => machine.Weights)];
        Parameters = ListParameters();
    }

    /// <summary>A stack over layers, its weights 0; see <see cref="SetRandomWeights"/>.</summary>
    /// <param name="layers">From the visible one upward, at least two. Those in the middle are copied for the way up.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers, or they live in different places.</exception>
    public static Dbn Of(params IReadOnlyList<Layer> layers) =>
        layers.Count < 2 ? throw new ArgumentException($"a deep belief network needs at least 2 layers, not {layers.Count}", nameof(layers))
        : new([.. layers.Zip(layers.Skip(1),
            (below, above) => new Rbm(below, ReferenceEquals(above, layers[^1]) ? above : above.Clone()))]);

    /// <summary>A stack over layers with labels beside the penultimate one, its weights 0; see <see cref="SetRandomWeights"/>.</summary>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="layers">From the visible one upward, at least two. Those in the middle are copied for the way up.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers or classes, or layers live in different places.</exception>
    public static Dbn OfLabelled(int classes, params IReadOnlyList<Layer> layers)
    {
        Dbn plain = Of(layers);
        return new([.. plain.Machines.SkipLast(1)], new ClassificationRbm(plain.Top.Visible, plain.Top.Hidden, classes));
    }

    /// <summary>The stack, from the visible machine upward; of a top with labels, what it is without them.</summary>
    public IReadOnlyList<Rbm> Machines { get; }

    /// <summary>Layers as they generate: the visible layers of all machines, and the hidden one of the top.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Layers[0];

    /// <summary>The machine of the upper two layers, without labels.</summary>
    public Rbm Top => Machines[^1];

    /// <summary>The machine of the upper two layers and the labels beside the lower one; null without labels.</summary>
    public ClassificationRbm? LabelledTop { get; }

    /// <summary>The undirected part of the model: the machine of the upper two layers, with labels if there are any.</summary>
    public EnergyModel TopModel => LabelledTop is null ? Top : LabelledTop;

    /// <summary>
    /// layers.I and weights.I-J of the way down; recognition.J.bias (and precision) of inner layers on the way up, and once untied its
    /// weights, recognition.I-J.
    /// </summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; }

    /// <inheritdoc/>
    public Placement Placement => Visible.Placement;

    /// <inheritdoc/>
    public ModelDescription Description => LabelledTop is null ? ModelDescription.Of(ModelKind.Dbn, Layers)
        : ModelDescription.Of(ModelKind.ClassificationDbn, [.. Layers, LabelledTop.Labels]);

    /// <summary>Whether weights of all layers are the same up and down.</summary>
    public bool IsTied { get; private set; } = true;

    /// <summary>
    /// The weights of the way up into a layer, [units of the layer below × its units]; <see cref="Rbm.Weights"/> of machine layer − 1 while
    /// tied.
    /// </summary>
    /// <param name="layer">From 1.</param>
    public Matrix RecognitionWeights(int layer) => recognition[Require(layer, least: 1) - 1];

    /// <summary>
    /// Gives every layer below the top pair weights of its own for the way up, at first the same: for learning that moves the two ways
    /// apart (wake-sleep; Hinton, Osindero and Teh 2006, appendix B). The top machine stays undirected. Nothing happens a second time.
    /// </summary>
    public void Untie()
    {
        if (!IsTied) return;
        for (int m = 0; m < Machines.Count - 1; m++) recognition[m] = Machines[m].Weights.Clone();
        IsTied = false;
        Parameters = ListParameters();
    }

    /// <summary>Independent normal weights, N(0, standardDeviation²), in every machine.</summary>
    public void SetRandomWeights(double standardDeviation, Rng rng)
    {
        for (int m = 0; m < Machines.Count - 1; m++) Machines[m].SetRandomWeights(standardDeviation, rng);
        if (LabelledTop is null) Top.SetRandomWeights(standardDeviation, rng);
        else LabelledTop.SetRandomWeights(standardDeviation, rng);
        for (int m = 0; m < Machines.Count - 1; m++)
            if (!IsTied) recognition[m].SetCopy(Machines[m].Weights);
    }

    /// <summary>A network of the same parameters with memory of its own, in another place or precision if asked.</summary>
    public Dbn Clone(Placement? placement = null)
    {
        Dbn copy = LabelledTop is null ? new([.. Machines.Select(machine => machine.Clone(placement))])
            : new([.. Machines.SkipLast(1).Select(machine => machine.Clone(placement))], LabelledTop.Clone(placement));
        if (IsTied) return copy;
        copy.Untie();
        for (int m = 0; m < Machines.Count - 1; m++) copy.recognition[m].SetCopy(recognition[m]);
        return copy;
    }

    /// <summary>"784 bernoulli × 500 bernoulli × 250 bernoulli"; with labels " + 10 classes".</summary>
    public override string ToString() => string.Join(" × ", Layers) + (LabelledTop is null ? "" : $" + {LabelledTop.Classes} classes");

    Parameter[] ListParameters()
    {
        var list = new List<Parameter>();
        for (int l = 0; l < Layers.Count; l++)
            list.AddRange(Layers[l].Parameters.Select(p => p with { Name = $"{ModelKind.LayerPrefix}{l}.{p.Name}" }));
        if (LabelledTop is not null) list.Add(new($"{ModelKind.LayerPrefix}{Layers.Count}.bias", LabelledTop.Labels.Bias));
        for (int l = 1; l < Layers.Count - 1; l++)
            list.AddRange(Machines[l - 1].Hidden.Parameters.Select(p => p with { Name = $"{ModelKind.RecognitionPrefix}{l}.{p.Name}" }));
        for (int m = 0; m < Machines.Count; m++) list.Add(new($"weights.{m}-{m + 1}", Machines[m].Weights, IsWeight: true));
        if (LabelledTop is not null) list.Add(new($"weights.{Machines.Count}-{Layers.Count}", LabelledTop.LabelWeights, IsWeight: true));
        for (int m = 0; m < Machines.Count - 1; m++)
            if (!IsTied) list.Add(new($"{ModelKind.RecognitionPrefix}{m}-{m + 1}", recognition[m], IsWeight: true));
        return [.. list];
    }

    /// <exception cref="ArgumentOutOfRangeException">The network has no such layer.</exception>
    internal int Require(int layer, int least = 0) => layer >= least && layer < Layers.Count ? layer
        : throw new ArgumentOutOfRangeException(nameof(layer), $"layer {layer} is not one of {least} to {Layers.Count - 1}");
}
