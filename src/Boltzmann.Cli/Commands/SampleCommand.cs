using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann sample MODEL: what a model believes the world looks like, all of it or what is missing.</summary>
static class SampleCommand
{
    const uint Stream = 0x73616d70;
    const int FreeChains = 100, MostChains = 1_000_000, MostTiles = 400, Frames = 48, FrameMs = 90, LastFrameMs = 2000;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        var image = new ImageInput();
        var count = NumberOption.OptionalWhole("--count", 1, "Samples, each from a chain of its own: 100, or one per given row with "
            + "--clamp (of more, each row gets several in turn) and --impute.", MostChains);
        var sweeps = NumberOption.Whole("--sweeps", 1000, 1, "Gibbs sweeps of each chain.");
        var temperature = NumberOption.Positive("--temperature", 1,
            "T in p ∝ exp(−E/T): above 1 chains move more freely, below 1 they stay where it is most probable.");
        var start = ChoiceOption.Optional("--start", "Where chains begin: at rows of --data, or at noise, every unit by its bias alone. By "
            + "default data where --data is given and nothing clamped.", "data", "noise");
        var clamp = new Option<string?>("--clamp")
        {
            Description = "What rows of the data give and sampling completes, one row after "
            + "another (--rows takes fewer): a half of a picture (left, right, top, bottom) or columns such as 0-99,150.",
            HelpName = "WHAT"
        };
        var impute = new Option<string?>("--impute")
        {
            Description = "NPY file of rows in which NaN stands for what is missing: that is "
            + "sampled, the rest stays.",
            HelpName = "FILE"
        };
        var states = new Option<bool>("--states")
        {
            Description = "Give the sampled states of the visible units; their means given the "
            + "hidden ones otherwise."
        };
        var means = new Option<bool>("--means")
        {
            Description = "Deep networks: pass means all the way down from the top; layers between "
            + "are drawn otherwise."
        };
        var label = new Option<string?>("--class")
        {
            Description = "Models with labels: draw rows of this class, by its name; its label "
            + "stays clamped.",
            HelpName = "NAME"
        };
        var picture = new Option<string?>("--picture") { Description = "PNG file for a sheet of the samples.", HelpName = "FILE" };
        var animation = new Option<string?>("--animation")
        {
            Description = "Animated PNG file: the sheet from the start to the last sweep.",
            HelpName = "FILE"
        };
        var command = new Command("sample", "Draws from a model by Gibbs sampling, freely or around given values.") { model.Argument };
        foreach (Option option in (Option[])[count, sweeps, temperature, start]) command.Options.Add(option);
        data.AddTo(command);
        foreach (Option option in (Option[])[clamp, impute, label, states, means, output.Out, picture, animation, image.Image])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? sheetPath = parsed.GetValue(picture), filmPath = parsed.GetValue(animation), partial = parsed.GetValue(impute),
                what = parsed.GetValue(clamp);
            if (sheetPath is not null) RowsFile.Check("--picture", sheetPath, ".png");
            if (filmPath is not null) RowsFile.Check("--animation", filmPath, ".png", ".apng");
            if (partial is not null && what is not null)
                throw new BadInputException("--clamp and --impute both say what is given; expected one of them");
            if (parsed.GetValue(states) && parsed.GetValue(means))
                throw new BadInputException("--states draws on the way down and --means does not; expected one of them");
            string? begin = parsed.GetValue(start);
            if (begin == "data" && partial is not null)
                throw new BadInputException("--impute starts what is missing at noise; --start data is not known there");
            bool fromData = begin == "data" || (begin is null && what is null && partial is null && parsed.GetValue(data.Data) is not null);

            LoadedModel loaded = model.Load(parsed, session.Placement);
            if (loaded.Model.Below > 0 && (what is not null || partial is not null))
                throw new BadInputException($"{(what is null ? "--impute" : "--clamp")} needs an rbm or a dbm, whose chains see what is "
                    + $"given; {loaded.Path} holds a dbn");
            Dataset? rows = fromData || what is not null ? data.OpenScaled(parsed, session, loaded) : null;
            ImageShape? shape = sheetPath is null && filmPath is null ? null
                : image.Require(sheetPath is null ? "--animation" : "--picture", parsed, loaded.Model.Columns, rows, loaded);
            KnownUnits? known = partial is null ? null
                : PartialRows.Read(partial, loaded, parsed.GetValue(count), data.SourceOf(parsed, session, loaded));
            int chains = known?.Values.Rows ?? parsed.GetValue(count) ?? (what is null ? FreeChains : rows!.Count);
            if (chains > MostChains) throw new BadInputException(partial is not null ? $"{partial}: has {chains:N0} rows; --impute "
                + $"completes {MostChains:N0} at most" : $"--clamp completes each of the {chains:N0} rows of {rows!.Name}, and "
                + $"{MostChains:N0} at most; --rows or --count takes fewer");
            Matrix? given = rows is null ? null : rows.Repeated(chains, session.Placement);
            if (what is not null)
            {
                double[] mask = KnownUnits.ParseColumns(what, loaded.Model.Columns,
                    () => image.Require($"--clamp {what}", parsed, loaded.Model.Columns, rows, loaded));
                known = new(Matrix.Row(mask, session.Placement), given!);
            }

            var run = new Chains(loaded.Model, chains, parsed.GetValue(temperature), known, new Rng(session.Seed, Stream));
            if (parsed.GetValue(label) is string name) run.ClampClass(loaded.ClassOf(name));
            if (fromData) run.StartAt(given!);
            List<PixelImage> frames = [];
            Matrix samples = Run(session, run, parsed.GetValue(sweeps), parsed.GetValue(states) ? Descent.States : parsed.GetValue(means)
                ? Descent.Means : Descent.VisibleMeans, filmPath is null ? null : visible => frames.Add(Sheet(visible)));
            if (sheetPath is not null) AtomicFile.WriteBytes(sheetPath, Png.Encode(Sheet(samples)));
            if (filmPath is not null) AtomicFile.WriteBytes(filmPath, Apng.Encode(frames, FrameMs, LastFrameMs));
            loaded.ToDataUnits(samples);
            output.Write(parsed, session, loaded, chains, ColumnNames.Visible(loaded, rows), [samples]);
            return ExitCode.Done;

            PixelImage Sheet(Matrix visible)
            {
                Matrix shown = visible.RowRange(0, Math.Min(visible.Rows, MostTiles)).Clone();
                loaded.ToDataUnits(shown);
                return ImageSheet.Grey(shown, shape!, Pictures.RangeOf(loaded));
            }
        });
        return command;
    }

    static Matrix Run(Session session, Chains chains, int sweeps, Descent descent, Action<Matrix>? show) =>
        FractionDisplay.Show(session, "sampling", progress =>
    {
        HashSet<int> shown = show is null ? [] : FrameSweeps(sweeps);
        show?.Invoke(chains.Show(Descent.States));
        for (int sweep = 1; sweep <= sweeps; sweep++)
        {
            session.Interrupted.ThrowIfCancellationRequested();
            chains.Sweep();
            if (shown.Contains(sweep)) show!(chains.Show(descent));
            progress.Report((double)sweep / sweeps);
        }
        return chains.Show(descent);
    });

    // Ever further apart: a chain changes most at first.
    static HashSet<int> FrameSweeps(int sweeps) =>
        [.. Enumerable.Range(0, Frames).Select(i => (int)Math.Round(Math.Pow(sweeps, i / (Frames - 1.0))))];
}
