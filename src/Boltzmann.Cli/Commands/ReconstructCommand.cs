using System.CommandLine;

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
            Description = "Draw the units of hidden layers, and the visible ones between "
            + "steps, instead of passing means; the result are means of the last draw."
        };
        var layer = new LayerInput();
        var passes = NumberOption.Whole("--passes", 1, 1, "With --stochastic: take the mean of so many passes up, and of as many down.");
        var steps = NumberOption.Whole("--steps", 1, 1, "Times up and down.");
        var picture = new Option<string?>("--picture")
        {
            Description = "PNG file for the first 40 rows, reconstructions below.",
            HelpName = "FILE"
        };
        var passages = new Option<string?>("--passages")
        {
            Description = "Folder for a PNG file per class, LABEL.png, of its first row: "
            + "data, hidden units, reconstruction.",
            HelpName = "FOLDER"
        };
        var command = new Command("reconstruct", "Passes rows up to a hidden layer and down again.") { model.Argument };
        data.AddTo(command);
        foreach (Option option in (Option[])[layer.Layer, stochastic, passes, steps, output.Out, picture, passages, image])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? picturePath = parsed.GetValue(picture);
            if (picturePath is not null) RowsFile.Check("--picture", picturePath, ".png");
            TrainedModel trained = model.Open(parsed, session.Placement);
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
            output.Write(parsed, session, trained, result.Rows,
                json => json.WriteFiniteOrNull("mean_squared_error", result.MeanSquaredError));
            if (parsed.GetValue(output.Out) is not null && !session.Json)
                session.Say($"mean squared error {NumberText.Short(result.MeanSquaredError)}");
            if (picturePath is not null) AtomicFile.WriteBytes(picturePath, result.ToPicture());
            result.WritePassages();
            return ExitCode.Done;
        });
        return command;
    }
}
