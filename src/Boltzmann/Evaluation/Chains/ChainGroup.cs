namespace Boltzmann.Evaluation;

/// <summary>Chains that started in one way, by which those of other starts are judged.</summary>
/// <param name="Name">Such as "noise" or "data"; see <see cref="ChainStarts"/>.</param>
/// <param name="Chains">How many there are.</param>
public sealed record ChainGroup(string Name, int Chains)
{
    /// <summary>The numbers followed along these chains alone, in the order of the report's; empty before they were followed.</summary>
    public IReadOnlyList<ChainStatistic> Statistics { get; init; } = [];
}
