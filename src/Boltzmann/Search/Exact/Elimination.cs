namespace Boltzmann.Searching;

/// <summary>
/// Variables eliminated one after another, where few of them meet at a time: the least energy is proved and its states counted. Time and
/// memory grow as 2 to the width of the graph, not to the number of variables.
/// </summary>
public sealed record Elimination : ISearchMethod
{
    /// <summary>The most variables that meet when asked to; a table then has some million entries.</summary>
    public const int MostWidth = 22;

    /// <summary>Entries of all tables, in 1 GB.</summary>
    const double MostEntries = 6e7;

    /// <summary>Entries that are gone through unasked: some hundredths of a second.</summary>
    const double MostUnasked = 2e6;

    /// <inheritdoc/>
    public string Name => "exact";

    /// <summary>The temperature at which log Z and marginals are computed too; null for none.</summary>
    public double? Temperature { get; init; }

    /// <summary>Whether an energy is small enough to be solved unasked.</summary>
    public static bool IsQuick(BinaryEnergy energy)
    {
        ArgumentNullException.ThrowIfNull(energy);
        return energy.Clauses == 0 && EliminationOrder.Find(energy, MostWidth, MostUnasked) is not null;
    }

    /// <summary>Whether it can be solved at all: clauses cannot.</summary>
    public static bool IsPossible(BinaryEnergy energy)
    {
        ArgumentNullException.ThrowIfNull(energy);
        return Order(energy) is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">Too many variables meet, or there are clauses.</exception>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Energy.Clauses > 0)
            throw new BadInputException("variables are not eliminated from clauses: --method exact serves those of at most 30 variables");
        if (run.Energy.Blocks.Count > 0)
            throw new ArgumentException("the energy has blocks, but exact methods look at each variable by itself; compile without blocks");
        EliminationOrder order = Order(run.Energy) ?? throw new BadInputException($"{run.Energy.Variables:N0} variables and "
            + $"{run.Energy.Pairs:N0} "
            + $"pairs: more than {MostWidth} of them meet at a time, so that tables of all their states do not fit; --method exact serves "
            + "graphs that are nearly trees, or of at most 30 variables");
        run.Measures = Temperature is not null;
        return Steps(run, order, Temperature);
    }

    internal static EliminationOrder? Order(BinaryEnergy energy) => energy.Clauses > 0 ? null
        : EliminationOrder.Find(energy, MostWidth, MostEntries);

    static IEnumerable<SearchRun> Steps(SearchRun run, EliminationOrder order, double? temperature)
    {
        BinaryEnergy energy = run.Energy;
        var tree = new CliqueTree(energy, order);
        double tolerance = 1e-9 * energy.Scale, ways = 1;
        double[][] least = new double[tree.Turns][], counts = new double[tree.Turns][];
        bool[][] choices = new bool[tree.Turns][];
        for (int k = 0; k < tree.Turns; k++)
        {
            double[] values = tree.Own(k), states = new double[values.Length];
            Array.Fill(states, 1);
            foreach (var (child, bits) in tree.Children(k))
                for (int s = 0; s < values.Length; s++)
                {
                    int of = CliqueTree.Gather(s, bits);
                    values[s] += least[child][of];
                    states[s] *= counts[child][of];
                }
            (least[k], counts[k], choices[k]) = (new double[values.Length / 2], new double[values.Length / 2], new bool[values.Length / 2]);
            for (int s = 0; s < least[k].Length; s++)
            {
                double off = values[2 * s], on = values[2 * s + 1];
                choices[k][s] = on < off;
                least[k][s] = Math.Min(on, off);
                counts[k][s] = (off <= on + tolerance ? states[2 * s] : 0) + (on <= off + tolerance ? states[2 * s + 1] : 0);
            }
            foreach (var (child, _) in tree.Children(k)) (least[child], counts[child]) = ([], []);
            if (tree.Parents[k] < 0) ways *= counts[k][0];
            run.Updates += values.Length;
            if ((k & 255) == 255) yield return run;
        }
        byte[] state = new byte[energy.Variables];
        for (int k = tree.Turns - 1; k >= 0; k--)
        {
            int[] scope = tree.Scope(k);
            int at = 0;
            for (int j = 1; j < scope.Length; j++) at |= state[scope[j]] << (j - 1);
            state[scope[0]] = choices[k][at] ? (byte)1 : (byte)0;
        }
        run.Offer(state, 0, 0);
        // Beyond that, doubles no longer count one by one.
        if (ways <= 1L << 53) run.GroundStates = (long)ways;
        if (temperature is double t)
        {
            ExactInference inference = ExactInference.Of(energy, 1 / t)!;
            run.LogPartition = new(1 / t, inference.LogPartition, 0, "exact");
            var marginals = Marginals.Exact(1 / t, inference.Marginals);
            run.Marginals = () => marginals;
        }
        run.IsProved = true;
        yield return run;
    }
}
