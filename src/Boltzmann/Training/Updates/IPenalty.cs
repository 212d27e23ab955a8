namespace Boltzmann.Training;

/// <summary>
/// A gradient transform that asks for the parameters alone: a weight penalty, or what a user adds (examples/NewPenalty.cs). So it serves
/// whatever learns: machines (<see cref="TrainerOptions.Transforms"/>), stacks that learn up and down
/// (<see cref="UpDownOptions.Penalties"/>) and networks (<see cref="Networks.NetworkTrainerOptions.Penalties"/>).
/// </summary>
public interface IPenalty : IGradientTransform
{
    /// <summary>Adds to the gradient, or asks for a decay of weights.</summary>
    void Apply(UpdateStep step);

    /// <inheritdoc/>
    void IGradientTransform.Apply(TrainingStep step) => Apply((UpdateStep)step);
}
