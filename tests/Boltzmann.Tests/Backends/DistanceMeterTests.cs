using System.Diagnostics;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Backends;

public class DistanceMeterTests
{
    const long Now = 1_000_000_000;

    static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);

    [Theory]
    [InlineData(110, CoreDistance.Near)]
    [InlineData(200, CoreDistance.Near)]
    [InlineData(400, CoreDistance.Far)]
    [InlineData(600, CoreDistance.Far)]
    public void A_measured_exchange_decides(double nanoseconds, CoreDistance expected)
    {
        var meter = new DistanceMeter(2, CoreDistance.Measured);
        Assert.True(meter.IsDue(Now));
        Assert.False(meter.IsKnown);
        meter.Take(nanoseconds * 1e-9 * Stopwatch.Frequency, Now);
        Assert.Equal(expected, meter.Distance);
        Assert.True(meter.IsKnown);
        Assert.False(meter.IsDue(Now + Ticks(0.9)));
        Assert.True(meter.IsDue(Now + Ticks(1.1)));
    }

    [Theory, InlineData(0), InlineData(5_000)]
    public void Silent_partners_and_disturbed_spells_change_nothing_and_are_asked_again_soon(double nanoseconds)
    {
        var meter = new DistanceMeter(2, CoreDistance.Measured);
        meter.Take(nanoseconds * 1e-9 * Stopwatch.Frequency, Now);
        Assert.Equal(CoreDistance.Near, meter.Distance);
        Assert.False(meter.IsKnown);
        Assert.True(meter.IsDue(Now + Ticks(0.02)));
        meter.Take(500e-9 * Stopwatch.Frequency, Now);
        meter.Take(nanoseconds * 1e-9 * Stopwatch.Frequency, Now);
        Assert.Equal(CoreDistance.Far, meter.Distance);
    }

    [Theory, InlineData(CoreDistance.Near), InlineData(CoreDistance.Far)]
    public void What_was_told_is_never_measured(CoreDistance told)
    {
        var meter = new DistanceMeter(2, told);
        Assert.Equal(told, meter.Distance);
        Assert.True(meter.IsKnown);
        Assert.False(meter.IsDue(long.MaxValue - 1));
        Assert.Equal(told, new WorkerTeam(2, told).Distance);
        Assert.Equal(told, new CpuBackend(2, cores: told).Cores);
    }

    [Fact]
    public void A_single_thread_is_near()
    {
        Assert.Equal(CoreDistance.Near, new CpuBackend(1).Cores);
        Assert.False(new DistanceMeter(1, CoreDistance.Measured).IsDue(Now));
    }

    [Theory, InlineData(2), InlineData(3), InlineData(9)]
    public void A_backend_says_how_far_its_cores_are(int threads) =>
        Assert.NotEqual(CoreDistance.Measured, new CpuBackend(threads).Cores);

    [Fact]
    public void Another_distance_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(2, cores: (CoreDistance)3));

    [Theory, InlineData(true), InlineData(false)]
    public void An_exchange_ends_without_partners(bool isCallerFirst)
    {
        Exchange job = new DistanceMeter(3, CoreDistance.Measured).Job(3);
        for (int i = 0; i < 3; i++) job.Execute(isCallerFirst ? i : 2 - i);
        Assert.Equal(0, job.Longest);
    }
}
