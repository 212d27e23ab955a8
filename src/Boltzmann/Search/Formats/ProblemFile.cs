namespace Boltzmann.Searching;

/// <summary>Reads problems from files: by the ending of their names and their first line, or by the format that was asked for.</summary>
public static class ProblemFile
{
    /// <summary>The formats, by the words that ask for them.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["rudy", "bqp", "qubo", "ising", "cnf", "wcnf", "bqm", "json"];

    static readonly Dictionary<string, string> endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "rudy",
        [".rud"] = "rudy",
        [".rudy"] = "rudy",
        [".mc"] = "rudy",
        [".sparse"] = "bqp",
        [".bqp"] = "bqp",
        [".qubo"] = "qubo",
        [".ising"] = "ising",
        [".coo"] = "ising",
        [".cnf"] = "cnf",
        [".wcnf"] = "wcnf",
        [".json"] = "json",
        [".bqm"] = "bqm",
    };

    /// <summary>Reads a problem.</summary>
    /// <param name="path">The file, which may be packed by gzip; "-" is standard input.</param>
    /// <param name="format">One of <see cref="Formats"/>; null for what its name ends in.</param>
    /// <param name="problem">The number of the problem in a file of several, from 1.</param>
    /// <param name="isSpin">The kind of variables where the format leaves it open; null if the file says.</param>
    /// <exception cref="BadInputException">The file is missing, of an unknown kind, or wrong; the message says where and what was
    /// expected.</exception>
    public static SearchProblem Read(string path, string? format = null, int problem = 1, bool? isSpin = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        format ??= FormatOf(path);
        ProblemText text = ProblemText.Open(path);
        return format switch
        {
            "rudy" => RudyFile.Read(text),
            "bqp" => BqpFile.Read(text, problem),
            "qubo" => QuboFile.Read(text),
            "ising" => CooFile.Read(text, isSpin),
            "cnf" => CnfFile.Read(text),
            "wcnf" => WcnfFile.Read(text),
            "bqm" => BqmFile.Read(text),
            "json" => throw new BadInputException($"{text.Name} is a problem of constraints: {nameof(ReadProblem)} reads it"),
            _ => throw new BadInputException($"'{format}' is not a format of problems{DidYouMean.Question(format, Formats)}: expected "
                + string.Join(", ", Formats)),
        };
    }

    /// <summary>The format of a file, by the ending of its name; a .json is looked into, as it may be a problem of constraints or a
    /// binary quadratic model.</summary>
    /// <exception cref="BadInputException">It has another ending, or a .json is missing.</exception>
    public static string FormatOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string format = ByEnding(path);
        return format != "json" || ProblemText.Open(path).Bytes.Span.IndexOf("boltzmann problem"u8) >= 0 ? format : "bqm";
    }

    /// <summary>Reads a problem of hypotheses and constraints, as <see cref="Problem.Save(string)"/> writes it.</summary>
    /// <param name="path">The file, which may be packed by gzip; "-" is standard input.</param>
    /// <exception cref="BadInputException">The file is missing or wrong; the message says where and what was expected.</exception>
    public static Problem ReadProblem(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ProblemText text = ProblemText.Open(path);
        Problem problem = ProblemReader.Read(text.Bytes, text.Name);
        return problem.Variables > 0 ? problem : throw new BadInputException($"{text.Name}: the problem has no variables");
    }

    /// <summary>Whether a name ends as a problem's does.</summary>
    public static bool IsProblem(string path) => endings.ContainsKey(Ending(path));

    internal static string ByEnding(string path) => endings.TryGetValue(Ending(path), out string? format) ? format
        : Ending(path).ToLowerInvariant() switch
        {
            ".col" => throw new BadInputException($"{path}: a .col file holds a graph to colour (colouring:FILE) and no other problem"),
            ".tsp" => throw new BadInputException($"{path}: a .tsp file holds cities of a tour (tsp:FILE) and no other problem"),
            _ => throw new BadInputException($"{path}: the ending {Quoted.Text(Ending(path))} does not say what kind of problem it is; "
                + $"give --format {string.Join('|', Formats)}"),
        };

    static string Ending(string path)
    {
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) path = path[..^3];
        return Path.GetExtension(path);
    }
}
