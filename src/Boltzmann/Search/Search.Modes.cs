using Boltzmann.Compute;
using Boltzmann.Models;

namespace Boltzmann.Searching;

/// <content>Searches in machines that have learned.</content>
public static partial class Search
{
    /// <summary>
    /// The modes of a machine: states that no change of one unit makes more probable. Tempering samples states, and each descends to the
    /// mode in whose basin it lies, so that beside the most probable ones it is known how much of the distribution leads to each. Where the
    /// hidden units are independent given the visible ones they are summed out, and modes are minima of the free energy.
    /// </summary>
    /// <param name="model">Of units of two values and one-hot units.</param>
    /// <param name="stop">When it ends.</param>
    /// <param name="options">Which modes; what is known. The first mode is then the most probable completion that was found.</param>
    /// <param name="backend">What computes; null for all processors.</param>
    /// <param name="progress">Told after each block of sweeps; null for nobody.</param>
    /// <exception cref="BadInputException">Units of another kind.</exception>
    /// <exception cref="ArgumentException">What is known contradicts a one-hot unit, or leaves nothing to search.</exception>
    public static ModesResult Modes(EnergyModel model, StopRule stop, ModesOptions? options = null, Backend? backend = null,
        Action<SearchRun>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stop);
        return new ModeSearch(ModelEnergy.Of(model), options ?? new()).Run(stop, backend ?? CpuBackend.Shared, progress);
    }
}
