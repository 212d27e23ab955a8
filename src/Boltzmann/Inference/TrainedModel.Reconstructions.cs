namespace Boltzmann;

public sealed partial class TrainedModel
{
    const uint ReconstructStream = 0x7265636f;

    /// <summary>Passes rows up to a hidden layer and down again, part by part.</summary>
    /// <param name="request">Which rows, which layer, how.</param>
    /// <param name="context">Opens data by name, settles what is drawn, is told what was done to rows.</param>
    /// <exception cref="BadInputException">The model generates no rows, there is no such layer, a picture is wanted of rows that are none,
    /// or rows cannot be read or do not fit; the message says which.</exception>
    public ReconstructResult Reconstruct(ReconstructRequest request, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        if (AutoEncoder is Network network) return Rebuilt(network, request, context);
        LoadedModel loaded = Generative();
        var rows = new AskedRows(loaded, request.Rows, context, "reconstruct");
        Dataset own = rows.Own, prepared = rows.Prepared();
        int up = LayerChoice.Of(request.Layer, loaded, loaded.Model.Top, loaded.Model.ReconstructionLayer), passes = request.Passes ?? 1;
        if (passes > 1 && !request.Stochastic)
            throw new BadInputException("--passes is for --stochastic: means are the same at every pass");
        if (request.Passages is not null) Passages.Check(own, request.Passages);
        string? picture = request.Passages is not null ? "--passages" : request.Picture ? "--picture" : null;
        ImageShape? shape = picture is null ? null
            : ImageShape.Require(picture, request.Image, Columns, own.Image ?? loaded.ImageIn(context));
        var batches = new ModelRows(prepared, placement, Binarization.None, context.Seed, context.Interrupted);
        Rng? rng = request.Stochastic ? new(context.Seed, ReconstructStream) : null;
        return new(loaded, own, prepared, shape, batches.Batches().Select(batch =>
            (batch, Reconstructed(loaded.Model, batch, up, request.Steps ?? 1, passes, rng))), request.Passages is not string folder ? null
            : () => Passages.Write(folder, loaded, up, own, prepared, shape!));
    }

    // Through the code and down again, so many times.
    ReconstructResult Rebuilt(Network network, ReconstructRequest request, RunContext context)
    {
        if (request.Layer is int layer && layer != network.CodeLayer) throw NoOtherCode(network, layer);
        string? foreign = request.Stochastic ? "--stochastic" : request.Passes > 1 ? "--passes"
            : request.Passages is not null ? "--passages" : null;
        if (foreign is not null)
            throw new BadInputException($"{foreign} is for machines: {Path} holds an auto-encoder, which draws nothing");
        var rows = new AskedRows(File, request.Rows, context, "reconstruct");
        Dataset own = rows.Own, prepared = rows.Prepared();
        ImageShape? shape = request.Picture
            ? ImageShape.Require("--picture", request.Image, Columns, own.Image ?? File.ImageIn(context)) : null;
        var batches = new ModelRows(prepared, placement, Binarization.None, context.Seed, context.Interrupted);
        return new(File, own, prepared, shape, batches.Batches().Select(batch => (batch, Again(batch))), null);

        Matrix Again(Matrix again)
        {
            for (int step = 0; step < (request.Steps ?? 1); step++) again = network.Predict(again);
            return again;
        }
    }

    static Matrix Reconstructed(GenerativeModel model, Matrix rows, int layer, int steps, int passes, Rng? rng)
    {
        for (int step = 1; step <= steps; step++)
            rows = rng is null ? model.Reconstruct(rows, layer)
                : step == steps ? model.SampleReconstruct(rows, layer, rng, passes)
                : model.SampleGenerate(model.SampleTransform(rows, layer, rng, passes), layer, rng, Descent.States);
        return rows;
    }

    // A model whose units rows and chains can be drawn from.
    LoadedModel Generative() => machine ?? throw new BadInputException($"{Path}: holds a {Description.Model}, which generates no rows");
}
