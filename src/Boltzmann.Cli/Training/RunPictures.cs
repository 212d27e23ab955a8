namespace Boltzmann.Cli.Training;

/// <summary>What a machine of image units can show of itself: PNG files.</summary>
/// <param name="Filters">Weights of the strongest hidden units.</param>
/// <param name="Reconstructions">Data above, reconstructions below.</param>
/// <param name="Samples">Fantasy particles.</param>
/// <param name="Activations">Hidden units by examples.</param>
sealed record RunPictures(byte[] Filters, byte[] Reconstructions, byte[] Samples, byte[] Activations)
{
    const uint SampleStream = 0x73616d70;
    const int Pairs = 40, Chains = 100, Sweeps = 1000, Examples = 256;

    /// <summary>Draws from the machine as it is now, the same for the same parameters and seed.</summary>
    public static RunPictures Draw(TrainingTask task)
    {
        Rbm model = task.Model;
        Dataset shown = task.Validation ?? task.Training;
        Matrix data = shown.ToMatrix(0, Math.Min(Pairs, shown.Count), model.Placement);
        Matrix reconstructions = model.Reconstruct(data);
        Matrix samples = Dream(model, shown, Chains, Sweeps, new Rng(task.Seed, SampleStream));
        if (task.Training.Image is not ImageShape shape) return Tables(model, shown, data, reconstructions, samples);
        TileRange? range = model.Visible is BernoulliLayer ? null : TileRange.PerTile();
        return new(
            Png.Encode(ImageSheet.Filters(model.Weights, shape)),
            Png.Encode(ImageSheet.Pairs(ImageSheet.RowsOf(data), ImageSheet.RowsOf(reconstructions), shape, range)),
            Png.Encode(ImageSheet.Grey(samples, shape, range)),
            DrawActivations(model, shown));
    }

    /// <summary>Chains started at data that ran freely; shown as means, which are easier to look at than bits.</summary>
    public static Matrix Dream(Rbm model, Dataset start, int chains, int sweeps, Rng rng)
    {
        var state = new State(model, Math.Min(chains, start.Count));
        start.Rows.Gather([.. Enumerable.Range(0, state.Rows)], state[0]);
        Gibbs.Sweep(model, state, sweeps, rng);
        Matrix means = state[0].Like(state.Rows, model.Visible.Units);
        model.SetVisibleMean(state[1], means);
        return means;
    }

    /// <summary>Writes the pictures where a run folder keeps them.</summary>
    public void Write(RunFolder folder)
    {
        AtomicFile.WriteBytes(folder.FiltersPath, Filters);
        AtomicFile.WriteBytes(folder.ReconstructionsPath, Reconstructions);
        AtomicFile.WriteBytes(folder.SamplesPath, Samples);
    }

    static byte[] DrawActivations(Rbm model, Dataset shown) =>
        Png.Encode(ImageSheet.HeatMap(model.Transform(shown.ToMatrix(0, Math.Min(Examples, shown.Count), model.Placement))));

    static RunPictures Tables(Rbm model, Dataset shown, Matrix data, Matrix reconstructions, Matrix samples) => new(
        Png.Encode(ImageSheet.HeatMap(model.Weights, signed: true)),
        Png.Encode(PixelImage.Stacked([ImageSheet.HeatMap(data), ImageSheet.HeatMap(reconstructions)])),
        Png.Encode(ImageSheet.HeatMap(samples)),
        DrawActivations(model, shown));
}
