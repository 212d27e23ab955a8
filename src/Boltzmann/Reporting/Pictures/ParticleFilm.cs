namespace Boltzmann.Reporting;

/// <summary>Animated pictures of chains: how particles settle over sweeps, or change over the epochs of a training.</summary>
public static class ParticleFilm
{
    const int LastFrameMs = 2000;

    /// <summary>
    /// Sweeps chains and shows their visible means, E[v | the rest], after given numbers of sweeps; the chains' own visible states after
    /// none.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="chains">The chains, moved in place.</param>
    /// <param name="sweeps">After how many sweeps there is a frame, rising from 0 or more.</param>
    /// <param name="shape">Width and height of a row: the columns of all visible layers but the labels, side by side.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="delayMs">Milliseconds each frame stays.</param>
    /// <returns>The bytes of an animated .png file.</returns>
    /// <exception cref="ArgumentException">There is no frame, or the numbers of sweeps do not rise.</exception>
    public static byte[] Record(EnergyModel model, State chains, IReadOnlyList<int> sweeps, ImageShape shape, Rng rng, int delayMs = 400)
    {
        if (sweeps.Count == 0 || sweeps[0] < 0 || sweeps.Zip(sweeps.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException($"frames need rising numbers of sweeps, not {string.Join(", ", sweeps)}", nameof(sweeps));
        var frames = new List<PixelImage>();
        TileRange range = TileRange.Of([.. model.RowLayers.Select(l => model.Layers[l])]);
        int done = 0;
        foreach (int count in sweeps)
        {
            for (; done < count; done++) Gibbs.Sweep(model, chains, rng);
            frames.Add(ImageSheet.Grey(count == 0 ? model.ReadRows(chains) : model.MeanRows(chains), shape, range));
        }
        return Apng.Encode(frames, delayMs, LastFrameMs);
    }
}
