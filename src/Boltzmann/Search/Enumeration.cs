using System.Numerics;

namespace Boltzmann.Searching;

/// <summary>
/// All 2ⁿ states in the order of Gray's code, in which neighbours differ by one variable: the least energy is proved, and its states
/// counted.
/// </summary>
public sealed record Enumeration : ISearchMethod
{
    /// <summary>The most variables that are enumerated when asked to.</summary>
    public const int Most = 30;

    /// <summary>The most that are enumerated unasked: some hundredths of a second.</summary>
    public const int MostUnasked = 20;

    const int StatesPerStep = 1 << 20;

    /// <summary>The temperature at which log Z and marginals are computed too; null for none.</summary>
    public double? Temperature { get; init; }

    /// <inheritdoc/>
    public string Name => "exact";

    /// <inheritdoc/>
    /// <exception cref="BadInputException">More than <see cref="Most"/> variables.</exception>
    public IEnumerable<SearchRun> Run(SearchRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Energy.Blocks.Count > 0)
            throw new ArgumentException("the energy has blocks, but exact methods look at each variable by itself; compile without blocks");
        BinaryEnergy energy = run.Energy;
        int n = energy.Variables;
        if (n > Most)
            throw new BadInputException($"{n:N0} variables have too many states to look at all of them: --method exact takes at most "
                + $"{Most} that no shortcut removes");
        run.Measures = Temperature is not null;
        return Steps(run, energy, n, Temperature);
    }

    static IEnumerable<SearchRun> Steps(SearchRun run, BinaryEnergy energy, int n, double? temperature)
    {
        var (starts, others, weights) = energy.Adjacency;
        byte[] state = new byte[n];
        double[] differences = [.. energy.Linear];
        double value = energy.Of(state), best = value, tolerance = 1e-9 * energy.Scale;
        long count = 1, states = 1L << n;
        byte[] bestState = [.. state];
        int[] held = Held(energy.ClauseList, state);
        if (run.WantsSolutions) run.Pool.Add(state, value);
        EnumeratedSums? sums = temperature is double t ? new(n, 1 / t, value) : null;
        for (long k = 1; k < states; k++)
        {
            int flip = BitOperations.TrailingZeroCount(k);
            double change = state[flip] != 0 ? -1 : 1;
            value += change * differences[flip];
            state[flip] ^= 1;
            if (held.Length > 0) value += Flip(energy.ClauseList, held, flip, state);
            for (int e = starts[flip]; e < starts[flip + 1]; e++) differences[others[e]] += change * weights[e];
            // Sums round; every so often they are taken anew.
            if ((k & (StatesPerStep - 1)) == 0)
            {
                value = energy.Of(state);
                Differences(energy, state, differences);
                run.Offer(bestState, 0, 0);
                run.Updates = k;
                yield return run;
            }
            sums?.Add(flip, state[flip] != 0, value);
            if (run.WantsSolutions && run.Pool.Wants(value - tolerance)) run.Pool.Add(state, energy.Of(state));
            if (value < best - tolerance)
            {
                best = value;
                count = 1;
                state.CopyTo(bestState, 0);
            }
            else if (value <= best + tolerance) count++;
        }
        run.Updates = states;
        run.Offer(bestState, 0, 0);
        run.GroundStates = count;
        sums?.End(run, state);
        run.IsProved = true;
        yield return run;
    }

    // How many literals of each clause hold.
    static int[] Held(ClauseList clauses, byte[] state)
    {
        int[] held = new int[clauses.Count];
        for (int c = 0; c < held.Length; c++)
            foreach (int literal in clauses[c])
                if (ClauseList.Holds(literal, state)) held[c]++;
        return held;
    }

    // What the clauses of a variable that was flipped cost more.
    static double Flip(ClauseList clauses, int[] held, int variable, byte[] state)
    {
        var (from, at) = clauses.Occurrences(state.Length);
        int now = 2 * variable + (state[variable] != 0 ? 0 : 1), then = now ^ 1;
        double change = 0;
        for (int k = from[now]; k < from[now + 1]; k++)
            if (held[at[k]]++ == 0) change -= clauses.Weights[at[k]];
        for (int k = from[then]; k < from[then + 1]; k++)
            if (--held[at[k]] == 0) change += clauses.Weights[at[k]];
        return change;
    }

    static void Differences(BinaryEnergy energy, byte[] state, double[] differences)
    {
        var (starts, others, weights) = energy.Adjacency;
        for (int i = 0; i < state.Length; i++)
        {
            double sum = energy.Linear[i];
            for (int e = starts[i]; e < starts[i + 1]; e++)
                if (state[others[e]] != 0) sum += weights[e];
            differences[i] = sum;
        }
    }
}
