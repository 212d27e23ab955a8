namespace Boltzmann.Runs;

/// <summary>
/// Runs beside each other: what differs in their settings, what came of them, and, where runs differ in nothing but the seed, the mean
/// over seeds with its standard error.
/// </summary>
public sealed class RunComparison
{
    RunComparison(ComparedRun[] runs)
    {
        Runs = runs;
        Groups = [.. Grouped(runs).Select(group => new RunGroup(group))];
        Differing = [.. Groups.Skip(1).SelectMany(group => Groups[0].Runs[0].Differences(group.Runs[0]))
            .Where(name => name != "model").Distinct()];
        Metrics = MetricOrder.Of(runs.SelectMany(run => run.Metrics.Names).Distinct(), null);
        // What the runs say only for people, and what only some kinds of models have, would hide what was tried.
        Varied = [.. Differing.Where(name => name != "metrics" && runs.All(run => run.Folder.Settings.Names.Contains(name)))];
    }

    /// <summary>The runs, in the order in which they were named.</summary>
    public IReadOnlyList<ComparedRun> Runs { get; }

    /// <summary>Those that differ in nothing but the seed together.</summary>
    public IReadOnlyList<RunGroup> Groups { get; }

    /// <summary>Whether some group has several runs.</summary>
    public bool HasSeeds => Groups.Count < Runs.Count;

    /// <summary>Names of the settings in which groups differ, the kind of model and the seed left out.</summary>
    public IReadOnlyList<string> Differing { get; }

    /// <summary>Those that all the runs have and that decide what is learned: what was varied.</summary>
    public IReadOnlyList<string> Varied { get; }

    /// <summary>Names of all that was measured in some run, the most important first.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>What a reader should know before comparing numbers, a sentence each: unfinished runs, runs without metrics.</summary>
    public IReadOnlyList<string> Notes => [.. Runs.SelectMany(NotesOf)];

    /// <summary>Compares runs.</summary>
    /// <param name="paths">Folders of runs, or folders that hold some, which stand for these, by name.</param>
    /// <exception cref="BadInputException">A folder is not that of a run and holds none, or there are fewer than two runs.</exception>
    public static RunComparison Of(IEnumerable<string> paths)
    {
        string[] given = [.. paths];
        string[] folders = [.. given.SelectMany(Expand).DistinctBy(Path.GetFullPath)];
        if (folders.Length < 2)
            throw new BadInputException($"{(given.Length == 0 ? "nothing is named" : string.Join(", ", given))}: "
                + $"{folders.Length} run{(folders.Length == 1 ? "" : "s")}; expected two or more to compare");
        ComparedRun[] runs = [.. folders.Select(ComparedRun.Open)];
        NameApart(runs);
        return new(runs);
    }

    /// <summary>
    /// The name of a metric that some run has measured; without a name the most important of those that most runs have; null where nothing
    /// was measured.
    /// </summary>
    /// <exception cref="BadInputException">No run has measured it; the message lists what was.</exception>
    public string? MetricOf(string? name)
    {
        if (name is null) return Metrics.MaxBy(metric => Runs.Count(run => run.Metrics.Find(metric) is not null));
        if (Metrics.Contains(name)) return name;
        // Of deep networks the top layer's, which comes first.
        if (Metrics.FirstOrDefault(known => known.EndsWith($"/{name}", StringComparison.Ordinal)) is string layered) return layered;
        throw new BadInputException($"none of the runs has measured '{name}'{DidYouMean.Question(name, Metrics)}; measured are "
            + $"{(Metrics.Count == 0 ? "no metrics" : string.Join(", ", Metrics))}");
    }

    static IEnumerable<string> Expand(string path)
    {
        if (!Directory.Exists(path))
            throw new BadInputException($"{path}: no such folder; expected the folder of a run, or one that holds runs");
        if (RunFolder.IsRun(path)) return [path];
        string[] inside = [.. Directory.EnumerateDirectories(path).Where(RunFolder.IsRun).Order(StringComparer.Ordinal)];
        return inside.Length > 0 ? inside
            : throw new BadInputException($"{path}: is not the folder of a run ({RunFolder.SettingsName} is missing), and holds none");
    }

    static List<List<ComparedRun>> Grouped(ComparedRun[] runs)
    {
        var groups = new List<List<ComparedRun>>();
        foreach (ComparedRun run in runs)
        {
            if (groups.Find(group => !group[0].Differences(run).Any() && group.All(one => one.Seed != run.Seed)) is List<ComparedRun> same)
                same.Add(run);
            else groups.Add([run]);
        }
        return groups;
    }

    // a/seed-1 and b/seed-1 are not both "seed-1".
    static void NameApart(ComparedRun[] runs)
    {
        string[][] parts = [.. runs.Select(run => Path.TrimEndingDirectorySeparator(Path.GetFullPath(run.Path))
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))];
        int most = parts.Max(p => p.Length);
        for (int shown = 1; shown <= most; shown++)
        {
            string[] names = [.. parts.Select(p => string.Join('/', p[Math.Max(0, p.Length - shown)..]))];
            if (names.Distinct().Count() < names.Length && shown < most) continue;
            for (int r = 0; r < runs.Length; r++) runs[r].Name = names[r];
            return;
        }
    }

    static IEnumerable<string> NotesOf(ComparedRun run)
    {
        if (run.Metrics.Curves.Count == 0)
            yield return $"{run.Path}: has no metrics{(run.IsFinished ? "" : " yet, and is unfinished")}";
        else if (!run.IsFinished)
            yield return $"{run.Path}: is unfinished, after {run.Metrics.Epochs} {(run.Metrics.Epochs == 1 ? "epoch" : "epochs")}";
    }
}
