namespace Boltzmann.Searching;

/// <summary>What the first lines of several kinds of files have in common.</summary>
static class ProblemHeader
{
    /// <summary>The most terms of a file.</summary>
    public const long MostTerms = 1_000_000_000;

    /// <summary>Two numbers on a line: variables and terms.</summary>
    public static (int Variables, long Terms) Counts(ProblemText text, string variables, string terms, string expected, string hint = "")
    {
        if (!text.NextLine()) throw text.LineFault($"is empty; expected {expected}");
        (int, long) counts = CountsHere(text, variables, terms, hint);
        text.RequireLineEnd($"the number of {terms}");
        return counts;
    }

    /// <summary>Two numbers from here on.</summary>
    public static (int Variables, long Terms) CountsHere(ProblemText text, string variables, string terms, string hint = "")
    {
        long n = text.Whole($"the number of {variables}", 1, long.MaxValue);
        if (n > BinaryEnergyBuilder.MostVariables)
            throw text.Fault($"{n:N0} {variables} are more than the {BinaryEnergyBuilder.MostVariables:N0} that a search takes");
        if (text.IsLineEnd) throw text.LineFault($"states {n:N0} {variables}, and ends where the number of {terms} was expected{hint}");
        long m = text.Whole($"the number of {terms}", 0, long.MaxValue);
        if (m > MostTerms) throw text.Fault($"{m:N0} {terms} are more than the {MostTerms:N0} that a search takes");
        return ((int)n, m);
    }

    /// <summary>Throws unless there were as many terms as stated.</summary>
    public static void RequireAll(ProblemText text, long found, long stated, string terms)
    {
        if (found < stated)
            throw new BadInputException($"{text.Name}: the header states {stated:N0} {terms}, but the file ends after {found:N0}");
    }

    /// <summary>The file without its folders.</summary>
    public static string NameOf(ProblemText text) => Path.GetFileName(text.Name);
}
