using System.Numerics;

namespace Boltzmann.Compute;

/// <summary>
/// The random bytes of a group of chains: xoshiro256++ (Blackman and Vigna 2019) eight times side by side, the eight words of 64 bits
/// together the bytes of the 64 chains. Seeded by Philox from the seed and the group, so groups and eighths have independent starts.
/// </summary>
static class LaneGenerator
{
    /// <summary>Words of a generator's state: word w of generator k at 8w + k.</summary>
    public const int Words = 32;

    const int Generators = 8;

    /// <summary>The state at the beginning.</summary>
    /// <param name="seed">Of the run.</param>
    /// <param name="group">Number of the group.</param>
    /// <param name="state"><see cref="Words"/> of them; set.</param>
    public static void Seed(ulong seed, uint group, Span<ulong> state)
    {
        for (int k = 0; k < Words; k += 2)
        {
            var (x0, x1, x2, x3) = Philox.Words((uint)k, group, 0x5EA2C4, 0, seed);
            state[k] = ((ulong)x1 << 32) | x0;
            state[k + 1] = ((ulong)x3 << 32) | x2;
        }
        // Zeros would give zeros for ever.
        for (int k = 0; k < Generators; k++) state[k] |= 1;
    }

    /// <summary>The next 64 bytes, by the definition.</summary>
    public static void Next(Span<ulong> state, Span<ulong> words)
    {
        for (int k = 0; k < Generators; k++)
        {
            ref ulong s0 = ref state[k], s1 = ref state[Generators + k], s2 = ref state[2 * Generators + k], s3 =
                ref state[3 * Generators + k];
            words[k] = unchecked(BitOperations.RotateLeft(s0 + s3, 23) + s0);
            ulong shifted = s1 << 17;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = BitOperations.RotateLeft(s3, 45);
        }
    }
}
