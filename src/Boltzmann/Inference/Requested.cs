namespace Boltzmann.Inference;

/// <summary>What members of requests must be, said by the names that they have on the command line.</summary>
static class Requested
{
    /// <summary>A count, or nothing.</summary>
    /// <exception cref="BadInputException">It is too small.</exception>
    public static int? AtLeast(int least, string name, int? value) => value is int number && number < least
        ? throw new BadInputException($"--{name} must be a whole number of at least {least}, not '{number}'") : value;
}
