namespace Boltzmann.Networks;

/// <content>Where networks come from.</content>
public sealed partial class Network
{
    /// <summary>A network with random weights (Glorot and Bengio 2010) and biases 0.</summary>
    /// <param name="inputs">Columns of a row.</param>
    /// <param name="hidden">Units of each hidden layer; none for a linear or logistic model.</param>
    /// <param name="outputs">Classes, or numbers to predict.</param>
    /// <param name="head">What the outputs are.</param>
    /// <param name="rng">Draws the weights.</param>
    /// <param name="activation">Of the hidden units.</param>
    /// <param name="normalize">Whether hidden layers are batch-normalised.</param>
    /// <param name="placement">Where the parameters live.</param>
    public static Network Create(
        int inputs, IReadOnlyList<int> hidden, int outputs, Head head, Rng rng, Activation activation = Activation.Sigmoid,
            bool normalize = false, Placement? placement = null)
    {
        int[] sizes = [inputs, .. hidden, outputs];
        var layers = new NetworkLayer[sizes.Length - 1];
        for (int l = 0; l < layers.Length; l++)
        {
            bool isLast = l == layers.Length - 1;
            layers[l] = new(sizes[l], sizes[l + 1], isLast ? Activation.Linear : activation, normalize && !isLast, placement);
            layers[l].SetGlorotWeights(rng);
        }
        return new(layers, head);
    }

    /// <summary>
    /// A network whose hidden layers begin as the hidden units of a stack of machines: their weights and biases, and the activation that is
    /// their mean (of rectified units max(0, ·), their mean far from 0). The last layer is random (<paramref name="outputScale"/> times
    /// Glorot's).
    /// </summary>
    /// <param name="machines">From the data upward; one machine is a stack, too.</param>
    /// <param name="outputs">Classes, or numbers to predict.</param>
    /// <param name="head">What the outputs are.</param>
    /// <param name="rng">Draws the last layer's weights.</param>
    /// <param name="activation">Instead of the mean of the hidden units, e.g. rectified linear; null for their own.</param>
    /// <param name="normalize">Whether hidden layers are batch-normalised.</param>
    /// <param name="extra">Sizes of random hidden layers between the machines and the outputs.</param>
    /// <param name="outputScale">0 starts with outputs that do not depend on the row.</param>
    /// <exception cref="BadInputException">The mean of some hidden units is not an activation of a network, or the machines are no
    /// stack.</exception>
    public static Network From(
        IReadOnlyList<Rbm> machines, int outputs, Head head, Rng rng, Activation? activation = null, bool normalize = false,
            IReadOnlyList<int>? extra = null, double outputScale = 1)
    {
        if (machines.Count == 0) throw new ArgumentException("a stack needs at least one machine");
        Placement placement = machines[0].Placement;
        var layers = new List<NetworkLayer>();
        foreach (Rbm machine in machines)
        {
            if (layers.Count > 0 && layers[^1].Units != machine.Visible.Units)
                throw new BadInputException($"the machines are not a stack: {layers[^1].Units} hidden units below {machine.Visible.Units} "
                    + "visible ones");
            var layer = new NetworkLayer(machine.Visible.Units, machine.Hidden.Units, activation ?? MeanOf(machine.Hidden), normalize,
                placement);
            layer.Weights.SetCopy(machine.Weights);
            layer.Bias.SetCopy(machine.Hidden.Bias);
            if (machine.Hidden.QuadraticPrecision is Matrix precision)
            {
                // The mean is (b + xW)/γ; of rectified units, where that is well above 0.
                layer.Weights.SetScaled(layer.Weights, precision, -1);
                layer.Bias.SetScaled(layer.Bias, precision, -1);
            }
            layers.Add(layer);
        }
        Activation above = activation ?? layers[^1].Activation;
        foreach (int units in extra ?? [])
        {
            layers.Add(new(layers[^1].Units, units, above, normalize, placement));
            layers[^1].SetGlorotWeights(rng);
        }
        layers.Add(new(layers[^1].Units, outputs, Activation.Linear, placement: placement));
        layers[^1].SetGlorotWeights(rng);
        layers[^1].Weights.SetSum(layers[^1].Weights, outputScale);
        return new(layers, head);
    }

    /// <summary>
    /// A network whose hidden layers begin as the way up of a deep belief network: its recognition weights, where those differ from the
    /// generative ones.
    /// </summary>
    /// <inheritdoc cref="From(IReadOnlyList{Rbm}, int, Head, Rng, Activation?, bool, IReadOnlyList{int}?, double)"/>
    /// <param name="model">The deep belief network.</param>
    /// <param name="outputs">Classes, or numbers to predict.</param>
    /// <param name="head">What the outputs are.</param>
    /// <param name="rng">Draws the last layer's weights.</param>
    /// <param name="activation">Instead of the mean of the hidden units; null for their own.</param>
    /// <param name="normalize">Whether hidden layers are batch-normalised.</param>
    /// <param name="extra">Sizes of random hidden layers between the machines and the outputs.</param>
    /// <param name="outputScale">0 starts with outputs that do not depend on the row.</param>
    public static Network From(
        Dbn model, int outputs, Head head, Rng rng, Activation? activation = null, bool normalize = false, IReadOnlyList<int>? extra = null,
            double outputScale = 1)
    {
        Network network = From(model.Machines, outputs, head, rng, activation, normalize, extra, outputScale);
        if (model.IsTied) return network;
        for (int m = 0; m < model.Machines.Count; m++)
        {
            Matrix weights = network.Layers[m].Weights;
            weights.SetCopy(model.RecognitionWeights(m + 1));
            if (model.Machines[m].Hidden.QuadraticPrecision is Matrix precision) weights.SetScaled(weights, precision, -1);
        }
        return network;
    }

    /// <summary>
    /// A deep Boltzmann machine's way up from rows, with new layers above it: layer l begins with the weights and biases of its hidden
    /// layer l, and hears nothing from above.
    /// </summary>
    /// <param name="model">The machine; labels it may have stay out.</param>
    /// <param name="outputs">Units of the head.</param>
    /// <param name="head">What the last layer says.</param>
    /// <param name="rng">Draws the weights of new layers.</param>
    /// <param name="doubled">Whether weights into layers below the top begin doubled, as in the pass upward that mean-field inference
    /// starts from: they stand for what the layer above would say too.</param>
    /// <param name="activation">Of all hidden layers; that of the machine's units when null.</param>
    /// <param name="normalize">Whether hidden layers normalise their inputs over the batch.</param>
    /// <param name="extra">Units of further hidden layers below the head, with random weights.</param>
    /// <param name="outputScale">Standard deviation factor of the head's weights.</param>
    /// <exception cref="BadInputException">Units without an activation of their own.</exception>
    public static Network From(
        Dbm model, int outputs, Head head, Rng rng, bool doubled = false, Activation? activation = null, bool normalize = false,
            IReadOnlyList<int>? extra = null, double outputScale = 1)
    {
        Network network = From([.. Enumerable.Range(0, model.Top).Select(l => new Rbm(model.Layers[l], model.Layers[l + 1],
            model.Weights(l)))], outputs, head, rng, activation, normalize, extra, outputScale);
        if (!doubled) return network;
        for (int l = 0; l < model.Top - 1; l++) network.Layers[l].Weights.SetSum(network.Layers[l].Weights, 2);
        return network;
    }

    static Activation MeanOf(Layer units) =>
        units.MeanActivation ?? throw new BadInputException($"the mean of {units.Kind} units is not an activation of a network: state one");
}
