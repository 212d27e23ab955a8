namespace Boltzmann;
public record DataSourceOptions { public string? Folder; public string? LabelColumn; public bool? HasHeader; }
public static class DataSource { public static Dataset Open(string name, DataSourceOptions o) => Digits.Generate(10000, 1); }
