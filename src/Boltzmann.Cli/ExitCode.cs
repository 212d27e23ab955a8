namespace Boltzmann.Cli;

/// <summary>What the program ends with.</summary>
static class ExitCode
{
    public const int Done = 0, Failed = 1, BadInput = 2, NotReached = 3, Interrupted = 130;
}
