namespace Boltzmann;
#pragma warning disable
public record DataSourceOptions { public string? Folder { get; init; } public string? LabelColumn { get; init; } public bool? HasHeader { get; init; } }
public static class DataSource { public static Dataset Open(string name, DataSourceOptions o) => Digits.Generate(10000, 1); }
