namespace Boltzmann;

/// <content>The start from machines trained one by one.</content>
public sealed partial class Dbm
{
    /// <summary>
    /// A deep Boltzmann machine from a stack whose first machine learned with the inputs of its hidden units doubled and whose last one
    /// with those of its visible units, each standing in for the neighbour it lacked; machines between learned as they are, and their
    /// weights are halved (Salakhutdinov and Hinton 2009, section 3.1). A layer in the middle gets half of each of its two biases.
    /// </summary>
    /// <param name="stack">The machines; of a top with labels, the labels join the top layer. Kept as it is.</param>
    /// <exception cref="ArgumentException">The stack's ways up and down have been untied, or a middle layer has precisions.</exception>
    public static Dbm From(Dbn stack)
    {
        if (!stack.IsTied) throw new ArgumentException("the network's ways up and down have been untied; a Boltzmann machine has one set "
            + "of weights", nameof(stack));
        int top = stack.Machines.Count;
        if (stack.Layers.Skip(1).Take(top - 1).FirstOrDefault(layer => layer.Parameters.Count > 1) is Layer scaled)
            throw new ArgumentException($"a layer of {scaled} units in the middle has two precisions, which have no mean", nameof(stack));
        Layer[] layers = [.. stack.Layers.Select(l => l.Clone())];
        for (int l = 1; l < top; l++)
        {
            Matrix bias = layers[l].Bias;
            bias.SetSum(stack.Machines[l].Visible.Bias, 0.5, stack.Machines[l - 1].Hidden.Bias, 0.5);
        }
        var model = new Dbm(layers, stack.LabelledTop?.Labels.Clone());
        for (int m = 0; m < top; m++)
            model.Weights(m).SetSum(stack.Machines[m].Weights, m > 0 && m < top - 1 ? 0.5 : 1);
        if (stack.LabelledTop is not null) model.Weights(top).SetCopy(stack.LabelledTop.LabelWeights);
        return model;
    }
}
