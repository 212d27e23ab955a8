using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>256 bits of words.</summary>
readonly unsafe struct Words256 : IWords<Vector256<uint>>
{
    static Vector256<ulong> LowHalf => Vector256.Create((ulong)uint.MaxValue);

    public static int Count => Vector256<uint>.Count;
    public static Vector256<uint> Splat(uint value) => Vector256.Create(value);
    public static Vector256<uint> Steps(uint first) => Vector256<uint>.Indices + Vector256.Create(first);
    public static Vector256<uint> Multiply(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.IsSupported ? Avx2.Multiply(a, b).AsUInt32()
        : ((a.AsUInt64() & LowHalf) * (b.AsUInt64() & LowHalf)).AsUInt32();
    public static Vector256<uint> High(Vector256<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b) => a ^ b;
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector256<uint> even, Vector256<uint> odd, uint* address) =>
        Vector256.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}
