namespace Boltzmann.Persistence;

/// <summary>
/// The folder of one training run: its settings, metrics, model, checkpoint, pictures and report. It appears with its settings inside, so
/// create it only once everything that was asked for is known to be possible.
/// </summary>
public sealed class RunFolder
{
    internal const string SettingsName = "settings.json";

    static readonly string[] names =
    [
        "checkpoint.safetensors", "model.safetensors", "metrics.csv", "filters.png", "reconstructions.png", "samples.png", "particles.png",
            "report.html",
    ];

    RunFolder(string path, RunSettings settings)
    {
        Path = path;
        Settings = settings;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the run was asked to do, as in settings.json.</summary>
    public RunSettings Settings { get; private set; }

    /// <summary>Path of metrics.csv; see <see cref="MetricsTable"/>.</summary>
    public string MetricsPath => In("metrics.csv");

    /// <summary>Path of the trained model; see <see cref="ModelFile"/>.</summary>
    public string ModelPath => In("model.safetensors");

    /// <summary>Path of the state to resume from; see <see cref="Checkpoint"/>.</summary>
    public string CheckpointPath => In("checkpoint.safetensors");

    /// <summary>Path of the picture of the weights.</summary>
    public string FiltersPath => In("filters.png");

    /// <summary>
    /// Path of the picture of what units of a layer stand for: that of the weights for layer 1, filters-2.png and so on above it.
    /// </summary>
    /// <param name="layer">From 1.</param>
    public string LayerFiltersPath(int layer) =>
        layer == 1 ? FiltersPath : In(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"filters-{layer}.png"));

    /// <summary>Path of the picture of data and their reconstructions.</summary>
    public string ReconstructionsPath => In("reconstructions.png");

    /// <summary>Path of the picture of fantasy particles.</summary>
    public string SamplesPath => In("samples.png");

    /// <summary>Path of the animated picture of fantasy particles after every epoch, where a run was asked for one.</summary>
    public string ParticlesPath => In("particles.png");

    /// <summary>Path of the page about the run.</summary>
    public string ReportPath => In("report.html");

    /// <summary>A folder that does not exist yet, named from model, data and time: runs/rbm-digits-20260131-154500.</summary>
    /// <param name="model">E.g. "rbm".</param>
    /// <param name="data">A data set's name or file; a file gives its name without folder and ending.</param>
    /// <param name="time">Usually now.</param>
    /// <param name="root">The folder of runs.</param>
    public static string DefaultPath(string model, string data, DateTimeOffset time, string root = "runs")
    {
        string shortData = System.IO.Path.GetFileName(data).Split('.')[0];
        string name = string.Concat($"{model}-{shortData}-{time:yyyyMMdd-HHmmss}".Select(c => char.IsAsciiLetterOrDigit(c)
            || c is '-' or '_' ? c : '-'));
        string path = System.IO.Path.Combine(root, name);
        for (int i = 2; Exists(path); i++) path = System.IO.Path.Combine(root, $"{name}-{i}");
        return path;
    }

    /// <summary>The run in a folder, if it came to its end with these very settings and has its model; otherwise null.</summary>
    /// <exception cref="BadInputException">The folder's settings cannot be read.</exception>
    public static RunFolder? FindFinished(string path, RunSettings settings)
    {
        string settingsPath = System.IO.Path.Combine(path, SettingsName);
        if (!File.Exists(settingsPath)) return null;
        var run = new RunFolder(path, RunSettings.Read(settingsPath));
        return run.Settings.Finished && File.Exists(run.ModelPath) && run.Settings.Differences(settings).Count == 0 ? run : null;
    }

    /// <summary>The first such run among the folders of <paramref name="root"/>, by name; null if there is none.</summary>
    public static RunFolder? FindFinishedUnder(string root, RunSettings settings)
    {
        RunFolder? run = null;
        FindUnder(root, path => (run = FindFinished(path, settings)) is not null);
        return run;
    }

    /// <summary>The first folder within another, by name, that is the one looked for; null if none is.</summary>
    /// <param name="root">Need not be there.</param>
    /// <param name="isWanted">Whether a folder is it; may throw what refuses a file.</param>
    internal static string? FindUnder(string root, Func<string, bool> isWanted)
    {
        if (!Directory.Exists(root)) return null;
        return Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).FirstOrDefault(path =>
        {
            try
            {
                return isWanted(path);
            }
            catch (BadInputException)
            {
                // A neighbour that cannot be read is not what is looked for, and must not keep a new one from starting.
                return false;
            }
        });
    }

    /// <summary>Whether a folder is that of a run, finished or not.</summary>
    internal static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, SettingsName));

    /// <summary>
    /// The file that holds the model of a run, finished or live: its model file, else its checkpoint. A path that is no folder is the file
    /// itself.
    /// </summary>
    /// <exception cref="BadInputException">The folder has neither.</exception>
    public static string FindModel(string path)
    {
        if (!Directory.Exists(path)) return path;
        string model = System.IO.Path.Combine(path, "model.safetensors"),
            checkpoint = System.IO.Path.Combine(path, "checkpoint.safetensors");
        return File.Exists(model) ? model : File.Exists(checkpoint) ? checkpoint
            : throw new BadInputException($"{path}: is a folder without model.safetensors or checkpoint.safetensors; expected a model file "
            + "or the folder of a run");
    }

    /// <summary>Starts a run. A new folder appears at once with its settings inside.</summary>
    /// <param name="path">The folder; those above it are made as needed.</param>
    /// <param name="settings">What the run will do.</param>
    /// <param name="force">Replaces a run that is there: its files go, files of other names stay.</param>
    /// <exception cref="BadInputException">The folder is not empty and <paramref name="force"/> is false, or it cannot be
    /// written.</exception>
    public static RunFolder Create(string path, RunSettings settings, bool force = false)
    {
        CheckFree(path, settings, force);
        settings.Finished = false;
        try
        {
            if (Directory.Exists(path)) Replace(path, settings);
            else CreateNew(path, settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: the run folder cannot be written: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        return new(path, settings);
    }

    /// <summary>
    /// Throws what <see cref="Create"/> would throw of a folder that is taken, and changes nothing: for checking options first.
    /// </summary>
    /// <exception cref="BadInputException">The folder is not empty and <paramref name="force"/> is false, or it is a file.</exception>
    public static void CheckFree(string path, RunSettings settings, bool force = false)
    {
        if (path.Length == 0) throw new BadInputException("the run folder has an empty name");
        if (File.Exists(path)) throw new BadInputException($"{path}: is a file; expected a folder for the run");
        if (force || !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()) return;
        string settingsPath = System.IO.Path.Combine(path, SettingsName);
        if (!File.Exists(settingsPath)) throw new BadInputException($"{path}: is not empty; --force writes into it all the same");
        IReadOnlyList<string> differences = RunSettings.Read(settingsPath).Differences(settings);
        string which = differences.Count == 0 ? "the same settings"
            : $"other settings ({string.Join(", ", differences.Take(5))}{(differences.Count > 5 ? ", …" : "")})";
        throw new BadInputException($"{path}: holds a run with {which}; --resume {path} continues it, --force replaces it");
    }

    /// <summary>Opens a run to read it, finished or live.</summary>
    /// <exception cref="BadInputException">The folder or its settings are missing or cannot be read.</exception>
    public static RunFolder Open(string path)
    {
        if (!Directory.Exists(path)) throw new BadInputException($"{path}: no such run folder");
        return new(path, RunSettings.Read(System.IO.Path.Combine(path, SettingsName)));
    }

    /// <summary>Opens a run to continue it, and deletes what a killed process left unfinished.</summary>
    /// <exception cref="BadInputException">There is no run, or it has no checkpoint.</exception>
    public static RunFolder Resume(string path)
    {
        RunFolder run = Open(path);
        if (!File.Exists(run.CheckpointPath))
            throw new BadInputException($"{path}: has no checkpoint to resume from; train again with --force");
        AtomicFile.DeleteLeftovers(path);
        return run;
    }

    /// <summary>Replaces the settings, e.g. with more epochs on resuming; the run is then no longer finished.</summary>
    public void Change(RunSettings settings)
    {
        settings.Finished = false;
        settings.Write(In(SettingsName));
        Settings = settings;
    }

    /// <summary>Says in settings.json what the columns of metrics.csv are measured in.</summary>
    /// <param name="units">By column.</param>
    public void SetUnits(IReadOnlyDictionary<string, string> units)
    {
        Settings.Units = units;
        Settings.Write(In(SettingsName));
    }

    /// <summary>Marks the run as finished. The last thing to do, after model, pictures and report are written.</summary>
    public void Finish()
    {
        Settings.Finished = true;
        Settings.Write(In(SettingsName));
    }

    string In(string name) => System.IO.Path.Combine(Path, name);

    static bool Exists(string path) => Directory.Exists(path) || File.Exists(path);

    static void CreateNew(string path, RunSettings settings)
    {
        string trimmed = System.IO.Path.TrimEndingDirectorySeparator(path);
        string temporary = $"{trimmed}.tmp-{Environment.ProcessId}";
        Directory.CreateDirectory(temporary);
        try
        {
            settings.Write(System.IO.Path.Combine(temporary, SettingsName));
            Directory.Move(temporary, trimmed);
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    static void Replace(string path, RunSettings settings)
    {
        // What could be resumed or reported as done goes first: a kill in between must not leave an old model under new settings.
        string settingsPath = System.IO.Path.Combine(path, SettingsName);
        foreach (string name in names) File.Delete(System.IO.Path.Combine(path, name));
        foreach (string picture in Directory.EnumerateFiles(path, "filters-*.png")) File.Delete(picture);
        AtomicFile.DeleteLeftovers(path);
        settings.Write(settingsPath);
    }
}
