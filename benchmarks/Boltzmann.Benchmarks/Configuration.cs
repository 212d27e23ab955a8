using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Boltzmann.Benchmarks;

/// <summary>
/// Measures inside this process: BenchmarkDotNet 0.14 does not know .NET 10 by name and could not build a project for it. Short iterations
/// suffice, as the operations are short and have no tiers to climb once warm.
/// </summary>
static class Configuration
{
    public static IConfig Create() => DefaultConfig.Instance.AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(3).WithIterationCount(10).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(200)));
}
