using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>Which method suits an energy, and methods by the words that ask for them.</summary>
public static class SearchMethods
{
    /// <summary>
    /// Beyond so many variables, chains of neighbouring temperatures hardly exchange, even at 64 temperatures: energies spread as √n.
    /// </summary>
    const int MostForTempering = 5_000;

    /// <summary>
    /// Up to so many variables, tempering and annealing find lower weights of unequal clauses than focused walks do; beyond, focused walks.
    /// </summary>
    const int MostWeightedForTempering = 500;

    /// <summary>The words.</summary>
    public static IReadOnlyList<string> Names { get; } = ["auto", "tempering", "annealing", "population", "focused", "descent",
        "exact"];

    /// <summary>A method for a problem: auto is exact where every part that is left to search is small or nearly a tree, annealing
    /// where there are very many variables, otherwise tempering.</summary>
    /// <param name="name">One of <see cref="Names"/>, but not focused, which serves clauses in files of clauses.</param>
    /// <param name="problem">What is to be satisfied.</param>
    /// <param name="options">How it becomes an energy; null for the defaults.</param>
    /// <param name="settings">What concerns the method is used.</param>
    /// <exception cref="ArgumentException">Another name.</exception>
    public static ISearchMethod Of(string name, Problem problem, ProblemOptions? options = null, SearchSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (name is not ("auto" or "exact")) return Of(name, NoEnergy, settings);
        CompiledProblem plain = problem.Compile(blocks: false, (options ?? new()).Penalty);
        IReadOnlyDictionary<int, bool> known = plain.Implied();
        // Exact methods tell one state; several are met by chains.
        if (name == "auto" && settings is { Solutions: > 1 }) return Of(AtAnySize(plain.Variables - known.Count), NoEnergy, settings);
        // A sum joins all its hypotheses: then there is no need to look at their pairs, which may be millions.
        if (name == "auto" && plain.LongestSum(known) > Elimination.MostWidth + 1)
            return Of(AtAnySize(plain.Variables - known.Count), NoEnergy, settings);
        // Exact methods tell the best state of each part and no other.
        if (name == "auto" && settings is { Solutions: > 1 }) return Of(AtAnySize(plain.Variables - known.Count), NoEnergy, settings);
        BinaryEnergy[] parts = [.. Simplification.Of(plain.Energy, known).Components.Select(component => component.Energy)];
        if (parts.All(part => part.Variables <= Enumeration.MostUnasked)) return new Enumeration();
        if (parts.All(name == "exact" ? Elimination.IsPossible : Elimination.IsQuick)) return new Elimination();
        return name == "exact" ? parts.All(part => part.Variables <= Enumeration.Most) ? new Enumeration() : new Elimination()
            : Of(AtAnySize(parts[0].Variables), NoEnergy, settings);
    }

    /// <summary>A method.</summary>
    /// <param name="name">One of <see cref="Names"/>; auto is focused for clauses alone, but for few of different weights and where
    /// several states are wanted, else exact where there are few variables or few meet, annealing where there are very many,
    /// and tempering between.</param>
    /// <param name="energy">What is lowered.</param>
    /// <param name="settings">What concerns the method is used.</param>
    /// <exception cref="ArgumentException">Another name.</exception>
    public static ISearchMethod Of(string name, BinaryEnergy energy, SearchSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(energy);
        return Of(name, () => energy, settings);
    }

    static ISearchMethod Of(string name, Func<BinaryEnergy> asked, SearchSettings? settings)
    {
        settings ??= new();
        if (settings.Temperature is not null) return AtTemperature(name, asked, settings);
        return name switch
        {
            "auto" => Of(Suiting(asked(), settings.Solutions), asked, settings),
            "tempering" => new Tempering
            {
                Temperatures = settings.Temperatures,
                Range = settings.Range,
                Groups = Groups(settings, TemperingGroups),
                ClusterMoves = settings.ClusterMoves,
            },
            "annealing" => new Annealing
            {
                Range = settings.Range,
                Schedule = settings.Schedule,
                Reheats = settings.Reheats,
                Groups = Groups(settings, AnnealingGroups),
            },
            "population" => new PopulationAnnealing { Chains = settings.Chains ?? DefaultChains },
            "focused" => new FocusedSearch { Range = settings.Range },
            "descent" => new Descent { Groups = Groups(settings, AnnealingGroups) },
            "exact" => Exact(asked(), settings.Solutions),
            _ => throw new ArgumentException($"'{name}' is not a method of search: expected {string.Join(", ", Names)}", nameof(name)),
        };
    }

    static string Suiting(BinaryEnergy energy, int solutions)
    {
        // A walk tells the one state that it ends at.
        if (solutions == 1 && FocusedSearch.Suits(energy)
            && (energy.Variables > MostWeightedForTempering || !new FocusedChoice(energy, null).IsWeighted)) return "focused";
        return IsExactQuick(energy, solutions) ? "exact" : AtAnySize(energy.Variables);
    }

    static string AtAnySize(int variables) => variables > MostForTempering ? "annealing" : "tempering";

    static ISearchMethod Exact(BinaryEnergy energy, int solutions) => energy.Variables <= Enumeration.MostUnasked
        || (energy.Variables <= Enumeration.Most && (solutions > 1 || !Elimination.IsPossible(energy)))
        ? new Enumeration() : new Elimination();

    static BinaryEnergy NoEnergy() => throw new InvalidOperationException("a method that was named needs no energy to be made");

    /// <summary>Chains of the first population; groups of 64 chains otherwise.</summary>
    const int DefaultChains = 1024, TemperingGroups = 1, AnnealingGroups = 2;

    static int Groups(SearchSettings settings, int otherwise) => settings.Chains / ChainLanes.Count ?? otherwise;

    // Where p(x) at a temperature is asked for, beside the lowest energy.
    static ISearchMethod AtTemperature(string name, Func<BinaryEnergy> asked, SearchSettings settings) => name switch
    {
        "auto" => AtTemperature(IsExactQuick(asked(), settings.Solutions) ? "exact" : "tempering", asked, settings),
        "tempering" => new Tempering
        {
            Temperatures = settings.Temperatures,
            Temperature = settings.Temperature,
            Groups = Groups(settings, TemperingGroups),
        },
        "population" => new PopulationAnnealing { Chains = settings.Chains ?? DefaultChains, Temperature = settings.Temperature },
        "exact" => Of(name, asked, settings with { Temperature = null }) is Elimination
            ? new Elimination { Temperature = settings.Temperature } : new Enumeration { Temperature = settings.Temperature },
        _ when Names.Contains(name) => throw new ArgumentException($"{name} does not stay at a temperature, so it cannot tell how probable "
            + "states are; tempering, population and exact can", nameof(name)),
        _ => Of(name, asked, settings with { Temperature = null }),
    };

    static bool IsExactQuick(BinaryEnergy energy, int solutions) => energy.Blocks.Count == 0
        && (energy.Variables <= Enumeration.MostUnasked || (solutions == 1 && Elimination.IsQuick(energy)));
}
