using System.CommandLine;
using System.Text.Json;
using Boltzmann.Cli.Help;
using Boltzmann.Cli.Temporal;

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
        var count = NumberOption.OptionalWhole("--count", 1, "Samples, each from a chain of its own. By default 100; with --clamp or "
            + "--impute one per given row, and rows take turns where there are to be more.", SampleRequest.MostSamples);
        var draws = NumberOption.OptionalWhole("--draws", 1, "Models of rows with draws of their own (train --draws row): draws of each "
            + "sample, such as the words of a document.");
        var sweeps = NumberOption.Whole("--sweeps", SampleRequest.DefaultSweeps, 1, "Gibbs sweeps of each chain.");
        var temperature = NumberOption.NotNegative("--temperature", 1, "T in p ∝ exp(−E/T). Above 1 chains move more freely; below 1 they "
            + "stay with the most probable states. 0, of machines with memory, is --greedy.");
        var start = ChoiceOption.Optional("--start", "Where chains begin. data: at rows of --data; noise: each unit drawn by its bias "
            + "alone. By default data where --data is given and nothing is clamped.", "data", "noise");
        var clamp = new Option<string?>("--clamp")
        {
            Description = "What stays as in the rows of the data while the rest is sampled: a half of a picture (left, right, top, bottom) "
            + "or columns such as 0-99,150. One sample per row; --rows takes fewer.",
            HelpName = "WHAT"
        };
        var impute = new Option<string?>("--impute")
        {
            Description = "File of rows whose missing values are sampled while the rest stays: NaN in NPY and NPZ, empty cells, NA "
            + "and the like in a table.",
            HelpName = "FILE"
        };
        var given = new Option<string[]?>("--given")
        {
            Description = "Columns that every sample has at a value, in the words of the table; the others are drawn given these.",
            HelpName = "COLUMN=VALUE",
            AllowMultipleArgumentsPerToken = true
        };
        var extrapolate = new Option<bool>("--extrapolate")
        {
            Description = "Models of tables: numbers may leave the range of the training's."
        };
        var states = new Option<bool>("--states")
        {
            Description = "Sampled states of the visible units, instead of their means given the hidden units."
        };
        var means = new Option<bool>("--means")
        {
            Description = "Deep networks: pass means all the way down from the top, instead of drawing the layers between."
        };
        var label = new Option<string?>("--class")
        {
            Description = "Models with labels: draw rows of this class; its label stays clamped.",
            HelpName = "NAME"
        };
        var picture = new Option<string?>("--picture")
        {
            Description = "PNG file for a sheet of the samples; of a sequence PNG or SVG.",
            HelpName = "FILE"
        };
        var animation = new Option<string?>("--animation")
        {
            Description = "Animated PNG file of the sheet, from the start to the last sweep.",
            HelpName = "FILE"
        };
        var command = new Command("sample", "Draws from a model, freely or around given values; of sequences, step by step.")
        {
            model.Argument
        };
        command.WithExamples(
            ("sample runs/NAME --picture samples.png --count 64", "a sheet of 64 samples"),
            ("sample runs/NAME --data mnist --clamp top --rows 20 --picture halves.png", "completes lower halves"),
            ("sample runs/NAME --count 1000 --out new.fasta", "new sequences, from a model of aligned ones"),
            ("sample runs/NAME --class 7 --count 10 --out sevens.npy", "of one class, from a model with labels"),
            ("sample runs/NAME --prefix SCI --completions 5", "the most probable ends of a word"));
        foreach (Option option in (Option[])[count, draws, sweeps, temperature, start]) command.Options.Add(option);
        data.AddTo(command);
        foreach (Option option in (Option[])[clamp, impute, given, label, states, means, extrapolate, output.Out, picture, animation,
            image])
            command.Options.Add(option);
        var sequences = new SequenceSample(model, count, sweeps, temperature, picture, animation, image, output);
        foreach (Option option in sequences.Options) command.Options.Add(option);
        foreach (Option option in (Option[])[count, sweeps, temperature, clamp, given, label]) option.In(HelpGroup.Options, isMain: true);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            if (sequences.Run(parsed, session) is int code) return code;
            output.Check(parsed, FastaWriter.Endings);
            string? sheetPath = parsed.GetValue(picture), filmPath = parsed.GetValue(animation);
            if (sheetPath is not null) RowsFile.Check("--picture", sheetPath, ".png");
            if (filmPath is not null) RowsFile.Check("--animation", filmPath, ".png", ".apng");
            if (parsed.GetValue(states) && parsed.GetValue(means))
                throw new BadInputException("--states draws on the way down and --means does not; expected one of them");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            SampledSequences.Check(parsed.GetValue(output.Out), trained);
            bool inWords = trained.Table is not null && !parsed.GetValue(means) && !output.IsNumbers(parsed);
            SampleResult result = trained.Sample(new()
            {
                Count = parsed.GetValue(count),
                Draws = parsed.GetValue(draws),
                Sweeps = parsed.GetValue(sweeps),
                Temperature = parsed.GetValue(temperature),
                Start = parsed.Choice<ChainStart>(start),
                Rows = data.Request(parsed, session),
                Clamp = parsed.GetValue(clamp),
                Impute = parsed.GetValue(impute),
                Given = parsed.GetValue(given) is { Length: > 0 } pairs ? pairs : null,
                Class = parsed.GetValue(label),
                Descent = parsed.GetValue(states) || inWords ? Descent.States : parsed.GetValue(means) ? Descent.Means
                    : Descent.VisibleMeans,
                Picture = sheetPath is not null,
                Film = filmPath is not null,
                Image = parsed.GetValue(image),
            }, session.Context);
            if (sheetPath is not null) AtomicFile.WriteBytes(sheetPath, Png.Encode(result.Sheet!));
            if (filmPath is not null) AtomicFile.WriteBytes(filmPath, Apng.Encode(result.Frames, FrameMs, LastFrameMs));
            Action<Utf8JsonWriter> more = json =>
            {
                if (sheetPath is not null) json.WriteString("picture", sheetPath);
                if (filmPath is not null) json.WriteString("animation", filmPath);
            };
            if (inWords)
            {
                bool isFree = parsed.GetValue(extrapolate);
                if (SampledSequences.Write(session, trained, parsed.GetValue(output.Out), result.Rows))
                {
                    output.Tell(parsed, session, "picture", sheetPath);
                    return ExitCode.Done;
                }
                string[][] rows = [.. Enumerable.Range(0, result.Rows.Rows).Select(r =>
                    trained.Table!.Decode(result.Rows.ReadRow(r), isFree))];
                IReadOnlyList<string> columns = [.. trained.Table!.Columns.Select(c => c.Name)];
                TableOutput.Write(session, trained.Description.Model, parsed.GetValue(output.Out), columns, rows, more);
            }
            else output.Write(parsed, session, trained, result.Rows.Rows, result.ColumnNames, [result.Rows], more);
            output.Tell(parsed, session, "picture", sheetPath);
            output.Tell(parsed, session, "animation", filmPath);
            return ExitCode.Done;
        });
        return command;
    }
}
