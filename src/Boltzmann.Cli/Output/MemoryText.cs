namespace Boltzmann.Cli;

/// <summary>Amounts of memory as people say them.</summary>
static class MemoryText
{
    /// <summary>An amount in MB or GB: 350 MB, 1.2 GB.</summary>
    public static string Of(double bytes) =>
        bytes < 1e9 ? $"{bytes / 1e6:F0} MB" : bytes < 1e10 ? $"{bytes / 1e9:F1} GB" : $"{bytes / 1e9:N0} GB";
}
