using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann reconstruct MODEL: what a model makes of rows on their way up and down.</summary>
static class ReconstructCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        Option<ImageShape?> image = ImageInput.Option();
        var stochastic = new Option<bool>("--stochastic")
        {
            Description = "Draw the hidden units, and the visible units between steps, instead of passing means. The result is the "
            + "means given the last draw."
        };
        var layer = new LayerInput();
        var passes = NumberOption.Whole("--passes", 1, 1, "With --stochastic: average N passes up, and as many down.");
        var steps = NumberOption.Whole("--steps", 1, 1, "How many times up and down.");
        var picture = new Option<string?>("--picture")
        {
            Description = "PNG file for the first 40 rows, reconstructions below.",
            HelpName = "FILE"
        };
        var passages = new Option<string?>("--passages")
        {
            Description = "Folder for a PNG file per class, LABEL.png. It shows the class's first row: data, hidden units, reconstruction.",
            HelpName = "FOLDER"
        };
        var command = new Command("reconstruct", "Passes rows up to a hidden layer and down again.") { model.Argument };
        command.WithExamples(
            ("reconstruct runs/NAME --picture pairs.png", "rows, with their reconstructions below"),
            ("reconstruct runs/NAME --data new.csv --out again.csv", "reconstructions of other rows"));
        data.AddTo(command);
        foreach (Option option in (Option[])[layer.Layer, stochastic, passes, steps, output.Out, picture, passages, image])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? picturePath = parsed.GetValue(picture);
            if (picturePath is not null) RowsFile.Check("--picture", picturePath, ".png");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            ReconstructResult result = trained.Reconstruct(new()
            {
                Rows = data.Request(parsed, session),
                Layer = parsed.GetValue(layer.Layer),
                Stochastic = parsed.GetValue(stochastic),
                Passes = parsed.GetValue(passes),
                Steps = parsed.GetValue(steps),
                Picture = picturePath is not null,
                Passages = parsed.GetValue(passages),
                Image = parsed.GetValue(image),
            }, session.Context);
            output.Write(parsed, session, trained, result.Rows, json =>
            {
                json.WriteFiniteOrNull("mean_squared_error", result.MeanSquaredError);
                if (picturePath is not null) json.WriteString("picture", picturePath);
            });
            if (parsed.GetValue(output.Out) is not null && !session.Json)
                session.Say($"mean squared error {NumberText.Short(result.MeanSquaredError)}");
            if (picturePath is not null) AtomicFile.WriteBytes(picturePath, result.ToPicture());
            result.WritePassages();
            output.Tell(parsed, session, "picture", picturePath);
            output.Tell(parsed, session, "pictures of passages", parsed.GetValue(passages));
            return ExitCode.Done;
        });
        return command;
    }
}
