using System.Text.Json.Serialization;

namespace Boltzmann;

/// <summary>How an <see cref="RbmTransformer"/> learns.</summary>
public sealed record RbmSettings : MachineSettings
{
    /// <summary>Hidden units: features of a row.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>k, Gibbs sweeps per update.</summary>
    public int Steps { get; init; } = 1;

    [JsonIgnore]
    internal override int SweepsPerUpdate => Steps;

    [JsonIgnore]
    internal override IReadOnlyList<int> HiddenUnits => [Hidden];

    [JsonIgnore]
    internal override double UsualRate => 0.05;
}
