using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Backends;

/// <summary>
/// The suite is meant to be run again with DOTNET_EnableAVX512=0, DOTNET_EnableAVX2=0 and DOTNET_EnableHWIntrinsic=0. These tests assert
/// that a switch that is set took effect, so that such a run tests what it claims to.
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

    [Fact]
    public void Switched_off_instructions_are_named_and_otherwise_nothing_is_said()
    {
        string? shortfall = VectorWidth.Shortfall();
        if (VectorWidth.Offered >= VectorWidth.OfProcessor)
        {
            Assert.Null(shortfall);
            return;
        }
        string[] off = [.. new[] { "EnableHWIntrinsic", "EnableAVX2", "EnableAVX512" }.Where(IsOff)];
        if (off.Length == 0) return;   // the runtime's own choice, or a variable that these runs do not set
        foreach (string name in off) Assert.Contains($"DOTNET_{name}=0", shortfall);
        Assert.Contains($"vectors of {VectorWidth.OfProcessor} bits", shortfall);
    }

    [Fact]
    public void The_processor_has_what_the_runtime_uses_of_it()
    {
        Assert.InRange(VectorWidth.OfProcessor, VectorWidth.Offered, 512);
        if (Avx2.IsSupported) Assert.InRange(VectorWidth.OfProcessor, 256, 512);
        if (Avx512F.IsSupported) Assert.Equal(512, VectorWidth.OfProcessor);
    }

    [Theory]
    [InlineData(256, 256, false, "DOTNET_EnableAVX512=0", null)]
    [InlineData(256, 512, false, "DOTNET_gcServer=1", null)]                    // the runtime's own choice
    [InlineData(256, 512, false, "DOTNET_EnableAVX512=1", null)]
    [InlineData(256, 512, false, "DOTNET_EnableAVX512=off", null)]              // no number: the runtime passes over it
    [InlineData(256, 512, false, "DOTNET_EnableAVX512=0",
        "512 bits, but this program computes with 256, because of DOTNET_EnableAVX512=0; remove that from the environment")]
    [InlineData(256, 512, false, "DOTNET_PreferredVectorBitWidth=100", "because of DOTNET_PreferredVectorBitWidth=100")]
    [InlineData(128, 256, false, "COMPlus_EnableAVX2=0x0", "because of COMPlus_EnableAVX2=0x0")]
    [InlineData(128, 512, false, "DOTNET_EnableAVX2=0 DOTNET_EnableAVX512=0", "because of DOTNET_EnableAVX2=0 and DOTNET_EnableAVX512=0")]
    [InlineData(0, 128, false, "DOTNET_EnableHWIntrinsic=0",
        "128 bits, but this program computes with none, because of DOTNET_EnableHWIntrinsic=0")]
    [InlineData(128, 256, true, "DOTNET_EnableAVX2=0", "publish it with <IlcInstructionSet>native</IlcInstructionSet>")]
    public void Narrow_vectors_come_with_their_cure(int offered, int processor, bool isCompiledAhead, string variables, string? words)
    {
        var environment = variables.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        string? shortfall = VectorWidth.Shortfall(offered, processor, isCompiledAhead, environment);
        if (words is null) Assert.Null(shortfall);
        else Assert.Contains(words, shortfall);
    }

    [Theory, InlineData(512), InlineData(256), InlineData(128)]
    public void Any_width_can_be_asked_for(int bits) => Assert.Equal(bits, new CpuBackend(1, bits).VectorBits);

    [Fact]
    public void Other_widths_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CpuBackend(1, 64));
}
