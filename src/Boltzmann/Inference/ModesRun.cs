using Boltzmann.Searching;

namespace Boltzmann.Inference;

/// <summary>Looks for a model's modes as asked for.</summary>
/// <param name="loaded">The model.</param>
/// <param name="request">Which modes.</param>
/// <param name="context">Opens data by name, settles all randomness, is told how it goes.</param>
sealed class ModesRun(LoadedModel loaded, ModesRequest request, RunContext context)
{
    const int MostTiles = 400;

    readonly AskedRows asked = new(loaded, request.Rows, context, "search");

    /// <summary>Searches.</summary>
    /// <exception cref="BadInputException">The model has no joint energy of such units, or rows do not fit it.</exception>
    public FoundModes Find()
    {
        if (loaded.Model.Below > 0)
            throw new BadInputException($"search looks for modes of an rbm, a dbm or a bm; {loaded.Path} holds a dbn, whose layers below "
                + "the top have no energy in common");
        ModelEnergy whole = ModelEnergy.Of(loaded.Model.Undirected);
        Dataset? rows = request.Clamp is null ? null : asked.Prepared();
        ImageShape? shape = request.Picture ? Shape("--picture", rows) : null;
        IReadOnlyList<ModesResult> searches = rows is null ? [Search(whole, Options(new Dictionary<int, bool>()), request.Stop)]
            : Complete(whole, rows);
        Mode[] modes = [.. searches.SelectMany(search => search.Modes)];
        var values = new double[modes.Length, loaded.Columns];
        for (int r = 0; r < modes.Length; r++)
            for (int c = 0; c < loaded.Columns; c++) values[r, c] = modes[r].Row[c];
        Matrix found = Matrix.From(values, loaded.Placement);
        PixelImage? sheet = shape is null ? null : Sheet(found, shape);
        loaded.ToDataUnits(found);
        return new(found, ColumnNames.Visible(loaded, rows), sheet, modes, searches)
        {
            Variables = whole.Energy.Variables,
            Pairs = whole.Energy.Pairs,
        };
    }

    ModesResult[] Complete(ModelEnergy whole, Dataset rows)
    {
        if (rows.Count > ModesRequest.MostRows)
            throw new BadInputException($"--clamp completes each of the {rows.Count:N0} rows of {rows.Name} by a search of its own, and "
                + $"{ModesRequest.MostRows} at most; --rows takes fewer");
        double[] mask = KnownUnits.ParseColumns(request.Clamp!, loaded.Columns, () => Shape($"--clamp {request.Clamp}", rows));
        Matrix given = rows.ToMatrix(loaded.Placement);
        StopRule each = request.Stop with { Seconds = request.Stop.Seconds / rows.Count };
        var results = new ModesResult[rows.Count];
        bool isRounded = false;
        for (int r = 0; r < results.Length; r++)
        {
            Dictionary<int, bool> known = whole.Known(given.ReadRow(r), mask, out bool between);
            isRounded |= between;
            results[r] = Search(whole, Options(known) with { Count = 1 }, each);
            context.Interrupted.ThrowIfCancellationRequested();
        }
        if (isRounded) context.Note("values between the two of a unit count as the nearer one");
        return results;
    }

    ModesOptions Options(IReadOnlyDictionary<int, bool> known) =>
        new() { Count = request.Count, Temperature = request.Temperature, Known = known, Seed = context.Seed };

    ModesResult Search(ModelEnergy whole, ModesOptions options, StopRule stop) => new ModeSearch(whole, options).Run(
        stop with { Cancellation = context.Interrupted }, loaded.Placement.Backend, request.Progress);

    ImageShape Shape(string what, Dataset? rows) =>
        ImageShape.Require(what, request.Image, loaded.Columns, rows?.Image ?? loaded.ImageIn(context));

    PixelImage Sheet(Matrix visible, ImageShape shape)
    {
        Matrix shown = visible.RowRange(0, Math.Min(visible.Rows, MostTiles)).Clone();
        loaded.ToDataUnits(shown);
        return ImageSheet.Grey(shown, shape, loaded.Greys);
    }
}
