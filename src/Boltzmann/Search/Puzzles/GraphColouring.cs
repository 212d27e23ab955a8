namespace Boltzmann.Searching;

/// <summary>Colours for the vertices of a graph, different ones at the ends of every edge. A vertex is a block of one unit for each
/// colour.</summary>
public sealed class GraphColouring
{
    readonly IntegerVariable[] vertices;

    /// <summary>The problem of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="colours">2 at least.</param>
    /// <exception cref="ArgumentException">Fewer colours.</exception>
    public GraphColouring(ColouredGraph graph, int colours)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (colours < 2) throw new ArgumentException($"a graph is coloured with 2 colours at least, not {colours}", nameof(colours));
        Graph = graph;
        Colours = colours;
        vertices = [.. graph.Names.Select(name => Problem.Integer(name, 1, colours, IntegerEncoding.OneHot))];
        foreach (var (first, second) in graph.Edges)
            Problem.Constrain(Constraint.AllDifferent(vertices[first], vertices[second]),
                name: $"{graph.Names[first]} and {graph.Names[second]} differ");
    }

    /// <summary>What is coloured.</summary>
    public ColouredGraph Graph { get; }

    /// <summary>How many colours.</summary>
    public int Colours { get; }

    /// <summary>What is searched.</summary>
    public Problem Problem { get; } = new();

    /// <summary>The colour of a vertex, 1 to <see cref="Colours"/>.</summary>
    public IntegerVariable Of(int vertex) => vertices[vertex];

    /// <summary>The colour of every vertex in a solution, from 1.</summary>
    public int[] Read(Solution solution)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return Array.ConvertAll(vertices, vertex => solution[vertex]);
    }
}
