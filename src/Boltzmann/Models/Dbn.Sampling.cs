namespace Boltzmann;

/// <content>Drawing from the model: Gibbs sampling of the top pair, then down.</content>
public sealed partial class Dbn
{
    /// <summary>Draws from the model, each by a chain of its own that begins at noise, [count × visible units].</summary>
    /// <param name="count">Number of draws.</param>
    /// <param name="sweeps">Gibbs sweeps of the top pair; 0 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="descent">What is drawn on the way down.</param>
    public Matrix Sample(int count, int sweeps, Rng rng, Descent descent = Descent.VisibleMeans)
    {
        State chains = Chains(count, rng);
        Gibbs.Sweep(TopModel, chains, sweeps, rng);
        return Show(chains, rng, descent);
    }

    /// <summary>
    /// Draws from the model by chains that begin at rows of data, passed up stochastically to the top pair, [B × visible units].
    /// </summary>
    /// <param name="visible">[B × visible units], a chain each.</param>
    /// <param name="sweeps">Gibbs sweeps of the top pair; 0 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="descent">What is drawn on the way down.</param>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public Matrix SampleFrom(Matrix visible, int sweeps, Rng rng, Descent descent = Descent.VisibleMeans)
    {
        State chains = ChainsFrom(visible, rng);
        Gibbs.Sweep(TopModel, chains, sweeps, rng);
        return Show(chains, rng, descent);
    }

    /// <summary>
    /// Chains of the top machine at noise: its visible units drawn by their biases alone, its hidden ones given them. Move them by
    /// <see cref="Gibbs"/>.
    /// </summary>
    public State Chains(int count, Rng rng)
    {
        var chains = new State(TopModel, count);
        chains.Inputs(0).Fill(0);
        Top.Visible.Sample(chains.Inputs(0), chains[0], rng);
        if (LabelledTop is not null)
        {
            chains.Inputs(2).Fill(0);
            LabelledTop.Labels.Sample(chains.Inputs(2), chains[2], rng);
        }
        SampleTop(chains, rng);
        return chains;
    }

    /// <summary>Chains of the top machine at rows of data that are passed up stochastically, a chain each.</summary>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public State ChainsFrom(Matrix visible, Rng rng)
    {
        var chains = new State(TopModel, visible.Rows);
        chains[0].SetCopy(SampleTransform(visible, Machines.Count - 1, rng));
        LabelledTop?.SampleLabels(chains[0], chains[2], rng);
        SampleTop(chains, rng);
        return chains;
    }

    /// <summary>
    /// Chains of the top machine at noise, their labels clamped to a class: sweeps draw what goes with it (Hinton, Osindero and Teh 2006,
    /// section 6).
    /// </summary>
    /// <param name="label">The class, from 0.</param>
    /// <param name="count">Number of chains.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <exception cref="InvalidOperationException">The network has no labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public State ChainsOf(int label, int count, Rng rng)
    {
        ClassificationRbm top = RequireLabels();
        if ((uint)label >= (uint)top.Classes)
            throw new ArgumentOutOfRangeException(nameof(label), $"label {label} is not one of {top.Classes} classes");
        State chains = Chains(count, rng);
        var labels = new int[count];
        Array.Fill(labels, label);
        chains[2].SetOneHot(labels);
        chains.ClampLayer(2);
        SampleTop(chains, rng);
        return chains;
    }

    /// <summary>Draws rows of a class, each by a chain of its own that begins at noise, [count × visible units].</summary>
    /// <param name="label">The class, from 0.</param>
    /// <param name="count">Number of draws.</param>
    /// <param name="sweeps">Gibbs sweeps of the top machine with the label clamped; 0 or more.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="descent">What is drawn on the way down.</param>
    /// <inheritdoc cref="ChainsOf"/>
    public Matrix SampleClass(int label, int count, int sweeps, Rng rng, Descent descent = Descent.VisibleMeans)
    {
        State chains = ChainsOf(label, count, rng);
        Gibbs.Sweep(TopModel, chains, sweeps, rng);
        return Show(chains, rng, descent);
    }

    /// <summary>
    /// The visible layer below chains of the top machine, [chains × visible units]. States of the chains go down as they are; by means, the
    /// layer below the top begins with its means given the top one.
    /// </summary>
    /// <param name="chains">States of <see cref="Top"/>; they are not changed.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="descent">What is drawn on the way down.</param>
    public Matrix Show(State chains, Rng rng, Descent descent = Descent.VisibleMeans) =>
        descent == Descent.Means || (descent == Descent.VisibleMeans && Machines.Count == 1) ? Generate(chains[1], Layers.Count - 1)
        : SampleGenerate(chains[0], Machines.Count - 1, rng, descent);

    void SampleTop(State chains, Rng rng)
    {
        TopModel.SetInputs(chains, 1, chains.Inputs(1));
        Top.Hidden.Sample(chains.Inputs(1), chains[1], rng);
    }
}
