using System.Globalization;
using Boltzmann.Data;
using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>Problems by name: queens:8, sudoku:FILE and others.</summary>
static class NamedProblems
{
    static readonly Dictionary<string, (string Argument, Func<string, string, int?, NamedProblem> Open)> kinds = new()
    {
        ["queens"] = ("8", Queens),
        ["sudoku"] = ("FILE", Sudoku),
        ["colouring"] = ("FILE", Colouring),
        ["tsp"] = ("FILE", Tour),
        ["partition"] = ("FILE", Partition),
        ["denoise"] = ("FILE.png", Denoise),
    };

    /// <summary>
    /// The problem of an argument; null where it is the name of a file, other than of cities (.tsp) or of a graph to colour (.col).
    /// </summary>
    /// <param name="argument">As it was typed.</param>
    /// <param name="format">Of a file, as it was asked for; null for what its name ends in.</param>
    /// <param name="colours">Of a colouring; null for the fewest that are found.</param>
    /// <exception cref="BadInputException">An unknown name, or a file that is wrong.</exception>
    public static NamedProblem? Open(string argument, string? format, int? colours)
    {
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        // A letter before the colon is a drive; a file may have any name.
        if (colon < 2 || !argument.AsSpan(0, colon).ContainsOnlyLetters() || File.Exists(argument))
            return (format ?? (IsOf(argument, ".tsp") ? "tsp" : IsOf(argument, ".col") ? "col" : "")) switch
            {
                "tsp" => Tour(Path.GetFileName(argument), argument, RoundTrip.ReadTsplib(argument)) with { Format = "tsp" },
                "col" => Colouring(Path.GetFileName(argument), argument, colours) with { Format = "col" },
                _ => null,
            };
        string kind = argument[..colon], rest = argument[(colon + 1)..];
        if (!kinds.TryGetValue(kind, out var known))
            throw new BadInputException($"'{kind}' is not a problem that is known by name{DidYouMean.Question(kind, kinds.Keys)}: expected "
                + string.Join(", ", kinds.Select(pair => $"{pair.Key}:{pair.Value.Argument}")) + ", or a file");
        if (rest.Length == 0) throw new BadInputException($"{argument}: expected {kind}:{known.Argument}");
        return known.Open(argument, rest, colours);
    }

    static NamedProblem Queens(string name, string argument, int? _)
    {
        if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            || size is < 1 or > Searching.Queens.Most)
            throw new BadInputException($"{name}: '{argument}' is not a size of a board; "
                + $"expected 1 to {Searching.Queens.Most}, as in queens:8");
        var queens = new Queens(size);
        return new(name, "queens", $"a board of {size} × {size}", queens.Problem,
            solution => QueensDrawing.Svg(queens.Columns(solution), Standing($"{size} queens", solution)),
            solution => size <= 40 ? QueensDrawing.Text(queens.Columns(solution)) : "");
    }

    static NamedProblem Sudoku(string name, string path, int? _)
    {
        Sudoku sudoku = Searching.Sudoku.Read(path);
        return new(name, "sudoku", $"{sudoku.Side} × {sudoku.Side} cells, {sudoku.Clues.Count(clue => clue > 0)} of them clues",
            sudoku.Problem,
            solution => SudokuDrawing.Svg(sudoku, sudoku.Digits(solution), Standing(Path.GetFileName(path), solution)),
            solution => SudokuDrawing.Text(sudoku, sudoku.Digits(solution)));
    }

    static NamedProblem Colouring(string name, string path, int? colours)
    {
        ColouredGraph graph = ColouredGraph.Read(path);
        return Of(colours ?? Math.Max(2, graph.Greedy().Max()));

        NamedProblem Of(int count)
        {
            var colouring = new GraphColouring(graph, count);
            return new(name, "colouring", $"{graph.Names.Count} vertices, {graph.Edges.Count} edges, {count} colours", colouring.Problem,
                solution => ColouringDrawing.Svg(graph, colouring.Read(solution),
                    Standing($"{Path.GetFileName(path)}, {count} colours", solution)),
                solution => graph.Names.Count <= 200 ? ColouringDrawing.Text(graph, colouring.Read(solution)) : "")
            {
                Form = (".col", graph.Write),
                Next = colours is null && count > 2 ? () => Of(count - 1) : null,
            };
        }
    }

    static NamedProblem Tour(string name, string path, int? _) => Tour(name, path, RoundTrip.Read(path));

    static NamedProblem Tour(string name, string path, RoundTrip trip)
    {
        string title = Path.GetFileNameWithoutExtension(WithoutGz(path));
        return new(name, "tsp", $"{trip.Names.Count} cities", trip.Problem,
            solution => TourDrawing.Svg(trip, trip.Tour(solution), trip.Tour(solution) is int[] tour
                ? $"{Path.GetFileName(path)}: a tour of {trip.Length(tour):0.##}" : $"{Path.GetFileName(path)}: no tour"),
            solution => TourDrawing.Text(trip, trip.Tour(solution)))
        {
            Objective = "length",
            Form = (".tsp", written => TsplibFile.Write(written, trip, title)),
            Answer = (".tour", solution => trip.Tour(solution) is int[] tour ? TsplibFile.TourText($"{title}.tour", tour) : null),
            Optimum = Optimum(path, trip),
        };
    }

    // berlin52.opt.tour beside berlin52.tsp.
    static double? Optimum(string path, RoundTrip trip)
    {
        string beside = Path.ChangeExtension(WithoutGz(path), ".opt.tour");
        string? found = ((string[])[beside, beside + ".gz"]).FirstOrDefault(File.Exists);
        return found is null || found == path ? null : trip.Length(TsplibFile.ReadTour(found, trip.Names.Count));
    }

    static bool IsOf(string path, string ending) => WithoutGz(path).EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    static string WithoutGz(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    static NamedProblem Partition(string name, string path, int? _)
    {
        NumberPartition partition = NumberPartition.Read(path);
        return new(name, "partition", $"{partition.Numbers.Count} numbers, their sum {partition.Numbers.Sum()}", partition.Problem,
            solution => PartitionDrawing.Svg(partition.Numbers, partition.Sides(solution),
                $"{Path.GetFileName(path)}: the sides differ by {partition.Difference(partition.Sides(solution))}"),
            solution => partition.Numbers.Count <= 100 ? PartitionDrawing.Text(partition.Numbers, partition.Sides(solution)) : "")
        {
            Objective = "difference",
            Value = solution => partition.Difference(partition.Sides(solution)),
            EnergyAt = value => value * value,
            LeastEnergy = partition.LeastDifference * partition.LeastDifference,
        };
    }

    static NamedProblem Denoise(string name, string path, int? _)
    {
        GreyPicture picture = GreyPicture.Read(path);
        var cleaning = new PictureCleaning(picture.Width, picture.Height, picture.Values);
        return new(name, "denoise", $"{picture.Width} × {picture.Height} pixels", cleaning.Problem,
            solution => CleaningDrawing.Svg(picture.Width, picture.Height, [("seen", picture.Values), ("found", cleaning.Read(solution))],
                Path.GetFileName(path)),
            solution => CleaningDrawing.Text(picture.Width, cleaning.Read(solution)))
        { Objective = "energy" };
    }

    static string Standing(string what, Solution solution) => solution.Violated.Count == 0 ? what
        : $"{what}, {solution.Violated.Count} constraint{(solution.Violated.Count == 1 ? "" : "s")} violated";

    static bool ContainsOnlyLetters(this ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (!char.IsAsciiLetter(c)) return false;
        return true;
    }
}
