namespace Boltzmann.Runs;

/// <summary>
/// One plan run with several seeds: a folder that holds an ordinary run for each seed, seed-1337, seed-1338 and so on, and a page that
/// compares them. The same call continues what was interrupted, and takes finished runs as they are.
/// </summary>
public static class SeedRuns
{
    /// <summary>The name of the page beside the runs.</summary>
    public const string PageName = "compare.html";

    /// <summary>Runs the plan once for each seed: its own or the context's, and the numbers that follow.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="seeds">How many; at least 2.</param>
    /// <param name="context">Data, place, whom it tells.</param>
    /// <param name="request">Where to: the folder that holds the runs, under runs/ when left out.</param>
    /// <exception cref="BadInputException">The plan asks for what cannot be, or a folder holds another run.</exception>
    /// <exception cref="OperationCanceledException">Interrupted, after a checkpoint; the message says how to go on.</exception>
    public static SeedRunsOutcome Run(RunPlan plan, int seeds, RunContext context, RunRequest? request = null)
    {
        request ??= new();
        if (seeds < 2) throw new BadInputException($"--seeds must be at least 2, not {seeds}");
        plan = plan with { Precision = plan.Precision ?? context.Placement.Precision };
        ulong first = plan.Seed ?? context.Seed;
        RunPlan[] plans = [.. Enumerable.Range(0, seeds).Select(s => plan with { Seed = first + (ulong)s })];
        string root = request.Folder ?? FindUnder("runs", plans[0], context)
            ?? RunFolder.DefaultPath(plan.Makes, plan.DataName, DateTimeOffset.Now);
        CheckRoot(root);
        // What holds other settings is found before hours of training, not between them.
        if (!request.Force)
            foreach (RunPlan one in plans) Check(one, root, context);
        var outcomes = new List<RunOutcome>();
        foreach (RunPlan one in plans)
        {
            context.Say($"seed {one.Seed}, {outcomes.Count + 1} of {seeds}");
            outcomes.Add(RunOne(one, root, context, request));
        }
        string page = Path.Combine(root, PageName);
        RunComparison comparison = RunComparison.Of(outcomes.Select(outcome => outcome.Folder.Path));
        AtomicFile.WriteText(page, ComparisonReport.Render(comparison, comparison.MetricOf(null), request.CommandLine));
        return new(root, outcomes, comparison, page);
    }

    /// <summary>The folder of a seed's run.</summary>
    public static string FolderOf(string root, ulong seed) => Path.Combine(root, $"seed-{seed}");

    static RunOutcome RunOne(RunPlan plan, string root, RunContext context, RunRequest request)
    {
        request = request with { Folder = FolderOf(root, plan.Seed!.Value) };
        try
        {
            if (request.Force) return RunLauncher.Start(plan, context, request);
            RunOutcome outcome = RunLauncher.Complete(plan, context, request);
            if (outcome.IsDone) context.Say($"already trained with these settings: {outcome.Folder.Path} (--force trains again)");
            return outcome;
        }
        catch (OperationCanceledException e) when (!e.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"interrupted at seed {plan.Seed}; continue with the same command and --out {root}", e);
        }
    }

    static void Check(RunPlan plan, string root, RunContext context)
    {
        string path = FolderOf(root, plan.Seed!.Value);
        if (!Directory.Exists(path)) return;
        RunSettings settings = plan.Resolved(context with { Seed = plan.Seed.Value }).ToSettings();
        if (RunFolder.Open(path).Settings.Differences(settings) is { Count: > 0 } differences)
            throw new BadInputException($"{path}: holds a run with other settings ({string.Join(", ", differences)}); --force replaces it");
    }

    // What is in the way of the runs; a folder with anything else beside them is fine.
    static void CheckRoot(string root)
    {
        if (File.Exists(root)) throw new BadInputException($"{root}: is a file; expected a folder for the runs");
        if (RunFolder.IsRun(root))
            throw new BadInputException($"{root}: is the folder of one run; runs of several seeds need a folder that holds theirs");
    }

    // Without a name for the folder, the one in which such runs were begun: finished or not, the first seed tells.
    static string? FindUnder(string runs, RunPlan plan, RunContext context)
    {
        if (!Directory.Exists(runs)) return null;
        RunSettings settings = plan.Resolved(context with { Seed = plan.Seed!.Value }).ToSettings();
        return RunFolder.FindUnder(runs, root => FolderOf(root, plan.Seed.Value) is string path && RunFolder.IsRun(path)
            && RunFolder.Open(path).Settings.Differences(settings).Count == 0);
    }
}
