namespace Boltzmann;

/// <summary>
/// Counter-based random numbers keyed by seed, stream, step, row and unit. The generator itself holds no more than the number of the
/// next step: each stochastic operation takes one <see cref="Draw"/>, and every element's number follows from its place, so the
/// results do not depend on threads or tiling. Saving (seed, stream, step) saves its whole state.
/// </summary>
/// <param name="seed">Everything random in a run follows from it.</param>
/// <param name="stream">Streams of one seed are independent: initialisation, data order, chains.</param>
/// <param name="step">Position to go on from; 0 for a fresh generator.</param>
public sealed class Rng(ulong seed = Rng.DefaultSeed, uint stream = 0, ulong step = 0)
{
    /// <summary>The seed of the command line and of a generator made without one.</summary>
    public const ulong DefaultSeed = 1337;

    /// <summary>The key of all numbers.</summary>
    public ulong Seed => seed;

    /// <summary>The independent sequence this generator reads.</summary>
    public uint Stream => stream;

    /// <summary>The number of draws taken so far. May be set, to go back or to resume.</summary>
    public ulong Step { get; set; } = step;

    /// <summary>A generator over another stream of the same seed, from its beginning.</summary>
    public Rng Fork(uint toStream) => new(seed, toStream);

    /// <summary>Takes the key of one operation's random numbers and moves on.</summary>
    public Draw NextDraw() => new(seed, stream, Step++);

    /// <summary>One uniform number in [0, 1), with 24 bits.</summary>
    public double NextUniform() => Philox.Uniform(NextDraw(), 0, 0);

    /// <summary>One integer, uniform in [0, <paramref name="bound"/>). The bias of the multiply-shift is below bound·2⁻⁶⁴.</summary>
    public int NextInteger(int bound) => Integer(NextDraw(), 0, bound);

    /// <summary>Puts the items in random order (Fisher and Yates), every permutation equally likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        Draw draw = NextDraw();
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Integer(draw, i, i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    static int Integer(in Draw draw, int unit, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var (x0, x1, _, _) = Philox.Words((uint)unit, 0, draw.Counter2, draw.Counter3, draw.Seed);
        return (int)Math.BigMul(((ulong)x0 << 32) | x1, (ulong)bound, out _);
    }
}
