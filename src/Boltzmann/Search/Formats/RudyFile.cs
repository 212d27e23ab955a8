namespace Boltzmann.Searching;

/// <summary>
/// Graphs as the generator rudy writes them, such as the G-set: "n m", then a line "i j [w]" for each edge, vertices from 1, w = 1 where it
/// is missing. The cut Σ w over edges whose ends lie on different sides is maximised: E = −Σ w·(xᵢ + xⱼ − 2xᵢxⱼ).
/// </summary>
static class RudyFile
{
    /// <summary>What the cut is called.</summary>
    public static SearchObjective Objective { get; } = new("cut", IsMaximised: true);

    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It is none; the message says where.</exception>
    public static SearchProblem Read(ProblemText text)
    {
        var (vertices, edges) = ProblemHeader.Counts(text, "vertices", "edges", "rudy: the numbers of vertices and edges",
            " (a file of OR-Library begins with the number of its problems: --format bqp)");
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(vertices);
        long count = 0;
        while (text.NextLine())
        {
            if (count == edges) throw text.LineFault($"the header states {edges:N0} edges, but there are more");
            int i = (int)text.Whole("a vertex", 1, vertices) - 1, j = (int)text.Whole("a vertex", 1, vertices) - 1;
            if (i == j) throw text.Fault($"an edge joins vertex {i + 1} to itself (in a QUBO that is a bias: --format bqp)");
            double weight = text.IsLineEnd ? 1 : text.Number("the edge's weight");
            text.RequireLineEnd("the edge's weight");
            count++;
            builder.Add(i, -weight);
            builder.Add(j, -weight);
            builder.Add(i, j, 2 * weight);
        }
        ProblemHeader.RequireAll(text, count, edges, "edges");
        BinaryEnergy energy = builder.Build();
        return new(ProblemHeader.NameOf(text), "rudy", "max-cut", energy, Objective)
        {
            Warnings = builder.RepeatedPairs == 0 ? []
                : [$"{text.Name}: {builder.RepeatedPairs:N0} edges are there more than once; their weights are added"],
        };
    }
}
