namespace Boltzmann.Searching;

/// <summary>
/// The travelling salesman: a tour through all cities, back to the first, as short as possible. A place of the tour is a block of one unit
/// for each city; every city comes once. Tours of more than some ten cities belong to a tour solver: a permutation is no natural state of
/// such a machine.
/// </summary>
public sealed class RoundTrip
{
    /// <summary>The most cities: 10,000 units, a million pairs.</summary>
    public const int Most = 100;

    readonly IntegerVariable[] places;

    /// <summary>The problem of a table of distances.</summary>
    /// <param name="distances">[cities × cities], not negative; from row to column.</param>
    /// <param name="names">Of the cities; null for numbers from 1.</param>
    /// <exception cref="ArgumentException">A table that is not square, fewer than 3 or more than <see cref="Most"/> cities, or a distance
    /// that is negative or not finite.</exception>
    public RoundTrip(double[,] distances, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(distances);
        int n = distances.GetLength(0);
        if (distances.GetLength(1) != n)
            throw new ArgumentException($"the distances are [{n} × {distances.GetLength(1)}], which is not square", nameof(distances));
        if (n is < 3 or > Most)
            throw new ArgumentException($"a tour is of 3 to {Most} cities, not {n}: larger ones belong to a tour solver",
                nameof(distances));
        foreach (double distance in distances)
            if (!(distance >= 0 && double.IsFinite(distance)))
                throw new ArgumentException($"a distance is {distance}, which is not a finite number of 0 or more", nameof(distances));
        Distances = distances;
        Names = names ?? [.. Enumerable.Range(1, n).Select(city => $"{city}")];
        if (Names.Count != n) throw new ArgumentException($"{Names.Count} names do not fit {n} cities", nameof(names));
        places = [.. Enumerable.Range(1, n).Select(place => Problem.Integer($"place{place}", 1, n, IntegerEncoding.OneHot))];
        // Where the tour begins does not matter.
        Problem.Require(places[0].Is(1));
        for (int city = 1; city <= n; city++)
            Problem.Constrain(Constraint.ExactlyOne([.. places.Select(place => place.Is(city))]), name: $"{Names[city - 1]} comes once");
        for (int k = 0; k < n; k++)
            for (int a = 0; a < n; a++)
                for (int b = 0; b < n; b++)
                    if (a != b && distances[a, b] > 0) Problem.Cost(places[k].Is(a + 1), places[(k + 1) % n].Is(b + 1), distances[a, b]);
    }

    /// <summary>Of the cities.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>[cities × cities], from row to column.</summary>
    public double[,] Distances { get; }

    /// <summary>Where the cities are, for drawings; null where only distances are known.</summary>
    public IReadOnlyList<(double X, double Y)>? Positions { get; init; }

    /// <summary>How distances follow from the positions, by TSPLIB's word (EUC_2D, GEO and so on); null where they do not so.</summary>
    public string? DistanceKind { get; init; }

    /// <summary>What is searched.</summary>
    public Problem Problem { get; } = new();

    /// <summary>The problem of points on a plane, with their straight distances.</summary>
    /// <param name="positions">Of the cities.</param>
    /// <param name="names">Of the cities; null for numbers from 1.</param>
    /// <exception cref="ArgumentException">As the constructor's.</exception>
    public static RoundTrip Between(IReadOnlyList<(double X, double Y)> positions, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(positions);
        int n = positions.Count;
        double[,] distances = new double[n, n];
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++)
                distances[a, b] = double.Hypot(positions[a].X - positions[b].X, positions[a].Y - positions[b].Y);
        return new(distances, names) { Positions = positions };
    }

    /// <summary>The cities in the order of a solution, from 0; null where it is no tour.</summary>
    public int[]? Tour(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        int[] tour = Array.ConvertAll(places, place => solution[place] - 1);
        return tour.Distinct().Count() == tour.Length ? tour : null;
    }

    /// <summary>The length of a tour and the way back.</summary>
    public double Length(IReadOnlyList<int> tour)
    {
        ArgumentNullException.ThrowIfNull(tour);
        double sum = 0;
        for (int k = 0; k < tour.Count; k++) sum += Distances[tour[k], tour[(k + 1) % tour.Count]];
        return sum;
    }

    /// <summary>The problem of a file of TSPLIB, whose distances are rounded as it states.</summary>
    /// <param name="path">The file, which may be packed by gzip.</param>
    /// <exception cref="BadInputException">The file is missing or wrong, or of too many cities; the message says where.</exception>
    public static RoundTrip ReadTsplib(string path)
    {
        TsplibFile file = TsplibFile.Read(path);
        RequireCities(path, file.Cities);
        return new(file.Distances) { Positions = file.Positions, DistanceKind = file.Kind };
    }

    /// <summary>
    /// Reads cities: a line has x and y, or a name, x and y, between blanks or commas; or a file of TSPLIB, which ends in .tsp or states
    /// its DIMENSION.
    /// </summary>
    /// <param name="path">The file, which may be packed by gzip.</param>
    /// <exception cref="BadInputException">The file is missing or wrong, or of too many cities; the message says where.</exception>
    public static RoundTrip Read(string path)
    {
        string text = PuzzleText.Read(path);
        if (IsTsplib(path, text)) return ReadTsplib(path);
        using var reader = new StringReader(text);
        List<string> names = [];
        List<(double, double)> positions = [];
        for (int number = 1; reader.ReadLine() is string line; number++)
        {
            string[] words = line.Split([',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#')) continue;
            if (words.Length is 2 or 3 && TypedNumber.TryRead(words[^2], out double x) && TypedNumber.TryRead(words[^1], out double y))
            {
                names.Add(words.Length == 3 ? words[0] : $"{positions.Count + 1}");
                positions.Add((x, y));
            }
            else if (number > 1)
                throw new BadInputException($"{path}, line {number}: expected a city: its name, x and y, as in \"Rome 12.5 41.9\"");
        }
        RequireCities(path, positions.Count);
        return Between(positions, names);
    }

    static bool IsTsplib(string path, string text)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".tsp", StringComparison.OrdinalIgnoreCase)
            || text.Split('\n').Any(line => line.Split(':') is [var key, _] && key.Trim() == "DIMENSION");
    }

    static void RequireCities(string path, int cities)
    {
        if (cities is < 3 or > Most)
            throw new BadInputException($"{path}: has {cities:N0} cities; expected 3 to {Most}: larger tours belong to a tour solver");
    }
}
