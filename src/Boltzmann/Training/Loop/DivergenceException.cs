namespace Boltzmann.Training;

/// <summary>Learning has left the numbers: a parameter is NaN or infinite. The message names it, the epoch and what to lower.</summary>
public sealed class DivergenceException(string message, Exception? inner = null) : Exception(message, inner);
