using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Deep belief networks on the command line, from training to what is made of a model.</summary>
public sealed class DbnCommandTests : IDisposable
{
    static readonly string[] small = ["--data", "demo", "--hidden", "8", "5", "--metrics", "weight-norm", "reconstruction-error"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    CommandLine Train(string run, params string[] more) => CommandLine.Succeed(["train", "dbn", .. small, "--out", folder[run], .. more]);

    [Fact]
    public void A_run_shows_its_layers_and_leaves_all_that_is_promised()
    {
        CommandLine run = CommandLine.Succeed("train", "dbn", "--data", "bars-and-stripes", "--hidden", "8", "4", "3", "--layer-epochs",
            "3", "2", "--out", folder["run"]);
        Assert.Contains("dbn 16 bernoulli × 8 bernoulli × 4 bernoulli × 3 bernoulli", run.Output);
        Assert.Contains("layer 1/3  epoch 3/3", run.Output);
        Assert.Contains("layer 3/3  epoch 2/2", run.Output);
        foreach (string file in (string[])["settings.json", "metrics.csv", "model.safetensors", "checkpoint.safetensors", "filters.png",
            "filters-2.png", "filters-3.png", "reconstructions.png", "samples.png", "report.html"])
            Assert.True(File.Exists(folder[$"run/{file}"]), file);
        MetricsTable metrics = MetricsTable.Open(folder["run/metrics.csv"]);
        Assert.Equal([1, 1, 1, 2, 2, 3, 3], metrics.Column("layer"));
        Assert.Equal([1, 2, 3, 1, 2, 1, 2], metrics.Column("epoch"));
        string report = File.ReadAllText(folder["run/report.html"]);
        Assert.Contains("Deep belief network, 16 × 8 × 4 × 3", report);
        Assert.Contains("3 + 2 + 2 epochs", report);
        Assert.Contains("Filters of layer 3", report);
    }

    [Fact]
    public void A_stack_of_one_layer_is_the_machine_that_train_rbm_makes()
    {
        string[] common = ["--data", "demo", "--hidden", "6", "--epochs", "3", "--metrics", "weight-norm", "--quiet"];
        CommandLine.Succeed(["train", "rbm", .. common, "--out", folder["rbm"]]);
        CommandLine.Succeed(["train", "dbn", .. common, "--out", folder["dbn"]]);
        Dbn deep = ModelFile.LoadDbn(folder["dbn/model.safetensors"]);
        ModelFileTests.AssertSame(ModelFile.LoadRbm(folder["rbm/model.safetensors"]), Assert.Single(deep.Machines));
        foreach (string[] command in (string[][])[["transform"], ["transform", "--passes", "2"], ["reconstruct"],
            ["reconstruct", "--stochastic", "--steps", "3"], ["sample", "--count", "3", "--sweeps", "4"],
                ["sample", "--states", "--start", "data", "--sweeps", "4"]])
            Assert.Equal(CommandLine.Succeed([command[0], folder["rbm"], .. command[1..], "--rows", "5"]).Output,
                CommandLine.Succeed([command[0], folder["dbn"], .. command[1..], "--rows", "5"]).Output);
    }

    [Fact]
    public void Other_commands_take_the_layers_of_the_model()
    {
        Train("run", "--epochs", "2", "--quiet");
        Dbn model = ModelFile.LoadDbn(folder["run/model.safetensors"]);
        Matrix rows = DataSource.Open("demo", new()).ToMatrix(0, 4);
        for (int layer = 1; layer <= 2; layer++)
        {
            JsonNode json = CommandLine.Succeed("transform", folder["run"], "--rows", "4", "--layer", $"{layer}", "--json").Json;
            Assert.Equal("dbn", json["model"]!.GetValue<string>());
            double[,] expected = model.Transform(rows, layer).ToArray();
            for (int r = 0; r < 4; r++)
                for (int h = 0; h < expected.GetLength(1); h++)
                    Assert.Equal(expected[r, h], json["rows"]![r]![h]!.GetValue<double>(), 1e-6);
            JsonNode back = CommandLine.Succeed("reconstruct", folder["run"], "--rows", "4", "--layer", $"{layer}", "--json").Json;
            Assert.Equal(model.Reconstruct(rows, layer)[3, 2], back["rows"]![3]![2]!.GetValue<double>(), 1e-6);
        }
        Assert.Equal(CommandLine.Succeed("transform", folder["run"], "--layer", "2", "--rows", "9").Output,
            CommandLine.Succeed("transform", folder["run"], "--rows", "9").Output);
        string states = CommandLine.Succeed("sample", folder["run"], "--states", "--count", "20", "--sweeps", "3").Output;
        Assert.All(states.TrimEnd('\n').Split('\n').Skip(1),
            line => Assert.All(line.Split(','), x => Assert.Contains(x, (string[])["0", "1"])));
        Assert.NotEqual(CommandLine.Succeed("sample", folder["run"], "--means", "--sweeps", "3").Output,
            CommandLine.Succeed("sample", folder["run"], "--sweeps", "3").Output);
        Assert.Contains("recognition.1.bias", CommandLine.Succeed("inspect", folder["run"]).Output);
    }

    [Theory]
    [InlineData("2", "3")]
    [InlineData("3", "1")]
    public void A_run_that_goes_on_with_its_last_layer_ends_at_the_bytes_of_one_that_did_not_stop(string first, string second)
    {
        string[] rates = ["--learning-rate", "0.05", "0.04", "0.03", "--quiet"];
        Train("whole", ["--layer-epochs", first, "3", .. rates]);
        Train("parts", ["--layer-epochs", first, second == "3" ? "2" : second, .. rates]);
        CommandLine.Succeed("train", "dbn", "--resume", folder["parts"], "--layer-epochs", first, "3", "--quiet");
        AssertSameTensors("whole", "parts");
        Assert.Equal(MetricsTable.Open(folder["whole/metrics.csv"]).Column("epoch"),
            MetricsTable.Open(folder["parts/metrics.csv"]).Column("epoch"));
        CommandLine.Run("train", "dbn", "--resume", folder["parts"], "--layer-epochs", "9", "3").IsRefused("layer 1 was finished with");
        Assert.Contains("is finished; raise --epochs", CommandLine.Succeed("train", "dbn", "--resume", folder["parts"]).Output);
    }

    [Fact]
    public void A_run_that_is_stopped_in_any_layer_goes_on_to_the_same_bytes()
    {
        // What a kill leaves: the folder with its settings, and a checkpoint between two updates of layer 1, at its end, or within layer 2.
        Train("whole", "--epochs", "3", "--quiet");
        RunSettings settings = RunSettings.Read(folder["whole/settings.json"]);
        foreach (int updates in (int[])[5, 270, 275])
        {
            string run = $"stopped-{updates}";
            RunFolder made = RunFolder.Create(folder[run], settings);
            (Dbn model, GreedyTrainer trainer, Dataset training) = TaskOf(settings);
            foreach (GreedyProgress _ in trainer.Run(training).Take(updates)) { }
            Checkpoint.Save(made.CheckpointPath, model, trainer.Snapshot());
            CommandLine.Succeed("train", "dbn", "--resume", folder[run], "--quiet");
            AssertSameTensors("whole", run);
        }
    }

    void AssertSameTensors(string expected, string actual)
    {
        using SafetensorsFile a = SafetensorsFile.Open(folder[$"{expected}/model.safetensors"]),
            b = SafetensorsFile.Open(folder[$"{actual}/model.safetensors"]);
        Assert.Equal(a.Tensors.Select(t => t.Name), b.Tensors.Select(t => t.Name));
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
    }

    static (Dbn, GreedyTrainer, Dataset) TaskOf(RunSettings settings)
    {
        var task = (StackTask)TrainingTask.Open(TrainPlan.From(settings), new RunContext(new DataCatalog()));
        return (task.Stack, task.Trainer, task.Training);
    }

    [Theory]
    [InlineData("layers of hidden units", "--layer-epochs", "1", "2", "3")]
    [InlineData("layers of hidden units", "--layer-learning-rate", "0.1", "0.1", "0.1")]
    [InlineData("layers of hidden units", "--hidden-units", "bernoulli", "spin", "relu")]
    [InlineData("layers of hidden units", "--hidden-bias", "0", "1", "2")]
    [InlineData("--layer-epochs must be at least 1, not 0", "--layer-epochs", "2", "0")]
    [InlineData("--layer-passes must be at least 1, not 0", "--layer-passes", "0")]
    [InlineData("--hidden must be at least 1, not 0", "--hidden", "8", "0")]
    [InlineData("'quark'", "--hidden-units", "quark")]
    [InlineData("--learning-rate-end goes with a single", "--learning-rate", "0.1", "0.2", "--learning-rate-end", "0.1")]
    [InlineData("--doubled is for --method cd, not pt", "--doubled", "--method", "pt")]
    [InlineData("needs validation rows", "--validation-rows", "0", "--metrics", "free-energy-gap", "--early-stopping", "free-energy-gap")]
    public void Training_options_that_cannot_be_are_refused_and_nothing_is_written(string because, params string[] options)
    {
        CommandLine.Run(["train", "dbn", .. small.Where(s => !options.Contains("--metrics") || !s.Contains("weight-norm")), .. options,
            "--out", folder["refused"]]).IsRefused(because);
        Assert.False(Directory.Exists(folder["refused"]));
    }

    [Fact]
    public void Commands_refuse_layers_and_kinds_that_are_not_there()
    {
        Train("deep", "--epochs", "1", "--quiet");
        CommandLine.Succeed("train", "rbm", "--data", "demo", "--hidden", "4", "--epochs", "1", "--metrics", "weight-norm", "--quiet",
            "--out", folder["flat"]);
        CommandLine.Run("transform", folder["deep"], "--layer", "3").IsRefused("has 2 hidden layers");
        CommandLine.Run("transform", folder["flat"], "--layer", "2").IsRefused("has 1 hidden layer");
        CommandLine.Run("reconstruct", folder["deep"], "--layer", "0").IsRefused("--layer must be a whole number of at least 1");
        CommandLine.Run("reconstruct", folder["deep"], "--passes", "3").IsRefused("--passes is for --stochastic");
        CommandLine.Run("sample", folder["deep"], "--states", "--means").IsRefused("expected one of them");
        CommandLine.Run("sample", folder["deep"], "--clamp", "0-3", "--data", "demo").IsRefused("--clamp needs an rbm or a dbm");
        CommandLine.Run("evaluate", folder["deep"], "--metrics", "free-energy").IsRefused("--metrics free-energy does not go with dbn, 10 "
            + "bernoulli × 8 bernoulli × 5 bernoulli; expected log-partition, log-likelihood, reconstruction, elbo");
        CommandLine.Run("evaluate", folder["deep"], "--metrics", "accuracy").IsRefused("--metrics accuracy does not go with dbn");
        CommandLine.Run("evaluate", folder["flat"], "--metrics", "elbo").IsRefused("--metrics elbo does not go with rbm");
        CommandLine.Run("evaluate", folder["flat"], "--passes", "3").IsRefused("--passes is for --metrics elbo");
        CommandLine.Run("train", "rbm", "--resume", folder["deep"]).IsRefused("is a run of train dbn; expected train dbn --resume");
        CommandLine.Run("train", "dbn", "--data", "demo", "--init-from", folder["flat/model.safetensors"], "--out",
            folder["x"]).IsRefused("holds an rbm; expected a dbn");
        CommandLine.Run("train", "dbn", "--data", "demo", "--hidden", "8", "4", "--init-from", folder["deep/model.safetensors"], "--out",
            folder["x"]).IsRefused("joins");
    }

    [Fact]
    public void Units_of_other_kinds_stack_and_train()
    {
        foreach (string input in (string[])["samples", "means"])
        {
            CommandLine.Succeed("train", "dbn", "--data", "demo", "--hidden", "6", "6", "4", "--hidden-units", "relu", "multinomial",
                "spin", "--categories", "3", "--sigma", "0.5", "--learning-rate", "0.01",
                "--layer-input", input, "--epochs", "2", "--out", folder[input], "--quiet");
            Assert.Equal("10 bernoulli × 6 relu × 2 × 3 multinomial × 4 spin",
                ModelFile.LoadDbn(folder[$"{input}/model.safetensors"]).ToString());
        }
        Train("passes", "--layer-passes", "3", "--epochs", "1", "--quiet");
    }
}
