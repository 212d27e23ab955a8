namespace Boltzmann.Searching;

/// <summary>Which modes are sought.</summary>
public sealed record ModesOptions
{
    /// <summary>How many are kept.</summary>
    public int Count { get; init; } = 20;

    /// <summary>T of the states that descend: 1 for what the machine has learned, less for its lowest states.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Whether hidden units are states too, also where they could be summed out.</summary>
    public bool IsJoint { get; init; }

    /// <summary>Variables of the <see cref="ModelEnergy"/> that are known.</summary>
    public IReadOnlyDictionary<int, bool> Known { get; init; } = new Dictionary<int, bool>();

    /// <summary>The start of all randomness.</summary>
    public ulong Seed { get; init; } = Rng.DefaultSeed;
}
