namespace Boltzmann.Experiments;

/// <summary>How an experiment was asked for.</summary>
/// <param name="Context">Data, seed, arithmetic, whom it tells.</param>
/// <param name="Prose">Where tables go.</param>
/// <param name="Quick">A smoke test: a few epochs and betas, whose numbers mean nothing.</param>
/// <param name="AsPublished">With the quirks of the original.</param>
/// <param name="Results">Folder of the page and its pictures.</param>
/// <param name="Runs">Folder of the runs behind it.</param>
/// <param name="CommandLine">As typed.</param>
sealed record ExperimentContext(RunContext Context, TextWriter Prose, bool Quick, bool AsPublished, string Results, string Runs,
    string CommandLine)
{
    readonly List<ExperimentFinding> findings = [];

    /// <summary>Opens data by name.</summary>
    public IDataSource Data => Context.Data;

    /// <summary>Settles everything random.</summary>
    public ulong Seed => Context.Seed;

    /// <summary>Where it computes.</summary>
    public Placement Placement => Context.Placement;

    /// <summary>Cancelled: stop; what has been measured and trained so far is kept.</summary>
    public CancellationToken Interrupted => Context.Interrupted;

    /// <summary>A line on how it goes.</summary>
    public void Say(string line) => Context.Observer.Say(line);

    /// <summary>The finished run of a plan, made first, or gone on with, if it has not been.</summary>
    /// <param name="run">The name of its folder.</param>
    /// <param name="plan">What to do.</param>
    public RunFolder Complete(string run, RunPlan plan) =>
        RunLauncher.Complete(plan, Context, new() { Folder = Path.Combine(Runs, run), CommandLine = CommandLine }).Folder;

    /// <summary>What has been measured of a run, measured anew if its settings have changed.</summary>
    /// <param name="name">The folder of the measurements, beside the runs.</param>
    /// <param name="run">The run they are of.</param>
    public Measurements MeasurementsOf(string name, RunFolder run) =>
        new(Path.Combine(Runs, name), run.Settings.ToJson().ToJsonString());

    /// <summary>The time that a run has spent in updates.</summary>
    public static double Minutes(RunFolder run) =>
        (MetricsTable.Open(run.MetricsPath).Column(MetricColumns.Seconds).Sum() ?? double.NaN) / 60;

    /// <summary>What the experiment came to, for --json.</summary>
    public IReadOnlyList<ExperimentFinding> Findings => findings;

    /// <summary>Notes a number for --json.</summary>
    /// <param name="name">What it is of, with its unit: "test error, fine-tuned [share]".</param>
    /// <param name="value">Ours.</param>
    /// <param name="published">Theirs, if there is one.</param>
    public void Found(string name, double value, double? published = null) => findings.Add(new(name, value, published));

    /// <summary>A name that tells smoke tests and quirks from the experiment itself.</summary>
    public string Labelled(string name) => name + (AsPublished ? "-as-published" : "") + (Quick ? "-quick" : "");

    /// <summary>Writes a file beside the pages: a table or a drawing.</summary>
    public void WriteText(string file, string text)
    {
        Directory.CreateDirectory(Results);
        AtomicFile.WriteText(Path.Combine(Results, file), text);
    }

    /// <summary>Writes a picture beside the pages.</summary>
    public void WriteBytes(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Results);
        AtomicFile.WriteBytes(Path.Combine(Results, file), bytes);
    }
}
