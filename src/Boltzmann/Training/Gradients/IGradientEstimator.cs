namespace Boltzmann.Training;

/// <summary>
/// A way to estimate the gradient of the log-likelihood: the positive phase from a batch, the negative phase by its own means.
/// </summary>
public interface IGradientEstimator
{
    /// <summary>Short name for people and settings: "cd", "pcd", "pt", "pl", "exact".</summary>
    string Name { get; }

    /// <summary>k, the Gibbs sweeps per update; may be changed between updates.</summary>
    int Steps { get; set; }

    /// <summary>How the positive phase infers hidden layers that are joined; null where it is exact or something else.</summary>
    MeanField? Inference => null;

    /// <summary>Sets the gradient (cleared by the caller) to an estimate from a batch whose data lie in layer 0.</summary>
    /// <param name="model">The machine; it is not changed.</param>
    /// <param name="batch">Examples. Its other layers are overwritten by the positive phase.</param>
    /// <param name="gradient">Receives both phases.</param>
    /// <param name="rng">Source of randomness.</param>
    void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng);

    /// <summary>
    /// What has to be saved between updates besides the model (chains, fast weights), by name; empty before the first update.
    /// </summary>
    IReadOnlyList<(string Name, Matrix Value)> Memory { get; }

    /// <summary>Makes <see cref="Memory"/> as large as it was when saved, ready to be filled.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="rows">Rows of each saved matrix, by name.</param>
    void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows);
}
