using System.Globalization;

namespace Boltzmann.Runs;

/// <summary>
/// Which units of a sparse machine are joined: --grid, or the pairs of --edges FILE, which the settings of a run hold themselves.
/// </summary>
static class EdgeSettings
{
    /// <summary>The names of the settings.</summary>
    public const string Grid = "grid", Edges = "edges";

    const int LongestShown = 40;

    /// <summary>The pairs of a CSV file, a line each: two different numbers of units, from 0 on, each pair once.</summary>
    /// <exception cref="BadInputException">The file cannot be read or has no line, or a line is no such pair; the message names
    /// it.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException(File.Exists(path) ? $"{path}: cannot be read" : $"{path}: no such file", e);
        }
        if (lines.Length == 0) throw new BadInputException($"{path}: has no edges; expected a pair of unit numbers in each line");
        var firstLines = new Dictionary<(int, int), int>();
        var pairs = new List<IReadOnlyList<int>>();
        for (int l = 0; l < lines.Length; l++)
        {
            if (lines[l].Split(',') is not [string a, string b] || !IsUnit(a, out int unit) || !IsUnit(b, out int other))
                throw Bad(l, $"is '{(lines[l].Length > LongestShown ? lines[l][..LongestShown] + "…" : lines[l])}'; expected two unit "
                    + "numbers from 0 on, such as 3,17");
            if (unit == other) throw Bad(l, $"joins unit {unit} to itself");
            if (!firstLines.TryAdd((Math.Min(unit, other), Math.Max(unit, other)), l + 1)) throw Bad(l,
                $"joins units {unit} and {other}, which line {firstLines[(Math.Min(unit, other), Math.Max(unit, other))]} does already");
            pairs.Add([unit, other]);
        }
        return pairs;

        BadInputException Bad(int line, string what) => new($"{path}, line {line + 1}: {what}");

        static bool IsUnit(string text, out int number) =>
            int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>The edges that a plan asks for; null where all units are joined.</summary>
    /// <exception cref="BadInputException">They go beyond the units of the data, or with hidden units, or the rows of a grid are no
    /// pictures.</exception>
    public static EdgeList? Of(TrainPlan plan, Dataset training, bool hasHidden)
    {
        bool isGrid = plan.Grid;
        if (!isGrid && plan.Edges is null) return null;
        if (isGrid && plan.Edges is not null)
            throw new BadInputException($"--{Grid} and --{Edges} both say which units are joined; expected one of them");
        if (hasHidden) throw new BadInputException($"--{(isGrid ? Grid : Edges)} joins visible units alone, without --hidden");
        if (isGrid)
        {
            if (training.Image is not ImageShape shape || shape.Width * shape.Height != training.Columns)
                throw new BadInputException($"--{Grid} needs rows that are pictures; nothing says how the {training.Columns} columns of "
                    + $"{training.Name} are one");
            return training.Columns > 1 ? EdgeList.Grid(shape.Height, shape.Width)
                : throw new BadInputException($"--{Grid} needs more than one unit");
        }
        (int, int)[] pairs = [.. plan.Edges!.Select(pair => (pair[0], pair[1]))];
        for (int e = 0; e < pairs.Length; e++)
            if (Math.Max(pairs[e].Item1, pairs[e].Item2) >= training.Columns)
                throw new BadInputException($"--{Edges}, line {e + 1}: joins units {pairs[e].Item1} and {pairs[e].Item2}, but "
                    + $"{training.Name} has units 0 to {training.Columns - 1}");
        return new(training.Columns, pairs);
    }
}
