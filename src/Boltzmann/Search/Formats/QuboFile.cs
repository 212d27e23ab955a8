namespace Boltzmann.Searching;

/// <summary>
/// Files of qbsolv: comments "c …", one line "p qubo 0 n diagonals couplers", then "i i v" and "i j v" from 0. The value
/// Σ vᵢᵢxᵢ + Σ vᵢⱼxᵢxⱼ counts each coupler once, and is minimised.
/// </summary>
static class QuboFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It is none; the message says where.</exception>
    public static SearchProblem Read(ProblemText text)
    {
        var builder = new BinaryEnergyBuilder();
        long diagonals = -1, couplers = 0, foundDiagonals = 0, foundCouplers = 0;
        int variables = 0;
        while (text.NextLine())
        {
            if (text.Peek() == 'c')
            {
                text.SkipLine();
                continue;
            }
            if (text.Peek() == 'p')
            {
                if (diagonals >= 0) throw text.LineFault("is a second line 'p qubo'");
                text.Word("p");
                if (!text.Word("qubo").SequenceEqual("qubo"u8)) throw text.Fault("expected 'p qubo topology n diagonals couplers'");
                text.Word("the topology");
                (variables, diagonals) = ProblemHeader.CountsHere(text, "variables", "diagonals");
                couplers = text.Whole("the number of couplers", 0, ProblemHeader.MostTerms);
                text.RequireLineEnd("the number of couplers");
                builder.AddVariables(variables);
                continue;
            }
            if (diagonals < 0) throw text.LineFault("comes before the line 'p qubo topology n diagonals couplers'");
            int i = (int)text.Whole("a variable", 0, variables - 1), j = (int)text.Whole("a variable", 0, variables - 1);
            double value = text.Number("the value");
            text.RequireLineEnd("the value");
            if (i == j) foundDiagonals++;
            else foundCouplers++;
            builder.Add(i, j, value);
        }
        if (diagonals < 0) throw new BadInputException($"{text.Name}: has no line 'p qubo topology n diagonals couplers'");
        if (foundDiagonals != diagonals || foundCouplers != couplers)
            throw new BadInputException($"{text.Name}: the line 'p qubo' states {diagonals:N0} diagonals and {couplers:N0} couplers, "
                + $"but there are "
                + $"{foundDiagonals:N0} and {foundCouplers:N0}");
        return new(ProblemHeader.NameOf(text), "qubo", "qubo", builder.Build(), new("value", IsMaximised: false)) { FirstNumber = 0 };
    }
}
