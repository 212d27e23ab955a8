namespace Boltzmann;

/// <summary>
/// A Boltzmann machine with memory: p(x_1, …, x_T) = Π_t p(x_t | z_t), one machine for a step whose context z_t a <see cref="Memory"/>
/// makes
/// of x_1 … x_{t−1}. Given z_t everything holds that holds of the machine with biases b + A·z_t and c + B·z_t; the log-likelihood of a
/// sequence is a sum over its steps, each with a partition function of its own. It answers; it does not train.
/// </summary>
/// <remarks>One model, many readers: states of memory belong to whoever asks.</remarks>
public sealed class SequenceModel : IModel
{
    readonly SequenceMachine machine;
    readonly ModelKind kind;

    SequenceModel(ModelKind kind, SequenceMachine machine, Memory memory)
    {
        if (machine.Visible.Units != memory.Visible)
            throw new ArgumentException($"a memory of {memory.Visible} columns is none of {machine.Visible.Units} visible units");
        if (machine.Placement != memory.Placement)
            throw new ArgumentException($"the machine is {machine.Placement}, its memory {memory.Placement}");
        (this.kind, this.machine, Memory) = (kind, machine, memory);
        Parameters = [.. machine.Parameters, .. memory.Parameters];
    }

    /// <summary>
    /// Dynamic Boltzmann machine (Osogami and Otsuka 2015; Gaussian units: Dasgupta and Osogami 2017): no hidden units, a queue and traces.
    /// Weights 0.
    /// </summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="memory">Of as many columns.</param>
    public static SequenceModel Dybm(Layer visible, TraceMemory memory) =>
        new(ModelKind.Dybm, new SequenceMachine(visible, null, memory.Width, toVisible: true, toHidden: false), memory);

    /// <summary>The same with echoes in a random network (Dasgupta and Osogami 2017). Weights 0.</summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="memory">Of as many columns.</param>
    public static SequenceModel Dybm(Layer visible, EchoMemory memory) =>
        new(ModelKind.Dybm, new SequenceMachine(visible, null, memory.Width, toVisible: true, toHidden: false), memory);

    /// <summary>Dynamic Boltzmann machine with a delay for each connection, the original (Osogami and Otsuka 2015). Weights 0.</summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="memory">Of as many columns.</param>
    public static SequenceModel Dybm(Layer visible, DelayMemory memory) =>
        new(ModelKind.Dybm, new SequenceMachine(visible, null, memory.Width, toVisible: false, toHidden: false, isDirect: true), memory);

    /// <summary>Conditional RBM (Taylor, Hinton and Roweis 2007): hidden units, a queue, and traces if wanted. Weights 0.</summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="hidden">The features of a step.</param>
    /// <param name="memory">Of as many columns as there are visible units.</param>
    public static SequenceModel Crbm(Layer visible, Layer hidden, TraceMemory memory) =>
        new(ModelKind.Crbm, new SequenceMachine(visible, hidden, memory.Width, toVisible: true, toHidden: true), memory);

    /// <summary>The same with echoes in a random network. Weights 0.</summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="hidden">The features of a step.</param>
    /// <param name="memory">Of as many columns as there are visible units.</param>
    public static SequenceModel Crbm(Layer visible, Layer hidden, EchoMemory memory) =>
        new(ModelKind.Crbm, new SequenceMachine(visible, hidden, memory.Width, toVisible: true, toHidden: true), memory);

    /// <summary>Recurrent temporal RBM (Sutskever, Hinton and Taylor 2009). Weights 0.</summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="hidden">The features of a step, whose means are the memory of the next.</param>
    public static SequenceModel Rtrbm(Layer visible, Layer hidden) =>
        new(ModelKind.Rtrbm, new SequenceMachine(visible, hidden, hidden.Units, toVisible: false, toHidden: true),
            new HiddenMemory(visible.Units, hidden.Units, visible.Placement));

    /// <summary>RBM beside a recurrent network that makes its biases (Boulanger-Lewandowski, Bengio and Vincent 2012). Weights 0.</summary>
    /// <param name="visible">The units of a step.</param>
    /// <param name="hidden">The features of a step.</param>
    /// <param name="memory">The network.</param>
    public static SequenceModel RnnRbm(Layer visible, Layer hidden, RecurrentMemory memory) =>
        new(ModelKind.RnnRbm, new SequenceMachine(visible, hidden, memory.Width, toVisible: true, toHidden: true), memory);

    /// <summary>The machine of a step, its last layer the context.</summary>
    public EnergyModel Machine => machine;

    /// <summary>What makes the context.</summary>
    public Memory Memory { get; }

    /// <summary>The units of a step.</summary>
    public Layer Visible => machine.Visible;

    /// <summary>The features of a step; null where there are none.</summary>
    public Layer? Hidden => machine.Hidden;

    /// <summary>W, [V × H]; null without hidden units.</summary>
    public Matrix? Weights => machine.Weights;

    /// <summary>A, [V × Z], from the context to visible units; null where there is none.</summary>
    public Matrix? ToVisible => machine.ToVisible;

    /// <summary>B, [H × Z], from the context to hidden units; null where there is none.</summary>
    public Matrix? ToHidden => machine.ToHidden;

    /// <summary>The symbols that the visible units stand for, where they learned text; null otherwise.</summary>
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary>The pitch of the first column, where they learned piano rolls; null otherwise.</summary>
    public int? LowestPitch { get; init; }

    /// <inheritdoc/>
    public Placement Placement => machine.Placement;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public ModelDescription Description => ModelDescription.Of(kind, machine.Layers) with
    {
        Memory = new(Memory.Fields, Symbols, LowestPitch),
    };

    /// <summary>Independent normal weights everywhere; biases stay.</summary>
    public void SetRandomWeights(double standardDeviation, Rng rng)
    {
        machine.SetRandomWeights(standardDeviation, rng);
        foreach (Parameter p in Memory.Parameters.Where(p => p.IsWeight && !p.IsFixed))
        {
            p.Value.SampleNormal(rng);
            p.Value.SetSum(p.Value, standardDeviation);
        }
    }

    /// <summary>A model of the same parameters with memory of its own, in another place or precision if asked.</summary>
    public SequenceModel Clone(Placement? placement = null) =>
        new(kind, machine.Clone(placement ?? Placement), Memory.Clone(placement ?? Placement))
        {
            Symbols = Symbols,
            LowestPitch = LowestPitch,
        };

    /// <summary>Empty memory for so many sequences side by side.</summary>
    public MemoryState NewMemory(int rows = 1) => Memory.NewState(rows);

    /// <summary>Takes step t in.</summary>
    /// <param name="memory">What is held of the steps before; changed.</param>
    /// <param name="rows">x_t, [B × V].</param>
    public void Remember(MemoryState memory, Matrix rows) => Memory.Remember(machine, memory, rows);

    /// <summary>What the past says to the units of the next step: a_t and g_t, to be added to their own biases.</summary>
    /// <param name="memory">What is held of the past.</param>
    /// <param name="visible">Set to a_t, [B × V].</param>
    /// <param name="hidden">Set to g_t, [B × H]; null without hidden units.</param>
    public void SetInputs(MemoryState memory, Matrix visible, Matrix? hidden)
    {
        using Workspace.Loan lent = memory.Workspace.Lend(memory.Rows, Memory.Width, Placement);
        Matrix context = lent;
        Memory.SetContext(memory, context);
        SetInputs(context, visible, hidden);
        if (memory.Steps == 0 && hidden is not null) Memory.AddFirst(machine, hidden);
    }

    /// <summary>The same from contexts that are known.</summary>
    internal void SetInputs(Matrix context, Matrix visible, Matrix? hidden)
    {
        if (machine.ToVisible is Matrix a) visible.SetProduct(context, a, transposeRight: true);
        else if (Memory is DelayMemory) visible.SetCopy(context);
        else visible.Fill(0);
        if (hidden is null) return;
        if (machine.ToHidden is Matrix b) hidden.SetProduct(context, b, transposeRight: true);
        else hidden.Fill(0);
    }

    /// <summary>The same model, its columns standing for symbols or keys.</summary>
    public SequenceModel With(IReadOnlyList<string>? symbols, int? lowestPitch) => new(kind, machine, Memory)
    {
        Symbols = symbols is null || symbols.Count == Visible.Units ? symbols
            : throw new ArgumentException($"{symbols.Count} symbols for {Visible.Units} visible units", nameof(symbols)),
        LowestPitch = lowestPitch,
    };

    /// <summary>The parameters as they are, from a model of the same kind and sizes.</summary>
    internal void CopyFrom(SequenceModel source)
    {
        for (int p = 0; p < Parameters.Count; p++) Parameters[p].Value.SetCopy(source.Parameters[p].Value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(" × ", machine.Layers.SkipLast(1))}, memory of {Memory.Width}";
}
