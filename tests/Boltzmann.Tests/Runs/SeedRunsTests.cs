namespace Boltzmann.Tests.Runs;

/// <summary>One plan with several seeds, as a program starts it.</summary>
public sealed class SeedRunsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly TrainPlan plan = TrainPlan.Of(ModelKind.Rbm) with
    {
        Data = "demo",
        Hidden = [4],
        Epochs = 3,
        Metrics = ["reconstruction-error"],
    };

    /// <summary>Interrupts the run that begins with a line.</summary>
    sealed class Stopper(CancellationTokenSource source, string at) : IRunObserver
    {
        public void Say(string line)
        {
            if (line == at) source.Cancel();
        }

        public void Warn(string line) { }

        public void Note(string line) { }

        public T Track<T>(string title, Func<IProgress<double>, T> work) => work(new SilentObserver());

        public void Follow(TrainingOutline outline, Action<Action<GreedyProgress>> work) => work(_ => { });
    }

    [Fact]
    public void Runs_that_were_interrupted_continue_to_the_same_mean()
    {
        RunContext context = new(new DataCatalog());
        SeedRunsOutcome whole = SeedRuns.Run(plan, 3, context, new() { Folder = folder["whole"] });
        using var source = new CancellationTokenSource();
        RunContext stopped = context with { Observer = new Stopper(source, "seed 1338, 2 of 3"), Interrupted = source.Token };
        OperationCanceledException told = Assert.Throws<OperationCanceledException>(() =>
            SeedRuns.Run(plan, 3, stopped, new() { Folder = folder["parts"] }));
        Assert.Contains($"the same command and --out {folder["parts"]}", told.Message);
        Assert.False(Directory.Exists(SeedRuns.FolderOf(folder["parts"], 1339)));
        SeedRunsOutcome parts = SeedRuns.Run(plan, 3, context, new() { Folder = folder["parts"] });
        Assert.Equal([true, false, false], parts.Runs.Select(run => run.IsDone));
        Assert.Equal(whole.Comparison.Groups.Single().Last("reconstruction-error")!.PerRow,
            parts.Comparison.Groups.Single().Last("reconstruction-error")!.PerRow);
        Assert.True(File.Exists(parts.PagePath));
    }
}
