using System.Text;
using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Models;

/// <summary>Graphs of layers: what a description may say, files, several visible layers and how they learn.</summary>
public sealed class LayeredModelTests : IDisposable
{
    const string Described = """
        {"layers":[{"name":"pixels","units":"bernoulli","size":4,"visible":true},{"name":"labels","units":"multinomial","size":3,"labels":true},
        {"name":"sound","units":"gaussian","size":2,"visible":true},{"name":"h1","units":"bernoulli","size":5}],
        "connections":[["pixels","h1"],["h1","labels"],["sound","h1"],["h1","h1"]]}
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static GraphDescription Parse(string json) => GraphDescription.Parse(Encoding.UTF8.GetBytes(json), "g.json");

    static LayeredModel Machine() => SmallGraphs.Randomize(LayeredModel.From(Parse(Described), SmallModels.Double), 3);

    [Fact]
    public void Weights_are_not_copied_to_a_machine_whose_edges_join_other_pairs_of_units()
    {
        static LayeredModel Of(params (int, int)[] pairs) =>
            new([new BernoulliLayer(4), new BernoulliLayer(2)],
                new LayerGraph([(0, 0), (0, 1)], [0]) { Edges = new Dictionary<int, IReadOnlyList<(int, int)>> { [0] = pairs } });
        LayeredModel target = Of((0, 1), (2, 3));
        foreach (LayeredModel other in new[] { Of((0, 2), (1, 3)), Of((2, 3), (0, 1)), Of((0, 1)) })
        {
            other.SetRandomWeights(1, new Rng(1));
            other.Layers[0].Bias.Fill(1);
            Assert.Contains("weights.0-0", Assert.Throws<ArgumentException>(() => target.CopyFrom(other)).Message,
                StringComparison.Ordinal);
            Assert.All(target.Parameters, p => Assert.Equal(0, p.Value.Summarize().SumOfSquares));
        }
        LayeredModel same = Of((0, 1), (2, 3));
        same.SetRandomWeights(1, new Rng(1));
        target.CopyFrom(same);
        Assert.Equal(same.Connections[0].Weights.ToArray(), target.Connections[0].Weights.ToArray());
    }

    [Fact]
    public void A_description_gives_layers_connections_and_what_data_clamp()
    {
        LayeredModel model = Machine();
        Assert.Equal(["4 bernoulli", "1 × 3 multinomial", "2 gaussian", "5 bernoulli"], model.Layers.Select(l => l.ToString()));
        Assert.Equal(["weights.0-3", "weights.1-3", "weights.2-3", "weights.3-3"], model.Connections.Select(c => c.Name));
        Assert.Equal([0, 1, 2], model.VisibleLayers);
        Assert.Equal([0, 2], model.RowLayers);
        Assert.Equal(6, model.RowColumns);
        Assert.Equal([3], model.HiddenLayers);
        Assert.Equal(1, model.LabelLayer);
    }

    [Fact]
    public void A_description_written_as_JSON_is_read_as_the_same()
    {
        GraphDescription graph = Parse(Described), again = Parse(graph.ToJson().ToJsonString());
        Assert.Equal(graph.Names, again.Names);
        Assert.Equal(graph.Layers, again.Layers);
        Assert.Equal(graph.Graph, again.Graph);
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { """["h1","h1"]""", """["h1","h2"]""", "'h2', which is not a layer; there are 'pixels', 'labels', 'sound', 'h1'" },
        { """["h1","h1"]""", """["h1","pixels"]""", "joins 'pixels' and 'h1' twice" },
        { """,["sound","h1"]""", "", "joins 'sound' to nothing" },
        { """["h1","h1"]""", """["sound","sound"]""", "joins 'sound' to itself, but has 'gaussian' units there" },
        { """["h1","h1"]""", """["h1"]""", "number 4, that is not a pair of names" },
        { "\"size\":5", "\"siez\":5", "layer 'h1' has an unknown entry 'siez'; expected name, units, size" },
        { "\"size\":5", "\"size\":0", "layer 'h1' has size 0; expected 1 or more" },
        { "\"size\":5", "\"size\":\"5\"", "layer 'h1' has a size that is not a whole number" },
        { "\"size\":5", "\"size\":3000000000", "layer 'h1' has a size that is too large, 3000000000; expected at most 134217728" },
        { "\"name\":\"h1\"", "\"name\":7", "layer 4 has no name" },
        { "\"name\":\"h1\",", "", "layer 4 has no name" },
        { "\"name\":\"sound\"", "\"name\":\"pixels\"", "has two layers named 'pixels'" },
        { "\"units\":\"gaussian\"", "\"units\":\"gauss\"", "layer 'sound' has units 'gauss'; expected one of bernoulli, spin" },
        { "\"size\":4,\"visible\":true", "\"size\":4", "has a first layer, 'pixels', that needs \"visible\": true" },
        { "\"units\":\"multinomial\",\"size\":3", "\"units\":\"bernoulli\",\"size\":3", "has labels at 'labels' of 3 bernoulli units" },
        { "\"size\":2,\"visible\":true", "\"size\":2,\"labels\":true", "has two layers of labels, 'labels' and 'sound'" },
        { "\"connections\":", "\"connection\":", "has an unknown entry 'connection'" },
        { "{\"layers\"", "[\"layers\"", "is not valid JSON at line 1, column 10: ':' is invalid after a value" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_is_wrong_with_a_description_is_said_in_one_line(string from, string to, string message)
    {
        Assert.Contains(from, Described);
        string said = Assert.Throws<BadInputException>(() => Parse(Described.Replace(from, to, StringComparison.Ordinal))).Message;
        Assert.StartsWith("g.json: the graph ", said);
        Assert.Contains(message, said);
        Assert.DoesNotContain('\n', said);
    }

    [Theory]
    [InlineData("{\n  \"layers\": oops\n}", "at line 2, column 13: 'o' is an invalid start of a value")]
    [InlineData("{\"ü\": 1,\n\"ü\" 2}", "at line 2, column 5: '2' is invalid after a property name")]
    [InlineData("{\"layers\": [1,]}", "at line 1, column 15: The JSON array contains a trailing comma")]
    [InlineData("", "at line 1, column 1: The input does not contain any JSON tokens")]
    [InlineData("{\"a\nb\": 1}", "at line 1, column 4: ")]
    [InlineData("{\"a\": 1, \"a\": 2}", "is not valid JSON: ")]
    public void Where_JSON_ends_to_be_JSON_is_said_by_line_column_and_reason(string json, string message)
    {
        string said = Assert.Throws<BadInputException>(() => Parse(json)).Message;
        Assert.Contains("g.json: the graph is not valid JSON", said);
        Assert.Contains(message, said);
        Assert.DoesNotContain('\n', said);
        Assert.DoesNotContain("LineNumber", said);
    }

    [Fact]
    public void A_graph_in_code_that_is_none_is_refused_too()
    {
        Layer[] layers = [new BernoulliLayer(2), new BernoulliLayer(3)];
        Assert.Contains("joins layer 1 to nothing", Assert.Throws<ArgumentException>(() => new LayeredModel(layers, [(0, 0)])).Message);
        Assert.Contains("names layer 2", Assert.Throws<ArgumentException>(() => new LayeredModel(layers, [(0, 2)])).Message);
        Assert.Contains("joins layer 0 and layer 1 twice",
            Assert.Throws<ArgumentException>(() => new LayeredModel(layers, [(0, 1), (1, 0)])).Message);
    }

    [Theory, InlineData(Precision.Float32), InlineData(Precision.Float64)]
    public void It_comes_back_from_its_file_to_the_bit(Precision precision)
    {
        LayeredModel model = Machine().Clone(Placement.Default with { Precision = precision });
        ModelFile.Save(folder["graph.safetensors"], model);
        LayeredModel read = ModelFile.LoadLayered(folder["graph.safetensors"]);
        Assert.Equal(model.Placement, read.Placement);
        Assert.Equal(model.Description.Graph, read.Description.Graph);
        Assert.Equal(model.Parameters.Select(p => p.Name), read.Parameters.Select(p => p.Name));
        for (int p = 0; p < model.Parameters.Count; p++)
            Assert.Equal(model.Parameters[p].Value.ToArray(), read.Parameters[p].Value.ToArray());
        Assert.Equal(
            """{"format":1,"model":"graph","layers":[{"units":"bernoulli","size":4},{"units":"multinomial","size":3,"categories":3,"draws":1},{"units":"gaussian","size":2},{"units":"bernoulli","size":5}],"connections":[[0,3],[1,3],[2,3],[3,3]],"visible":[0,1,2],"labels":1}""",
            PythonView.Load(folder["graph.safetensors"]).Metadata["boltzmann"]);
    }

    [Theory]
    [InlineData("[3,3]", "[3,4]", "names layer 4, but has layers 0 to 3")]
    [InlineData("[3,3]", "[0,3]", "joins layer 0 and layer 3 twice")]
    [InlineData("[[0,3],", "[", "joins layer 0 to nothing")]
    [InlineData("\"visible\":[0,1,2]", "\"visible\":[1,2]", "has layer 0 among the hidden ones; the first layer must be visible")]
    [InlineData("\"labels\":1", "\"labels\":3", "labels at layer 3, which is not visible")]
    [InlineData("\"labels\":1", "\"labels\":2", "labels at layer 2 of 2 gaussian units")]
    [InlineData("[3,3]", "[3]", "not a pair of numbers of layers")]
    [InlineData("\"visible\":[0,1,2]", "\"visible\":[0,1.5]", "not a whole number")]
    public void A_file_with_an_impossible_graph_is_refused(string from, string to, string message)
    {
        string json = Machine().Description.ToJson();
        Assert.Contains(from, json);
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ModelDescription.Parse(json.Replace(from, to,
            StringComparison.Ordinal), "f")).Message);
    }

    [Fact]
    public void A_checkpoint_of_another_graph_is_refused()
    {
        Layer[] Layers() => [new BernoulliLayer(2), new BernoulliLayer(3), new BernoulliLayer(2)];
        Checkpoint.Save(folder["c.safetensors"], new LayeredModel(Layers(), [(0, 1), (1, 2)]),
            new TrainerSnapshot([], new Dictionary<string, double>()));
        Assert.Contains("not joined as", Assert.Throws<BadInputException>(() => Checkpoint.Load(folder["c.safetensors"],
            new LayeredModel(Layers(), [(0, 1), (1, 2), (2, 2)]))).Message);
    }

    [Fact]
    public void Columns_of_the_data_are_divided_among_the_visible_layers()
    {
        LayeredModel model = Machine();
        var state = new State(model, 2);
        model.SetRows(state, Matrix.From(new double[,] { { 1, 2, 3, 4, 5, 6 }, { 7, 8, 9, 10, 11, 12 } }, model.Placement));
        Assert.Equal(new double[,] { { 1, 2, 3, 4 }, { 7, 8, 9, 10 } }, state[0].ToArray());
        Assert.Equal(new double[,] { { 5, 6 }, { 11, 12 } }, state[2].ToArray());
        Assert.Contains("the model has 6 visible units, but the rows have 5 columns",
            Assert.Throws<ArgumentException>(() => model.SetRows(state, new Matrix(2, 5, model.Placement))).Message);
        Assert.Contains("5 columns, but the model has 6 visible units", Assert.Throws<BadInputException>(() => new Trainer(model,
            new PersistentContrastiveDivergence(), new Sgd()).Learn(Teaching.RandomBits(4, 5), 1)).Message);
    }

    [Fact]
    public void Two_modalities_learn_what_they_have_in_common()
    {
        // Three bits and three spins that are all alike: two rows of log-likelihood −log 2 each. PCD leaves the noise of 200 chains.
        var model = new LayeredModel([new BernoulliLayer(3, SmallModels.Double), new BernoulliLayer(2, SmallModels.Double),
            new SpinLayer(3, SmallModels.Double)], [(0, 1), (1, 2)], [0, 2]);
        SmallGraphs.Randomize(model, 9);
        double LogLikelihood()
        {
            var plain = new PlainStates(model);
            return new double[] { 0, 1 }.Average(x => Math.Log(plain.Mean(s => plain.Part(s, 0).All(v => v == x)
                && plain.Part(s, 2).All(v => v == 2 * x - 1) ? 1 : 0)));
        }
        var rows = new double[40, 6];
        for (int r = 0; r < 40; r++)
            for (int c = 0; c < 6; c++) rows[r, c] = c < 3 ? r % 2 : 2 * (r % 2) - 1;
        double before = LogLikelihood();
        new Trainer(model, new PersistentContrastiveDivergence(chains: 200, steps: 2), new Sgd(),
            new TrainerOptions { BatchSize = 40, LearningRate = 0.2 }).Learn(Teaching.Rows(rows), 200);
        double after = LogLikelihood();
        Assert.True(after > -Math.Log(2) - 0.4 && before < after - 1, $"{before} to {after}");
    }

    [Fact]
    public void A_warm_step_with_several_visible_layers_and_labels_allocates_nothing()
    {
        var graph = Parse(Described.Replace("gaussian", "bernoulli", StringComparison.Ordinal));
        LayeredModel model = LayeredModel.From(graph);
        model.SetRandomWeights(0.01, new Rng(1));
        Dataset data = Teaching.RandomBits(1000, 6);
        data = new Dataset("bits", data.Rows) { Labels = [.. Enumerable.Range(0, 1000).Select(r => r % 3)] };
        using IEnumerator<TrainingProgress> steps = new Trainer(model, new PersistentContrastiveDivergence(chains: 10), new Sgd(),
            new TrainerOptions { BatchSize = 10 }).Run(data, 1).GetEnumerator();
        Assert.Equal(0, Allocation.Least(() => steps.MoveNext()));
    }

    [Fact]
    public void Weights_among_visible_units_leave_the_hidden_ones_to_one_exact_pass()
    {
        // Semi-restricted: hidden units are independent given all visible ones, so two passes change nothing.
        var model = new LayeredModel([new BernoulliLayer(4, SmallModels.Double), new BernoulliLayer(3, SmallModels.Double)],
            [(0, 0), (0, 1)]);
        SmallGraphs.Randomize(model, 5);
        var plain = new PlainStates(model);
        var state = new State(model, 1);
        state[0].WriteRow(0, [1, 0, 1, 1]);
        new MeanField().Infer(model, state);
        for (int u = 0; u < 3; u++)
            Assert.Equal(plain.Mean(s => s[4 + u], s => s[0] == 1 && s[1] == 0 && s[2] == 1 && s[3] == 1), state[1][0, u], 1e-12);
    }
}
