namespace Boltzmann.Searching;

/// <summary>
/// Quadratic problems of binary variables as Biq Mac and OR-Library (Beasley) have them: "n m", then "i j q" from 1, of the matrix's upper
/// half. The value Σ qᵢᵢxᵢ + 2Σ_{i&lt;j} qᵢⱼxᵢxⱼ counts off-diagonals twice. Biq Mac's files hold one problem and minimise it; OR-Library's
/// begin with the number of their problems and maximise.
/// </summary>
static class BqpFile
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The file.</param>
    /// <param name="problem">The number of the problem in a file of several, from 1.</param>
    /// <exception cref="BadInputException">It is none, or has no such problem; the message says where.</exception>
    public static SearchProblem Read(ProblemText text, int problem = 1)
    {
        const string Expected = "bqp: the numbers of variables and entries";
        if (!text.NextLine()) throw text.LineFault($"is empty; expected {Expected}, or the number of problems");
        long first = text.Whole("the number of variables, or of problems", 1, long.MaxValue);
        int variables;
        long entries, problems = text.IsLineEnd ? first : 0;
        if (problems > 0)
        {
            if (problem > problems) throw new BadInputException($"{text.Name} holds {problems} problems, but --problem asks for number "
                + $"{problem}");
            for (int skipped = 1; ; skipped++)
            {
                (variables, entries) = ProblemHeader.Counts(text, "variables", "entries", Expected);
                if (skipped == problem) break;
                for (long e = 0; e < entries; e++)
                {
                    if (!text.NextLine()) throw text.LineFault($"problem {skipped} has {entries:N0} entries, but the file ends after "
                        + $"{e:N0}");
                    text.SkipLine();
                }
            }
        }
        else
        {
            if (problem != 1) throw new BadInputException($"{text.Name} holds one problem, but --problem asks for number {problem}");
            variables = (int)Math.Min(first, int.MaxValue);
            if (first > BinaryEnergyBuilder.MostVariables)
                throw text.Fault($"{first:N0} variables are more than the {BinaryEnergyBuilder.MostVariables:N0} that a search takes");
            entries = text.Whole("the number of entries", 0, ProblemHeader.MostTerms);
            text.RequireLineEnd("the number of entries");
        }
        bool isMaximised = problems > 0;
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        long count = 0;
        for (; count < entries && text.NextLine(); count++)
        {
            int i = (int)text.Whole("a variable", 1, variables) - 1, j = (int)text.Whole("a variable", 1, variables) - 1;
            double value = text.Number("the entry");
            text.RequireLineEnd("the entry");
            builder.Add(i, j, (i == j ? 1 : 2) * (isMaximised ? -value : value));
        }
        ProblemHeader.RequireAll(text, count, entries, "entries");
        if (problems == 0 && text.NextLine()) throw text.LineFault($"the header states {entries:N0} entries, but there are more");
        string name = ProblemHeader.NameOf(text);
        return new(problems > 1 ? $"{name}, problem {problem}" : name, "bqp", "qubo", builder.Build(), new("value", isMaximised));
    }
}
