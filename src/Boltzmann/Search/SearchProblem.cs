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

    /// <summary>What the variables are called; null where they have numbers only.</summary>
    public IReadOnlyList<string>? Names
    {
        get;
        init
        {
            field = value;
            if (value is null) return;
            numbers = new(StringComparer.Ordinal);
            for (int i = 0; i < value.Count; i++) numbers[value[i]] = i;
        }
    }

    /// <summary>What a variable is called: its name, or x and its number in the file.</summary>
    public string NameOf(int variable) => Names is null ? $"x{variable + FirstNumber}" : Names[variable];

    /// <summary>The variable of a name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public int Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (numbers is not null)
            return numbers.TryGetValue(name, out int variable) ? variable
                : throw new BadInputException($"{Name} has no variable {Quoted.Text(name)}{DidYouMean.Question(name, numbers.Keys)}");
        return name.StartsWith('x') && int.TryParse(name.AsSpan(1), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= FirstNumber
                && number - FirstNumber < Energy.Variables ? number - FirstNumber
            : throw new BadInputException($"{Name} has variables {NameOf(0)} to {NameOf(Energy.Variables - 1)}, but no "
                + Quoted.Text(name));
    }

    /// <summary>What names and values say of variables; of spins −1 is 0.</summary>
    /// <param name="values">Each name once, or with the same value.</param>
    /// <exception cref="BadInputException">A name that is not there, another value, two values of one name, or a hard clause that
    /// cannot hold then.</exception>
    public SortedDictionary<int, bool> Known(IEnumerable<KeyValuePair<string, int>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var known = new SortedDictionary<int, bool>();
        foreach (var (name, value) in values)
        {
            int variable = Find(name);
            bool on = value switch
            {
                1 => true,
                0 => false,
                -1 when Kind == "ising" => false,
                _ => throw new BadInputException($"{name}={value}: a variable is 0 or 1{(Kind == "ising" ? ", a spin -1 or 1" : "")}"),
            };
            if (known.TryGetValue(variable, out bool was) && was != on) throw new BadInputException($"{name} is both 0 and 1");
            known[variable] = on;
        }
        for (int c = 0; c < Clauses?.Count; c++)
            if (Clauses.IsHard(c) && Clauses[c].Length > 0 && IsBroken(Clauses[c], known))
                throw new BadInputException($"{Name}: clause {c + 1}, {string.Join(' ', Clauses[c].ToArray())}, is hard and cannot hold "
                    + "with what is clamped");
        return known;
    }

    Dictionary<string, int>? numbers;

    static bool IsBroken(ReadOnlySpan<int> clause, SortedDictionary<int, bool> known)
    {
        foreach (int literal in clause)
            if (!known.TryGetValue(Math.Abs(literal) - 1, out bool value) || value == literal > 0) return false;
        return true;
    }
}
