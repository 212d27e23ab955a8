using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// How wide vectors are, in bits: those that this program computes with, those that the processor has, and why the first may be narrower.
/// </summary>
static class VectorWidth
{
    /// <summary>The widest vectors that the runtime gives this program as instructions: 512, 256 or 128; 0 where it gives none.</summary>
    public static int Offered =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    /// <summary>The widest that the runtime would use on this processor, as the processor describes itself.</summary>
    public static int OfProcessor { get; } = Math.Max(Offered, X86Base.IsSupported ? OfX86() : OfArchitecture());

    /// <summary>
    /// One line if the processor has wider vectors than this program uses and something can be done about it: what, and why; null
    /// otherwise.
    /// </summary>
    public static string? Shortfall() =>
        Shortfall(Offered, OfProcessor, !RuntimeFeature.IsDynamicCodeCompiled, Environment.GetEnvironmentVariables());

    /// <param name="offered">Bits that the program uses.</param>
    /// <param name="ofProcessor">Bits that the processor has.</param>
    /// <param name="isCompiledAhead">Whether the program was compiled before it met this processor.</param>
    /// <param name="variables">The environment.</param>
    public static string? Shortfall(int offered, int ofProcessor, bool isCompiledAhead, IDictionary variables)
    {
        if (offered >= ofProcessor) return null;
        string has = $"the processor has vectors of {ofProcessor} bits, but this program computes with {(offered == 0 ? "none" : offered)}";
        if (isCompiledAhead)
            return $"{has}, for which it was compiled ahead of time; publish it with <IlcInstructionSet>native</IlcInstructionSet> on such "
                + "a processor";
        string[] causes = [.. variables.Keys.Cast<string>().Where(name => Narrows(name,
            variables[name] as string)).Order(StringComparer.Ordinal)];

        // With no variable set, the width is the runtime's own choice: it avoids 512 bits on processors that slow down with them.
        return causes.Length == 0 ? null : $"{has}, because of {string.Join(" and ", causes.Select(name => $"{name}={variables[name]}"))}; "
            + "remove that from the environment";
    }

    // The runtime reads the values as hexadecimal numbers, under either prefix.
    static bool Narrows(string name, string? value)
    {
        string? setting = name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) ? name[7..]
            : name.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase) ? name[8..] : null;
        if (setting is null || !TryHexadecimal(value, out uint number)) return false;
        bool isInstructions = setting.Equals("EnableHWIntrinsic", StringComparison.OrdinalIgnoreCase)
            || setting.StartsWith("EnableSSE", StringComparison.OrdinalIgnoreCase)
                || setting.StartsWith("EnableAVX", StringComparison.OrdinalIgnoreCase);
        return isInstructions ? number == 0 : setting.Equals("PreferredVectorBitWidth", StringComparison.OrdinalIgnoreCase) && number != 0;
    }

    static bool TryHexadecimal(string? value, out uint number)
    {
        ReadOnlySpan<char> digits = value.AsSpan().Trim();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    // With all instructions switched off, the processor cannot be asked, but both architectures have vectors of 128 bits from the start.
    static int OfArchitecture() => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64 ? 128 : 0;

    // Intel 64 manual, volume 2, CPUID. The runtime takes instructions in the groups x86-64-v3 (256 bits) and x86-64-v4 (512), each whole
    // or not at all.
    static int OfX86()
    {
        if (X86Base.CpuId(0, 0).Eax < 7) return 128;
        int basic = X86Base.CpuId(1, 0).Ecx, extended = X86Base.CpuId(7, 0).Ebx;
        int more = (uint)X86Base.CpuId(unchecked((int)0x8000_0000), 0).Eax > 0x8000_0000 ? X86Base.CpuId(unchecked((int)0x8000_0001), 0).Ecx
            : 0;
        // FMA, MOVBE, OSXSAVE, AVX, F16C; BMI1, AVX2, BMI2; LZCNT
        bool v3 = Has(basic, 12, 22, 27, 28, 29) && Has(extended, 3, 5, 8) && Has(more, 5);
        bool v4 = v3 && Has(extended, 16, 17, 28, 30, 31);                                    // AVX-512 F, DQ, CD, BW, VL
        return v4 && IsSaved(7) ? 512 : v3 && IsSaved(2) ? 256 : 128;
    }

    static bool Has(int register, params ReadOnlySpan<int> bits)
    {
        foreach (int bit in bits)
            if ((register >> bit & 1) == 0) return false;
        return true;
    }

    // Whether the operating system keeps these registers between threads: 2 for the upper halves of 256 bits, 7 for the last of 512.
    // The area that it saves then reaches to their end.
    static bool IsSaved(int component)
    {
        var (size, offset, _, _) = X86Base.CpuId(0xD, component);
        return size > 0 && X86Base.CpuId(0xD, 0).Ebx >= offset + size;
    }
}
