using System.CommandLine;
using Boltzmann.Cli.Help;

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
        var passes = NumberOption.OptionalWhole("--passes", 1, "The mean of N stochastic passes; 1 gives states. Without it, means of "
            + "means, with nothing random. Not for networks.");
        var inference = ChoiceOption.Of("--inference", "mean-field", "How a dbm's layers find their means. mean-field: together; upward: "
            + "in one pass from the rows up, as in a network with these weights; doubled: upward with doubled inputs to layers that "
            + "have one above (Salakhutdinov and Hinton 2009). Other models have one way up.", "mean-field", "upward", "doubled");
        var map = new Option<string?>("--map")
        {
            Description = "SVG file for a map of the first rows. Rows with similar features are close together (t-SNE), coloured by label.",
            HelpName = "FILE"
        };
        var mapRows = NumberOption.Whole("--map-rows", 1000, 4,
            "With --map: rows on it; time and memory grow with their square.", TSne.MostRows);
        var command = new Command("transform", "Turns rows into features: the means of a hidden layer, E[h|v]. In a network, the layer's "
            + "activities.") { model.Argument };
        command.WithExamples(
            ("transform runs/NAME --out features.npy", "features of the test part of the model's data"),
            ("transform runs/NAME --data new.csv --layer 1 --map map.svg", "of other rows, with a map of them"));
        data.AddTo(command);
        foreach (Option option in (Option[])[layer.Layer, layer.Layers, inference, passes, output.Out, map, mapRows])
            command.Options.Add(option);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            output.Check(parsed);
            string? mapPath = parsed.GetValue(map);
            if (mapPath is null && parsed.IsGiven(mapRows)) throw new BadInputException("--map-rows does nothing without --map FILE");
            if (mapPath is not null) RowsFile.Check("--map", mapPath, ".svg");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
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
            output.Write(parsed, session, trained, result.Features, json =>
            {
                if (mapPath is not null) json.WriteString("map", mapPath);
            });
            if (mapPath is not null) AtomicFile.WriteText(mapPath, result.ToMap(parsed.GetValue(mapRows)));
            output.Tell(parsed, session, "map", mapPath);
            return ExitCode.Done;
        });
        return command;
    }
}
