namespace Boltzmann;

/// <summary>
/// Something the user gave cannot be used: a file, a model, data, an option. The message is one line that says what, where
/// (file, row, column) and what was expected. The command line prints it and ends with exit code 2.
/// </summary>
public sealed class BadInputException : Exception
{
    /// <summary>An error with its one line.</summary>
    public BadInputException(string message) : base(message) { }

    /// <summary>An error with its one line and what caused it.</summary>
    public BadInputException(string message, Exception inner) : base(message, inner) { }
}
