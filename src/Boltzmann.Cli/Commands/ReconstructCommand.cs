using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann reconstruct MODEL: what a model makes of rows on their way up and down.</summary>
static class ReconstructCommand
{
    const uint Stream = 0x7265636f;
    const int Pairs = 40;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        var image = new ImageInput();
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
        foreach (Option option in (Option[])[layer.Layer, stochastic, passes, steps, output.Out, picture, passages, image.Image])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? picturePath = parsed.GetValue(picture);
            if (picturePath is not null) RowsFile.Check("--picture", picturePath, ".png");
            LoadedModel loaded = model.Load(parsed, session.Placement);
            Dataset own = data.Open(parsed, session, loaded), scaled = data.Checked(own, parsed, session, loaded);
            int up = layer.Of(parsed, loaded, loaded.Model.Top, loaded.Model.ReconstructionLayer), average = parsed.GetValue(passes);
            if (average > 1 && !parsed.GetValue(stochastic))
                throw new BadInputException("--passes is for --stochastic: means are the same at every pass");
            string? passageFolder = parsed.GetValue(passages);
            if (passageFolder is not null) Passages.Check(own, passageFolder);
            ImageShape? shape = passageFolder is not null ? image.Require("--passages", parsed, own.Columns, own, loaded)
                : picturePath is null ? null : image.Require("--picture", parsed, own.Columns, own, loaded);
            var rows = new ModelRows(scaled, session.Placement, Binarization.None, session.Seed, session.Interrupted);

            double squares = 0;
            List<double[]> shown = [];
            IEnumerable<Matrix> reconstructions = Reconstructions(loaded, up, rows, parsed.GetValue(steps), average,
                parsed.GetValue(stochastic) ? new Rng(session.Seed, Stream) : null, (batch, result) =>
            {
                Matrix difference = batch.Like(batch.Rows, batch.Columns);
                difference.SetSum(batch, 1, result, -1);
                squares += difference.Summarize().SumOfSquares;
            });
            output.Write(parsed, session, loaded, rows.Count, ColumnNames.Visible(loaded, own), reconstructions.Select(Keep),
                json => json.WriteFiniteOrNull("mean_squared_error", squares / rows.Count / own.Columns));
            if (parsed.GetValue(output.Out) is not null && !session.Json)
                session.Say($"mean squared error {NumberText.Short(squares / rows.Count / own.Columns)}");
            if (picturePath is not null)
                AtomicFile.WriteBytes(picturePath, Png.Encode(ImageSheet.Pairs(ImageSheet.RowsOf(loaded.Pictured(own, scaled, 0,
                    shown.Count)), shown, shape!, Pictures.RangeOf(loaded))));
            if (passageFolder is not null) Passages.Write(passageFolder, loaded, up, own, scaled, shape!, session.Context);
            return ExitCode.Done;

            Matrix Keep(Matrix batch)
            {
                for (int r = 0; r < batch.Rows && shown.Count < Pairs; r++) shown.Add(batch.ReadRow(r));
                return batch;
            }
        });
        return command;
    }

    // In the units of the data; errors are taken before, in those of the model.
    static IEnumerable<Matrix> Reconstructions(LoadedModel loaded, int layer, ModelRows rows, int steps, int passes, Rng? rng,
        Action<Matrix, Matrix> measure)
    {
        GenerativeModel model = loaded.Model;
        foreach (Matrix batch in rows.Batches())
        {
            Matrix visible = batch;
            for (int s = 1; s <= steps; s++)
                visible = rng is null ? model.Reconstruct(visible, layer)
                    : s == steps ? model.SampleReconstruct(visible, layer, rng, passes)
                    : model.SampleGenerate(model.SampleTransform(visible, layer, rng, passes), layer, rng, Descent.States);
            measure(batch, visible);
            loaded.ToDataUnits(visible);
            yield return visible;
        }
    }
}
