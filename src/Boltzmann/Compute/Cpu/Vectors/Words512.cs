using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>512 bits of words.</summary>
readonly unsafe struct Words512 : IWords<Vector512<uint>>
{
    static Vector512<ulong> LowHalf => Vector512.Create((ulong)uint.MaxValue);

    public static int Count => Vector512<uint>.Count;
    public static Vector512<uint> Splat(uint value) => Vector512.Create(value);
    public static Vector512<uint> Steps(uint first) => Vector512<uint>.Indices + Vector512.Create(first);
    public static Vector512<uint> Multiply(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.IsSupported ? Avx512F.Multiply(a, b).AsUInt32()
        : ((a.AsUInt64() & LowHalf) * (b.AsUInt64() & LowHalf)).AsUInt32();
    public static Vector512<uint> High(Vector512<uint> a) => (a.AsUInt64() >>> 32).AsUInt32();
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b) => a ^ b;
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.IsSupported ? Avx512F.TernaryLogic(a, b, c, 0x96) : a ^ b ^ c;
    public static void StoreAlternating(Vector512<uint> even, Vector512<uint> odd, uint* address) =>
        Vector512.ConditionalSelect(LowHalf.AsUInt32(), even, (odd.AsUInt64() << 32).AsUInt32()).Store(address);
}
