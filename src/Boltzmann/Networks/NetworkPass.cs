namespace Boltzmann.Networks;

/// <summary>
/// One batch on its way up through a network and its errors on their way back. Keeps its memory, so a warm step allocates nothing.
/// </summary>
sealed class NetworkPass(Network network)
{
    readonly LayerScratch[] scratch = [.. network.Layers.Select(layer => new LayerScratch(layer))];
    readonly BatchScratch rowsMemory = new(), targetsMemory = new(), lossMemory = new(), maskMemory = new();
    readonly Matrix[] inputs = new Matrix[network.Layers.Count], outputs = new Matrix[network.Layers.Count],
        errors = new Matrix[network.Layers.Count];
    readonly double[] keptFactor = new double[network.Layers.Count];
    Matrix? inputChance, hiddenChance;

    /// <summary>Memory for a batch's rows, to be filled before <see cref="Forward"/>; dropout rewrites it.</summary>
    public Matrix Rows(int count) => Input = rowsMemory.Of(count, network.Inputs, network.Placement);

    /// <summary>Memory for its targets.</summary>
    public Matrix Targets(int count) => Target = targetsMemory.Of(count, network.Outputs, network.Placement);

    Matrix Input { get; set; } = new(0, network.Inputs, network.Placement);

    Matrix Target { get; set; } = new(0, network.Outputs, network.Placement);

    /// <summary>What the network says of the batch.</summary>
    public Matrix Outputs => outputs[^1];

    /// <summary>Upward, as in learning: with dropout, and with the batch's own statistics where layers are normalised.</summary>
    /// <param name="inputDropout">Chance that an input is dropped.</param>
    /// <param name="hiddenDropout">Chance that a hidden unit is dropped. What stays is scaled by 1/(1 − chance): in the products, which
    /// costs nothing.</param>
    /// <param name="rng">One draw for each layer that is dropped from.</param>
    public void Forward(double inputDropout, double hiddenDropout, Rng rng)
    {
        Matrix below = Input;
        keptFactor[0] = 1;
        if (inputDropout > 0) keptFactor[0] = Drop(below, maskMemory.Like(below), inputChance ??= Chance(inputDropout), inputDropout, rng);
        for (int l = 0; l < scratch.Length; l++)
        {
            NetworkLayer layer = network.Layers[l];
            LayerScratch own = scratch[l];
            Matrix z = inputs[l] = own.Inputs.Of(below.Rows, layer.Units, network.Placement);
            Matrix a = outputs[l] = own.Outputs.Like(z);
            z.SetProduct(below, layer.Weights, scale: keptFactor[l]);
            if (l == scratch.Length - 1)
            {
                network.Head.SetOutputs(z, layer.Bias, a);
                return;
            }
            layer.Normalization?.Learn(z, own.Normalized.Like(z), own.Variance!);
            layer.Activate(z, a);
            keptFactor[l + 1] = hiddenDropout > 0 ? Drop(a, own.Mask.Like(a), hiddenChance ??= Chance(hiddenDropout), hiddenDropout, rng)
                : 1;
            below = a;
        }
    }

    /// <summary>Asks for the loss of the batch, of which the sum counts; its rows stay finite in a training that goes well.</summary>
    public PendingSummary BeginLoss()
    {
        Matrix losses = lossMemory.Of(Target.Rows, 1, network.Placement);
        losses.Fill(0);
        network.Head.AddLoss(inputs[^1], network.Layers[^1].Bias, Outputs, Target, scratch[^1].Errors.Like(Outputs), losses);
        return losses.BeginSummary();
    }

    /// <summary>Downward: the errors of every layer, and the gradients of biases and normalisation.</summary>
    public void Backward()
    {
        for (int l = scratch.Length - 1; l >= 0; l--)
        {
            NetworkLayer layer = network.Layers[l];
            LayerScratch own = scratch[l];
            Matrix e = errors[l] = own.Errors.Like(outputs[l]);
            if (l == scratch.Length - 1) network.Head.SetErrors(outputs[l], Target, e);
            else
            {
                e.SetProduct(errors[l + 1], network.Layers[l + 1].Weights, transposeRight: true, scale: keptFactor[l + 1]);
                // A dropped unit is 0, where the slopes of sigmoid and rectifier are 0 too.
                if (keptFactor[l + 1] != 1 && layer.Activation is Activation.Tanh or Activation.Linear) e.SetScaled(e, own.Mask.Like(e));
                e.MultiplySlope(outputs[l], layer.Activation);
            }
            own.BiasGradient.SetColumnSums(e);
            if (layer.Normalization is not BatchNormalization norm) continue;
            Matrix normalized = own.Normalized.Like(e);
            own.ScaleGradient!.SetColumnSums(e, normalized);
            norm.Backward(e, normalized, own.Variance!, own.ScaleGradient, own.BiasGradient);
        }
    }

    /// <summary>The gradient of the mean loss by a layer's weights, with a sign.</summary>
    public Factor WeightGradient(int layer, double sign) =>
        new(layer == 0 ? Input : outputs[layer - 1], errors[layer], sign * keptFactor[layer] / Input.Rows);

    /// <summary>Sum over rows of the gradient by a layer's bias.</summary>
    public Matrix BiasGradient(int layer) => scratch[layer].BiasGradient;

    /// <summary>Sum over rows of the gradient by a normalised layer's scale.</summary>
    public Matrix ScaleGradient(int layer) => scratch[layer].ScaleGradient!;

    Matrix Chance(double dropout) => Matrix.Row(1, dropout, network.Placement);

    static double Drop(Matrix values, Matrix mask, Matrix chance, double dropout, Rng rng)
    {
        mask.SampleUniform(rng);
        mask.SetGreater(mask, chance);
        values.SetScaled(values, mask);
        return 1 / (1 - dropout);
    }

    sealed class LayerScratch(NetworkLayer layer)
    {
        public BatchScratch Inputs { get; } = new();
        public BatchScratch Outputs { get; } = new();
        public BatchScratch Errors { get; } = new();
        public BatchScratch Mask { get; } = new();
        public BatchScratch Normalized { get; } = new();
        public Matrix BiasGradient { get; } = layer.Bias.Like(1, layer.Units);
        public Matrix? ScaleGradient { get; } = layer.Normalization is null ? null : layer.Bias.Like(1, layer.Units);
        public Matrix? Variance { get; } = layer.Normalization is null ? null : layer.Bias.Like(1, layer.Units);
    }
}
