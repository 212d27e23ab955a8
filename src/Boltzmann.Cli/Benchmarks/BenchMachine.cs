using System.Globalization;
using System.Runtime.InteropServices;
using Boltzmann.Experiments;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>What a run computes with.</summary>
/// <param name="Processor">Name of the processor.</param>
/// <param name="Threads">Threads, all of them.</param>
/// <param name="VectorBits">Widest vectors: 512, 256 or 128.</param>
/// <param name="Runtime">Name and version of the runtime.</param>
/// <param name="Caches">Sizes of the second and third caches, "L2 1 MB, L3 32 MB"; null where the system does not tell.</param>
sealed record BenchMachine(string Processor, int Threads, int VectorBits, string Runtime, string? Caches)
{
    const string CacheFolder = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>This machine.</summary>
    public static BenchMachine Of(CpuBackend backend) =>
        new(Machine.Processor, backend.Threads, backend.VectorBits, RuntimeInformation.FrameworkDescription, CachesIn(CacheFolder));

    /// <summary>"AMD EPYC; 2 threads, Vector512, .NET 10.0.12; L2 1 MB, L3 32 MB".</summary>
    public override string ToString() => $"{Processor}; {BenchCase.ThreadsWords(Threads)}, Vector{VectorBits}, {Runtime}"
        + (Caches is null ? "" : $"; {Caches}");

    /// <summary>The second and third caches of a processor as Linux describes them, one folder a cache; null without folders.</summary>
    public static string? CachesIn(string folder)
    {
        if (!Directory.Exists(folder)) return null;
        string?[] words = [.. Directory.EnumerateDirectories(folder, "index*").Select(CacheIn).Where(w => w is not null).Order()];
        return words.Length == 0 ? null : string.Join(", ", words);
    }

    static string? CacheIn(string folder)
    {
        if (Line(folder, "level") is not ("2" or "3") || Line(folder, "type") == "Instruction" || Line(folder, "size") is not string size)
            return null;
        // "512K", "32768K".
        string words = size.EndsWith('K') && int.TryParse(size[..^1], CultureInfo.InvariantCulture, out int kilobytes)
            ? kilobytes % 1024 == 0 ? $"{kilobytes / 1024} MB" : $"{kilobytes} KB" : size;
        return $"L{Line(folder, "level")} {words}";
    }

    static string? Line(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
