using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>What commands for models make of a network's file.</summary>
public sealed class NetworkCommandTests : IDisposable
{
    // Of numbers below 10, by products of a dozen terms: double precision stays far below, single precision far above.
    const double Tolerance = 1e-12;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // 3 inputs, two hidden layers of 5 and 4, three classes.
    Network Save()
    {
        Placement place = Placement.Default.Double;
        var network = new Network([new(3, 5, Activation.Tanh, true, place), new(5, 4, Activation.Relu, placement: place),
            new(4, 3, Activation.Linear, placement: place)], new SoftmaxHead());
        var rng = new Rng(3);
        foreach (Parameter p in network.Parameters)
            for (int r = 0; r < p.Value.Rows; r++)
                for (int c = 0; c < p.Value.Columns; c++)
                    p.Value[r, c] = p.IsPositive ? 0.5 + rng.NextUniform() : 2 * rng.NextUniform() - 1;
        ModelFile.Save(folder["model.safetensors"], network, new JsonObject { ["epochs"] = 7 }, ["yes", "no", "perhaps"]);
        return network;
    }

    (string Csv, Matrix Rows, int[] Labels) Data()
    {
        string[] names = ["yes", "no", "perhaps"];
        double[,] rows = new double[12, 3];
        for (int r = 0; r < 12; r++)
            for (int c = 0; c < 3; c++) rows[r, c] = (r * 5 + c * 3) % 7 / 4.0;
        int[] labels = [.. Enumerable.Range(0, 12).Select(r => r * 2 % 3)];
        File.WriteAllLines(folder["rows.csv"],
            ["a,b,c,answer", .. Enumerable.Range(0, 12).Select(r => $"{rows[r, 0]},{rows[r, 1]},{rows[r, 2]},{names[labels[r]]}")]);
        return (folder["rows.csv"], Matrix.From(rows, Placement.Default.Double), labels);
    }

    string[] With(string command, params string[] more) =>
        [command, folder["model.safetensors"], "--data", folder["rows.csv"], "--label-column", "answer", .. more];

    [Fact]
    public void Inspection_shows_layers_classes_statistics_and_training()
    {
        Network network = Save();
        string text = CommandLine.Succeed("inspect", folder["model.safetensors"]).Output;
        GoldenFile.Check("cli/inspect-network.txt", text.Replace(folder.Path, "FOLDER"));
        JsonNode json = CommandLine.Succeed("inspect", folder["model.safetensors"], "--json").Json;
        Assert.Equal("network", json["model"]!.GetValue<string>());
        Assert.Equal(["tanh", "relu", "softmax"], json["layers"]!.AsArray().Skip(1).Select(l => l!["units"]!.GetValue<string>()));
        Assert.True(json["layers"]![1]!["normalized"]!.GetValue<bool>());
        Assert.Equal(["yes", "no", "perhaps"], json["classes"]!.AsArray().Select(c => c!.GetValue<string>()));
        Assert.Equal(7, json["training"]!["epochs"]!.GetValue<int>());
        Assert.Equal(network.Parameters.Select(p => p.Name), json["parameters"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()));
        Assert.Equal(Math.Sqrt(network.Layers[1].Weights.Summarize().SumOfSquares), json["parameters"]!.AsArray()
            .First(p => p!["name"]!.GetValue<string>() == "weights.1-2")!["norm"]!.GetValue<double>(), Tolerance);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(null)]
    public void Features_are_the_activities_of_the_layer(int? layer)
    {
        Network network = Save();
        (_, Matrix rows, _) = Data();
        string[] which = layer is int l ? ["--layer", $"{l}"] : [];
        JsonNode json = CommandLine.Succeed(With("transform",
            ["--precision", "float64", "--json", "--map", folder["map.svg"], .. which])).Json;
        double[,] expected = network.Transform(rows, layer ?? 2).ToArray();
        Assert.Equal([12, expected.GetLength(1)], json["shape"]!.AsArray().Select(n => n!.GetValue<int>()));
        for (int r = 0; r < 12; r++)
            for (int c = 0; c < expected.GetLength(1); c++)
                Assert.Equal(expected[r, c], json["rows"]![r]![c]!.GetValue<double>(), Tolerance);
        Assert.Contains($"12 rows by their {expected.GetLength(1)} features", File.ReadAllText(folder["map.svg"]));
    }

    [Fact]
    public void Scores_are_those_of_double_precision()
    {
        Network network = Save();
        (_, Matrix rows, int[] labels) = Data();
        Matrix outputs = network.Predict(rows);
        double loss = Enumerable.Range(0, 12).Average(r => -Math.Log(outputs[r, labels[r]]));
        JsonNode json = CommandLine.Succeed(With("evaluate", "--json")).Json;
        Assert.Equal(loss, json["loss"]!.GetValue<double>(), Tolerance);
    }

    [Fact]
    public void Numbers_that_are_none_are_null()
    {
        // Equal targets have no variance to explain.
        ModelFile.Save(folder["model.safetensors"],
            new Network([new(3, 1, Activation.Linear, placement: Placement.Default.Double)], new LinearHead()));
        File.WriteAllLines(folder["rows.csv"], ["a,b,c,answer", "0,1,2,5", "1,0,1,5", "1,2,0,5"]);
        JsonElement json = JsonDocument.Parse(CommandLine.Succeed(With("evaluate", "--json")).Output).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("r_squared").ValueKind);
        Assert.Equal(12.5, json.GetProperty("loss").GetDouble(), Tolerance);
        CommandLine.Succeed(With("evaluate"));
    }

    [Fact]
    public void What_a_network_cannot_do_is_refused_in_a_line()
    {
        Save();
        Data();
        CommandLine.Run(With("reconstruct")).IsRefused("holds a network, which generates no rows");
        CommandLine.Run("sample", folder["model.safetensors"]).IsRefused("holds a network, which generates no rows");
        CommandLine.Run(With("transform", "--layer", "3")).IsRefused("has 2 hidden layers");
        CommandLine.Run(With("transform", "--passes", "2")).IsRefused("--passes is for units that are drawn");
        CommandLine.Run("transform", folder["model.safetensors"]).IsRefused("transform needs --data");
        foreach (string[] option in (string[][])[["--binarize", "stochastic"], ["--chains", "10"], ["--method", "exact"],
            ["--threshold", "0.5"], ["--passes", "3"]])
            CommandLine.Run(With("evaluate", option)).IsRefused($"{option[0]} does not go with loss of a network");
        CommandLine.Succeed(With("evaluate", "--binarize", "auto"));
        CommandLine.Run(With("evaluate", "--metrics", "elbo")).IsRefused("--metrics elbo does not go with network");
    }

    [Fact]
    public void A_network_without_hidden_layers_has_no_features()
    {
        ModelFile.Save(folder["model.safetensors"], new Network([new(3, 3, Activation.Linear)], new SoftmaxHead()));
        Data();
        CommandLine.Run(With("transform")).IsRefused("has no hidden layer, only a head");
    }
}
