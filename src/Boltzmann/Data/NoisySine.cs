namespace Boltzmann.Data;

/// <summary>A sine with noise: x_t = sin(2πt/80) + 0.1·n_t for t = 0 … 599, n standard normal (Dasgupta and Osogami 2017).</summary>
public static class NoisySine
{
    // Keeps these numbers apart from those of a training run with the same seed.
    const uint Stream = 0x517E_0000;
    const int Steps = 600, Period = 80;
    const double Noise = 0.1;

    /// <summary>The sequence.</summary>
    /// <param name="seed">Settles the noise.</param>
    public static Sequences Create(ulong seed = Rng.DefaultSeed)
    {
        Draw draw = new Rng(seed, Stream).NextDraw();
        var values = new double[Steps];
        for (int t = 0; t < Steps; t++) values[t] = Math.Sin(2 * Math.PI * t / Period) + Noise * Philox.Normal(draw, t, 0);
        return new(new("noisy-sine", new NumberRows(values, 1)));
    }
}
