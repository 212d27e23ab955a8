using System.Globalization;
using System.Text;

namespace Boltzmann.Searching;

/// <summary>Vertices with names and the pairs of them that are neighbours.</summary>
public sealed class ColouredGraph
{
    /// <summary>A graph.</summary>
    /// <param name="names">Of the vertices, all different.</param>
    /// <param name="edges">Pairs of vertices, from 0; an edge that comes twice counts once.</param>
    /// <exception cref="ArgumentException">No vertex, an edge from a vertex to itself, or a vertex that is not there.</exception>
    public ColouredGraph(IReadOnlyList<string> names, IEnumerable<(int First, int Second)> edges)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(edges);
        if (names.Count == 0) throw new ArgumentException("the graph has no vertices", nameof(names));
        Names = names;
        HashSet<(int, int)> seen = [];
        List<(int, int)> all = [];
        foreach (var (first, second) in edges)
        {
            if (first < 0 || second < 0 || first >= names.Count || second >= names.Count || first == second)
                throw new ArgumentException($"an edge joins two different vertices of 0 to {names.Count - 1}, not {first} and {second}",
                    nameof(edges));
            if (seen.Add((Math.Min(first, second), Math.Max(first, second)))) all.Add((first, second));
        }
        Edges = all;
    }

    /// <summary>Of the vertices.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Each once.</summary>
    public IReadOnlyList<(int First, int Second)> Edges { get; }

    /// <summary>Reads a list of edges: two names a line, between blanks or a comma; or DIMACS' .col, "p edge n m" and "e i j".</summary>
    /// <param name="path">The file, which may be packed by gzip.</param>
    /// <exception cref="BadInputException">The file is missing, or wrong; the message says where.</exception>
    public static ColouredGraph Read(string path) => Parse(PuzzleText.Read(path), path);

    /// <summary>As <see cref="Read"/>, of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadInputException">The text is wrong.</exception>
    public static ColouredGraph Parse(string text, string name = "the graph")
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> names = [];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<(int, int)> edges = [];
        string[] lines = text.Split('\n');
        bool isDimacs = lines.Any(line => Words(line) is ["p", "edge" or "edges" or "col", ..]), isBegun = false;
        int number = 0, stated = 0;
        foreach (string line in lines)
        {
            number++;
            string[] words = Words(line);
            if (words.Length == 0 || words[0].StartsWith('#') || (words[0] == "c" && isDimacs)) continue;
            if (isDimacs && !isBegun)
            {
                if (words is not ["p", _, _, _]) throw Fault("expected \"p edge VERTICES EDGES\"");
                isBegun = true;
                stated = Vertex(words[3], int.MaxValue, least: 0);
                int count = Vertex(words[2], int.MaxValue - 1);
                for (int i = 1; i <= count; i++) names.Add($"x{i}");
                continue;
            }
            if (isDimacs)
            {
                if (words is not ["e", _, _]) throw Fault("expected \"e i j\", an edge");
                Add(Vertex(words[1], names.Count) - 1, Vertex(words[2], names.Count) - 1);
            }
            else if (words.Length == 2) Add(Number(words[0]), Number(words[1]));
            else throw Fault($"has {words.Length} words; expected two names of vertices that are neighbours");
        }
        int listed = edges.Count, different = edges.Select(edge => (Math.Min(edge.Item1, edge.Item2), Math.Max(edge.Item1, edge.Item2)))
            .Distinct().Count();
        // Files list each edge once or from both ends, and count it either way.
        if (isDimacs && stated != listed && stated != different)
            throw new BadInputException($"{name}: the line p states {stated:N0} edges, but the file has {listed:N0}");
        if (names.Count == 0) throw new BadInputException($"{name}: has no vertices; expected lines of two names, as in \"Ohio Michigan\"");
        return new(names, edges);

        int Number(string vertex)
        {
            if (vertex[0] == '!') throw Fault($"the name {Quoted.Text(vertex)} begins with !, which negates");
            if (numbers.TryAdd(vertex, names.Count)) names.Add(vertex);
            return numbers[vertex];
        }

        int Vertex(string word, int most, int least = 1) => int.TryParse(word, out int value) && value >= least && value <= most ? value
            : throw Fault($"{Quoted.Text(word)} is not a number from {least} to {most}");

        static string[] Words(string line) => line.Split([',', ' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);

        void Add(int first, int second)
        {
            if (first == second) throw Fault("an edge joins a vertex to itself; no colouring keeps that");
            edges.Add((first, second));
        }

        BadInputException Fault(string what) => new($"{name}, line {number}: {what}");
    }

    /// <summary>Writes the graph as DIMACS' .col: "p edge n m" and "e i j", names that are others than x1, x2 … as comments.</summary>
    /// <param name="path">What is written, whole or not at all; packed by gzip if its name ends in .gz.</param>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var text = new StringBuilder();
        for (int v = 0; v < Names.Count; v++)
            if (Names[v] != $"x{v + 1}") text.Append(CultureInfo.InvariantCulture, $"c {v + 1} is ").Append(Names[v]).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"p edge {Names.Count} {Edges.Count}\n");
        foreach (var (first, second) in Edges) text.Append(CultureInfo.InvariantCulture, $"e {first + 1} {second + 1}\n");
        ProblemFileWriter.WriteText(path, text.ToString());
    }

    /// <summary>Colours from 1, by giving the least free colour to the vertex whose neighbours have the most colours already (Brélaz
    /// 1979): an upper bound of the colours that are needed.</summary>
    public int[] Greedy()
    {
        int n = Names.Count;
        List<int>[] neighbours = [.. Enumerable.Range(0, n).Select(_ => new List<int>())];
        foreach (var (first, second) in Edges)
        {
            neighbours[first].Add(second);
            neighbours[second].Add(first);
        }
        int[] colours = new int[n];
        HashSet<int>[] seen = [.. Enumerable.Range(0, n).Select(_ => new HashSet<int>())];
        for (int done = 0; done < n; done++)
        {
            int next = -1;
            for (int v = 0; v < n; v++)
                if (colours[v] == 0 && (next < 0 || seen[v].Count > seen[next].Count
                    || (seen[v].Count == seen[next].Count && neighbours[v].Count > neighbours[next].Count))) next = v;
            int colour = 1;
            while (seen[next].Contains(colour)) colour++;
            colours[next] = colour;
            foreach (int v in neighbours[next]) seen[v].Add(colour);
        }
        return colours;
    }
}
