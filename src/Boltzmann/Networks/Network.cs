namespace Boltzmann.Networks;

/// <summary>
/// A feed-forward network: layers of units, each seeing the one below, and a head that turns the last inputs into probabilities or
/// numbers. It may start from a machine or a stack of machines, whose hidden units then begin as its own (Hinton, Osindero and Teh 2006;
/// Hinton and Salakhutdinov 2006). It answers; <see cref="NetworkTrainer"/> teaches it.
/// </summary>
public sealed partial class Network : IModel
{
    const int BatchRows = 512;

    /// <summary>A network of these layers.</summary>
    /// <param name="layers">From the inputs upward; the last is linear.</param>
    /// <param name="head">What the last layer's inputs mean.</param>
    /// <exception cref="ArgumentException">There is no layer, sizes or placements do not fit, or the last layer is not linear and
    /// plain.</exception>
    public Network(IReadOnlyList<NetworkLayer> layers, Head head)
    {
        if (layers.Count == 0) throw new ArgumentException("a network needs at least one layer");
        for (int l = 1; l < layers.Count; l++)
            if (layers[l].Weights.Rows != layers[l - 1].Units) throw new ArgumentException($"layer {l} has {layers[l - 1].Units} units, "
                + $"but the weights above it are {layers[l].Weights.Shape}");
        if (layers.FirstOrDefault(layer => layer.Weights.Placement != layers[0].Weights.Placement) is NetworkLayer other)
            throw new ArgumentException($"one layer is {layers[0].Weights.Placement}, another {other.Weights.Placement}");
        if (layers[^1].Activation != Activation.Linear || layers[^1].Normalization is not null)
            throw new ArgumentException("the last layer of a network is linear; its head does the rest");
        Layers = layers;
        Head = head;
        var parameters = new List<Parameter>();
        for (int l = 0; l < layers.Count; l++)
        {
            parameters.Add(new($"weights.{l}-{l + 1}", layers[l].Weights, IsWeight: true));
            parameters.Add(new($"layers.{l + 1}.bias", layers[l].Bias));
            if (layers[l].Normalization is not BatchNormalization norm) continue;
            parameters.Add(new($"layers.{l + 1}.norm.scale", norm.Scale));
            parameters.Add(new($"layers.{l + 1}.norm.mean", norm.Mean, IsFixed: true));
            parameters.Add(new($"layers.{l + 1}.norm.variance", norm.Variance, IsPositive: true, IsFixed: true));
        }
        Parameters = parameters;
    }

    /// <summary>From the inputs upward; the last is the head's.</summary>
    public IReadOnlyList<NetworkLayer> Layers { get; }

    /// <summary>What the last layer's inputs mean.</summary>
    public Head Head { get; }

    /// <summary>
    /// The machine whose second hidden layer has its means beside rows, by mean-field inference (Salakhutdinov and Hinton 2009); null
    /// where the network takes rows as they are. It is kept in the network's file and does not learn: its parameters are none of the
    /// network's.
    /// </summary>
    public Dbm? InputMachine { get; init; }

    IModel? IModel.Input => InputMachine;

    /// <summary>Weights, biases and normalisation, layer by layer; fixed ones are running statistics.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Columns of a row it takes.</summary>
    public int Inputs => Layers[0].Weights.Rows;

    /// <summary>Columns of what it says.</summary>
    public int Outputs => Layers[^1].Units;

    /// <summary>Where the parameters live.</summary>
    public Placement Placement => Layers[0].Weights.Placement;

    /// <summary>The outputs for each row: probabilities of classes, or numbers; [B × outputs].</summary>
    /// <exception cref="ArgumentException">The rows have another number of columns than the network takes.</exception>
    public Matrix Predict(Matrix rows)
    {
        return Outcome(Transform(rows, Layers.Count - 1));
    }

    /// <summary>The same for a dataset, a batch at a time.</summary>
    /// <exception cref="BadInputException">The data have another number of columns than the network takes.</exception>
    public Matrix Predict(Dataset data)
    {
        Require(data);
        var outputs = new Matrix(data.Count, Outputs, Placement);
        for (int first = 0; first < data.Count; first += BatchRows)
        {
            int count = Math.Min(BatchRows, data.Count - first);
            outputs.RowRange(first, count).SetCopy(Predict(data.ToMatrix(first, count, Placement)));
        }
        return outputs;
    }

    /// <summary>The activities of a hidden layer, [B × units].</summary>
    /// <param name="rows">[B × inputs].</param>
    /// <param name="layer">0 for the rows themselves, 1 for the first hidden layer, up to the number of hidden layers.</param>
    /// <exception cref="ArgumentException">The rows have another number of columns, or there is no such layer.</exception>
    public Matrix Transform(Matrix rows, int layer)
    {
        if (rows.Columns != Inputs)
            throw new ArgumentException($"the network takes {Inputs} values, but the rows have {rows.Columns} columns");
        if (layer < 0 || layer >= Layers.Count)
            throw new ArgumentOutOfRangeException(nameof(layer), $"the network has {Layers.Count - 1} hidden layers, not {layer}");
        return Rise(rows, 0, layer);
    }

    // Activities of a layer become those of a later one.
    Matrix Rise(Matrix rows, int from, int to)
    {
        for (int l = from; l < to; l++)
        {
            Matrix inputs = rows.Like(rows.Rows, Layers[l].Units), outputs = rows.Like(rows.Rows, Layers[l].Units);
            inputs.SetProduct(rows, Layers[l].Weights);
            Layers[l].Normalization?.Apply(inputs);
            Layers[l].Activate(inputs, outputs);
            rows = outputs;
        }
        return rows;
    }

    Matrix Outcome(Matrix features)
    {
        Matrix inputs = features.Like(features.Rows, Outputs), outputs = features.Like(features.Rows, Outputs);
        inputs.SetProduct(features, Layers[^1].Weights);
        Head.SetOutputs(inputs, Layers[^1].Bias, outputs);
        return outputs;
    }

    /// <summary>A network of the same parameters with memory of its own, in another place or precision if asked.</summary>
    public Network Clone(Placement? placement = null)
    {
        var copy = new Network([.. Layers.Select(l => new NetworkLayer(l.Weights.Rows, l.Units, l.Activation, l.Normalization is not null,
            placement ?? Placement))], Head)
        { CodeLayer = CodeLayer };
        copy.CopyFrom(this);
        return copy;
    }

    /// <summary>Copies the parameters of a network of the same shape, converting precision.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(Network source)
    {
        if (source.Layers.Count != Layers.Count)
            throw new ArgumentException($"cannot copy a network of {source.Layers.Count} layers to one of {Layers.Count}");
        for (int l = 0; l < Layers.Count; l++) Layers[l].CopyFrom(source.Layers[l]);
    }

    internal void Require(Dataset data)
    {
        if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
        if (data.Columns != Inputs) throw new BadInputException($"{data.Name} has {data.Columns} columns, but the network takes {Inputs}");
    }

    internal void Require(Examples examples)
    {
        Require(examples.Inputs);
        if (examples.Targets.Count != examples.Count)
            throw new BadInputException($"{examples.Inputs.Name} has {examples.Count} rows, but {examples.Targets.Count} targets");
        if (examples.Targets.Columns != Outputs) throw new BadInputException($"{examples.Inputs.Name}: targets have "
            + $"{examples.Targets.Columns} columns, but the network has {Outputs} outputs");
    }
}
