using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann decode MODEL: the rows that codes stand for.</summary>
static class DecodeCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var codes = new Option<string?>("--data")
        {
            Description = "File of codes, a row each, as encode writes them: NPY, NPZ or CSV; - for standard input.",
            HelpName = "FILE"
        };
        var rows = NumberOption.OptionalWhole("--rows", 1, "Only the first so many codes; all when left out.");
        Option<string?> header = ChoiceOption.Optional("--header",
            "Whether the CSV's first line names the columns; detected when left out.", "true", "false");
        var reading = new ReadingInput();
        var output = new RowsOutput();
        Option<ImageShape?> image = ImageInput.Option();
        var picture = new Option<string?>("--picture") { Description = "PNG file for the first 100 rows.", HelpName = "FILE" };
        var command = new Command("decode", "Turns codes into the rows that they stand for. Takes an auto-encoder (fine-tune "
            + "--reconstruct), or a machine, whose top layer they are means of.") { model.Argument };
        command.WithExamples(
            ("decode runs/NAME --data codes.npy --picture back.png", "as pictures"),
            ("decode runs/NAME --data codes.npy --out back.csv", "as rows"));
        foreach (Option option in (Option[])[codes, rows, header, .. reading.Options, output.Out, picture, image])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? picturePath = parsed.GetValue(picture);
            if (picturePath is not null) RowsFile.Check("--picture", picturePath, ".png");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            DecodeResult result = trained.Decode(new()
            {
                Data = parsed.GetValue(codes),
                Count = parsed.GetValue(rows),
                HasHeader = parsed.GetValue(header) switch { "true" => true, "false" => false, _ => null },
                Reading = reading.Of(parsed),
                Picture = picturePath is not null,
                Image = parsed.GetValue(image),
            }, session.Context);
            output.Write(parsed, session, trained, result.Rows, json =>
            {
                if (picturePath is not null) json.WriteString("picture", picturePath);
            });
            if (picturePath is not null) AtomicFile.WriteBytes(picturePath, result.ToPicture());
            output.Tell(parsed, session, "picture", picturePath);
            return ExitCode.Done;
        });
        return command;
    }
}
