namespace Boltzmann;

/// <summary>How a text may go on to its end.</summary>
/// <param name="Text">The whole of it, what was given included.</param>
/// <param name="LogProbability">log p of what was added, its end included, given what was there, in nats.</param>
public sealed record Continuation(string Text, double LogProbability)
{
    // What is looked at side by side: more than anybody asks for, so that a good end of a poor beginning is found.
    const int LeastBeam = 100;
    const int LongestText = 200;

    /// <summary>The most probable ends of a text, the best first: beam search over symbols.</summary>
    /// <param name="model">A machine that learned text.</param>
    /// <param name="prefix">What is there.</param>
    /// <param name="count">How many ends, at most.</param>
    /// <exception cref="BadInputException">The machine did not learn text, or a letter is not one of its alphabet.</exception>
    public static IReadOnlyList<Continuation> Of(SequenceModel model, string prefix, int count)
    {
        IReadOnlyList<string> symbols = model.Symbols ?? throw new BadInputException("completions are of texts, and this model learned "
            + "none");
        int end = symbols.Count - 1, width = Math.Max(LeastBeam, 4 * count);
        var machine = StepMachine.Of(model);
        var identity = new Matrix(symbols.Count, symbols.Count, model.Placement);
        identity.SetOneHot([.. Enumerable.Range(0, symbols.Count)]);
        MemoryState memory = Read(model, symbols, prefix, identity);
        var open = new List<(string Text, double Log)> { (prefix, 0) };
        var done = new List<Continuation>();
        while (open.Count > 0 && open[0].Text.Length < prefix.Length + LongestText)
        {
            double[][] logs = LogProbabilities(model, machine, memory, identity);
            var next = new List<(int Beam, int Symbol, double Log)>();
            for (int b = 0; b < open.Count; b++)
                for (int s = 0; s < symbols.Count; s++)
                {
                    double log = open[b].Log + logs[b][s];
                    if (s == end) done.Add(new(open[b].Text, log));
                    else next.Add((b, s, log));
                }
            done = [.. done.OrderByDescending(c => c.LogProbability).ThenBy(c => c.Text, StringComparer.Ordinal).Take(count)];
            // What is less probable than the last of the ends cannot end better.
            double least = done.Count < count ? double.NegativeInfinity : done[^1].LogProbability;
            var kept = next.Where(n => n.Log > least).OrderByDescending(n => n.Log).ThenBy(n => n.Beam).ThenBy(n => n.Symbol).Take(width)
                .ToArray();
            if (kept.Length == 0) break;
            memory = memory.Picked([.. kept.Select(n => n.Beam)]);
            var rows = new Matrix(kept.Length, symbols.Count, model.Placement);
            rows.SetOneHot([.. kept.Select(n => n.Symbol)]);
            model.Remember(memory, rows);
            open = [.. kept.Select(n => (open[n.Beam].Text + symbols[n.Symbol], n.Log))];
        }
        return done;
    }

    // log p of each symbol as the next one, for each row of a memory.
    static double[][] LogProbabilities(SequenceModel model, StepMachine machine, MemoryState memory, Matrix identity)
    {
        int symbols = identity.Rows;
        Matrix toVisible = identity.Like(memory.Rows, symbols);
        Matrix? toHidden = model.Hidden is Layer hidden ? identity.Like(memory.Rows, hidden.Units) : null;
        model.SetInputs(memory, toVisible, toHidden);
        var logs = new double[memory.Rows][];
        for (int r = 0; r < logs.Length; r++) logs[r] = new double[symbols];
        Matrix rows = identity.Like(memory.Rows, symbols), values = identity.Like(memory.Rows, 1);
        for (int s = 0; s < symbols; s++)
        {
            rows.Fill(0);
            rows.SetSum(rows, 1, identity.RowRange(s, 1));
            values.Fill(0);
            machine.AddLogWeights(rows, toVisible, toHidden, values);
            double[] column = values.ReadColumn(0);
            for (int r = 0; r < logs.Length; r++) logs[r][s] = column[r];
        }
        foreach (double[] row in logs)
        {
            double total = Scalar.LogSumExp(row);
            for (int s = 0; s < symbols; s++) row[s] -= total;
        }
        return logs;
    }

    /// <summary>A memory that has read a text.</summary>
    static MemoryState Read(SequenceModel model, IReadOnlyList<string> symbols, string prefix, Matrix identity)
    {
        MemoryState memory = model.NewMemory();
        int place = 0;
        foreach (System.Text.Rune letter in prefix.EnumerateRunes())
        {
            place++;
            int symbol = symbols.ToList().IndexOf(letter.ToString());
            if (symbol < 0) throw new BadInputException($"the prefix '{prefix}': letter {place}, '{letter}', is not in the model's "
                + $"alphabet ({string.Concat(symbols)})");
            model.Remember(memory, identity.RowRange(symbol, 1));
        }
        return memory;
    }
}
