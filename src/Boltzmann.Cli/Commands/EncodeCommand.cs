using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann encode MODEL: the codes of rows.</summary>
static class EncodeCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        var command = new Command("encode", "Turns rows into codes: an auto-encoder's, or the top layer's. These are the activities of the "
            + "code layer of an auto-encoder (fine-tune --reconstruct), or the means of a machine's top layer; decode turns codes into "
            + "rows.") { model.Argument };
        command.WithExamples(
            ("encode runs/NAME --split test --out codes.npy", "codes of the test part of the model's data"),
            ("encode runs/NAME --data new.csv --out codes.csv", "of other rows"));
        data.AddTo(command);
        command.Options.Add(output.Out);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            TransformResult result = trained.Transform(new() { Rows = data.Request(parsed, session) }, session.Context);
            output.Write(parsed, session, trained, result.Features);
            return ExitCode.Done;
        });
        return command;
    }
}
