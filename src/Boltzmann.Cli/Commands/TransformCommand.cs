using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann transform MODEL: what a hidden layer makes of rows, as features.</summary>
static class TransformCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var output = new RowsOutput();
        var layer = new LayerInput();
        var passes = NumberOption.OptionalWhole("--passes", 1, "Give the mean of so many stochastic passes, 1 for states; means of means, "
            + "without anything random, when left out. Not for networks.");
        var inference = ChoiceOption.Of("--inference", "mean-field", "How a dbm's layers find their means: mean-field, together; upward, "
            + "in one pass from the rows up, as a network of these weights; doubled, so too, but layers with one above hear twice "
            + "(Salakhutdinov and Hinton 2009). Others have one way up.", "mean-field", "upward", "doubled");
        var map = new Option<string?>("--map")
        {
            Description = "SVG file for a map of the first rows: points of the plane, close together "
            + "where features are (t-SNE), coloured by label.",
            HelpName = "FILE"
        };
        var mapRows = NumberOption.Whole("--map-rows", 1000, 4, "Rows on the map; time and memory grow with their square.", TSne.MostRows);
        var command = new Command("transform", "Turns rows into features: the means of a hidden layer, E[h|v], or its activities in a "
            + "network, layer by layer from the rows up.") { model.Argument };
        data.AddTo(command);
        foreach (Option option in (Option[])[layer.Layer, layer.Layers, inference, passes, output.Out, map, mapRows])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? mapPath = parsed.GetValue(map);
            if (mapPath is not null) RowsFile.Check("--map", mapPath, ".svg");
            TrainedModel trained = model.Open(parsed, session.Placement);
            TransformResult result = trained.Transform(new()
            {
                Rows = data.Request(parsed, session),
                Layer = parsed.GetValue(layer.Layer),
                Layers = parsed.GetValue(layer.Layers),
                Inference = parsed.Choice<WayUp>(inference) ?? WayUp.MeanField,
                Passes = parsed.GetValue(passes),
            }, session.Context);
            int rows = result.Features.Count;
            if (mapPath is not null && rows < 4) throw new BadInputException($"--map needs at least 4 rows: {result.Data} has {rows}");
            output.Write(parsed, session, trained, result.Features);
            if (mapPath is not null) AtomicFile.WriteText(mapPath, result.ToMap(parsed.GetValue(mapRows)));
            return ExitCode.Done;
        });
        return command;
    }
}
