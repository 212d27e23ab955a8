using System.Globalization;
using System.Text;

namespace Boltzmann.Searching;

/// <summary>
/// Clauses with weights. The old form has a line "p wcnf variables clauses [top]" and the weight in front of each clause; a clause of
/// weight top or more is hard. The form of the MaxSAT evaluations since 2022 has no such line, and "h" in front of hard clauses. What
/// does not hold costs its weight, a hard clause 1 + Σ of the soft weights, so that every state of least energy is feasible if any state
/// is.
/// </summary>
static class WcnfFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="BadInputException">It is none; the message says where.</exception>
    public static SearchProblem Read(ProblemText text)
    {
        var clauses = new ClauseReader();
        var (variables, stated, highest) = (-1, -1L, 0);
        Weight? top = null;
        Weight weight = default;
        bool isHard = false, isInside = false;
        while (text.NextLine())
        {
            if (text.Peek() == 'c')
            {
                text.SkipLine();
                continue;
            }
            if (text.Peek() == 'p')
            {
                if (variables >= 0) throw text.LineFault("is a second line 'p wcnf'");
                if (clauses.Count > 0 || isInside) throw text.LineFault("comes behind clauses: a line 'p wcnf' is the first");
                (variables, stated, top) = Header(text);
                continue;
            }
            while (!text.IsLineEnd)
            {
                if (!isInside)
                {
                    if (clauses.Count == stated) throw text.LineFault($"the header states {stated:N0} clauses, but there are more");
                    isHard = variables < 0 && text.Peek() == 'h';
                    if (!isHard) weight = Weight.Read(text, variables < 0 ? "the clause's weight, or h" : "the clause's weight");
                    else if (!text.Word("h").SequenceEqual("h"u8)) throw text.Fault("expected the clause's weight, or h");
                    if (top is Weight hardest && weight.IsAtLeast(hardest)) isHard = true;
                    isInside = true;
                    continue;
                }
                int most = variables < 0 ? BinaryEnergyBuilder.MostVariables : variables;
                int literal = (int)text.Whole("a literal, or the 0 that ends a clause", -most, most);
                highest = Math.Max(highest, Math.Abs(literal));
                if (literal != 0)
                {
                    clauses.Add(literal);
                    continue;
                }
                clauses.End(text, isHard ? 0 : weight.Value, isHard);
                isInside = false;
            }
        }
        if (isInside) throw text.LineFault("the file ends within a clause: expected a 0 behind its literals");
        if (clauses.Count < stated)
            throw text.LineFault($"the header states {stated:N0} clauses, but the file ends after {clauses.Count:N0}");
        if (variables < 0 && highest == 0) throw new BadInputException($"{text.Name}: holds no clause");
        return clauses.Problem(text, "wcnf", variables < 0 ? highest : variables, isUnit: false);
    }

    static (int Variables, long Clauses, Weight? Top) Header(ProblemText text)
    {
        const string Expected = "expected 'p wcnf variables clauses', and top where some are hard";
        if (!text.Word("p").SequenceEqual("p"u8)) throw text.Fault(Expected);
        ReadOnlySpan<byte> word = text.Word("wcnf");
        if (word.SequenceEqual("cnf"u8)) throw text.Fault("the clauses have no weights: --format cnf");
        if (!word.SequenceEqual("wcnf"u8)) throw text.Fault(Expected);
        var (variables, clauses) = ProblemHeader.CountsHere(text, "variables", "clauses");
        Weight? top = text.IsLineEnd ? null : Weight.Read(text, "top, the weight of hard clauses");
        text.RequireLineEnd("top");
        return (variables, clauses, top);
    }

    // Whole weights up to 2⁶³ are compared with top exactly, where a double would not tell 2⁶³ from 2⁶³ − 1.
    readonly record struct Weight(double Value, decimal? Exact)
    {
        public bool IsAtLeast(Weight top) => Exact is decimal own && top.Exact is decimal other ? own >= other : Value >= top.Value;

        public static Weight Read(ProblemText text, string expected)
        {
            ReadOnlySpan<byte> word = text.PeekWord();
            bool isExact = decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact);
            double value = text.Number(expected);
            return value >= 0 ? new(value, isExact ? exact : null)
                : throw text.Fault($"{Encoding.ASCII.GetString(word)} is below 0; expected {expected}");
        }
    }
}
