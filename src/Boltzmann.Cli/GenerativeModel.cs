namespace Boltzmann.Cli;

/// <summary>A model of rows as the commands use it, whichever its kind: rows go up to its hidden layers and down again, and chains run in the undirected part of it.</summary>
abstract class GenerativeModel
{
    /// <summary>The visible layer and, from the lowest up, the hidden ones.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>The classes it knows beside the rows; null for none.</summary>
    public abstract MultinomialLayer? Labels { get; }

    /// <summary>The machine that chains run in.</summary>
    public abstract EnergyModel Undirected { get; }

    /// <summary>The units that data clamp.</summary>
    public Layer Visible => Layers[0];

    /// <summary>The number of the highest hidden layer.</summary>
    public int Top => Layers.Count - 1;

    /// <summary>Where it computes.</summary>
    public Placement Placement => Visible.Placement;

    /// <summary>Means of a hidden layer given rows, [B × units].</summary>
    /// <param name="rows">[B × visible units].</param>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Transform(Matrix rows, int layer);

    /// <summary>Visible means given states of a hidden layer, [B × visible units].</summary>
    /// <param name="states">[B × units].</param>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Generate(Matrix states, int layer);

    /// <summary>What it makes of rows, unless another layer is asked for, [B × visible units].</summary>
    public abstract Matrix Reconstruct(Matrix rows);

    /// <summary>What pixels gain when a unit of a layer alone is turned on; of the first layer its weights. [visible units × units].</summary>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Filters(int layer);

    /// <summary>The weights between a layer and the one below it.</summary>
    /// <param name="layer">From 1.</param>
    public abstract Matrix Weights(int layer);

    /// <summary>Chains that begin at rows.</summary>
    public abstract State ChainsFrom(Matrix rows, Rng rng);

    /// <summary>Chains that begin at noise, their labels held at a class.</summary>
    public abstract State ChainsOf(int label, int count, Rng rng);

    /// <summary>The visible means that chains stand for, [chains × visible units].</summary>
    public abstract Matrix Show(State chains, Rng rng);

    /// <summary>p(class | row), [B × classes].</summary>
    public abstract Matrix PredictProbabilities(Matrix rows);

    /// <summary>Draws rows of a class, each by a chain of its own.</summary>
    public Matrix SampleClass(int label, int count, int sweeps, Rng rng)
    {
        State chains = ChainsOf(label, count, rng);
        Gibbs.Sweep(Undirected, chains, sweeps, rng);
        return Show(chains, rng);
    }
}
