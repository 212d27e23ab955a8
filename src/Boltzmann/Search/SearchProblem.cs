namespace Boltzmann.Searching;

/// <summary>A problem as a file states it: an energy, and how its author counts and names things.</summary>
/// <param name="Name">The file, without its folders.</param>
/// <param name="Format">The kind of file: rudy, qubo, bqp, cnf.</param>
/// <param name="Kind">The kind of problem: max-cut, qubo, sat, maxsat.</param>
/// <param name="Energy">What is lowered.</param>
/// <param name="Objective">What the author wants, from the energy.</param>
public sealed record SearchProblem(string Name, string Format, string Kind, BinaryEnergy Energy, SearchObjective Objective)
{
    /// <summary>The number that the file gives its first variable: 0 or 1.</summary>
    public int FirstNumber { get; init; } = 1;

    /// <summary>The clauses as the file states them; null where it has none.</summary>
    public ProblemClauses? Clauses { get; init; }

    /// <summary>What was read otherwise than it may have been meant, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// How far a result satisfies the problem's clauses, counted from the file and not from the energy; null where there are none.
    /// </summary>
    /// <param name="result">Of a search for this problem.</param>
    /// <param name="most">Violations that are listed.</param>
    /// <exception cref="InvalidOperationException">The energy says that more holds than does.</exception>
    public Satisfaction? Check(SearchResult result, int most = 20)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (Clauses is null) return null;
        Satisfaction found = Clauses.Check([.. result.Assignment], most);
        double energy = found.SoftViolated + found.HardViolated * Clauses.HardWeight;
        if (energy > result.Energy + 1e-9 * Math.Max(1, Math.Abs(energy)) || (result.Energy == 0 && energy > 0))
            throw new InvalidOperationException($"the energy of the best state is {result.Energy}, but its violated clauses cost {energy}");
        return found;
    }

    /// <summary>What a variable is called: x and its number in the file.</summary>
    public string NameOf(int variable) => $"x{variable + FirstNumber}";

    /// <summary>The variable of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public int Find(string name) => name.StartsWith('x') && int.TryParse(name.AsSpan(1), System.Globalization.NumberStyles.None,
        System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= FirstNumber
            && number - FirstNumber < Energy.Variables ? number - FirstNumber
        : throw new BadInputException($"{Name} has variables {NameOf(0)} to {NameOf(Energy.Variables - 1)}, but no {Quoted.Text(name)}");
}
