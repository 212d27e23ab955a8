using System.Text.Json.Nodes;

namespace Boltzmann.Tests.Cli;

/// <summary>Deep Boltzmann machines on the command line, from training to what is made of a model.</summary>
public sealed class DbmCommandTests : IDisposable
{
    static readonly string[] small = ["--data", "demo", "--hidden", "8", "5", "--batch-size", "20", "--chains", "10", "--metrics",
        "weight-norm"];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Without chains where a method has none.
    CommandLine Train(string run, params string[] more) => CommandLine.Succeed(["train", "dbm",
        .. more.Contains("mp") ? small.Except(["--chains", "10"]) : small, "--out", folder[run], .. more]);

    [Fact]
    public void A_run_leaves_all_that_is_promised()
    {
        CommandLine run = CommandLine.Succeed("train", "dbm", "--data", "bars-and-stripes", "--hidden", "8", "4", "3", "--chains", "10",
            "--epochs", "3", "--out", folder["run"]);
        Assert.Contains("dbm 16 bernoulli × 8 bernoulli × 4 bernoulli × 3 bernoulli", run.Output);
        Assert.Contains("epoch 3/3", run.Output);
        foreach (string file in (string[])["settings.json", "metrics.csv", "model.safetensors", "checkpoint.safetensors", "filters.png",
            "filters-2.png", "filters-3.png", "reconstructions.png", "samples.png", "report.html"])
            Assert.True(File.Exists(folder[$"run/{file}"]), file);
        MetricsTable metrics = MetricsTable.Open(folder["run/metrics.csv"]);
        Assert.Equal([1, 2, 3], metrics.Column("epoch"));
        Assert.DoesNotContain("layer", metrics.Columns);
        string report = File.ReadAllText(folder["run/report.html"]);
        Assert.Contains("Deep Boltzmann machine, 16 × 8 × 4 × 3", report);
        Assert.Contains("Filters of layer 3", report);
        Assert.Equal(ModelKind.Dbm.Name, ModelFile.Describe(folder["run/model.safetensors"]).Model);
    }

    [Theory]
    [InlineData("pcd")]
    [InlineData("fpcd", "--start-chains", "noise")]
    [InlineData("pt", "--temperatures", "3")]
    [InlineData("mp")]
    [InlineData("pcd", "--labels", "--mean-field-order", "parallel", "--mean-field-damping", "0.5", "--mean-field-tolerance", "0",
        "--mean-field-updates", "3")]
    [InlineData("pcd", "--sparsity-target", "0.1", "0.2", "--sparsity-cost", "0.01", "0.02", "--optimizer", "adam")]
    public void A_run_that_goes_on_ends_at_the_bytes_of_one_that_did_not_stop(string method, params string[] more)
    {
        // Under weak weights chains that hear the same random numbers soon meet, wherever they began, and lost ones would not be missed.
        string[] common = ["--method", method, "--weights-std", "1.5", "--learning-rate", "0.05", "0.04", "0.03", "--steps", "1", "--quiet",
            .. more];
        Train("whole", ["--epochs", "3", .. common]);
        Train("parts", ["--epochs", "2", .. common]);
        CommandLine.Succeed("train", "dbm", "--resume", folder["parts"], "--epochs", "3", "--quiet");
        AssertSameTensors("whole", "parts");
    }

    [Fact]
    public void A_run_that_is_stopped_between_two_updates_goes_on_to_the_same_bytes()
    {
        Train("whole", "--epochs", "3", "--quiet");
        RunSettings settings = RunSettings.Read(folder["whole/settings.json"]);
        foreach (int updates in (int[])[1, 7])
        {
            string run = $"stopped-{updates}";
            RunFolder made = RunFolder.Create(folder[run], settings);
            MachineTask task = TaskOf(settings);
            foreach (GreedyProgress _ in task.Learn().Take(updates)) { }
            Checkpoint.Save(made.CheckpointPath, task.Model, task.Snapshot());
            CommandLine.Succeed("train", "dbm", "--resume", folder[run], "--quiet");
            AssertSameTensors("whole", run);
        }
    }

    [Fact]
    public void A_stack_that_learned_with_doubled_inputs_is_a_start()
    {
        CommandLine.Succeed("train", "dbn", "--data", "demo", "--hidden", "8", "6", "5", "--doubled", "--epochs", "2", "--metrics",
            "weight-norm", "--quiet", "--out", folder["stack"]);
        RunSettings settings = RunSettings.Read(folder["stack/settings.json"]);
        Assert.Equal("cd", settings.Text("method"));
        Dbm expected = Dbm.From(ModelFile.LoadDbn(folder["stack/model.safetensors"]));
        foreach (string start in (string[])["stack", "stack/model.safetensors"])
        {
            // Without steps of learning the start is the model.
            CommandLine.Succeed("train", "dbm", "--data", "demo", "--hidden", "8", "6", "5", "--init-from", folder[start],
                "--learning-rate", "0", "--epochs", "1", "--metrics", "weight-norm", "--quiet", "--out", folder["machine"], "--force");
            AssertSame(expected, ModelFile.LoadDbm(folder["machine/model.safetensors"]));
        }
        CommandLine.Succeed("train", "dbm", "--data", "demo", "--hidden", "8", "6", "5", "--labels", "--init-from", folder["machine"],
            "--weights-std", "0", "--learning-rate", "0", "--epochs", "1", "--metrics", "weight-norm", "--quiet", "--out",
                folder["labelled"]);
        Dbm labelled = ModelFile.LoadDbm(folder["labelled/model.safetensors"]);
        AssertSame(expected, labelled);
        Assert.Equal(labelled.Connections[^1].Weights.ToArray().Cast<double>(), new double[5 * labelled.Labels!.Units]);
    }

    [Fact]
    public void Doubled_machines_make_the_rows_of_the_next_one_with_doubled_inputs()
    {
        StackTask task = (StackTask)TaskOf<TrainingTask>(TrainPlan.Of(ModelKind.Dbn) with
        {
            Data = "demo",
            Hidden = [8, 6, 5],
            Doubled = Doubling.Stack,
            Method = TrainingMethod.Cd
        });
        Assert.Equal([2, 1, 1], task.Trainer.Layers.Select(layer => layer.UpFactor));
        StackTask plain = (StackTask)TaskOf<TrainingTask>(TrainPlan.Of(ModelKind.Dbn) with
        {
            Data = "demo",
            Hidden = [8, 6, 5],
            Method = TrainingMethod.Cd
        });
        Assert.Equal([1, 1, 1], plain.Trainer.Layers.Select(layer => layer.UpFactor));
    }

    [Theory]
    [InlineData("--mean-field-updates must be at least 1, not 0", "--mean-field-updates", "0")]
    [InlineData("--mean-field-damping must be at least 0 and below 1, not 1", "--mean-field-damping", "1")]
    [InlineData("--mean-field-tolerance must be at least 0, not -1", "--mean-field-tolerance", "-1")]
    [InlineData("--hidden must be at least 1, not 0", "--hidden", "8", "0")]
    [InlineData("layers of hidden units", "--sparsity-target", "0.1", "0.1", "0.1", "--sparsity-cost", "0.1")]
    [InlineData("layers of hidden units", "--hidden-bias", "0", "0", "0")]
    [InlineData("'cd'", "--method", "cd")]
    [InlineData("there is no metric 'joy'", "--metrics", "joy")]
    [InlineData("is not defined for this kind of model", "--metrics", "cross-entropy")]
    [InlineData("'--doubled'", "--doubled")]
    public void Training_options_that_cannot_be_are_refused_and_nothing_is_written(string because, params string[] options)
    {
        CommandLine.Run(["train", "dbm", .. small.Where(s => !options.Contains("--metrics") || !s.Contains("metrics")
            && s != "weight-norm"), .. options, "--out", folder["refused"]]).IsRefused(because);
        Assert.False(Directory.Exists(folder["refused"]));
    }

    [Fact]
    public void Starts_that_do_not_fit_are_refused()
    {
        Train("run", "--epochs", "1", "--quiet");
        CommandLine.Succeed("train", "classification-rbm", "--data", "demo", "--hidden", "8", "--epochs", "1", "--metrics", "weight-norm",
            "--quiet", "--out", folder["rbm"]);
        CommandLine.Run(["train", "dbm", .. small, "--init-from", folder["rbm"], "--out",
            folder["x"]]).IsRefused("expected a dbm, an rbm, or a dbn trained with --doubled");
        CommandLine.Run("train", "dbm", "--data", "demo", "--hidden", "8", "4", "--init-from", folder["run"], "--out", folder["x"])
            .IsRefused("joins 10 bernoulli × 8 bernoulli × 5 bernoulli units, but this run 10 bernoulli × 8 bernoulli × 4 bernoulli");
        CommandLine.Run("train", "dbn", "--data", "demo", "--doubled", "--method", "pcd", "--out",
            folder["x"]).IsRefused("--doubled is for --method cd, not pcd");
        CommandLine.Run("train", "dbn", "--resume", folder["run"]).IsRefused("is a run of train dbm; expected train dbm --resume");
    }

    static void AssertSame(Dbm expected, Dbm actual)
    {
        foreach (Parameter parameter in expected.Parameters)
            Assert.Equal(parameter.Value.ToArray(), actual.Parameters.Single(p => p.Name == parameter.Name).Value.ToArray());
    }

    void AssertSameTensors(string expected, string actual)
    {
        using SafetensorsFile a = SafetensorsFile.Open(folder[$"{expected}/model.safetensors"]),
            b = SafetensorsFile.Open(folder[$"{actual}/model.safetensors"]);
        Assert.Equal(a.Tensors.Select(t => t.Name), b.Tensors.Select(t => t.Name));
        foreach (StoredTensor tensor in a.Tensors) Assert.Equal(a.ReadBytes(tensor.Name), b.ReadBytes(tensor.Name));
    }

    static MachineTask TaskOf(RunSettings settings) => TaskOf<MachineTask>(TrainPlan.From(settings));

    static TTask TaskOf<TTask>(TrainPlan plan) where TTask : TrainingTask =>
        (TTask)TrainingTask.Open(plan, new RunContext(new DataCatalog()));
}
