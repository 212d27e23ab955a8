namespace Boltzmann;

/// <content>The start from machines trained one by one.</content>
public sealed partial class Dbm
{
    /// <summary>
    /// A deep Boltzmann machine from a stack whose machines learned with doubled inputs, so that each did the work of both neighbours of a layer: the first with
    /// the hidden units' inputs doubled, the last with the visible ones', those between with both (Salakhutdinov and Hinton 2009, section 3.1). The weights of
    /// machines in the middle are halved, those of the first and the last stay; a layer in the middle gets half of each of its two biases.
    /// </summary>
    /// <param name="stack">The machines; of a top with labels, the labels join the top layer. Kept as it is.</param>
    /// <exception cref="ArgumentException">The stack's ways up and down have been untied, or a middle layer has precisions.</exception>
    public static Dbm From(Dbn stack)
    {
        if (!stack.IsTied) throw new ArgumentException("the network's ways up and down have been untied; a Boltzmann machine has one set of weights", nameof(stack));
        int top = stack.Machines.Count;
        Layer[] layers = [.. stack.Layers.Select(l => l.Clone())];
        for (int l = 1; l < top; l++)
        {
            Matrix bias = layers[l].Bias;
            bias.SetSum(stack.Machines[l].Visible.Bias, 0.5, stack.Machines[l - 1].Hidden.Bias, 0.5);
        }
        var model = new Dbm(layers, (MultinomialLayer?)stack.LabelledTop?.Labels.Clone());
        for (int m = 0; m < top; m++)
            model.Connections[m].Weights.SetSum(stack.Machines[m].Weights, m > 0 && m < top - 1 ? 0.5 : 1);
        if (stack.LabelledTop is not null) model.Connections[top].Weights.SetCopy(stack.LabelledTop.LabelWeights);
        return model;
    }
}
