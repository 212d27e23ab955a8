namespace Boltzmann.Data;

/// <summary>
/// Videos of three bouncing balls, generated: 100 frames of 30 × 30 grey pixels each (Sutskever and Hinton 2007; Sutskever, Hinton and
/// Taylor 2009). Each video follows from the seed, the stream and its number alone, so a longer set begins with a shorter one.
/// </summary>
public static class BouncingBalls
{
    /// <summary>Pixels per side.</summary>
    public const int Side = 30;

    /// <summary>Frames of a video.</summary>
    public const int Frames = 100;

    // Keeps these numbers apart from those of a training run with the same seed.
    const uint FirstStream = 0xBA11_0000;
    const int Pixels = Side * Side, MostVideos = 20_000;

    // Farther from the middle of a ball a pixel has less than 10⁻⁶ of it.
    const double Reach = 1.7;

    /// <summary>Videos, in steps of 1/255: a pixel is min(1, Σ exp(−(r²/1.2²)⁴)) over the balls, r from its middle to the ball's.</summary>
    /// <param name="videos">How many, 1 to 20,000; each takes 90 kB.</param>
    /// <param name="seed">Settles every frame.</param>
    /// <param name="stream">Independent videos under the same seed: 0 to train, 1 to test.</param>
    /// <exception cref="BadInputException">The number of videos is outside 1 to 20,000.</exception>
    public static Sequences Generate(int videos, ulong seed = Rng.DefaultSeed, uint stream = 0)
    {
        if (videos is < 1 or > MostVideos) throw new BadInputException($"{videos} videos of bouncing balls: expected 1 to {MostVideos}");
        var pixels = new byte[videos * Frames * Pixels];
        Parallel.For(0, videos, () => new double[Pixels], (video, _, grey) =>
        {
            var motion = new BallMotion(new Draw(seed, FirstStream + stream, (ulong)video));
            for (int t = 0; t < Frames; t++)
            {
                if (t > 0) motion.Advance();
                Paint(motion, grey, pixels.AsSpan((video * Frames + t) * Pixels, Pixels));
            }
            return grey;
        }, _ => { });
        return new(new("bouncing-balls", new ByteRows(pixels, Pixels)) { Image = new(Side, Side) },
            [.. Enumerable.Range(0, videos).Select(video => video * Frames)]);
    }

    static void Paint(BallMotion motion, double[] grey, Span<byte> frame)
    {
        const double Size = BallMotion.Box / Side;
        Array.Clear(grey);
        for (int ball = 0; ball < BallMotion.Balls; ball++)
        {
            var (x, y) = motion[ball];
            for (int line = First(y); line <= Last(y); line++)
                for (int column = First(x); column <= Last(x); column++)
                {
                    double dx = (column + 0.5) * Size - x, dy = (line + 0.5) * Size - y;
                    double ratio = (dx * dx + dy * dy) / (BallMotion.Radius * BallMotion.Radius);
                    grey[line * Side + column] += Math.Exp(-ratio * ratio * ratio * ratio);
                }
        }
        for (int i = 0; i < frame.Length; i++) frame[i] = (byte)Math.Round(255 * Math.Min(1, grey[i]));

        static int First(double middle) => Math.Max(0, (int)((middle - Reach) / Size));
        static int Last(double middle) => Math.Min(Side - 1, (int)((middle + Reach) / Size));
    }
}
