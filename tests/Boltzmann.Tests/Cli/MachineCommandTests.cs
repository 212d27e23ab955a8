using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Fully connected machines and graphs of layers on the command line.</summary>
public sealed class MachineCommandTests : IDisposable
{
    const double Tolerance = 1e-9;

    const string TwoParts = """
        {"layers": [{"name": "left", "units": "bernoulli", "size": 6, "visible": true}, {"name": "right", "units": "bernoulli", "size": 4, "visible": true},
                    {"name": "shared", "units": "bernoulli", "size": 5}, {"name": "top", "units": "bernoulli", "size": 3}],
         "connections": [["left", "shared"], ["right", "shared"], ["right", "right"], ["shared", "top"]]}
        """;

    // Without weights between visible units, its layers have two sides, each independent given the other.
    static readonly string twoSides = TwoParts.Replace(""", ["right", "right"]""", "");

    // Under weak weights and many sweeps chains that hear the same random numbers soon meet, wherever they began, and lost ones would not
    // be missed.
    static readonly string[] slowChains = ["--chains", "10", "--steps", "1", "--weights-std", "1.5"];

    // What a method does not take is refused.
    static string[] SlowChains(string method) => method switch
    {
        "exact" => [.. slowChains.Skip(4)],
        "mp" => [.. slowChains.Skip(2)],
        _ => slowChains,
    };

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Graph(string json = TwoParts)
    {
        File.WriteAllText(folder["graph.json"], json);
        return folder["graph.json"];
    }

    string Save(ForeignMachine machine) => machine.Save(folder);

    static double[] Numbers(JsonNode? node) => [.. node!.AsArray().Select(x => x!.GetValue<double>())];

    public static TheoryData<string> Foreign => ["visible", "hidden", "graph"];

    static ForeignMachine Make(string name) => name switch
    {
        "visible" => new("bm", [6], [(0, 0)]),
        "hidden" => new("bm", [4, 3], [(0, 0), (0, 1), (1, 1)]),
        _ => new("graph", [3, 2, 3, 2], [(0, 2), (1, 2), (1, 1), (2, 3)], more: """, "connections": [[0, 2], [1, 2], [1, 1], [2, 3]], "visible": [0, 1]""", rowLayers: 2),
    };

    [Theory, MemberData(nameof(Foreign))]
    public void Exact_numbers_are_those_of_enumeration(string name)
    {
        ForeignMachine machine = Make(name);
        JsonNode json = CommandLine.Succeed("evaluate", Save(machine), "--data", folder["rows.npy"], "--json", "--metrics", "log-partition",
            "free-energy", "log-likelihood", "pseudo-likelihood", "elbo").Json;
        double logZ = machine.LogPartition();
        double[][] rows = [.. machine.Rows()];
        Assert.Equal(logZ, json["log_partition"]!["value"]!.GetValue<double>(), Tolerance);
        double[] free = Numbers(json["free_energy"]), likelihood = Numbers(json["log_likelihood"]!["per_row"]),
            bound = Numbers(json["elbo"]!["per_row"]);
        for (int r = 0; r < rows.Length; r++)
        {
            Assert.Equal(machine.FreeEnergy(rows[r]), free[r], Tolerance);
            Assert.Equal(-machine.FreeEnergy(rows[r]) - logZ, likelihood[r], Tolerance);
            Assert.True(bound[r] <= likelihood[r] + Tolerance);
        }
        Assert.Equal(1, likelihood.Sum(Math.Exp), Tolerance);
        if (name == "visible") CommandLine.Run("evaluate", folder["model.safetensors"], "--data", folder["rows.npy"], "--metrics",
            "variational-gap").IsRefused("needs hidden units");
        else
        {
            JsonNode gap = CommandLine.Succeed("evaluate", folder["model.safetensors"], "--data", folder["rows.npy"], "--json", "--metrics",
                "variational-gap", "--gap-rows", "100").Json["variational_gap"]!;
            Assert.Equal(likelihood.Zip(bound, (l, b) => l - b).Average(), gap["mean"]!.GetValue<double>(),
                5 * gap["sampling_error"]!.GetValue<double>() + 1e-9);
        }
        Assert.Equal(rows.Average(machine.PseudoLikelihood), json["pseudo_likelihood"]!["mean"]!.GetValue<double>(), Tolerance);
    }

    [Theory, MemberData(nameof(Foreign))]
    public void Other_commands_take_them(string name)
    {
        string model = Save(Make(name));
        int columns = Make(name).Columns;
        string sampled = CommandLine.Succeed("sample", model, "--count", "5", "--sweeps", "3", "--states").Output;
        Assert.All(sampled.TrimEnd('\n').Split('\n').Skip(1), line => Assert.Equal(columns, line.Split(',').Count(x => x is "0" or "1")));
        JsonNode kept = CommandLine.Succeed("sample", model, "--data", folder["rows.npy"], "--clamp", $"1,{columns - 1}", "--count", "12",
            "--sweeps", "3", "--json").Json["rows"]!;
        double[][] rows = [.. Make(name).Rows()];
        for (int r = 0; r < 12; r++) Assert.Equal((rows[r][1], rows[r][columns - 1]), (Numbers(kept[r])[1], Numbers(kept[r])[columns - 1]));
        Assert.Equal(columns, Numbers(CommandLine.Succeed("reconstruct", model, "--data", folder["rows.npy"], "--rows", "1",
            "--json").Json["rows"]![0]).Length);
        Assert.Contains("weights.", CommandLine.Succeed("inspect", model).Output);
        Assert.Contains("energy", CommandLine.Succeed("diagnose", model, "--sweeps", "20", "--burn-in", "2").Output);
        if (name == "visible") CommandLine.Run("transform", model, "--data", folder["rows.npy"]).IsRefused("has no hidden layer");
        else Assert.Equal(rows.Length + 1,
            CommandLine.Succeed("transform", model, "--data", folder["rows.npy"]).Output.TrimEnd('\n').Split('\n').Length);
        CommandLine.Run("transform", model, "--data", folder["rows.npy"], "--layer", "9").IsRefused();
    }

    [Theory]
    [InlineData("0", "pcd")]
    [InlineData("3", "pcd", "--hidden-units", "spin")]
    [InlineData("3", "pcd", "--start-chains", "noise")]
    [InlineData("3", "fpcd")]
    [InlineData("0", "fpcd", "--start-chains", "noise", "--optimizer", "adam")]
    [InlineData("3", "pt", "--temperatures", "3")]
    [InlineData("2", "exact")]
    public void A_fully_connected_machine_goes_on_to_the_bytes_of_one_that_did_not_stop(string hidden, string method, params string[] more)
    {
        string[] common = ["train", "bm", "--data", "demo", "--hidden", hidden, "--method", method, .. SlowChains(method),
            "--learning-rate", "0.05", "0.04", "0.03", "0.02", "--metrics", "weight-norm", "--quiet", .. more];
        CommandLine.Succeed([.. common, "--epochs", "4", "--out", folder["whole"]]);
        CommandLine.Succeed([.. common, "--epochs", "2", "--out", folder["parts"]]);
        CommandLine.Succeed("train", "bm", "--resume", folder["parts"], "--epochs", "4", "--quiet");
        AssertSameTensors();
        double[,] within = ModelFile.LoadBoltzmannMachine(folder["whole/model.safetensors"]).VisibleWeights.ToArray();
        for (int i = 0; i < 10; i++)
            for (int j = 0; j < 10; j++) Assert.Equal(i == j ? 0 : within[j, i], within[i, j]);
        Assert.Contains("Boltzmann machine", File.ReadAllText(folder["whole/report.html"]));
    }

    [Fact]
    public void A_machine_without_hidden_units_learns_pairs_of_columns()
    {
        // Two columns that are equal, one that is free: log 2 nats for each of two coins.
        File.WriteAllText(folder["pairs.csv"], "a,b,c\n"
            + string.Concat(Enumerable.Range(0, 200).Select(r => $"{r & 1},{r & 1},{r >> 1 & 1}\n")));
        CommandLine.Succeed("train", "bm", "--data", folder["pairs.csv"], "--validation-rows", "0", "--method", "exact", "--epochs", "60",
            "--learning-rate", "0.5", "--l2", "0", "--metrics", "weight-norm", "--quiet", "--out", folder["run"]);
        double mean = CommandLine.Succeed("evaluate", folder["run"], "--split", "train", "--metrics", "log-likelihood",
            "--json").Json["log_likelihood"]!["mean"]!.GetValue<double>();
        Assert.InRange(mean, -2 * Math.Log(2) - 0.1, -2 * Math.Log(2));
    }

    [Fact]
    public void Hidden_units_learn_from_their_default_start_what_pairs_of_columns_cannot_tell()
    {
        // The parity of three bits, each written twice: pairs of different bits are independent, so a machine without hidden units gets no
        // further than 3·log 2 nats; the truth is 2·log 2.
        File.WriteAllText(folder["parity.csv"], "a,b,c,d,e,f\n0,0,0,0,0,0\n1,1,0,0,1,1\n0,0,1,1,1,1\n1,1,1,1,0,0\n");
        double Learn(string hidden)
        {
            CommandLine.Succeed("train", "bm", "--data", folder["parity.csv"], "--validation-rows", "0", "--method", "exact", "--hidden",
                hidden, "--epochs", "2000", "--learning-rate", "1", "--learning-rate-end", "1", "--l2", "0",
                "--metrics", "weight-norm:2000", "--quiet", "--out", folder[hidden]);
            return CommandLine.Succeed("evaluate", folder[hidden], "--split", "train", "--metrics", "log-likelihood",
                "--json").Json["log_likelihood"]!["mean"]!.GetValue<double>();
        }
        Assert.InRange(Learn("0"), -3 * Math.Log(2) - 0.05, -3 * Math.Log(2) + 1e-6);
        Assert.InRange(Learn("2"), -2 * Math.Log(2) - 0.05, -2 * Math.Log(2));
        double[,] weights = ModelFile.LoadBoltzmannMachine(folder["2/model.safetensors"]).Weights!.ToArray();
        Assert.InRange(Enumerable.Range(0, 6).Max(i => Math.Abs(weights[i, 0] - weights[i, 1])), 0.1, double.PositiveInfinity);
    }

    [Theory, InlineData("bm", "--hidden", "0"), InlineData("rbm", "--hidden", "4"), InlineData("graph")]
    public void Learning_by_pseudo_likelihood_raises_it_and_goes_on_to_the_bytes_of_a_run_that_did_not_stop(string kind,
        params string[] more)
    {
        const string SemiRestricted = """{"layers": [{"name": "v", "units": "bernoulli", "size": 10, "visible": true}, {"name": "h", "units": "bernoulli", "size": 3}], "connections": [["v", "v"], ["v", "h"]]}""";
        string[] what = ["train", kind, .. kind == "graph" ? [Graph(SemiRestricted)] : (string[])[]];
        string[] common = ["--data", "demo", .. more, "--method", "pl", "--learning-rate", "0.2", "0.1", "0.05", "--metrics", "weight-norm",
            "--quiet"];
        double PseudoLikelihoodOf(string run) => CommandLine.Succeed("evaluate", folder[run], "--split", "train", "--metrics",
            "pseudo-likelihood", "--json").Json["pseudo_likelihood"]!["mean"]!.GetValue<double>();
        CommandLine.Succeed([.. what, .. common, "--epochs", "3", "--out", folder["whole"]]);
        CommandLine.Succeed([.. what, .. common, "--epochs", "1", "--out", folder["parts"]]);
        double first = PseudoLikelihoodOf("parts");
        CommandLine.Succeed("train", kind, "--resume", folder["parts"], "--epochs", "3", "--quiet");
        AssertSameTensors();
        Assert.True(PseudoLikelihoodOf("whole") > first);
    }

    [Fact]
    public void Methods_that_do_not_fit_a_machine_say_so_with_the_way_out()
    {
        CommandLine.Run("train", "bm", "--data", "demo", "--hidden", "2", "--method", "pl", "--out", folder["x"]).IsRefused("--method pl: "
            + "pseudo-likelihood sums hidden units out in closed form, but the hidden units here (2 bernoulli) are joined to each other; "
            + "use --method pcd or pt, or exact");
        CommandLine.Run("train", "rbm", "--data", "demo", "--visible-units", "gaussian", "--method", "pl", "--out",
            folder["x"]).IsRefused("--method pl: pseudo-likelihood needs visible units whose values can be listed");
        CommandLine.Run("train", "bm", "--data", "demo", "--method", "pl", "--chains", "20", "--out",
            folder["x"]).IsRefused("--chains is for --method pcd, fpcd or pt, not pl");
        CommandLine.Run("train", "rbm", "--data", "demo", "--method", "pl", "--steps", "2", "--out",
            folder["x"]).IsRefused("--steps is for --method cd, pcd, fpcd, pt or mp, not pl");
        CommandLine.Run("train", "dbm", "--data", "demo", "--method", "pl", "--out", folder["x"]).IsRefused("pl");
        CommandLine hidden = CommandLine.Run("train", "bm", "--data", "demo", "--hidden", "30", "--method", "exact", "--out",
            folder["x"]).IsRefused("boltzmann: --method exact: ");
        Assert.EndsWith("10 bernoulli units have 1024 states, 30 bernoulli units have 1073741824 states, and the limit is 33554432 states; "
            + "use --method pcd or pt\n", hidden.Error, StringComparison.Ordinal);
        CommandLine visible = CommandLine.Run("train", "bm", "--data", "digits", "--train-rows", "10", "--validation-rows", "10",
            "--method", "exact", "--out", folder["x"]).IsRefused("boltzmann: --method exact: ");
        Assert.EndsWith("784 bernoulli units have more states than can be counted, and the limit is 33554432 states; use --method pcd or "
            + "pt, or pl, which needs no sum over all states\n", visible.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["x"]));
    }

    [Theory]
    [InlineData(false, "pcd")]
    [InlineData(false, "pcd", "--start-chains", "noise")]
    [InlineData(false, "fpcd")]
    [InlineData(false, "pt", "--temperatures", "3")]
    [InlineData(false, "exact")]
    [InlineData(true, "pcd", "--start-chains", "noise")]
    [InlineData(true, "fpcd", "--start-chains", "noise", "--optimizer", "adam")]
    [InlineData(true, "pt", "--temperatures", "3")]
    [InlineData(true, "mp")]
    public void A_graph_goes_on_to_the_bytes_of_one_that_did_not_stop(bool hasSides, string method, params string[] more)
    {
        string[] common = ["train", "graph", Graph(hasSides ? twoSides : TwoParts), "--data", "demo", "--method", method,
            .. SlowChains(method), "--learning-rate", "0.05", "0.04", "0.03", "0.02", "--metrics", "weight-norm",
            "reconstruction-error", "--quiet", .. more];
        CommandLine.Succeed([.. common, "--epochs", "4", "--out", folder["whole"]]);
        CommandLine.Succeed([.. common, "--epochs", "2", "--out", folder["parts"]]);
        File.Delete(folder["graph.json"]);
        CommandLine.Succeed("train", "graph", "--resume", folder["parts"], "--epochs", "4", "--quiet");
        AssertSameTensors();
        Assert.Equal([0, 1], ModelFile.LoadLayered(folder["whole/model.safetensors"]).VisibleLayers);
    }

    [Fact]
    public void A_graph_with_labels_predicts_them()
    {
        File.WriteAllText(folder["answers.csv"], "a,b,c,answer\n"
            + string.Concat(Enumerable.Range(0, 120).Select(r => $"{r & 1},{r >> 1 & 1},{r >> 2 & 1},{((r & 1) == 1 ? "yes" : "no")}\n")));
        string graph = Graph("""{"layers": [{"name": "row", "units": "bernoulli", "size": 3, "visible": true}, {"name": "answer", "units": "multinomial", "size": 2, "labels": true}, {"name": "h", "units": "bernoulli", "size": 4}], "connections": [["row", "h"], ["answer", "h"]]}""");
        string[] data = ["--data", folder["answers.csv"], "--label-column", "answer"];
        CommandLine.Succeed(["train", "graph", graph, .. data, "--batch-size", "10", "--chains", "50", "--epochs", "60", "--learning-rate",
            "0.3", "--weights-std", "0.3", "--validation-rows", "0", "--metrics", "weight-norm", "--quiet", "--out", folder["run"]]);
        Assert.Equal(1, CommandLine.Succeed(["evaluate", folder["run"], .. data, "--metrics", "accuracy",
            "--json"]).Json["accuracy"]!.GetValue<double>(), 1e-12);
        JsonNode json = CommandLine.Succeed(["evaluate", folder["run"], .. data, "--metrics", "log-likelihood", "--json"]).Json;
        Assert.InRange(json["log_likelihood"]!["mean"]!.GetValue<double>(), -3, -3 * Math.Log(2) + 0.01);
        Assert.Contains("1,", CommandLine.Succeed("sample", folder["run"], "--class", "yes", "--count", "3", "--sweeps", "5",
            "--states").Output);
    }

    [Fact]
    public void Clamping_completes_every_given_row_once_or_as_often_as_is_asked()
    {
        string model = Save(Make("hidden"));
        double[][] rows = [.. Make("hidden").Rows()];
        foreach (var (more, count) in ((string[], int)[])[([], rows.Length), (["--rows", "3"], 3), (["--rows", "3", "--count", "7"], 7),
            (["--count", "2"], 2)])
        {
            JsonNode completed = CommandLine.Succeed(["sample", model, "--data", folder["rows.npy"], "--clamp", "1,3", "--sweeps", "2",
                "--json", .. more]).Json["rows"]!;
            Assert.Equal(count, completed.AsArray().Count);
            int given = more is ["--rows", ..] ? 3 : rows.Length;
            for (int r = 0; r < count; r++)
                Assert.Equal((rows[r % given][1], rows[r % given][3]), (Numbers(completed[r])[1], Numbers(completed[r])[3]));
        }
    }

    [Fact]
    public void Layers_of_a_graph_answer_to_their_names()
    {
        CommandLine.Succeed("train", "graph", Graph(), "--data", "demo", "--epochs", "1", "--metrics", "weight-norm", "--quiet", "--out",
            folder["run"]);
        string Features(params string[] layers) =>
            CommandLine.Succeed(["transform", folder["run"], "--rows", "5", "--layers", .. layers]).Output;
        Assert.Equal(Features("2", "1"), Features("top", "shared"));
        Assert.NotEqual(Features("1"), Features("top"));
        CommandLine.Run("transform", folder["run"], "--layers", "left").IsRefused("'left' is a visible layer");
        CommandLine.Run("transform", folder["run"], "--layers",
            "middle").IsRefused("has no layer of that name; its hidden layers are shared, top");
        CommandLine.Run("transform", folder["run"], "--layers", "3").IsRefused("2 hidden layers");
        CommandLine.Run("transform", folder["run"], "--layers", "2", "top").IsRefused("--layers 2 top: asks for layer 2 twice");
        CommandLine.Run("transform", Save(Make("graph")), "--data", folder["rows.npy"], "--layers", "top").IsRefused("names none");
    }

    [Theory]
    [InlineData("rbm"), InlineData("classification-rbm"), InlineData("dbn"), InlineData("dbm"), InlineData("bm")]
    public void Layers_too_large_for_any_memory_are_refused(string kind)
    {
        CommandLine.Run("train", kind, "--data", "demo", "--hidden", "2000000000", "--out",
            folder["x"]).IsRefused("2000000000");
        CommandLine.Run("train", kind, "--data", "demo", "--hidden", "99999999999", "--out", folder["x"]).IsRefused("99999999999");
        CommandLine.Run("train", kind, "--data", "demo", "--hidden", "100000000", "--out", folder["x"]).IsRefused(" GB");
        Assert.False(Directory.Exists(folder["x"]));
    }

    [Theory]
    [InlineData("2000000000", "has size 2000000000; expected at most 134217728")]
    [InlineData("3000000000", "has a size that is too large, 3000000000; expected at most 134217728")]
    [InlineData("100000000", "GiB")]
    public void Graphs_and_model_files_of_layers_too_large_are_refused(string size, string because)
    {
        string Layers(string visible, string hidden) => $$"""[{"name": "v", "units": "bernoulli", "size": {{visible}}, "visible": true}, {"name": "h", "units": "bernoulli", "size": {{hidden}}}]""";
        CommandLine.Run("train", "graph", Graph($$"""{"layers": {{Layers("10", size)}}, "connections": [["v", "h"]]}"""), "--data", "demo", "--out", folder["x"]).IsRefused(because);
        CommandLine.Run("train", "graph", Graph($$"""{"layers": {{Layers(size, "5")}}, "connections": [["v", "h"]]}"""), "--data", "demo", "--out", folder["x"]).IsRefused(size == "100000000" ? "the visible layers of the graph take 100000000" : because);
        File.WriteAllBytes(folder["large.safetensors"], ForeignModel.Safetensors($$"""{"format": 1, "model": "dbm", "layers": [{"units": "bernoulli", "size": 2}, {"units": "bernoulli", "size": {{size}}}]}""", [("layers.0.bias", [2], [0, 0]), ("layers.1.bias", [1], [0]), ("weights.0-1", [2, 1], [1, 1])]));
        foreach (string command in (string[])["evaluate", "inspect", "sample"])
            CommandLine.Run(command, folder["large.safetensors"]).IsRefused("large.safetensors");
        Assert.False(Directory.Exists(folder["x"]));
    }

    [Theory]
    [InlineData("joins 'h' to nothing", """{"layers": [{"name": "v", "units": "bernoulli", "size": 10, "visible": true}, {"name": "h", "units": "bernoulli", "size": 2}], "connections": [["v", "v"]]}""")]
    [InlineData("'g', which is not a layer", """{"layers": [{"name": "v", "units": "bernoulli", "size": 10, "visible": true}], "connections": [["v", "g"]]}""")]
    [InlineData("demo has 10 columns, but the visible layers of the graph take 9", """{"layers": [{"name": "v", "units": "bernoulli", "size": 9, "visible": true}], "connections": [["v", "v"]]}""")]
    [InlineData("only bernoulli, spin and one-hot multinomial units can be joined within their layer", """{"layers": [{"name": "v", "units": "gaussian", "size": 10, "visible": true}], "connections": [["v", "v"]]}""")]
    [InlineData("the graph", "{")]
    public void A_graph_that_cannot_be_is_refused_and_nothing_is_written(string because, string json)
    {
        CommandLine.Run("train", "graph", Graph(json), "--data", "demo", "--out", folder["x"]).IsRefused(because);
        Assert.False(Directory.Exists(folder["x"]));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        CommandLine.Run("train", "graph", "--data", "demo").IsRefused("needs the FILE");
        CommandLine.Run("train", "graph", folder["none.json"], "--data", "demo").IsRefused("none.json");
        CommandLine.Run("train", "graph", Graph(), "--data", "demo", "--method", "mp", "--out",
            folder["x"]).IsRefused("--method mp needs layers with two sides");
        CommandLine.Run("train", "bm", "--data", "demo", "--hidden", "-1", "--out",
            folder["x"]).IsRefused("--hidden must be at least 1, not -1");
        CommandLine.Run("train", "bm", "--visible-units", "gaussian").IsRefused("gaussian");
        CommandLine.Run("train", "bm", "--data", "demo", "--hidden", "3", "--hidden-bias", "0",
            "1").IsRefused("--hidden-bias has 2 values");
        string model = Save(Make("hidden"));
        foreach (var (clamp, because) in ((string, string)[])[("0-4", "columns 0-4 are not among 0-3"),
            ("3-1", "the range 3-1 ends before it begins"), ("0,3-1", "the range 3-1 ends before it begins"),
            ("0-3", "is all of the 4 columns, which leaves nothing to sample"), ("2-3,0-1", "is all of the 4 columns"),
                ("half", "not 'half'"), ("1-2-3", "not '1-2-3'"), ("", "not ''")])
            CommandLine.Run("sample", model, "--data", folder["rows.npy"], "--clamp", clamp, "--sweeps", "1").IsRefused(because);
        CommandLine.Run("sample", model, "--data", folder["rows.npy"], "--clamp", "left", "--image", "1x4", "--sweeps",
            "1").IsRefused("selects none of the 4 columns");
        CommandLine.Run("fine-tune", Save(new("bm", [10], [(0, 0)])), "--data", "demo", "--out",
            folder["x"]).IsRefused("fine-tune starts from an rbm, a dbn, a dbm or a network, and transform --layers gives features");
        CommandLine.Run("predict", model, "--data",
            folder["rows.npy"]).IsRefused("holds a bm without labels; expected a network or a model trained with --labels");
        CommandLine.Run("predict", Save(Make("graph")), "--data",
            folder["rows.npy"]).IsRefused("holds a graph without labels; expected a network or a model trained with a layer of labels");
    }

    void AssertSameTensors()
    {
        using SafetensorsFile a = SafetensorsFile.Open(folder["whole/model.safetensors"]),
            b = SafetensorsFile.Open(folder["parts/model.safetensors"]);
        Assert.Equal(a.Tensors.Select(t => t.Name), b.Tensors.Select(t => t.Name));
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
    }
}
