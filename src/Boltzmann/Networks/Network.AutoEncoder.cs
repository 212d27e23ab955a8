namespace Boltzmann.Networks;

/// <content>Auto-encoders: networks that rebuild their inputs from the activities of an inner layer, the code.</content>
public sealed partial class Network
{
    /// <summary>The layer whose activities are the code, from 1; null where the network is no auto-encoder.</summary>
    public int? CodeLayer
    {
        get;
        init => field = value is null || (value >= 1 && value < Layers.Count && Outputs == Inputs && Head.Rebuilds) ? value
            : throw new ArgumentException($"layer {value} is no code of a network of {Layers.Count} layers that rebuilds its inputs");
    }

    /// <summary>Units of the code; 0 where the network is no auto-encoder.</summary>
    public int CodeUnits => CodeLayer is int layer ? Layers[layer - 1].Units : 0;

    /// <summary>
    /// A stack of machines unrolled (Hinton and Salakhutdinov 2006): up through their hidden means to the code, and down again by the
    /// transposed weights and visible biases. The two ways have weights of their own from here on.
    /// </summary>
    /// <param name="machines">From the data upward; one machine is a stack, too.</param>
    /// <param name="activation">Of inner layers below and above the code, instead of the mean of their units; null for that. The code keeps
    /// the mean of its own.</param>
    /// <exception cref="BadInputException">The mean of some units is not an activation of a network, or rows are not Bernoulli or Gaussian
    /// units.</exception>
    public static Network Unroll(IReadOnlyList<Rbm> machines, Activation? activation = null)
    {
        if (machines.Count == 0) throw new ArgumentException("a stack needs at least one machine");
        return Unrolled(From(machines, 1, new LinearHead(), new Rng(0)), machines, activation);
    }

    /// <summary>The same of a deep belief network: up by its recognition weights, where those differ from the generative ones.</summary>
    /// <inheritdoc cref="Unroll(IReadOnlyList{Rbm}, Activation?)"/>
    /// <param name="model">The deep belief network.</param>
    /// <param name="activation">Of inner layers below and above the code; null for the means of their units.</param>
    public static Network Unroll(Dbn model, Activation? activation = null) =>
        Unrolled(From(model, 1, new LinearHead(), new Rng(0)), model.Machines, activation);

    /// <summary>The code of each row, [B × code units].</summary>
    /// <exception cref="InvalidOperationException">The network is no auto-encoder.</exception>
    public Matrix Encode(Matrix rows) => Transform(rows, RequireCode());

    /// <summary>The rows that codes stand for, [B × inputs].</summary>
    /// <param name="codes">[B × code units].</param>
    /// <exception cref="ArgumentException">The codes have another number of columns.</exception>
    /// <exception cref="InvalidOperationException">The network is no auto-encoder.</exception>
    public Matrix Decode(Matrix codes)
    {
        int first = RequireCode();
        if (codes.Columns != CodeUnits)
            throw new ArgumentException($"a code has {CodeUnits} values, but the rows have {codes.Columns} columns");
        return Outcome(Rise(codes, first, Layers.Count - 1));
    }

    int RequireCode() => CodeLayer ?? throw new InvalidOperationException("the network is no auto-encoder: it has no code");

    // The way up is there, with a head that is dropped; the way down is added.
    static Network Unrolled(Network up, IReadOnlyList<Rbm> machines, Activation? activation)
    {
        int code = machines.Count;
        List<NetworkLayer> layers = [];
        for (int l = 0; l < code; l++) layers.Add(up.Layers[l].With(l == code - 1 ? null : activation));
        for (int m = code - 1; m >= 0; m--)
        {
            Layer visible = machines[m].Visible;
            Activation mean = m == 0 ? Activation.Linear : activation ?? MeanOf(visible);
            var layer = new NetworkLayer(machines[m].Hidden.Units, visible.Units, mean, placement: up.Placement);
            layer.Weights.SetCopy(Transposed(machines[m].Weights));
            layer.Bias.SetCopy(visible.Bias);
            if (visible.QuadraticPrecision is Matrix precision)
            {
                layer.Weights.SetScaled(layer.Weights, precision, -1);
                layer.Bias.SetScaled(layer.Bias, precision, -1);
            }
            layers.Add(layer);
        }
        return new(layers, HeadOf(machines[0].Visible)) { CodeLayer = code };
    }

    static ReconstructionHead HeadOf(Layer visible) => visible.MeanActivation switch
    {
        Activation.Sigmoid => ReconstructionHead.Bernoulli,
        Activation.Linear => ReconstructionHead.Gaussian,
        _ => throw new BadInputException($"an auto-encoder rebuilds bernoulli or gaussian visible units, not {visible.Kind} ones"),
    };

    static Matrix Transposed(Matrix matrix)
    {
        double[,] from = matrix.ToArray(), to = new double[matrix.Columns, matrix.Rows];
        for (int r = 0; r < matrix.Rows; r++)
            for (int c = 0; c < matrix.Columns; c++) to[c, r] = from[r, c];
        return Matrix.From(to, matrix.Placement);
    }
}
