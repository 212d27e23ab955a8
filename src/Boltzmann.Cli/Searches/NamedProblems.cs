using System.Globalization;
using Boltzmann.Data;
using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>Problems by name: queens:8, sudoku:FILE and others.</summary>
static class NamedProblems
{
    static readonly Dictionary<string, (string Argument, Func<string, string, SearchRequest, NamedProblem> Open)> kinds = new()
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
    /// <param name="request">The argument as it was typed, colours, noise and its seed.</param>
    /// <exception cref="BadInputException">An unknown name, or a file that is wrong.</exception>
    public static NamedProblem? Open(SearchRequest request)
    {
        string argument = request.Path;
        int colon = argument.IndexOf(':', StringComparison.Ordinal);
        // A letter before the colon is a drive; a file may have any name.
        if (colon < 2 || !argument.AsSpan(0, colon).ContainsOnlyLetters() || File.Exists(argument))
            return (request.Format ?? (IsOf(argument, ".tsp") ? "tsp" : IsOf(argument, ".col") ? "col" : "")) switch
            {
                "tsp" => Tour(Path.GetFileName(argument), argument, RoundTrip.ReadTsplib(argument)) with { Format = "tsp" },
                "col" => Colouring(Path.GetFileName(argument), argument, request) with { Format = "col" },
                _ => null,
            };
        string kind = argument[..colon], rest = argument[(colon + 1)..];
        if (!kinds.TryGetValue(kind, out var known))
            throw new BadInputException($"'{kind}' is not a problem that is known by name{DidYouMean.Question(kind, kinds.Keys)}: expected "
                + string.Join(", ", kinds.Select(pair => $"{pair.Key}:{pair.Value.Argument}")) + ", or a file");
        if (rest.Length == 0) throw new BadInputException($"{argument}: expected {kind}:{known.Argument}");
        return known.Open(argument, rest, request);
    }

    static NamedProblem Queens(string name, string argument, SearchRequest request)
    {
        if (!int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            || size is < 1 or > Searching.Queens.Most)
            throw new BadInputException($"{name}: '{argument}' is not a size of a board; "
                + $"expected 1 to {Searching.Queens.Most}, as in queens:8");
        var queens = new Queens(size);
        return new(name, "queens", $"a board of {size} × {size}", queens.Problem,
            (solution, _) => QueensDrawing.Svg(queens.Columns(solution), Standing($"{size} queens", solution)),
            solution => size <= 40 ? QueensDrawing.Text(queens.Columns(solution)) : "");
    }

    static NamedProblem Sudoku(string name, string path, SearchRequest request)
    {
        Sudoku sudoku = Searching.Sudoku.Read(path);
        return new(name, "sudoku", $"{sudoku.Side} × {sudoku.Side} cells, {sudoku.Clues.Count(clue => clue > 0)} of them clues",
            sudoku.Problem,
            (solution, _) => SudokuDrawing.Svg(sudoku, sudoku.Digits(solution), Standing(Path.GetFileName(path), solution)),
            solution => SudokuDrawing.Text(sudoku, sudoku.Digits(solution)));
    }

    static NamedProblem Colouring(string name, string path, SearchRequest request)
    {
        int? colours = request.Colours;
        ColouredGraph graph = ColouredGraph.Read(path);
        return Of(colours ?? Math.Max(2, graph.Greedy().Max()));

        NamedProblem Of(int count)
        {
            var colouring = new GraphColouring(graph, count);
            return new(name, "colouring", $"{graph.Names.Count} vertices, {graph.Edges.Count} edges, {count} colours", colouring.Problem,
                (solution, _) => ColouringDrawing.Svg(graph, colouring.Read(solution),
                    Standing($"{Path.GetFileName(path)}, {count} colours", solution)),
                solution => graph.Names.Count <= 200 ? ColouringDrawing.Text(graph, colouring.Read(solution)) : "")
            {
                Form = (".col", graph.Write),
                Next = colours is null && count > 2 ? () => Of(count - 1) : null,
            };
        }
    }

    static NamedProblem Tour(string name, string path, SearchRequest request) => Tour(name, path, RoundTrip.Read(path));

    static NamedProblem Tour(string name, string path, RoundTrip trip)
    {
        string title = Path.GetFileNameWithoutExtension(WithoutGz(path));
        return new(name, "tsp", $"{trip.Names.Count} cities", trip.Problem,
            (solution, _) => TourDrawing.Svg(trip, trip.Tour(solution), trip.Tour(solution) is int[] tour
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

    static NamedProblem Partition(string name, string path, SearchRequest request)
    {
        NumberPartition partition = NumberPartition.Read(path);
        return new(name, "partition", $"{partition.Numbers.Count} numbers, their sum {partition.Numbers.Sum()}", partition.Problem,
            (solution, _) => PartitionDrawing.Svg(partition.Numbers, partition.Sides(solution),
                $"{Path.GetFileName(path)}: the sides differ by {partition.Difference(partition.Sides(solution))}"),
            solution => partition.Numbers.Count <= 100 ? PartitionDrawing.Text(partition.Numbers, partition.Sides(solution)) : "")
        {
            Objective = "difference",
            Value = solution => partition.Difference(partition.Sides(solution)),
            EnergyAt = value => value * value,
            LeastEnergy = partition.LeastDifference * partition.LeastDifference,
        };
    }

    static NamedProblem Denoise(string name, string path, SearchRequest request)
    {
        GreyPicture picture = GreyPicture.Read(path);
        double[]? truth = request.Noise is null ? null : picture.Values;
        double[] seen = request.Noise is double share ? PictureCleaning.Turned(picture.Values, share, new Rng(request.Seed))
            : picture.Values;
        var cleaning = new PictureCleaning(picture.Width, picture.Height, seen);
        return new(name, "denoise", $"{picture.Width} × {picture.Height} pixels", cleaning.Problem, Svg, Text)
        {
            Objective = "energy",
        };

        string Svg(Solution solution, Marginals? marginals)
        {
            List<(string, IReadOnlyList<double>)> pictures = [(truth is null ? "seen" : "noisy", seen), ("found", cleaning.Read(solution))];
            if (truth is not null) pictures.Add(("truth", truth));
            if (marginals is not null) pictures.Add(("confidence", CleaningDrawing.Confidence(marginals.Means)));
            return CleaningDrawing.Svg(picture.Width, picture.Height, pictures, Path.GetFileName(path));
        }

        string Text(Solution solution)
        {
            double[] found = cleaning.Read(solution);
            return CleaningDrawing.Text(picture.Width, found) + (truth is null ? ""
                : $"\nwrong pixels of {NumberText.Short(found.Length, 10)}: {Wrong(seen)} as seen, {Wrong(found)} as found\n");
        }

        int Wrong(double[] pixels) => pixels.Zip(truth!).Count(pair => pair.First >= 0.5 != pair.Second >= 0.5);
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
