using System.Runtime.Intrinsics;

namespace Boltzmann.Benchmarks;

/// <summary>The backends to compare, by name, each made once: a backend keeps its threads.</summary>
static class Backends
{
    static readonly Dictionary<string, Backend> made = [];

    /// <summary>"reference" and, for each vector width of this machine, "cpu WIDTH" on one and on all processors.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            yield return "reference";
            foreach (int bits in (int[])[128, 256, 512])
                if (bits == 128 || (bits == 256 ? Vector256.IsHardwareAccelerated : Vector512.IsHardwareAccelerated))
                {
                    yield return $"cpu {bits}, 1 thread";
                    yield return $"cpu {bits}";
                }
        }
    }

    public static Placement Placement(string name)
    {
        if (!made.TryGetValue(name, out Backend? backend))
            made[name] = backend = name == "reference" ? new ReferenceBackend()
                : new CpuBackend(name.EndsWith("1 thread", StringComparison.Ordinal) ? 1 : 0, int.Parse(name.AsSpan(4, 3)));
        return new(backend, Precision.Float32);
    }
}
