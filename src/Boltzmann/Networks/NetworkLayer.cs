namespace Boltzmann.Networks;

/// <summary>One layer of a feed-forward network: a = f(xW + b), or a = f(γ·(xW − μ)/√(σ² + ε) + b) with batch normalisation.</summary>
public sealed class NetworkLayer
{
    /// <summary>Weights and biases 0; see <see cref="SetGlorotWeights"/>.</summary>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="units">Columns of a.</param>
    /// <param name="activation">f; linear for the last layer, whose head does the rest.</param>
    /// <param name="normalize">Whether inputs are batch-normalised.</param>
    /// <param name="placement">Where the parameters live; single precision on all cores when null.</param>
    public NetworkLayer(int inputs, int units, Activation activation, bool normalize = false, Placement? placement = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        placement ??= Placement.Default;
        Weights = new Matrix(inputs, units, placement);
        Bias = new Matrix(1, units, placement);
        Activation = activation;
        if (normalize) Normalization = new BatchNormalization(units, placement);
    }

    /// <summary>W, [inputs × units].</summary>
    public Matrix Weights { get; }

    /// <summary>b, [1 × units].</summary>
    public Matrix Bias { get; }

    /// <summary>f.</summary>
    public Activation Activation { get; }

    /// <summary>Of the inputs; null for none.</summary>
    public BatchNormalization? Normalization { get; }

    /// <summary>Columns of a.</summary>
    public int Units => Weights.Columns;

    /// <summary>Uniform weights in ±√(6/(inputs + units)) (Glorot and Bengio 2010).</summary>
    public void SetGlorotWeights(Rng rng)
    {
        double limit = Math.Sqrt(6.0 / (Weights.Rows + Weights.Columns));
        Weights.SampleUniform(rng);
        Weights.SetSum(Weights, 2 * limit, Matrix.Row(1, 1, Weights.Placement), -limit);
    }

    /// <summary>outputs = f(inputs + b), the weights having been applied.</summary>
    internal void Activate(Matrix inputs, Matrix outputs)
    {
        switch (Activation)
        {
            case Activation.Sigmoid: outputs.SetTwoStateMean(inputs, Bias, 0, 1); break;
            // −1 + 2σ(2x) is tanh x.
            case Activation.Tanh: outputs.SetTwoStateMean(inputs, Bias, -1, 1); break;
            case Activation.Relu: outputs.SetRectified(inputs, Bias); break;
            default: outputs.SetSum(inputs, 1, Bias); break;
        }
    }

    /// <summary>A copy with another activation; the same one for null.</summary>
    internal NetworkLayer With(Activation? activation)
    {
        var copy = new NetworkLayer(Weights.Rows, Units, activation ?? Activation, Normalization is not null, Weights.Placement);
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Copies the parameters of a layer of the same shape, converting precision.</summary>
    internal void CopyFrom(NetworkLayer source)
    {
        Weights.SetCopy(source.Weights);
        Bias.SetCopy(source.Bias);
        if (Normalization is not BatchNormalization own) return;
        BatchNormalization other = source.Normalization ?? throw new ArgumentException("one layer is batch-normalised, the other is not");
        own.Scale.SetCopy(other.Scale);
        own.Mean.SetCopy(other.Mean);
        own.Variance.SetCopy(other.Variance);
    }
}
