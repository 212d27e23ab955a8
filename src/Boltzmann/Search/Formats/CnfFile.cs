namespace Boltzmann.Searching;

/// <summary>
/// Formulas as DIMACS has them: comments "c …", one line "p cnf variables clauses", then clauses, each ended by 0, over lines as one likes.
/// SATLIB's files end with a line "%", after which nothing counts. Every clause that does not hold costs 1.
/// </summary>
static class CnfFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It is none; the message says where.</exception>
    public static SearchProblem Read(ProblemText text)
    {
        const string Header = "'p cnf variables clauses'";
        var clauses = new ClauseReader();
        var (variables, stated) = (-1, 0L);
        bool isEnded = false;
        while (!isEnded && text.NextLine())
        {
            if (text.Peek() == 'c')
            {
                text.SkipLine();
                continue;
            }
            if (text.Peek() == 'p')
            {
                if (variables >= 0) throw text.LineFault("is a second line 'p cnf'");
                if (!text.Word("p").SequenceEqual("p"u8)) throw text.Fault($"expected {Header}");
                ReadOnlySpan<byte> word = text.Word("cnf");
                if (word.SequenceEqual("wcnf"u8)) throw text.Fault("the clauses have weights: --format wcnf");
                if (!word.SequenceEqual("cnf"u8)) throw text.Fault($"expected {Header}");
                (variables, stated) = ProblemHeader.CountsHere(text, "variables", "clauses");
                text.RequireLineEnd("the number of clauses");
                continue;
            }
            if (variables < 0) throw text.LineFault($"comes before the line {Header}");
            while (!text.IsLineEnd)
            {
                if (text.Peek() == '%')
                {
                    isEnded = true;
                    break;
                }
                int literal = (int)text.Whole("a literal, or the 0 that ends a clause", -variables, variables);
                if (clauses.Count == stated) throw text.Fault($"the header states {stated:N0} clauses, but there are more");
                if (literal != 0) clauses.Add(literal);
                else clauses.End(text, 0, isHard: true);
            }
        }
        if (variables < 0) throw new BadInputException($"{text.Name}: has no line {Header}");
        if (clauses.IsOpen) throw text.LineFault("the file ends within a clause: expected a 0 behind its literals");
        if (clauses.Count < stated)
            throw text.LineFault($"the header states {stated:N0} clauses, but the file ends after {clauses.Count:N0}");
        return clauses.Problem(text, "cnf", variables, isUnit: true);
    }
}
