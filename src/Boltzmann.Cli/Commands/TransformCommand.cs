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
        var map = new Option<string?>("--map") { Description = "SVG file for a map of the first rows: points of the plane, close together where features are (t-SNE), coloured by label.", HelpName = "FILE" };
        var mapRows = NumberOption.Whole("--map-rows", 1000, 4, "Rows on the map; time and memory grow with their square.", TSne.MostRows);
        var command = new Command("transform", "Turns rows into features: the means of the hidden units, E[h|v]. Nothing random.") { model.Argument };
        data.AddTo(command);
        foreach (Option option in (Option[])[output.Out, map, mapRows]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? mapPath = parsed.GetValue(map);
            if (mapPath is not null) RowsFile.Check("--map", mapPath, ".svg");
            LoadedModel loaded = model.Load(parsed, session.Placement);
            var rows = new ModelRows(data.OpenScaled(parsed, session, loaded), session.Placement, Binarization.None, session.Seed, session.Interrupted);
            if (mapPath is not null && rows.Count < 4) throw new BadInputException($"--map needs at least 4 rows: {rows.Data.Name} has {rows.Count}");
            output.Write(parsed, session, loaded, rows.Count, ColumnNames.Hidden(loaded), rows.Batches().Select(loaded.Model.Transform));
            if (mapPath is not null) FeatureMap.Write(mapPath, loaded, rows.Data.Take(Math.Min(parsed.GetValue(mapRows), rows.Count)), session);
            return ExitCode.Done;
        });
        return command;
    }
}
