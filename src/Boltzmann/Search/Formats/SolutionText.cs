using System.Globalization;
using System.Text;

namespace Boltzmann.Searching;

/// <summary>
/// A state as the competitions of SAT and MaxSAT want it: a line "s", of weighted clauses a line "o" with their violated weight, and lines
/// "v" with the literal of every variable that holds, ended by 0. What is not known to be optimal, or does not satisfy, is UNKNOWN; a
/// comment says what is violated.
/// </summary>
static class SolutionText
{
    const int Widest = 78;

    /// <summary>The text.</summary>
    public static string Of(SearchProblem problem, SearchResult result)
    {
        Satisfaction? found = problem.Check(result, 0);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"c {problem.Name}: energy {result.Energy:R}\n");
        if (found is { IsComplete: false })
            text.Append(CultureInfo.InvariantCulture, $"c {found.Of - found.Satisfied} of {found.Of} clauses are violated\n");
        if (problem.Kind == "maxsat" && found is { IsFeasible: true })
            text.Append(CultureInfo.InvariantCulture, $"o {found.SoftViolated:R}\n");
        text.Append(found switch
        {
            { IsComplete: true } => problem.Kind == "maxsat" ? "s OPTIMUM FOUND\n" : "s SATISFIABLE\n",
            { IsFeasible: true } => "s SATISFIABLE\n",
            _ => "s UNKNOWN\n",
        });
        int width = 0;
        for (int i = 0; i <= result.Assignment.Count; i++)
        {
            int literal = i == result.Assignment.Count ? 0 : result.Assignment[i] != 0 ? i + 1 : -(i + 1);
            string word = literal.ToString(CultureInfo.InvariantCulture);
            if (width > 0 && width + 1 + word.Length > Widest) width = 0;
            if (width == 0) text.Append(text[^1] == '\n' ? "v" : "\nv");
            text.Append(' ').Append(word);
            width = (width == 0 ? 1 : width) + 1 + word.Length;
        }
        return text.Append('\n').ToString();
    }
}
