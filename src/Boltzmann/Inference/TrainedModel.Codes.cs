namespace Boltzmann;

/// <content>Codes: what a few units keep of a row, and the row that they stand for.</content>
public sealed partial class TrainedModel
{
    /// <summary>
    /// The code of each row: the activities of an auto-encoder's code layer; of a machine or another network those of the top hidden layer.
    /// [B × units].
    /// </summary>
    /// <param name="rows">In the units of the data.</param>
    /// <exception cref="BadInputException">A row does not fit the model, or it has no hidden layer; the message says which.</exception>
    public Matrix Encode(RowData rows) => Transform(rows);

    /// <summary>The rows that codes stand for, in the units of the data. [B × columns].</summary>
    /// <param name="codes">As <see cref="Encode"/> gives them: of an auto-encoder, or of a machine's top layer.</param>
    /// <exception cref="BadInputException">The model has no way down from a code, or codes have another number of values or one that is not
    /// finite.</exception>
    public Matrix Decode(RowData codes)
    {
        Dataset given = codes.Dataset;
        RequireCodes(given);
        return InDataUnits(Joined(InParts(given).Select(Decoded), Columns));
    }

    /// <summary>The same of codes in a file.</summary>
    /// <param name="request">Which codes.</param>
    /// <param name="context">Opens data by name.</param>
    /// <exception cref="BadInputException">They cannot be read, or as of the other form.</exception>
    public DecodeResult Decode(DecodeRequest request, RunContext? context = null)
    {
        context ??= RunContext.WithoutData;
        _ = CodeUnits;
        Dataset codes = request.Given?.Dataset ?? context.Data.Open(request.Data ?? throw new BadInputException("decode needs --data: the "
            + "codes of rows, as encode writes them"), request.Reading.Apply(new() { Csv = new() { HasHeader = request.HasHeader } }));
        if (request.Count is int most) codes = codes.Take(most);
        RequireCodes(codes);
        ImageShape? shape = request.Picture ? ImageShape.Require("--picture", request.Image, Columns, File.ImageIn(context)) : null;
        return new(File, codes.Count, shape, InParts(codes).Select(Decoded));
    }

    Network? AutoEncoder => predictor is LoadedNetwork { Network: { CodeLayer: not null } network } ? network : null;

    int CodeUnits => AutoEncoder?.CodeUnits ?? (machine is null
        ? throw new BadInputException($"{Path}: holds a network that does not rebuild its inputs, so nothing leads back from its layers; "
            + "fine-tune --reconstruct makes an auto-encoder")
        : machine.Model.Top == 0 ? throw new BadInputException($"{Path}: has no hidden layer, and so no code")
        : machine.Model.Layers[machine.Model.Top].Units);

    Matrix Decoded(Matrix codes) => AutoEncoder?.Decode(codes) ?? machine!.Model.Generate(codes, machine.Model.Top);

    void RequireCodes(Dataset codes)
    {
        if (codes.Count == 0) throw new BadInputException($"{codes.Name} has no rows");
        if (codes.Columns != CodeUnits)
            throw new BadInputException($"{codes.Name} has {codes.Columns} columns, but a code of {Path} has {CodeUnits} values");
        NumberRange.Check(codes, null, placement.Precision);
    }

    IEnumerable<Matrix> InParts(Dataset data)
    {
        for (int first = 0; first < data.Count; first += RowsAtOnce)
            yield return data.ToMatrix(first, Math.Min(RowsAtOnce, data.Count - first), placement);
    }

    BadInputException NoOtherCode(Network network, int layer) =>
        new($"--layer {layer}: {Path} is an auto-encoder, whose rows go through its code, layer {network.CodeLayer}");
}
