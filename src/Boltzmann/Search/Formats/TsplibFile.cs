using System.Globalization;

namespace Boltzmann.Searching;

/// <summary>
/// Cities as TSPLIB has them (Reinelt 1991): lines "KEYWORD : value", then NODE_COORD_SECTION or EDGE_WEIGHT_SECTION. Distances are whole
/// numbers, rounded as each kind defines: EUC_2D to the nearest, CEIL_2D up, ATT by √((x² + y²)/10) up where the nearest is below it, GEO
/// along the earth from degrees.minutes, cut off; EXPLICIT as they stand, a full matrix or an upper or lower triangle.
/// </summary>
public sealed partial class TsplibFile
{
    /// <summary>The most cities of a table.</summary>
    public const int Most = 5000;

    const string Explicit = "EXPLICIT";

    TsplibFile(string name, double[,] distances, IReadOnlyList<(double X, double Y)>? positions, string kind)
    {
        Name = name;
        Distances = distances;
        Positions = positions;
        Kind = kind == Explicit ? null : kind;
    }

    /// <summary>As the file calls itself, or the file's name.</summary>
    public string Name { get; }

    /// <summary>[cities × cities], from row to column.</summary>
    public double[,] Distances { get; }

    /// <summary>Where the cities are; null where only distances are known.</summary>
    public IReadOnlyList<(double X, double Y)>? Positions { get; }

    /// <summary>How distances follow from the positions: EUC_2D, CEIL_2D, ATT, GEO; null where the file states them.</summary>
    public string? Kind { get; }

    /// <summary>Cities.</summary>
    public int Cities => Distances.GetLength(0);

    /// <summary>Reads cities.</summary>
    /// <param name="path">The file, which may be packed by gzip.</param>
    /// <exception cref="BadInputException">The file is missing or wrong; the message says where and what was expected.</exception>
    public static TsplibFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(ProblemText.Open(path));
    }

    /// <summary>Reads a tour: TOUR_SECTION, the numbers of all cities, ended by −1.</summary>
    /// <param name="path">An .opt.tour or .tour, which may be packed by gzip.</param>
    /// <param name="cities">How many there must be.</param>
    /// <returns>The cities in their order, from 0.</returns>
    /// <exception cref="BadInputException">It is no permutation; the message says where.</exception>
    public static int[] ReadTour(string path, int cities)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ReadTour(ProblemText.Open(path), cities);
    }

    /// <summary>The length of a tour and the way back.</summary>
    public double Length(IReadOnlyList<int> tour)
    {
        ArgumentNullException.ThrowIfNull(tour);
        double sum = 0;
        for (int k = 0; k < tour.Count; k++) sum += Distances[tour[k], tour[(k + 1) % tour.Count]];
        return sum;
    }

    internal static TsplibFile Read(ProblemText text)
    {
        var header = new Dictionary<string, string>(StringComparer.Ordinal);
        double[,]? distances = null;
        (double X, double Y)[]? positions = null;
        string name = Path.GetFileName(text.Name);
        while (text.NextLine())
        {
            var (key, value) = Entry(text);
            if (key == "EOF") break;
            if (key == "NODE_COORD_SECTION") positions = Coordinates(text, Dimension(text, header));
            else if (key == "DISPLAY_DATA_SECTION") positions ??= Coordinates(text, Dimension(text, header));
            else if (key == "EDGE_WEIGHT_SECTION")
                distances = Table(text, Dimension(text, header), Word(text, header, "EDGE_WEIGHT_FORMAT"));
            else if (key.EndsWith("_SECTION", StringComparison.Ordinal)) throw text.LineFault($"{key} is not read");
            else if (!header.TryAdd(key, value) && key != "COMMENT") throw text.LineFault($"{key} is there twice");
        }
        if (header.TryGetValue("TYPE", out string? type) && type.Split(' ')[0] is not ("TSP" or "ATSP"))
            throw new BadInputException($"{text.Name}: TYPE is {Quoted.Text(type)}; expected TSP or ATSP");
        string kind = Word(text, header, "EDGE_WEIGHT_TYPE");
        if (kind == Explicit)
            return new(header.GetValueOrDefault("NAME", name), distances
                ?? throw new BadInputException($"{text.Name}: has no EDGE_WEIGHT_SECTION"), positions, kind);
        Func<(double X, double Y), (double X, double Y), double> distance = kind switch
        {
            "EUC_2D" => (a, b) => Math.Floor(double.Hypot(a.X - b.X, a.Y - b.Y) + 0.5),
            "CEIL_2D" => (a, b) => Math.Ceiling(double.Hypot(a.X - b.X, a.Y - b.Y)),
            "ATT" => Att,
            "GEO" => Geo,
            _ => throw new BadInputException($"{text.Name}: EDGE_WEIGHT_TYPE is {Quoted.Text(kind)}; expected EUC_2D, CEIL_2D, ATT, GEO or "
                + "EXPLICIT"),
        };
        if (positions is null) throw new BadInputException($"{text.Name}: has no NODE_COORD_SECTION");
        distances = new double[positions.Length, positions.Length];
        for (int a = 0; a < positions.Length; a++)
            for (int b = 0; b < positions.Length; b++)
                if (a != b) distances[a, b] = distance(positions[a], positions[b]);
        return new(header.GetValueOrDefault("NAME", name), distances, positions, kind);
    }

    internal static int[] ReadTour(ProblemText text, int cities)
    {
        var tour = new List<int>();
        bool[] isVisited = new bool[cities];
        bool isInside = false, isEnded = false;
        while (!isEnded && text.NextLine())
        {
            if (!isInside)
            {
                var (key, value) = Entry(text);
                if (key == "DIMENSION" && value != cities.ToString(CultureInfo.InvariantCulture))
                    throw text.LineFault($"the tour is of {Quoted.Text(value)} cities, the problem of {cities:N0}");
                isInside = key == "TOUR_SECTION";
                continue;
            }
            while (!text.IsLineEnd)
            {
                int city = (int)text.Whole("a city, or -1 at the end", -1, cities);
                if (city == -1)
                {
                    isEnded = true;
                    break;
                }
                if (city == 0) throw text.Fault($"0 is not a city: expected 1 to {cities}");
                if (isVisited[city - 1]) throw text.Fault($"the tour comes to city {city} twice");
                isVisited[city - 1] = true;
                tour.Add(city - 1);
            }
        }
        if (!isInside) throw new BadInputException($"{text.Name}: has no TOUR_SECTION");
        int missing = Array.IndexOf(isVisited, false);
        return missing < 0 ? [.. tour] : throw new BadInputException($"{text.Name}: the tour never comes to city {missing + 1}");
    }

    static (string Key, string Value) Entry(ProblemText text)
    {
        string[] parts = text.Rest().Split(':', 2);
        return (parts[0].Trim().ToUpperInvariant(), parts.Length > 1 ? parts[1].Trim() : "");
    }

    static string Word(ProblemText text, Dictionary<string, string> header, string key) => header.TryGetValue(key, out string? value)
        ? value.ToUpperInvariant() : throw new BadInputException($"{text.Name}: has no {key}");

    static int Dimension(ProblemText text, Dictionary<string, string> header)
    {
        string word = header.TryGetValue("DIMENSION", out string? stated) ? stated
            : throw text.LineFault("comes before DIMENSION, the number of cities");
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int cities) && cities is >= 1 and <= Most ? cities
            : throw text.LineFault($"DIMENSION is {Quoted.Text(word)}; expected 1 to {Most:N0} cities");
    }

    static (double, double)[] Coordinates(ProblemText text, int cities)
    {
        var positions = new (double, double)[cities];
        bool[] isGiven = new bool[cities];
        for (int k = 0; k < cities; k++)
        {
            if (!text.NextLine()) throw text.LineFault($"DIMENSION states {cities:N0} cities, but the file ends after {k:N0}");
            int city = (int)text.Whole("a city", 1, cities);
            if (isGiven[city - 1]) throw text.Fault($"city {city} is there twice");
            isGiven[city - 1] = true;
            positions[city - 1] = (text.Number("x"), text.Number("y"));
            text.RequireLineEnd("y");
        }
        return positions;
    }

    // Numbers run on over lines as they like.
    static double[,] Table(ProblemText text, int n, string format)
    {
        var table = new double[n, n];
        (bool isFull, bool isUpper, bool hasDiagonal) = format switch
        {
            "FULL_MATRIX" => (true, false, true),
            "UPPER_ROW" or "LOWER_COL" => (false, true, false),
            "UPPER_DIAG_ROW" or "LOWER_DIAG_COL" => (false, true, true),
            "LOWER_ROW" or "UPPER_COL" => (false, false, false),
            "LOWER_DIAG_ROW" or "UPPER_DIAG_COL" => (false, false, true),
            _ => throw text.LineFault($"EDGE_WEIGHT_FORMAT is {Quoted.Text(format)}; expected FULL_MATRIX, or UPPER or LOWER, DIAG or not, "
                + "ROW or COL"),
        };
        for (int i = 0; i < n; i++)
        {
            int from = isFull || !isUpper ? 0 : hasDiagonal ? i : i + 1;
            int to = isFull || isUpper ? n : hasDiagonal ? i + 1 : i;
            for (int j = from; j < to; j++)
            {
                while (text.IsLineEnd)
                    if (!text.NextLine()) throw text.LineFault($"the file ends within the weights, at row {i + 1} of {n}");
                double value = text.Number($"a weight of row {i + 1}");
                if (i == j) continue;
                table[i, j] = value >= 0 ? value : throw text.Fault("a distance is below 0");
                if (!isFull) table[j, i] = value;
            }
        }
        text.RequireLineEnd("the last weight");
        return table;
    }

    static double Att((double X, double Y) a, (double X, double Y) b)
    {
        double exact = Math.Sqrt(((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y)) / 10), near = Math.Floor(exact + 0.5);
        return near < exact ? near + 1 : near;
    }

    // π and the radius as TSPLIB states them, or optima come out otherwise.
    static double Geo((double X, double Y) a, (double X, double Y) b)
    {
        const double Radius = 6378.388;
        double q1 = Math.Cos(Radians(a.Y) - Radians(b.Y)), q2 = Math.Cos(Radians(a.X) - Radians(b.X)),
            q3 = Math.Cos(Radians(a.X) + Radians(b.X));
        return Math.Floor(Radius * Math.Acos(Math.Clamp(0.5 * ((1 + q1) * q2 - (1 - q1) * q3), -1, 1)) + 1);
    }

    // Degrees before the point, minutes behind it.
    static double Radians(double value)
    {
        const double Pi = 3.141592;
        double degrees = Math.Truncate(value);
        return Pi * (degrees + 5 * (value - degrees) / 3) / 180;
    }
}
