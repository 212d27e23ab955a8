using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>What a training leaves with its model, and what the other commands make of it.</summary>
public sealed class TrainedModelTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData("standardize"), InlineData("min-max")]
    public void Rows_are_scaled_as_in_training_and_results_come_back_in_their_own_units(string scale)
    {
        double[][] rows = [.. Enumerable.Range(0, 24).Select(r => (double[])[100 + 10 * Math.Sin(r), 0.001 * Math.Cos(2 * r), 7])];
        File.WriteAllText(folder["data.csv"], "height,width,constant\n"
            + string.Join('\n', rows.Select(r => string.Join(',', r.Select(x => x.ToString("R"))))));
        Train("--data", folder["data.csv"], "--visible-units", "gaussian", "--hidden", "3", "--scale", scale, "--validation-rows", "0",
            "--precision", "float64");
        double[] shift = [.. Enumerable.Range(0, 3).Select(c => scale == "standardize" ? rows.Average(r => r[c]) : rows.Min(r => r[c]))];
        double[] width = [.. Enumerable.Range(0, 3).Select(c => scale == "standardize"
            ? Math.Sqrt(rows.Average(r => (r[c] - shift[c]) * (r[c] - shift[c]))) : rows.Max(r => r[c]) - shift[c])];
        width[2] = 1;

        foreach (string file in (string[])["run/model.safetensors", "run/checkpoint.safetensors"])
        {
            var (metadata, tensors) = PythonView.Load(folder[file]);
            JsonNode training = JsonNode.Parse(metadata["boltzmann"])!["training"]!;
            Assert.Equal(scale, training["scaling"]!["kind"]!.GetValue<string>());
            Assert.Equal(["height", "width", "constant"], training["columns"]!.AsArray().Select(n => n!.GetValue<string>()));
            double[] w = tensors["weights.0-1"].Values, c = tensors["layers.1.bias"].Values;
            JsonNode hidden = CommandLine.Succeed("transform", folder[file], "--json", "--precision", "float64").Json["rows"]!;
            for (int r = 0; r < rows.Length; r++)
                for (int h = 0; h < 3; h++)
                {
                    double input = c[h];
                    for (int v = 0; v < 3; v++) input += (rows[r][v] - shift[v]) / width[v] * w[v * 3 + h];
                    Assert.Equal(1 / (1 + Math.Exp(-input)), hidden[r]![h]!.GetValue<double>(), 1e-9);
                }
        }
        string csv = CommandLine.Succeed("reconstruct", folder["run"]).Output;
        Assert.StartsWith("height,width,constant\n", csv);
        // A Gaussian machine hardly trained reconstructs near the means of the data, whose units these are then in.
        Assert.All(csv.TrimEnd('\n').Split('\n').Skip(1), line => Assert.InRange(double.Parse(line.Split(',')[0]), 60, 140));
        Assert.Contains("scaled as in training", CommandLine.Succeed("evaluate", folder["run"]).Output);
        Assert.Contains("height", CommandLine.Succeed("inspect", folder["run"]).Output);
    }

    [Fact]
    public void Rows_beyond_the_range_of_the_training_rows_are_cut_to_what_binary_units_allow_and_it_is_said()
    {
        File.WriteAllText(folder["train.csv"], "1,10\n3,30\n2,20\n");
        File.WriteAllText(folder["test.csv"], "0,20\n2,50\n");
        Train("--data", folder["train.csv"], "--hidden", "2", "--scale", "min-max", "--validation-rows", "0");
        CommandLine run = CommandLine.Succeed("transform", folder["run"], "--data", folder["test.csv"], "--json");
        Assert.Contains("2 of 2 rows leave the range", run.Error);
        File.WriteAllText(folder["cut.csv"], "1,20\n2,30\n");
        Assert.Equal(CommandLine.Succeed("transform", folder["run"], "--data", folder["cut.csv"], "--json").Output, run.Output);
    }

    [Fact]
    public void Validation_rows_are_those_that_training_held_out()
    {
        Train("--data", "bars-and-stripes", "--hidden", "2", "--validation-rows", "7", "--seed", "5");
        JsonNode held = CommandLine.Succeed("evaluate", folder["run"], "--split", "validation", "--json").Json;
        JsonNode all = CommandLine.Succeed("evaluate", folder["run"], "--json").Json;
        double[] some = Free(held), every = Free(all);
        Assert.Equal(7, some.Length);
        Assert.Equal(30, every.Length);
        Assert.All(some, f => Assert.Contains(f, every));
        // The held-out rows of the same seed, in their order.
        var (_, validation) = Split.Random(BarsAndStripes.All(4), 7, new Rng(5));
        Rbm model = ModelFile.LoadRbm(folder["run/model.safetensors"], Placement.Default.Double);
        Assert.Equal(FreeEnergy.PerRow(model, validation.ToMatrix(model.Placement)).PerRow, some);
    }

    [Fact]
    public void Stratified_validation_rows_keep_the_shares_of_the_classes_and_are_found_again()
    {
        // Twice as many rows of one class as of the other; every row another pattern.
        string rows = string.Join('\n',
            Enumerable.Range(0, 30).Select(r => $"{r & 1},{r >> 1 & 1},{r >> 2 & 1},{r >> 3 & 1},{r >> 4},{(r < 20 ? "a" : "b")}"));
        File.WriteAllText(folder["data.csv"], "v,w,x,y,z,label\n" + rows);
        Train("--data", folder["data.csv"], "--label-column", "label", "--hidden", "2", "--validation-rows", "6", "--stratify", "--seed",
            "5", "--precision", "float64");
        double[] held = Free(CommandLine.Succeed("evaluate", folder["run"], "--split", "validation", "--json").Json);
        Dataset data = DataSource.Open(folder["data.csv"], new() { Csv = new() { LabelColumn = "label" } });
        var (_, validation) = Split.Random(data, 6, new Rng(5), stratify: true);
        Assert.Equal([4, 2], validation.Labels!.GroupBy(l => l).OrderBy(g => g.Key).Select(g => g.Count()));
        Rbm model = ModelFile.LoadRbm(folder["run/model.safetensors"], Placement.Default.Double);
        Assert.Equal(FreeEnergy.PerRow(model, validation.ToMatrix(model.Placement)).PerRow, held);

        File.WriteAllText(folder["plain.csv"], string.Join('\n', Enumerable.Range(0, 10).Select(r => $"{r % 2},{r % 3 % 2}")));
        CommandLine.Run("train", "rbm", "--data", folder["plain.csv"], "--hidden", "2", "--stratify", "--validation-rows", "2", "--out",
            folder["other"]).IsRefused("no labels");
    }

    [Fact]
    public void A_passage_per_class_and_a_map_of_features_are_pictures()
    {
        Train("--data", "digits", "--hidden", "20", "--train-rows", "200");
        CommandLine.Succeed("reconstruct", folder["run"], "--rows", "60", "--out", folder["r.npy"], "--passages", folder["passages"]);
        Dataset digits = DataSource.Open("digits", new() { Split = DataSplit.Test }).Take(60);
        Assert.Equal(digits.Labels!.Distinct().Order().Select(l => $"{l}.png"),
            Directory.GetFiles(folder["passages"]).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(folder["passages"]), f => Assert.Equal(0x89, File.ReadAllBytes(f)[0]));
        CommandLine.Succeed("transform", folder["run"], "--rows", "60", "--out", folder["h.npy"], "--map", folder["map.svg"]);
        var svg = System.Xml.Linq.XDocument.Load(folder["map.svg"]);
        Assert.Equal(60, svg.Descendants().Count(e => e.Name.LocalName == "circle" && e.HasElements));

        File.WriteAllBytes(folder["rows.npy"], NpyBytes.Of([new double[digits.Columns]]));
        string[] unlabelled = [folder["run"], "--data", folder["rows.npy"], "--out", folder["o.npy"]];
        CommandLine.Run(["reconstruct", .. unlabelled, "--image", $"{digits.Image!.Width}x{digits.Image.Height}", "--passages",
            folder["none"]]).IsRefused("needs labels");
        CommandLine.Run(["transform", .. unlabelled, "--map", folder["map.png"]]).IsRefused(".svg");
        CommandLine.Run(["transform", .. unlabelled, "--map", folder["m.svg"]]).IsRefused("at least 4 rows");
        // Rows on standard output are nothing but rows.
        Assert.Equal(61, CommandLine.Succeed("transform", folder["run"], "--rows", "60", "--map",
            folder["map.svg"]).Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Pictures_need_no_shape_where_training_knew_it()
    {
        Train("--data", "bars-and-stripes", "--hidden", "2");
        CommandLine.Succeed("sample", folder["run"], "--count", "4", "--sweeps", "2", "--picture", folder["s.png"], "--out",
            folder["s.npy"]);
        CommandLine.Succeed("sample", folder["run"], "--data", "bars-and-stripes", "--clamp", "left", "--sweeps", "2", "--out",
            folder["s.npy"]);
        double[][] samples = NpyBytes.Read(folder["s.npy"]), data = [.. ImageSheet.RowsOf(BarsAndStripes.All(4).ToMatrix())];
        for (int i = 0; i < samples.Length; i++)
            for (int y = 0; y < 4; y++) Assert.Equal(data[i % data.Length][(4 * y)..(4 * y + 2)], samples[i][(4 * y)..(4 * y + 2)]);
        // What the model was trained on gives the rows where nothing else does.
        CommandLine.Succeed("sample", folder["run"], "--clamp", "left", "--sweeps", "2", "--out", folder["same.npy"]);
        Assert.Equal(File.ReadAllBytes(folder["s.npy"]), File.ReadAllBytes(folder["same.npy"]));
    }

    [Theory]
    [InlineData("""{"scaling": {"kind": "log"}}""", "expected standardize, min-max or by-column")]
    [InlineData("""{"scaling": 3}""", "without a kind")]
    [InlineData("""{"scaling": {"kind": "standardize", "means": [0, 0], "standard_deviations": [1, 1, 1]}}""", "means are not 3 finite numbers")]
    [InlineData("""{"scaling": {"kind": "standardize", "means": [0, 0, "x"], "standard_deviations": [1, 1, 1]}}""", "means are not 3 finite numbers")]
    [InlineData("""{"scaling": {"kind": "min-max", "minimum": [0, 0, 0], "range": [1, 0, 1]}}""", "range are not all positive")]
    [InlineData("""{"image": {"width": 2, "height": 2}}""", "3 pixels")]
    [InlineData("""{"image": {"width": 65536, "height": 65536}}""", "3 pixels")]
    [InlineData("""{"columns": ["a", null, "c"]}""", "3 names")]
    public void A_model_with_a_wrong_description_of_its_data_is_refused(string training, string because)
    {
        string metadata = $$"""{"format": 1, "model": "rbm", "layers": [{"units": "gaussian", "size": 3}, {"units": "bernoulli", "size": 1}], "training": {{training}}}""";
        File.WriteAllBytes(folder["model.safetensors"], ForeignModel.Safetensors(metadata,
            [("layers.0.bias", [3], new double[3]), ("layers.0.precision", [3], [1, 1, 1]), ("layers.1.bias", [1], [0]),
                ("weights.0-1", [3, 1], new double[3])]));
        CommandLine.Run("inspect", folder["model.safetensors"]).IsRefused(because);
    }

    void Train(params string[] args) => CommandLine.Succeed(["train", "rbm", "--epochs", "1", "--quiet", "--out", folder["run"], .. args]);

    static double[] Free(JsonNode json) => [.. json["free_energy"]!.AsArray().Select(x => x!.GetValue<double>())];
}
