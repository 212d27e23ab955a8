namespace Boltzmann.Runs;

/// <summary>What models of image units can show of themselves: PNG files.</summary>
/// <param name="Filters">What units of each hidden layer stand for, from the first up: the weights of the strongest ones; above, what they
/// evoke.</param>
/// <param name="Reconstructions">Data above, reconstructions from the top layer below.</param>
/// <param name="Samples">Fantasy particles.</param>
/// <param name="Particles">The numbers of these particles, and how their chains mixed.</param>
/// <param name="Activations">Units of the top layer by examples; null without hidden units.</param>
/// <param name="Passages">A labelled picture of each class on its way up and down; null where there are no labels or no pictures.</param>
/// <param name="ClassSamples">Fantasy particles of each class, a line each; null for machines without labels.</param>
sealed record RunPictures(IReadOnlyList<byte[]> Filters, byte[] Reconstructions, byte[] Samples, ShownParticles Particles,
    byte[]? Activations, byte[]? Passages = null, byte[]? ClassSamples = null)
{
    const uint SampleStream = 0x73616d70, ClassStream = 0x636c6173;
    const int Pairs = 40, Chains = 100, Sweeps = 1000, WideSweeps = 100, Examples = 256, PerClass = 12, MostClasses = 20, ClassSweeps = 500;

    /// <summary>Draws from the model as it is now, the same for the same parameters and seed.</summary>
    public static RunPictures Draw(TrainingTask task)
    {
        GenerativeModel model = task.Shown;
        int columns = task.Training.Columns;
        Dataset shown = (task.Validation ?? task.Training).WithoutGaps();
        Matrix data = shown.ToMatrix(0, Math.Min(RowBatch.Of(columns, Pairs), shown.Count), model.Placement);
        Matrix reconstructions = model.Reconstruct(data, model.ReconstructionLayer);
        // Particles have as many draws as rows have on average.
        GenerativeModel settled = !model.DrawsByRow ? model
            : model.WithDraws(Math.Max(1, (int)Math.Round(task.Training.Statistics.Means.Sum())));
        ShownParticles samples = ShownParticles.Run(settled, shown, RowBatch.Of(columns, Chains), SweepsOf(columns),
            new Rng(task.Seed, SampleStream));
        TileRange range = TileRange.Of(model.RowLayers);
        if (task.Training.Image is not ImageShape shape) return Tables(model, shown, data, reconstructions, samples, range);
        return new(
            [.. Enumerable.Range(1, Math.Max(1, model.Top)).Select(layer => Png.Encode(ImageSheet.Filters(model.Filters(layer), shape)))],
            Png.Encode(ImageSheet.Pairs(ImageSheet.RowsOf(data), ImageSheet.RowsOf(reconstructions), shape, range)),
            Png.Encode(ImageSheet.Grey(samples.Means, shape, range)),
            samples,
            DrawActivations(model, shown),
            model.Top > 0 && shown is { Labels: not null, Image: not null } ? ClassPassages.Draw(shown, model, model.Top) : null,
            DrawClasses(model, shape, range, new Rng(task.Seed, ClassStream)));
    }

    /// <summary>Sweeps of the particles: fewer of wide rows, which are no pictures and would take longer than their training.</summary>
    public static int SweepsOf(int columns) => RowBatch.IsWide(columns) ? WideSweeps : Sweeps;

    static byte[]? DrawClasses(GenerativeModel model, ImageShape shape, TileRange? range, Rng rng)
    {
        if (model.Labels is not { } labels) return null;
        var rows = new List<double[]>();
        for (int label = 0; label < Math.Min(MostClasses, labels.Units); label++) rows.AddRange(ImageSheet.RowsOf(OfClass(label)));
        return Png.Encode(ImageSheet.Grey(rows, shape, range, new SheetLayout { Columns = PerClass }));

        Matrix OfClass(int label)
        {
            var chains = new Chains(model, PerClass, 1, null, rng);
            chains.ClampClass(label);
            return Run(chains, ClassSweeps);
        }
    }

    // Shown as means, which are easier to look at than bits.
    static Matrix Run(Chains chains, int sweeps)
    {
        for (int sweep = 0; sweep < sweeps; sweep++) chains.Sweep();
        return chains.Show(Descent.VisibleMeans);
    }

    /// <summary>Writes the pictures where a run folder keeps them.</summary>
    public void Write(RunFolder folder)
    {
        for (int l = 0; l < Filters.Count; l++) AtomicFile.WriteBytes(folder.LayerFiltersPath(l + 1), Filters[l]);
        AtomicFile.WriteBytes(folder.ReconstructionsPath, Reconstructions);
        AtomicFile.WriteBytes(folder.SamplesPath, Samples);
    }

    static byte[]? DrawActivations(GenerativeModel model, Dataset shown) => model.Top == 0 ? null
        : Png.Encode(ImageSheet.HeatMap(model.Transform(shown.ToMatrix(0, Math.Min(RowBatch.Of(shown.Columns, Examples), shown.Count),
            model.Placement), model.Top),
            TileRange.Of([model.Layers[model.Top]])));

    static RunPictures Tables(GenerativeModel model, Dataset shown, Matrix data, Matrix reconstructions, ShownParticles samples,
        TileRange range) =>
        new(
        [.. Enumerable.Range(1, Math.Max(1,
            model.Top)).Select(layer => Png.Encode(ImageSheet.HeatMap(model.Weights(layer), signed: true)))],
        Png.Encode(PixelImage.Stacked([ImageSheet.HeatMap(data, range), ImageSheet.HeatMap(reconstructions, range)])),
        Png.Encode(ImageSheet.HeatMap(samples.Means, range)),
        samples,
        DrawActivations(model, shown));
}
