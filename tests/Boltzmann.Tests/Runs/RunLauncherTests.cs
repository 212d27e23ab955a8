using Boltzmann.Tests.Data;

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

        public bool IsSet(string name) => true;

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
        Assert.Equal(8, ModelFile.LoadRbm(outcome.Folder.ModelPath).Hidden.Units);
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
        Rbm whole = ModelFile.LoadRbm(Path.Combine(folder["whole"], "model.safetensors")), resumed = ModelFile.LoadRbm(parts.ModelPath);
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

    /// <summary>What a run tells, in order.</summary>
    sealed class Recorder : IRunObserver
    {
        public List<string> Lines { get; } = [];

        public void Say(string line) => Lines.Add($"say {line}");

        public void Warn(string line) => Lines.Add($"warn {line}");

        public void Note(string line) => Lines.Add($"note {line}");

        public T Track<T>(string title, Func<IProgress<double>, T> work) => work(new Progress<double>());

        public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => work(_ => { });
    }

    /// <summary>Files, and what they were opened with.</summary>
    sealed class Opened : IDataSource
    {
        readonly DataCatalog files = new();

        public List<DataOptions> Options { get; } = [];

        public Dataset Open(string name, DataOptions options)
        {
            Options.Add(options);
            return files.Open(name, options);
        }

        public bool IsSet(string name) => files.IsSet(name);

        public bool HasPart(string name, DataSplit part) => files.HasPart(name, part);

        public ImageShape? ImageOf(string name) => files.ImageOf(name);
    }

    [Fact]
    public void What_was_done_to_bytes_is_noted_before_the_heading_and_a_data_source_is_told_how_to_read()
    {
        File.WriteAllBytes(folder["few-idx3-ubyte"], ArrayFiles.Idx(0x08, [4, 1, 2], [0, 100, 50, 0, 100, 100, 0, 0]));
        File.WriteAllBytes(folder["few-idx1-ubyte"], ArrayFiles.Idx(0x08, [4], [0, 1, 0, 1]));
        var told = new Recorder();
        var source = new Opened();
        RunContext own = new(source) { Observer = told };
        TrainPlan bytes = plan with { Data = folder["few-idx3-ubyte"], Hidden = [3], Epochs = 1, ValidationRows = 0, ScaleBytes = 100 };
        RunOutcome outcome = RunLauncher.Start(bytes, own, new() { Folder = folder["run"] });
        Assert.Equal("note few-idx3-ubyte: bytes divided by 100", told.Lines[0]);
        Assert.StartsWith("say few-idx3-ubyte: 4 rows", told.Lines[1]);
        told.Lines.Clear();
        FineTunePlan tuning = new FineTunePlan { Epochs = 1, ValidationRows = 0, IgnoreExtra = true }.StartingFrom(outcome.Folder.Path);
        RunLauncher.Start(tuning, own, new() { Folder = folder["tuned"] });
        Assert.Equal("note few-idx3-ubyte: bytes divided by 100, as in training", told.Lines[0]);
        Assert.Equal([0.01, 0.01], source.Options.Select(options => options.Scale!.Value));
        Assert.Equal([false, true], source.Options.Select(options => options.Csv.IgnoreExtra));
        Assert.Contains("is for IDX, NPY and NPZ files of bytes", Assert.Throws<BadInputException>(() =>
            RunLauncher.Start(plan with { ScaleBytes = 16 }, context, new() { Folder = folder["none"] })).Message);
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
