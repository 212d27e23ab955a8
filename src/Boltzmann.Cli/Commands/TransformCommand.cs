using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann transform MODEL: the hidden means of rows, as features.</summary>
static class TransformCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        var command = new Command("transform", "Turns rows into features: the means of the hidden units, E[h|v]. Nothing random.") { model.Argument };
        data.AddTo(command);
        command.Options.Add(output.Out);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            LoadedModel loaded = model.Load(parsed, session.Placement);
            var rows = new ModelRows(data.OpenScaled(parsed, session, loaded), session.Placement, Binarization.None, session.Seed, session.Interrupted);
            output.Write(parsed, session, loaded, rows.Count, ColumnNames.Hidden(loaded), rows.Batches().Select(loaded.Model.Transform));
            return ExitCode.Done;
        });
        return command;
    }
}
