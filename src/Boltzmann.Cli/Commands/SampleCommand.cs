using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann sample MODEL: what a model believes the world looks like, all of it or what is missing.</summary>
static class SampleCommand
{
    const int FrameMs = 90, LastFrameMs = 2000;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        Option<ImageShape?> image = ImageInput.Option();
        var count = NumberOption.OptionalWhole("--count", 1, "Samples, each from a chain of its own: 100, or one per given row with "
            + "--clamp (of more, each row gets several in turn) and --impute.", SampleRequest.MostSamples);
        var sweeps = NumberOption.Whole("--sweeps", SampleRequest.DefaultSweeps, 1, "Gibbs sweeps of each chain.");
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
        foreach (Option option in (Option[])[clamp, impute, label, states, means, output.Out, picture, animation, image])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? sheetPath = parsed.GetValue(picture), filmPath = parsed.GetValue(animation);
            if (sheetPath is not null) RowsFile.Check("--picture", sheetPath, ".png");
            if (filmPath is not null) RowsFile.Check("--animation", filmPath, ".png", ".apng");
            if (parsed.GetValue(states) && parsed.GetValue(means))
                throw new BadInputException("--states draws on the way down and --means does not; expected one of them");
            TrainedModel trained = model.Open(parsed, session.Placement);
            SampleResult result = trained.Sample(new()
            {
                Count = parsed.GetValue(count),
                Sweeps = parsed.GetValue(sweeps),
                Temperature = parsed.GetValue(temperature),
                Start = parsed.Choice<ChainStart>(start),
                Rows = data.Request(parsed, session),
                Clamp = parsed.GetValue(clamp),
                Impute = parsed.GetValue(impute),
                Class = parsed.GetValue(label),
                Descent = parsed.GetValue(states) ? Descent.States : parsed.GetValue(means) ? Descent.Means : Descent.VisibleMeans,
                Picture = sheetPath is not null,
                Film = filmPath is not null,
                Image = parsed.GetValue(image),
            }, session.Context);
            if (sheetPath is not null) AtomicFile.WriteBytes(sheetPath, Png.Encode(result.Sheet!));
            if (filmPath is not null) AtomicFile.WriteBytes(filmPath, Apng.Encode(result.Frames, FrameMs, LastFrameMs));
            output.Write(parsed, session, trained, result.Rows.Rows, result.ColumnNames, [result.Rows]);
            return ExitCode.Done;
        });
        return command;
    }
}
