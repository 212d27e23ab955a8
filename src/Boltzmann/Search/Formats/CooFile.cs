namespace Boltzmann.Searching;

/// <summary>
/// Lists of weights: "i j v" from 0, "i i v" a bias, comments from #. Whether the variables are spins or binary stands in a comment
/// "# vartype=SPIN" or "# vartype=BINARY", or must be said: it is never guessed. Σ v over pairs and biases is minimised.
/// </summary>
static class CooFile
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The file.</param>
    /// <param name="isSpin">The kind of variables, where the file does not say.</param>
    /// <exception cref="BadInputException">It is none, or nobody says what its variables are; the message says where.</exception>
    public static SearchProblem Read(ProblemText text, bool? isSpin = null)
    {
        bool? stated = null;
        var terms = new List<(int I, int J, double Value)>();
        int variables = 0;
        while (text.NextLine())
        {
            if (text.Peek() == '#')
            {
                stated ??= VariableType(text);
                text.SkipLine();
                continue;
            }
            int i = (int)text.Whole("a variable", 0, BinaryEnergyBuilder.MostVariables - 1);
            int j = (int)text.Whole("a variable", 0, BinaryEnergyBuilder.MostVariables - 1);
            terms.Add((i, j, text.Number("the weight")));
            text.RequireLineEnd("the weight");
            variables = Math.Max(variables, Math.Max(i, j) + 1);
        }
        if (variables == 0) throw new BadInputException($"{text.Name}: holds no weight");
        if (stated is bool file && isSpin is bool asked && file != asked)
            throw new BadInputException($"{text.Name} states vartype={Word(file)}, but --vartype asks for {Word(asked)}");
        bool spins = stated ?? isSpin ?? throw new BadInputException($"{text.Name} does not say whether its variables are spins (-1, 1) "
            + $"or binary "
            + "(0, 1): give --vartype spin or --vartype binary");
        var builder = new BinaryEnergyBuilder();
        builder.AddVariables(variables);
        foreach (var (i, j, value) in terms)
        {
            if (!spins) builder.Add(i, j, value);
            else if (i == j) builder.AddSpin(i, value);
            else builder.AddSpins(i, j, value);
        }
        return new(ProblemHeader.NameOf(text), "ising", spins ? "ising" : "qubo", builder.Build(), new("value", IsMaximised: false))
        {
            FirstNumber = 0
        };
    }

    static string Word(bool isSpin) => isSpin ? "SPIN" : "BINARY";

    static bool? VariableType(ProblemText text)
    {
        while (!text.IsLineEnd)
        {
            string word = System.Text.Encoding.Latin1.GetString(text.Word("a word")).TrimStart('#').ToUpperInvariant();
            if (word == "VARTYPE=SPIN") return true;
            if (word == "VARTYPE=BINARY") return false;
            if (word.StartsWith("VARTYPE=", StringComparison.Ordinal)) throw text.Fault("expected vartype=SPIN or vartype=BINARY");
        }
        return null;
    }
}
