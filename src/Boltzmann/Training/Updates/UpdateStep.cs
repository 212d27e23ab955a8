namespace Boltzmann.Training;

/// <summary>
/// One step of learning, as penalties see it, whatever it is that learns: a machine, a stack that learns up and down, or a network.
/// The gradient that they add to is uphill, per unit of the rows' weight.
/// </summary>
public abstract class UpdateStep
{
    readonly double[] l2, l1;

    private protected UpdateStep(IReadOnlyList<Parameter> parameters, Rng rng)
    {
        Parameters = parameters;
        Rng = rng;
        l2 = new double[parameters.Count];
        l1 = new double[parameters.Count];
    }

    /// <summary>
    /// The parameters, to be read only: all of a machine or a stack, those that learn of a network. Optimisers, penalties and constraints
    /// count by their places here.
    /// </summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Source of randomness, whose position is saved and resumed.</summary>
    public Rng Rng { get; }

    /// <summary>The epoch, counted from 1.</summary>
    public int Epoch { get; private set; } = 1;

    /// <summary>Step size per unit of mean gradient.</summary>
    public double LearningRate { get; private set; }

    /// <summary>Begins the next step: no decay has been asked for.</summary>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="learningRate">Step size per unit of mean gradient.</param>
    public void Begin(int epoch, double learningRate)
    {
        (Epoch, LearningRate) = (epoch, learningRate);
        Array.Clear(l2);
        Array.Clear(l1);
    }

    /// <summary>The place of a parameter.</summary>
    /// <param name="value">Its matrix, the same object.</param>
    /// <exception cref="ArgumentException">It is not among the parameters.</exception>
    public int IndexOf(Matrix value)
    {
        for (int i = 0; i < Parameters.Count; i++)
            if (ReferenceEquals(Parameters[i].Value, value)) return i;
        throw new ArgumentException($"a matrix {value.Shape} is not among the parameters that learn");
    }

    /// <summary>
    /// Asks for a decay of all weights, on top of what has been asked for. The kernel that moves them takes it off the gradient in the same
    /// pass over memory, so it comes after every penalty.
    /// </summary>
    /// <param name="l2">λ₂.</param>
    /// <param name="l1">λ₁.</param>
    public void AddDecay(double l2, double l1 = 0)
    {
        for (int i = 0; i < Parameters.Count; i++)
            if (Parameters[i].IsWeight) AddDecay(i, l2, l1);
    }

    /// <summary>The same for some of the weights.</summary>
    /// <param name="weights">One of the parameters.</param>
    /// <param name="l2">λ₂.</param>
    /// <param name="l1">λ₁.</param>
    /// <exception cref="ArgumentException">The matrix is not among the parameters, or they are not weights.</exception>
    public void AddDecay(Matrix weights, double l2, double l1 = 0)
    {
        int index = IndexOf(weights);
        if (!Parameters[index].IsWeight) throw new ArgumentException($"{Parameters[index].Name} are not weights, which alone decay");
        AddDecay(index, l2, l1);
    }

    /// <summary>What has been asked for so far: the gradient of these weights will lose λ₂·W + λ₁·sign(W).</summary>
    /// <param name="parameter">Its place; 0 and 0 for one that is not weights.</param>
    public (double L2, double L1) Decay(int parameter) => (l2[parameter], l1[parameter]);

    /// <summary>
    /// Adds scale·value to the gradient of a parameter of the same shape. The matrix must stay unchanged until the parameters have moved.
    /// </summary>
    public abstract void Add(int parameter, Matrix value, double scale);

    /// <summary>
    /// Adds scale·leftᵀ·right to the gradient of a parameter. The matrices must stay unchanged until the parameters have moved.
    /// </summary>
    public abstract void AddFactor(int parameter, in Factor factor);

    void AddDecay(int parameter, double l2, double l1)
    {
        this.l2[parameter] += l2;
        this.l1[parameter] += l1;
    }
}
