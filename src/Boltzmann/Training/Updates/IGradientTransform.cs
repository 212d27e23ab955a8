namespace Boltzmann.Training;

/// <summary>
/// What a trainer does to a step between its estimate and its update: centring, a penalty, dropout, or what a user adds
/// (examples/NewPenalty.cs). A trainer applies its list in order
/// (<see cref="TrainerOptions.Transforms"/>). One belongs to one trainer and may keep memory, which is saved and resumed with it.
/// </summary>
public interface IGradientTransform
{
    /// <summary>Changes the rows of a batch as they are presented, before the estimate; leaves them alone unless overridden.</summary>
    /// <param name="step">The step under way; its gradient is not known yet.</param>
    /// <param name="rows">The columns of all visible layers but the labels, [B × columns], binarised.</param>
    void Present(TrainingStep step, Matrix rows) { }

    /// <summary>Changes the estimated gradient, or asks for a decay of the weights.</summary>
    void Apply(TrainingStep step);

    /// <summary>What has to be saved between updates, by a name that no other transform uses; empty where nothing is remembered.</summary>
    IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <summary>Makes <see cref="Memory"/> as large as it was when saved, ready to be filled.</summary>
    /// <param name="rows">Rows of each matrix that transforms saved, by name.</param>
    void Prepare(IReadOnlyDictionary<string, int> rows) { }
}
