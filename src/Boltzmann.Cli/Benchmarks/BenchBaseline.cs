using System.Text.Json;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>An earlier run, as <c>bench --json</c> wrote it, to set beside this one. Files of version 0.1.0, whose names end with
/// their units, are read too.</summary>
sealed class BenchBaseline
{
    readonly Dictionary<string, double> times = [], searches = [], sequences = [];
    readonly List<string> unknown = [];
    readonly string processor, runtime;
    readonly int vectorBits, threads;

    BenchBaseline(string path, JsonElement root)
    {
        Path = path;
        processor = root.GetProperty("cpu").GetString() ?? "";
        threads = root.GetProperty("threads").GetInt32();
        vectorBits = root.GetProperty("vector_bits").GetInt32();
        runtime = root.GetProperty("runtime").GetString() ?? "";
        Neighbors = Number(root, "nearest_neighbors") ?? Number(root, "nearest_neighbors_s");
        Spins = Number(root, "grid_spins") ?? Number(root, "grid_spins_per_s");
        if (root.TryGetProperty("cases", out JsonElement cases))
            foreach (JsonElement bench in cases.EnumerateArray()) AddCase(bench);
        if (root.TryGetProperty("operations", out JsonElement operations))
            foreach (JsonElement operation in operations.EnumerateArray())
                times[operation.GetProperty("name").GetString()!] = Time(operation, "median", "median_ms");
        if (root.TryGetProperty("searches", out JsonElement searched))
            foreach (JsonElement search in searched.EnumerateArray())
                if (Number(search, "updates") is double updates) searches[search.GetProperty("name").GetString()!] = updates;
        if (root.TryGetProperty("sequences", out JsonElement learned))
            foreach (JsonElement sequence in learned.EnumerateArray())
                if (Number(sequence, "learned") is double steps) sequences[sequence.GetProperty("name").GetString()!] = steps;
        if (root.TryGetProperty("processes", out JsonElement processes))
            foreach (JsonElement process in processes.EnumerateArray())
                if (Number(process, "ratio") is double ratio) times[process.GetProperty("name").GetString()!] = ratio;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="BadInputException">There is no such file, or <c>bench --json</c> did not write it.</exception>
    public static BenchBaseline Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cases", out _) && !root.TryGetProperty("operations", out _))
                throw new BadInputException($"--compare {path}: has neither cases nor operations; expected a file that bench --json wrote");
            return new BenchBaseline(path, root);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"--compare {path}: no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--compare {path}: cannot be read", e);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"--compare {path}: is not JSON; expected a file that bench --json wrote", e);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentNullException)
        {
            throw new BadInputException($"--compare {path}: does not hold what bench --json writes", e);
        }
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>Seconds of the nearest neighbours; null if they were not measured.</summary>
    public double? Neighbors { get; }

    /// <summary>Spins per second of the grid; null if they were not measured.</summary>
    public double? Spins { get; }

    /// <summary>Updates a second of a search's sweeps; null if they were not measured.</summary>
    public double? FindSearch(string name) => searches.TryGetValue(name, out double value) ? value : null;

    /// <summary>Steps a second that a machine with memory learned; null if they were not measured.</summary>
    public double? FindSequence(string name) => sequences.TryGetValue(name, out double value) ? value : null;

    /// <summary>Milliseconds of a case or an operation, or the share of processes, by name; null if it was not measured.</summary>
    public double? Find(string name) => times.TryGetValue(name, out double value) ? value : null;

    /// <summary>Names that were measured then, but are not among others; unknown steps are named as the file has them.</summary>
    public IEnumerable<string> Except(IEnumerable<string> names) => [.. times.Keys.Except(names), .. unknown];

    /// <summary>In what the machines differ, in words; null if in nothing that matters to times.</summary>
    public string? Difference(BenchMachine now)
    {
        var words = new List<string>();
        if (processor != now.Processor) words.Add($"{processor} instead of {now.Processor}");
        if (threads != now.Threads) words.Add($"{threads} instead of {now.Threads} threads");
        if (vectorBits != now.VectorBits) words.Add($"Vector{vectorBits} instead of Vector{now.VectorBits}");
        if (runtime != now.Runtime) words.Add($"{runtime} instead of {now.Runtime}");
        return words.Count == 0 ? null : $"{Path} was measured on {string.Join(", ", words)}";
    }

    void AddCase(JsonElement bench)
    {
        string word = bench.GetProperty("step").GetString() ?? "";
        double milliseconds = Time(bench, "step_time", "step_ms");
        BenchStep[] steps = [.. Enum.GetValues<BenchStep>().Where(step => BenchCase.Word(step) == word)];
        if (steps.Length == 0)
        {
            if (!unknown.Contains(word)) unknown.Add(word);
            return;
        }
        int bits = bench.GetProperty("vector_bits").GetInt32();
        Precision precision = bench.GetProperty("precision").GetString() == BenchCase.Word(Precision.Float64)
            ? Precision.Float64 : Precision.Float32;
        var known = new BenchCase(steps[0], bench.GetProperty("visible").GetInt32(), bench.GetProperty("hidden").GetInt32(),
            bench.GetProperty("batch").GetInt32(), precision, bench.GetProperty("zeros").GetString() == "skipped", bits,
            bench.GetProperty("threads").GetInt32())
        {
            GaussianVisible = bench.GetProperty("visible_units").GetString() == GaussianLayer.Name,
            Upper = bench.TryGetProperty("upper", out JsonElement upper) ? upper.GetInt32() : null,
            IsNarrow = bits < vectorBits,
        };
        times[known.Name] = milliseconds;
    }

    static double Time(JsonElement of, string name, string formerly) =>
        (of.TryGetProperty(name, out JsonElement value) ? value : of.GetProperty(formerly)).GetDouble();

    static double? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
