namespace Boltzmann.Inference;

/// <summary>Draws from a model as asked for.</summary>
/// <param name="loaded">The model.</param>
/// <param name="request">What to draw.</param>
/// <param name="context">Opens data by name, settles what is drawn, is told how it goes.</param>
sealed class SampleRun(LoadedModel loaded, SampleRequest request, RunContext context)
{
    const uint Stream = 0x73616d70;
    const int FreeChains = 100, MostChains = SampleRequest.MostSamples, MostTiles = 400, FilmFrames = 48;

    readonly AskedRows asked = new(loaded, request.Rows, context, "sample");
    readonly List<PixelImage> frames = [];
    ImageShape? shape;

    /// <summary>Draws.</summary>
    /// <exception cref="BadInputException">The request asks for what cannot be, or its rows do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The context was interrupted.</exception>
    public SampleResult Draw()
    {
        bool startsAtRows = StartsAtRows();
        string? giving = request.Clamp is not null ? "--clamp" : request.Impute is not null ? "--impute"
            : request.Given is not null ? "--given" : null;
        if (loaded.Model.Below > 0 && giving is not null)
            throw new BadInputException($"{giving} needs an rbm or a dbm, whose chains see what "
                + $"is given; {loaded.Path} holds a dbn");
        Dataset? rows = startsAtRows || request.Clamp is not null ? asked.Prepared() : null;
        if (request.Picture || request.Film)
            shape = Shape(request.Picture ? "--picture" : "--animation", rows);
        Chains chains = Start(rows, startsAtRows);
        Matrix samples = context.Track("sampling", progress => Sweep(chains, progress));
        PixelImage? sheet = request.Picture ? Sheet(samples) : null;
        loaded.ToDataUnits(samples);
        return new(samples, ColumnNames.Visible(loaded, rows), sheet, frames);
    }

    bool StartsAtRows()
    {
        if (request.Impute is not null && request.Clamp is not null)
            throw new BadInputException("--clamp and --impute both say what is given; expected one of them");
        if (request.Impute is not null && request.Start == ChainStart.Data)
            throw new BadInputException("--impute starts what is missing at noise; --start data is not known there");
        if (request.Given is not null && (request.Clamp ?? request.Impute) is not null)
            throw new BadInputException("--given says what is given, and so do --clamp and --impute; expected one of them");
        bool isFree = request.Clamp is null && request.Impute is null && request.Given is null;
        return request.Start is ChainStart start ? start == ChainStart.Data : isFree && request.Rows.IsStated;
    }

    Chains Start(Dataset? rows, bool startsAtRows)
    {
        KnownUnits? known = request.Impute is not string partial ? null
            : PartialRows.Read(partial, loaded, request.Count, asked.Source, context.Note);
        int count = known?.Values.Rows ?? request.Count ?? (request.Clamp is null ? FreeChains : rows!.Count);
        RequireFew(count, rows);
        Matrix? given = rows?.Repeated(count, loaded.Placement);
        if (request.Clamp is string what)
        {
            double[] mask = KnownUnits.ParseColumns(what, loaded.Columns,
                () => Shape($"--clamp {what}", rows));
            known = new(Matrix.Row(mask, loaded.Placement), given!);
        }
        if (request.Given is { } words) known = GivenColumns.Read(words, loaded, count);
        var chains = new Chains(Settled(), count, request.Temperature, known, new Rng(context.Seed, Stream));
        if (request.Class is string name) chains.ClampClass(loaded.ClassOf(name));
        if (startsAtRows) chains.StartAt(given!);
        return chains;
    }

    GenerativeModel Settled()
    {
        if (loaded.Model.DrawsByRow)
            return loaded.Model.WithDraws(request.Draws ?? throw new BadInputException($"the rows of {loaded.Path} have draws of their "
                + "own: expected --draws, the draws of each sample, such as the words of a document"));
        return request.Draws is null ? loaded.Model : throw new BadInputException($"--draws is for models whose rows have draws of their "
            + $"own (train --draws row), and {loaded.Title} is not one");
    }

    void RequireFew(int chains, Dataset? rows)
    {
        if (chains <= MostChains) return;
        throw new BadInputException(request.Impute is not null
            ? $"{request.Impute}: has {chains:N0} rows; --impute completes {MostChains:N0} at most"
            : request.Clamp is not null ? $"--clamp completes each of the {chains:N0} rows of {rows!.Name}, and {MostChains:N0} at most; "
            + "--rows or --count takes fewer"
            : $"--count must be a whole number from 1 to {MostChains}, not '{chains}'");
    }

    Matrix Sweep(Chains chains, IProgress<double> progress)
    {
        int sweeps = request.Sweeps ?? SampleRequest.DefaultSweeps;
        if (request.Given is not null) chains.Anneal(sweeps, context.Interrupted);
        HashSet<int> filmed = request.Film ? FilmedSweeps(sweeps) : [];
        if (request.Film) frames.Add(Sheet(chains.Show(Descent.States)));
        for (int sweep = 1; sweep <= sweeps; sweep++)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            chains.Sweep();
            if (filmed.Contains(sweep)) frames.Add(Sheet(chains.Show(request.Descent)));
            progress.Report((double)sweep / sweeps);
        }
        return chains.Show(request.Descent).Clone();
    }

    // Ever further apart: a chain changes most at first.
    static HashSet<int> FilmedSweeps(int sweeps) =>
        [.. Enumerable.Range(0, FilmFrames).Select(i => (int)Math.Round(Math.Pow(sweeps, i / (FilmFrames - 1.0))))];

    ImageShape Shape(string what, Dataset? rows) =>
        ImageShape.Require(what, request.Image, loaded.Columns, rows?.Image ?? loaded.ImageIn(context));

    PixelImage Sheet(Matrix visible)
    {
        Matrix shown = visible.RowRange(0, Math.Min(visible.Rows, MostTiles)).Clone();
        loaded.ToDataUnits(shown);
        return ImageSheet.Grey(shown, shape!, loaded.Greys);
    }
}
