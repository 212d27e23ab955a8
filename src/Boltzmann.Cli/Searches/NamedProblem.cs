using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>A problem that a person knows by name, and how its solutions are shown.</summary>
/// <param name="Name">As it was typed.</param>
/// <param name="Kind">queens, sudoku, colouring, tsp, partition, denoise.</param>
/// <param name="Facts">What it is of, in words.</param>
/// <param name="Problem">What is searched.</param>
/// <param name="Svg">A solution as a drawing, with probabilities where they were asked for.</param>
/// <param name="Text">A solution as lines of text; "" where it would be too large.</param>
sealed record NamedProblem(string Name, string Kind, string Facts, Problem Problem, Func<Solution, Marginals?, string> Svg,
    Func<Solution, string> Text)
{
    /// <summary>The format of what has none.</summary>
    public const string ByName = "named";

    /// <summary>The kind of file where it is one by itself, col or tsp.</summary>
    public string Format { get; init; } = ByName;

    /// <summary>What the objective is called; null for constraints alone.</summary>
    public string? Objective { get; init; }

    /// <summary>The objective as people count it.</summary>
    public Func<Solution, double> Value { get; init; } = solution => solution.Objective;

    /// <summary>The energy at which that is so much.</summary>
    public Func<double, double> EnergyAt { get; init; } = value => value;

    /// <summary>The energy below which nothing can be, where that is known.</summary>
    public double? LeastEnergy { get; init; }

    /// <summary>What writes the problem as a file of its own format, and how its name ends: .col, .tsp.</summary>
    public (string Ending, Action<string> Write)? Form { get; init; }

    /// <summary>A solution as the text of a file, by its ending; null of a solution that is none.</summary>
    public (string Ending, Func<Solution, string?> Text)? Answer { get; init; }

    /// <summary>The best value that is known, from a file that lies beside the problem's.</summary>
    public double? Optimum { get; init; }

    /// <summary>The next harder problem, searched once this one is solved: a colour fewer. Null at its end.</summary>
    public Func<NamedProblem?>? Next { get; init; }
}
