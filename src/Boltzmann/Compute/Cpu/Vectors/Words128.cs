using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>128 bits of words.</summary>
readonly unsafe struct Words128 : IWords<Vector128<uint>>
{
    static Vector128<ulong> LowHalf => Vector128.Create((ulong)uint.MaxValue);

    public static int Count => Vector128<uint>.Count;
    public static Vector128<uint> Splat(uint value) => Vector128.Create(value);
    public static Vector128<uint> Steps(uint first) => Vector128<uint>.Indices + Vector128.Create(first);
    public static Vector128<uint> Multiply(Vector128<uint> a, Vector128<uint> b) =>
        Sse2.IsSupported ? Sse2.Multiply(a, b).AsUInt32()
        : ((a.AsUInt64() & LowHalf) * (b.AsUInt64() & LowHalf)).AsUInt32();
    public static Vector128<uint> High(Vector128<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b) => a ^ b;
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector128<uint> even, Vector128<uint> odd, uint* address) =>
        Vector128.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}
