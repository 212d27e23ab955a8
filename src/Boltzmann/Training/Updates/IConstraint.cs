namespace Boltzmann.Training;

/// <summary>
/// What holds for parameters after every update: symmetry, a greatest norm, positive precisions, or what a user adds. A trainer applies its
/// list in order (<see cref="TrainerOptions.Constraints"/>, <see cref="UpDownOptions.Constraints"/>,
/// <see cref="Networks.NetworkTrainerOptions.Constraints"/>).
/// </summary>
public interface IConstraint
{
    /// <summary>After all parameters have moved: brings them back to where the constraint holds.</summary>
    void Apply();

    /// <summary>
    /// Moves a parameter of a layer in such a way that the constraint holds; false, as unless overridden, leaves it to the optimiser's
    /// plain step. The first constraint of the list that moves it does.
    /// </summary>
    /// <param name="index">The parameter's place in <see cref="UpdateStep.Parameters"/>; never that of weights.</param>
    /// <param name="gradient">[1 × units], uphill.</param>
    /// <param name="optimizer">How a gradient becomes a step.</param>
    /// <param name="rates">Step size and momentum now.</param>
    bool Move(int index, Matrix gradient, IOptimizer optimizer, in StepRates rates) => false;
}
