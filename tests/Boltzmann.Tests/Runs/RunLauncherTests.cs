namespace Boltzmann.Tests.Runs;

/// <summary>Runs as a program starts them, without a command line.</summary>
public sealed class RunLauncherTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Rows that a program has itself, whatever it is asked for.</summary>
    sealed class OwnRows : IDataSource
    {
        public Dataset Open(string name, DataOptions options) => DemoSet.Create(options.Seed).Named(name);

        public bool HasPart(string name, DataSplit part) => false;

        public ImageShape? ImageOf(string name) => null;
    }

    static readonly TrainPlan plan = TrainPlan.Of(ModelKind.Rbm) with
    {
        Data = "sensors",
        Hidden = [8],
        Epochs = 4,
        LearningRate = [0.05, 0.04, 0.03, 0.02],
        Metrics = ["weight-norm"]
    };

    static readonly RunContext context = new(new OwnRows());

    [Fact]
    public void A_run_on_rows_of_ones_own_leaves_a_folder_and_is_not_done_twice()
    {
        RunOutcome outcome = RunLauncher.Start(plan, context, new() { Folder = folder["run"] });
        Assert.False(outcome.IsDone);
        Assert.True(outcome.Folder.Settings.Finished);
        Assert.Equal(8, ModelFile.Load(outcome.Folder.ModelPath).Hidden.Units);
        Assert.Contains("sensors, 1,800 rows", File.ReadAllText(outcome.Folder.ReportPath));
        Assert.True(RunLauncher.Start(plan, context, new() { Folder = folder["run"] }).IsDone);
        Assert.True(RunLauncher.Complete(plan, context, new() { Folder = folder["run"] }).IsDone);
    }

    [Fact]
    public void A_run_whose_settings_have_no_version_goes_on_to_the_same_bits()
    {
        RunLauncher.Start(plan, context, new() { Folder = folder["whole"] });
        RunLauncher.Start(plan with { Epochs = 2 }, context, new() { Folder = folder["parts"] });
        string settings = Path.Combine(folder["parts"], "settings.json");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("  \"version\": 1,\n", ""));
        RunFolder parts = RunFolder.Resume(folder["parts"]);
        RunLauncher.Resume(parts, (TrainPlan)RunPlan.From(parts.Settings) with { Epochs = 4 }, context);
        Assert.Equal(1, RunSettings.Read(settings).Version);
        Rbm whole = ModelFile.Load(Path.Combine(folder["whole"], "model.safetensors")), resumed = ModelFile.Load(parts.ModelPath);
        foreach (var (a, b) in whole.Parameters.Zip(resumed.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
    }

    [Fact]
    public void The_plan_settles_seed_and_precision_before_the_context_does()
    {
        RunOutcome outcome = RunLauncher.Start(plan with { Epochs = 1, Seed = 7, Precision = Precision.Float64 }, context,
            new() { Folder = folder["own"] });
        Assert.Equal(("7", "float64"), (outcome.Folder.Settings.Text("seed"), outcome.Folder.Settings.Text("precision")));
        outcome = RunLauncher.Start(plan with { Epochs = 1 }, context with { Seed = 9 }, new() { Folder = folder["other"] });
        Assert.Equal(("9", "float32"), (outcome.Folder.Settings.Text("seed"), outcome.Folder.Settings.Text("precision")));
    }

    [Fact]
    public void What_cannot_be_is_refused_before_a_folder_is_there()
    {
        Assert.Throws<BadInputException>(() =>
            RunLauncher.Start(plan with { VisibleUnits = "quark" }, context, new() { Folder = folder["none"] }));
        Assert.Throws<BadInputException>(() =>
            RunLauncher.Start(plan with { Hidden = [4, 3] }, context, new() { Folder = folder["none"] }));
        Assert.False(Directory.Exists(folder["none"]));
    }
}
