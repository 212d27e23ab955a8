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
    public static IReadOnlyList<string> Names { get; } = ["auto", "tempering", "annealing", "focused", "descent", "exact"];

    /// <summary>A method.</summary>
    /// <param name="name">One of <see cref="Names"/>; auto is focused for clauses alone, but for few of different weights, else exact
    /// where there are few variables or few meet, annealing where there are very many,
    /// and tempering between.</param>
    /// <param name="energy">What is lowered.</param>
    /// <param name="settings">What concerns the method is used.</param>
    /// <exception cref="ArgumentException">Another name.</exception>
    public static ISearchMethod Of(string name, BinaryEnergy energy, SearchSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(energy);
        settings ??= new();
        return name switch
        {
            "auto" when FocusedSearch.Suits(energy)
                && (energy.Variables > MostWeightedForTempering || !new FocusedChoice(energy, null).IsWeighted)
                => Of("focused", energy, settings),
            "auto" => Of(energy.Variables <= Enumeration.MostUnasked || Elimination.IsQuick(energy) ? "exact"
                : energy.Variables > MostForTempering ? "annealing" : "tempering", energy, settings),
            "tempering" => new Tempering { Temperatures = settings.Temperatures, Range = settings.Range },
            "annealing" => new Annealing { Range = settings.Range, Schedule = settings.Schedule, Reheats = settings.Reheats },
            "focused" => new FocusedSearch { Range = settings.Range },
            "descent" => new Descent(),
            "exact" => energy.Variables <= Enumeration.MostUnasked
                || energy.Variables <= Enumeration.Most && !Elimination.IsPossible(energy) ? new Enumeration() : new Elimination(),
            _ => throw new ArgumentException($"'{name}' is not a method of search: expected {string.Join(", ", Names)}", nameof(name)),
        };
    }
}
