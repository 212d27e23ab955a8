using System.Runtime.CompilerServices;

namespace Boltzmann.Compute;

/// <summary>
/// Philox4x32-10, the counter-based generator of Salmon et al. (2011): four 32-bit words from a 128-bit counter and a 64-bit key.
/// The scalar definition; vector forms must give the same words.
/// </summary>
public static class Philox
{
    internal const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    internal const int Rounds = 10;

    /// <summary>The four words at a counter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint X0, uint X1, uint X2, uint X3) Words(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        unchecked
        {
            uint k0 = (uint)key, k1 = (uint)(key >> 32);
            for (int round = 0; round < Rounds; round++)
            {
                ulong p0 = (ulong)Multiplier0 * c0, p1 = (ulong)Multiplier1 * c2;
                (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
                k0 += Weyl0;
                k1 += Weyl1;
            }
            return (c0, c1, c2, c3);
        }
    }

    /// <summary>The word of element (row, unit) of a draw; see <see cref="Draw"/>.</summary>
    public static uint Word(in Draw draw, int row, int unit)
    {
        var (x0, x1, x2, x3) = Words((uint)unit, (uint)row >> 2, draw.Counter2, draw.Counter3, draw.Seed);
        return (row & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    /// <summary>Uniform in [0, 1) with 24 bits, exact in either precision: word ÷ 2⁸ · 2⁻²⁴.</summary>
    public static float Uniform(in Draw draw, int row, int unit) => (Word(draw, row, unit) >> 8) * (1f / (1 << 24));

    /// <summary>
    /// Standard normal by Box and Muller (1958) from the words of a pair of rows: with (a, b) the words of the even and the odd row,
    /// u₁ = ((a div 2⁸) + 1)·2⁻²⁴ in (0, 1], u₂ = (b div 2⁸)·2⁻²⁴ in [0, 1), r = √(−2 ln u₁): the even row gets r·cos 2πu₂, the odd one
    /// r·sin 2πu₂.
    /// </summary>
    public static double Normal(in Draw draw, int row, int unit)
    {
        uint a = Word(draw, row & ~1, unit), b = Word(draw, row | 1, unit);
        double radius = Math.Sqrt(-2 * Math.Log(((a >> 8) + 1) * (1.0 / (1 << 24))));
        double angle = 2 * Math.PI * ((b >> 8) * (1.0 / (1 << 24)));
        return radius * ((row & 1) == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }
}
