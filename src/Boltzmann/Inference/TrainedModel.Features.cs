namespace Boltzmann;

public sealed partial class TrainedModel
{
    const uint TransformStream = 0x74726e73;

    // What a batch of rows becomes; without randomness, the means.
    delegate Matrix Features(Matrix batch, Rng? rng);

    /// <summary>Turns rows into features, part by part.</summary>
    /// <param name="request">Which rows, which layers, how.</param>
    /// <param name="context">Opens data by name, settles what is drawn, is told what was done to rows.</param>
    /// <exception cref="BadInputException">There is no such layer or way up, or rows cannot be read or do not fit; the message says
    /// which.</exception>
    public TransformResult Transform(TransformRequest request, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        LoadedFile file = File;
        if (machine is null && request.Passes is not null)
            throw new BadInputException($"--passes is for units that are drawn: {Path} holds a network, which has none");
        int[] up = LayerChoice.AllOf(request.Layer ?? (request.Layers is { Count: > 0 } ? null : AutoEncoder?.CodeLayer), request.Layers,
            file, HiddenLayers);
        if (machine is not null) RequireWay(machine.Model, request);
        Features features = machine is not null ? Of(machine.Model, up, request)
            : (batch, _) => Matrix.Beside([.. up.Select(layer => ((LoadedNetwork)predictor!).Transform(batch, layer))]);
        var rows = new ModelRows(new AskedRows(file, request.Rows, context, "transform") { Observes = true }.Prepared(), placement,
            Binarization.None,
            context.Seed, context.Interrupted);
        var rng = new Rng(context.Seed, TransformStream);
        var answer = new AnsweredRows(rows.Count, Inference.ColumnNames.Hidden(file, up),
            rows.Batches().Select(batch => features(batch, rng)));
        return new(rows.Data.Name, answer,
            count => FeatureMap.Draw(rows.Data.Take(Math.Min(count, rows.Count)), batch => features(batch, null), placement, context));
    }

    static void RequireWay(GenerativeModel model, TransformRequest request)
    {
        if (request.Inference == WayUp.MeanField) return;
        bool isDoubled = request.Inference == WayUp.Doubled;
        if (request.Passes is not null) throw new BadInputException("--passes draws from what inference by mean-field finds; --inference "
            + $"{(isDoubled ? "doubled" : "upward")} does not go with it");
        model.RequireUpward(isDoubled);
    }

    static Features Of(GenerativeModel model, int[] up, TransformRequest request) => (batch, rng) => Matrix.Beside(
        rng is not null && request.Passes is int passes ? [.. up.Select(layer => model.SampleTransform(batch, layer, rng, passes))]
        : request.Inference == WayUp.MeanField ? model.TransformAll(batch, up)
        : [.. up.Select(layer => model.TransformUpward(batch, layer, request.Inference == WayUp.Doubled))]);
}
