using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Tests.Backends;

/// <summary>
/// The suite is meant to be run again with DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0. These tests assert that a
/// switch that is set took effect, so that such a run tests what it claims to.
/// </summary>
public class VectorWidthTests
{
    static bool IsOff(string name) => Environment.GetEnvironmentVariable($"DOTNET_{name}") == "0";

    [Fact]
    public void Switched_off_instructions_are_not_used()
    {
        bool none = IsOff("EnableHWIntrinsic"), noAvx2 = none || IsOff("EnableAVX2"), noAvx512 = noAvx2 || IsOff("EnableAVX512");
        if (noAvx512) Assert.False(Avx512F.IsSupported || Vector512.IsHardwareAccelerated);
        if (noAvx2) Assert.False(Avx2.IsSupported || Vector256.IsHardwareAccelerated);
        if (none) Assert.False(Sse41.IsSupported);
    }

    [Fact]
    public void The_old_name_of_the_switch_is_not_relied_on() =>
        // .NET 10 ignores EnableAVX512F: a run that sets only this would test nothing new.
        Assert.False(IsOff("EnableAVX512F") && !IsOff("EnableAVX512"));

    [Fact]
    public void The_default_width_is_the_widest_that_is_accelerated()
    {
        int expected = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        Assert.Equal(expected, new CpuBackend().VectorBits);
        Assert.EndsWith($"Vector{expected})", new CpuBackend().Name);
    }

    [Theory, InlineData(512), InlineData(256), InlineData(128)]
    public void Any_width_can_be_asked_for(int bits) => Assert.Equal(bits, new CpuBackend(1, bits).VectorBits);

    [Fact]
    public void Other_widths_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(1, 64));
}
