using System.Diagnostics;

namespace Boltzmann.Compute.Cpu;

/// <summary>Times on the clock of <see cref="Stopwatch"/>.</summary>
static class Ticks
{
    public static long Now => Stopwatch.GetTimestamp();

    public static long FromMicroseconds(double microseconds) => (long)(microseconds * 1e-6 * Stopwatch.Frequency);
}
