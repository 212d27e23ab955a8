using System.Runtime.InteropServices;

namespace Boltzmann.Experiments;

/// <summary>What the numbers were measured on.</summary>
static class Machine
{
    /// <summary>The processor's name as the system tells it.</summary>
    public static string Processor
    {
        get
        {
            const string Path = "/proc/cpuinfo";
            string? line = File.Exists(Path)
                ? File.ReadLines(Path).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
                : null;
            return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
                ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>Processor, cores, runtime, for a page.</summary>
    public static string Describe(Placement placement) =>
        $"{Processor}, {Environment.ProcessorCount} cores; {placement}; {RuntimeInformation.FrameworkDescription}";
}
