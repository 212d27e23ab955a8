using System.CommandLine;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann transform MODEL: what a hidden layer makes of rows, as features.</summary>
static class TransformCommand
{
    const uint Stream = 0x74726e73;

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
            string path = RunFolder.FindModel(parsed.GetValue(model.Argument)!);
            var (loaded, rows, up, transform) = ModelFile.Describe(path).Model == ModelKind.Network.Name ? OfNetwork(parsed, session, path)
                : OfMachines(parsed, session);
            if (mapPath is not null && rows.Count < 4)
                throw new BadInputException($"--map needs at least 4 rows: {rows.Data.Name} has {rows.Count}");
            var rng = new Rng(session.Seed, Stream);
            output.Write(parsed, session, loaded, rows.Count, ColumnNames.Hidden(loaded, up),
                rows.Batches().Select(batch => transform(batch, rng)));
            if (mapPath is not null) FeatureMap.Write(mapPath, rows.Data.Take(Math.Min(parsed.GetValue(mapRows), rows.Count)),
                batch => transform(batch, null), session.Context);
            return ExitCode.Done;
        });
        return command;

        (LoadedFile, ModelRows, int[], Features) OfMachines(ParseResult parsed, Session session)
        {
            LoadedModel loaded = model.Load(parsed, session.Placement);
            int[] up = layer.AllOf(parsed, loaded, loaded.Model.Top);
            string way = parsed.GetValue(inference)!;
            if (way != "mean-field" && parsed.GetValue(passes) is not null) throw new BadInputException("--passes draws from what "
                + $"inference by mean-field finds; --inference {way} does not go with it");
            if (way != "mean-field") loaded.Model.RequireUpward(way == "doubled");
            return (loaded, Rows(session, data.OpenScaled(parsed, session, loaded)), up, (batch, rng) => Matrix.Beside(
                rng is not null && parsed.GetValue(passes) is int n ? [.. up.Select(l => loaded.Model.SampleTransform(batch, l, rng, n))]
                : way == "mean-field" ? loaded.Model.TransformAll(batch, up)
                : [.. up.Select(l => loaded.Model.TransformUpward(batch, l, way == "doubled"))]));
        }

        (LoadedFile, ModelRows, int[], Features) OfNetwork(ParseResult parsed, Session session, string path)
        {
            if (parsed.GetValue(passes) is not null)
                throw new BadInputException($"--passes is for units that are drawn: {path} holds a network, which has none");
            LoadedNetwork loaded = LoadedNetwork.Read(path, session.Placement);
            int[] up = layer.AllOf(parsed, loaded, loaded.Network.Layers.Count - 1);
            return (loaded, Rows(session, data.OpenScaled(parsed, session, loaded)), up,
                (batch, _) => Matrix.Beside([.. up.Select(l => loaded.Transform(batch, l))]));
        }
    }

    // What a batch of rows becomes; without randomness, the means.
    delegate Matrix Features(Matrix batch, Rng? rng);

    static ModelRows Rows(Session session, Dataset data) =>
        new(data, session.Placement, Binarization.None, session.Seed, session.Interrupted);
}
