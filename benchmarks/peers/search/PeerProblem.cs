using Boltzmann.Searching;

namespace SearchPeers;

/// <summary>A problem that both are given.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Problem">As its file states it.</param>
/// <param name="BestKnown">The value, or a dash.</param>
/// <param name="TargetEnergy">Where a search may end; null where nothing is known.</param>
sealed record PeerProblem(string Name, SearchProblem Problem, string BestKnown, double? TargetEnergy)
{
    static readonly (string Graph, double Cut)[] cuts = [("G1", 11624), ("G11", 564), ("G14", 3064), ("G43", 6660), ("G22", 13359)];

    public static IEnumerable<PeerProblem> All(string data)
    {
        foreach (var (graph, cut) in cuts)
            yield return new($"largest cut of {graph}", ProblemFile.Read(Path.Combine(data, "gset", $"{graph}.txt")), $"{cut}", -cut);
        foreach (int variables in (int[])[100, 250])
            yield return new($"QUBO of {variables}, a tenth of the entries", Quadratic(variables), "–", null);
        foreach (string folder in (string[])["uf50", "uuf50"])
        {
            string satlib = Path.Combine(data, "satlib");
            string? file = Directory.Exists(satlib) ? Directory.EnumerateFiles(satlib, "*.cnf*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal).FirstOrDefault(path => Path.GetFileName(path).StartsWith(folder, StringComparison.Ordinal))
                : null;
            if (file is null) continue;
            yield return new($"formula {Path.GetFileName(file)}", ProblemFile.Read(file), folder == "uf50" ? "0" : "1", null);
        }
        yield return new("3-SAT of 250 variables, 1065 clauses", Formula(250, 1065), "0", null);
    }

    static SearchProblem Quadratic(int variables)
    {
        var random = new Random(1);
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        for (int i = 0; i < variables; i++)
        {
            builder.Add(i, random.Next(-100, 101));
            for (int j = 0; j < i; j++)
                if (random.NextDouble() < 0.1) builder.Add(i, j, 2 * random.Next(-100, 101));
        }
        return new("quadratic", "bqp", "qubo", builder.Build(), new SearchObjective("value", false));
    }

    // One state is planted, so that all clauses can hold.
    static SearchProblem Formula(int variables, int clauses)
    {
        var random = new Random(1);
        bool[] plan = [.. Enumerable.Range(0, variables).Select(_ => random.Next(2) == 1)];
        var text = new System.Text.StringBuilder($"p cnf {variables} {clauses}\n");
        for (int c = 0; c < clauses;)
        {
            int[] literals = [.. Enumerable.Range(0, 3).Select(_ => (random.Next(variables) + 1) * (random.Next(2) * 2 - 1))];
            if (literals.DistinctBy(Math.Abs).Count() < 3 || !literals.Any(l => l > 0 == plan[Math.Abs(l) - 1])) continue;
            text.Append(string.Join(' ', literals)).Append(" 0\n");
            c++;
        }
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".cnf");
        File.WriteAllText(path, text.ToString());
        try
        {
            return ProblemFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
