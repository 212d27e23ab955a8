namespace Boltzmann;

/// <summary>
/// What machines answer: features, reconstructions, classes and draws. Each is asked as a method of the machine, rbm.Transform(rows); the
/// machines themselves hold energies and parameters and know nothing of how they are asked.
/// </summary>
public static partial class Answers;
