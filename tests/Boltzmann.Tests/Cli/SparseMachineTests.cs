using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Machines whose units are joined along a grid or given edges, from the command line to exact likelihoods.</summary>
public sealed class SparseMachineTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("pl"), InlineData("pcd")]
    public void A_grid_learns_and_its_likelihood_is_that_of_enumeration(string method)
    {
        string[] data = ["--data", "bars-and-stripes", "--validation-rows", "0"];
        CommandLine.Succeed(["train", "bm", "--grid", .. data, "--method", method, "--epochs", "150", "--learning-rate", "0.2", "--l2", "0",
            "--metrics", "weight-norm", "pseudo-likelihood", "--quiet", "--out", folder["run"]]);
        BoltzmannMachine model = ModelFile.LoadBoltzmannMachine(folder["run/model.safetensors"], Placement.Default.Double);
        Assert.Equal(EdgeList.Grid(4, 4).Pairs, model.Edges!.Pairs);
        JsonNode json = CommandLine.Succeed("evaluate", folder["run"], "--metrics", "log-partition", "log-likelihood", "pseudo-likelihood",
            "--json").Json;

        double[] biases = model.Visible.Bias.ReadRow(0), weights = model.VisibleWeights.ReadRow(0);
        double Score(int bits)
        {
            double sum = 0;
            for (int i = 0; i < 16; i++) sum += (bits >> i & 1) * biases[i];
            for (int e = 0; e < weights.Length; e++)
                sum += (bits >> model.Edges.Pairs[e].Unit & bits >> model.Edges.Pairs[e].Other & 1) * weights[e];
            return sum;
        }
        double logZ = Math.Log(Enumerable.Range(0, 1 << 16).Sum(bits => Math.Exp(Score(bits))));
        Assert.Equal(logZ, json["log_partition"]!["value"]!.GetValue<double>(), 1e-9);
        double[][] rows = [.. ImageSheet.RowsOf(BarsAndStripes.All(4).ToMatrix(Placement.Default.Double))];
        double mean = rows.Average(row => Score(Enumerable.Range(0, 16).Sum(i => (int)row[i] << i)) - logZ);
        Assert.Equal(mean, json["log_likelihood"]!["mean"]!.GetValue<double>(), 1e-9);
        // Sixteen coins have −11.09; equal neighbours are worth something, each method by its own measure.
        double learned = method == "pl" ? json["pseudo_likelihood"]!["mean"]!.GetValue<double>() : mean;
        Assert.True(learned > -10.6, $"{learned} nats");
        Assert.True(File.Exists(folder["run/filters.png"]));
        Assert.True(JsonNode.Parse(File.ReadAllText(folder["run/settings.json"]))!["grid"]!.GetValue<bool>());
    }

    [Fact]
    public void Listed_edges_are_kept_with_the_run_which_goes_on_to_the_bytes_of_one_that_did_not_stop()
    {
        string[] common = ["train", "bm", "--data", "demo", "--chains", "10", "--learning-rate", "0.05", "0.04", "0.03", "--metrics",
            "weight-norm", "--quiet", "--edges", Edges("0,1\n 3 , 2\n5,0\n8,9\n")];
        CommandLine.Succeed([.. common, "--epochs", "3", "--out", folder["whole"]]);
        CommandLine.Succeed([.. common, "--epochs", "2", "--out", folder["parts"]]);
        File.Delete(folder["edges.csv"]);
        CommandLine.Succeed("train", "bm", "--resume", folder["parts"], "--epochs", "3", "--quiet");
        BoltzmannMachine whole = ModelFile.LoadBoltzmannMachine(folder["whole/model.safetensors"]),
            parts = ModelFile.LoadBoltzmannMachine(folder["parts/model.safetensors"]);
        Assert.Equal([(0, 1), (3, 2), (5, 0), (8, 9)], whole.Edges!.Pairs);
        ModelFileTests.AssertSame(whole, parts);
        Assert.Contains("8–9", File.ReadAllText(folder["whole/report.html"]));
        CommandLine.Run("train", "bm", "--data", "demo", "--edges", Edges("0,2\n3,2\n5,0\n8,9"), "--init-from", folder["whole"], "--out",
            folder["x"]).IsRefused("joins other pairs of units than this run");
        CommandLine.Run("train", "bm", "--resume", folder["parts"], "--edges",
            folder["edges.csv"]).IsRefused("--edges does not go with it");
    }

    [Theory]
    [InlineData("0,1\n2,x\n", "line 2: is '2,x'; expected two unit numbers")]
    [InlineData("0,1\n\n2,3\n", "line 2: is ''")]
    [InlineData("0,1,2\n", "line 1: is '0,1,2'")]
    [InlineData("-1,2\n", "line 1: is '-1,2'")]
    [InlineData("0,1\n4,4\n", "line 2: joins unit 4 to itself")]
    [InlineData("0,1\n2,3\n1,0\n", "line 3: joins units 1 and 0, which line 1 does already")]
    [InlineData("0,1\n2,10\n", "line 2: joins units 2 and 10, but demo has units 0 to 9")]
    [InlineData("", "has no edges")]
    public void A_bad_edge_is_refused_by_its_line_and_nothing_is_written(string text, string because)
    {
        CommandLine.Run("train", "bm", "--data", "demo", "--edges", Edges(text), "--out", folder["x"]).IsRefused(because);
        Assert.False(Directory.Exists(folder["x"]));
    }

    const string Lattice = """
        {"layers": [{"name": "pixels", "units": "bernoulli", "size": 10, "visible": true}, {"name": "h", "units": "bernoulli", "size": 3}],
         "connections": [["pixels", "pixels"], ["pixels", "h"]], "edges": {"pixels": [[0, 1], [2, 1], [8, 9]]}}
        """;

    [Fact]
    public void A_graph_with_edges_and_hidden_units_learns_and_its_likelihood_is_that_of_enumeration()
    {
        string[] common = ["--data", "demo", "--validation-rows", "0", "--chains", "20", "--learning-rate", "0.05", "0.04", "0.03",
            "--metrics", "weight-norm", "reconstruction-error", "--quiet"];
        CommandLine.Succeed(["train", "graph", Graph(Lattice), .. common, "--epochs", "3", "--out", folder["whole"]]);
        CommandLine.Succeed(["train", "graph", Graph(Lattice), .. common, "--epochs", "2", "--out", folder["parts"]]);
        CommandLine.Succeed("train", "graph", "--resume", folder["parts"], "--epochs", "3", "--quiet");
        LayeredModel model = ModelFile.LoadLayered(folder["whole/model.safetensors"], Placement.Default.Double);
        ModelFileTests.AssertSame(model, ModelFile.LoadLayered(folder["parts/model.safetensors"], Placement.Default.Double));
        CommandLine.Run(["train", "graph", Graph(Lattice.Replace("[8, 9]", "[8, 7]")), .. common, "--init-from", folder["whole"], "--out",
            folder["x"]]).IsRefused("joins other pairs of units than this run");
        (int Unit, int Other)[] pairs = [(0, 1), (2, 1), (8, 9)];
        Assert.Equal(pairs, model.Connections[0].Edges!.Pairs);
        Assert.Equal("10 bernoulli, 3 bernoulli; 0-0 (3 edges), 0-1", model.ToString());
        Assert.All(model.Connections[0].Weights.ReadRow(0), w => Assert.NotEqual(0, w));

        double[] b = model.Layers[0].Bias.ReadRow(0), c = model.Layers[1].Bias.ReadRow(0), edges = model.Connections[0].Weights.ReadRow(0);
        double[,] w = model.Connections[1].Weights.ToArray();
        double MinusFreeEnergy(int v)
        {
            double sum = Enumerable.Range(0, 10).Sum(i => (v >> i & 1) * b[i])
                + pairs.Zip(edges, (p, weight) => (v >> p.Unit & v >> p.Other & 1) * weight).Sum();
            return sum + Enumerable.Range(0,
                3).Sum(j => Math.Log(1 + Math.Exp(c[j] + Enumerable.Range(0, 10).Sum(i => (v >> i & 1) * w[i, j]))));
        }
        double logZ = Math.Log(Enumerable.Range(0, 1024).Sum(v => Math.Exp(MinusFreeEnergy(v))));
        JsonNode json = CommandLine.Succeed("evaluate", folder["whole"], "--rows", "20", "--split", "train", "--metrics", "log-partition",
            "free-energy", "pseudo-likelihood", "--json").Json;
        Assert.Equal(logZ, json["log_partition"]!["value"]!.GetValue<double>(), 1e-9);
        double[][] rows = [.. ImageSheet.RowsOf(DataSource.Open("demo").ToMatrix(0, 20, Placement.Default.Double))];
        for (int r = 0; r < 20; r++) Assert.Equal(-MinusFreeEnergy(Enumerable.Range(0, 10).Sum(i => (int)rows[r][i] << i)),
            json["free_energy"]![r]!.GetValue<double>(), 1e-9);
        Assert.Equal(10, CommandLine.Succeed("sample", folder["whole"], "--count", "1", "--sweeps", "3",
            "--states").Output.TrimEnd('\n').Split('\n')[^1].Split(',').Count(x => x is "0" or "1"));
    }

    [Theory]
    [InlineData("'h', which is not joined to itself", "\"pixels\": [[0, 1], [2, 1], [8, 9]]", "\"h\": [[0, 1]]")]
    [InlineData("edges of 'g', which is not a layer", "\"pixels\":", "\"g\":")]
    [InlineData("edge 1 joins units 2 and 10", "[2, 1]", "[2, 10]")]
    [InlineData("edge 2 joins unit 8 to itself", "[8, 9]", "[8, 8]")]
    [InlineData("edge 2 joins units 1 and 0, which an edge before it does already", "[8, 9]", "[1, 0]")]
    [InlineData("that is not a pair of unit numbers", "[8, 9]", "[8]")]
    [InlineData("a number that is not a whole one", "[8, 9]", "[8, 0.5]")]
    [InlineData("has no pair among the edges of 'pixels'", "[0, 1], [2, 1], [8, 9]", "")]
    [InlineData("has an entry edges that is not an object", "{\"pixels\": [[0, 1], [2, 1], [8, 9]]}", "3")]
    public void Edges_of_a_graph_that_cannot_be_are_refused(string because, string old, string bad)
    {
        Assert.Contains(old, Lattice);
        CommandLine.Run("train", "graph", Graph(Lattice.Replace(old, bad)), "--data", "demo", "--out", folder["x"]).IsRefused(because);
        Assert.False(Directory.Exists(folder["x"]));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        CommandLine.Run("train", "bm", "--data", "demo", "--grid", "--out", folder["x"]).IsRefused("--grid needs rows that are pictures");
        CommandLine.Run("train", "bm", "--data", "demo", "--edges", folder["none.csv"], "--out", folder["x"]).IsRefused("no such file");
        CommandLine.Run("train", "bm", "--data", "bars-and-stripes", "--grid", "--hidden", "3", "--out",
            folder["x"]).IsRefused("--grid joins visible units alone");
        CommandLine.Run("train", "bm", "--data", "bars-and-stripes", "--grid", "--edges", Edges("0,1"), "--out",
            folder["x"]).IsRefused("expected one of them");
        CommandLine.Run("train", "bm", "--data", "demo", "--hidden", "3", "--method", "pl", "--out",
            folder["x"]).IsRefused("--method pl: pseudo-likelihood sums hidden units out");
    }

    string Graph(string json)
    {
        File.WriteAllText(folder["graph.json"], json);
        return folder["graph.json"];
    }

    string Edges(string text)
    {
        File.WriteAllText(folder["edges.csv"], text);
        return folder["edges.csv"];
    }
}
