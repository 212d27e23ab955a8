using Boltzmann.Compute;

namespace Boltzmann.Searching;

/// <summary>One walk of a focused search: its state, which clauses are violated, and the best state it has been in.</summary>
sealed class FocusedWalk
{
    /// <summary>Flips between two looks at whether another walk has finished.</summary>
    const int Stretch = 1024;

    /// <summary>Sweeps of the first rise of the inverse temperature, where weights differ; each further one takes twice as many.</summary>
    const int FirstRise = 64;

    /// <summary>
    /// Of equal weights, one walk in so many is Metropolis' too: where nothing satisfies all clauses, it leaves far fewer violated.
    /// </summary>
    const uint MetropolisEvery = 4;

    // How many literals of a clause hold, and the variables of those, by exclusive or; where none does, the clause's place in the list.
    struct Held
    {
        public int Count, Key;
    }

    readonly bool isMetropolis;
    readonly ClauseList clauses;
    readonly FocusedChoice choice;
    readonly int[] from, at, breaks, violated;
    readonly double[] breakWeights;
    readonly Held[] held;
    readonly byte[] state;
    readonly ulong[] generator = new ulong[LaneGenerator.Words], words = new ulong[8];
    readonly double[] chances;
    int next = 8, count, bestCount;
    double cost, bestCost;

    // The best state, and what was flipped since it was copied: the first flips lead to the best state, the rest on from it.
    readonly byte[] best;
    readonly int[] flips;
    int toBest, flipped;
    bool isLost;
    long rise = FirstRise, risen;

    public FocusedWalk(BinaryEnergy energy, FocusedChoice choice, ulong seed, uint number)
    {
        this.choice = choice;
        isMetropolis = choice.IsWeighted || number % MetropolisEvery == 1;
        clauses = energy.ClauseList;
        (from, at) = clauses.Occurrences(energy.Variables);
        int n = energy.Variables;
        breaks = new int[isMetropolis ? 0 : n];
        breakWeights = new double[isMetropolis ? n : 0];
        violated = new int[clauses.Count];
        held = new Held[clauses.Count];
        state = new byte[n];
        flips = new int[Math.Max(64, n)];
        chances = new double[Longest(clauses)];
        LaneGenerator.Seed(seed, number, generator);
        for (int i = 0; i < n; i += 64)
        {
            ulong bits = Next();
            for (int k = i; k < Math.Min(n, i + 64); k++) state[k] = (byte)(bits >> (k - i) & 1);
        }
        best = [.. state];
        for (int c = 0; c < clauses.Count; c++)
        {
            Held now = default;
            foreach (int literal in clauses[c])
                if (ClauseList.Holds(literal, state)) now = new() { Count = now.Count + 1, Key = now.Key ^ (Math.Abs(literal) - 1) };
            if (isMetropolis) Note<Weighted>(c, ref now);
            else Note<Counted>(c, ref now);
            held[c] = now;
        }
        (bestCost, bestCount) = (cost, count);
    }

    /// <summary>The weight of the violated clauses of <see cref="Best"/>; where they are counted as equal at least that.</summary>
    public double BestCost => isMetropolis ? bestCount == 0 ? 0 : bestCost : bestCount * choice.Least;

    /// <summary>The inverse temperature; 0 where none is used.</summary>
    public double Beta { get; private set; }

    /// <summary>The best state so far.</summary>
    public ReadOnlySpan<byte> Best
    {
        get
        {
            GoToBest();
            return best;
        }
    }

    /// <summary>Goes on.</summary>
    /// <param name="most">Flips at most.</param>
    /// <param name="first">Who has finished.</param>
    /// <param name="number">Of this walk.</param>
    /// <returns>Whether no clause is violated.</returns>
    public bool Advance(long most, FirstToFinish first, int number)
    {
        while (most > 0 && count > 0)
        {
            if (first.Index < number) return false;
            int now = (int)Math.Min(most, Stretch);
            if (isMetropolis) Metropolis(now);
            else Walk(now);
            most -= now;
        }
        return count == 0;
    }

    void Note<TW>(int clause, ref Held now) where TW : struct, IWeighing
    {
        if (now.Count == 0) Violate<TW>(clause, ref now);
        else if (now.Count == 1) AddBreak<TW>(now.Key, clause, 1);
    }

    void Walk(int most)
    {
        int[] literals = clauses.Literals, starts = clauses.Starts;
        double[] table = choice.Chances;
        for (; most > 0 && count > 0; most--)
        {
            ulong random = Next();
            int c = violated[(int)((random >> 32) * (ulong)count >> 32)];
            int begin = starts[c], length = starts[c + 1] - begin;
            double sum = 0;
            for (int i = 0; i < length; i++) chances[i] = sum += table[breaks[Math.Abs(literals[begin + i]) - 1]];
            double point = (uint)random * (1.0 / 4294967296) * sum;
            int chosen = 0;
            while (chosen < length - 1 && chances[chosen] <= point) chosen++;
            Flip<Counted>(Math.Abs(literals[begin + chosen]) - 1);
        }
    }

    void Metropolis(int most)
    {
        long sweep = Math.Max(1, state.Length);
        Beta = choice.Range.Hot * Math.Pow(choice.Range.Cold / choice.Range.Hot, (double)risen / (rise * sweep));
        risen += most;
        if (risen >= rise * sweep) (risen, rise) = (0, rise * 2);
        for (; most > 0 && count > 0; most--)
        {
            ulong random = Next();
            int c = violated[(int)((random >> 32) * (ulong)count >> 32)];
            ReadOnlySpan<int> clause = clauses[c];
            int variable = Math.Abs(clause[(int)((random & 0xFFFFFFFF) * (ulong)clause.Length >> 32)]) - 1;
            double change = breakWeights[variable];
            int code = 2 * variable + state[variable];
            for (int i = from[code]; i < from[code + 1]; i++)
                if (held[at[i]].Count == 0) change -= clauses.Weights[at[i]];
            if (change <= 0 || (Next() >> 11) * (1.0 / 9007199254740992) < Math.Exp(-Beta * change)) Flip<Weighted>(variable);
        }
    }

    void Flip<TW>(int variable) where TW : struct, IWeighing
    {
        // The literal that holds from now on, and the one that does no more.
        int now = 2 * variable + state[variable], then = now ^ 1;
        state[variable] ^= 1;
        Held[] held = this.held;
        foreach (int c in at.AsSpan(from[now]..from[now + 1]))
        {
            ref Held h = ref held[c];
            if (h.Count == 0)
            {
                Mend<TW>(c, h.Key);
                h.Key = variable;
                AddBreak<TW>(variable, c, 1);
            }
            else
            {
                if (h.Count == 1) AddBreak<TW>(h.Key, c, -1);
                h.Key ^= variable;
            }
            h.Count++;
        }
        foreach (int c in at.AsSpan(from[then]..from[then + 1]))
        {
            ref Held h = ref held[c];
            h.Count--;
            h.Key ^= variable;
            if (h.Count == 0)
            {
                AddBreak<TW>(variable, c, -1);
                Violate<TW>(c, ref h);
            }
            else if (h.Count == 1) AddBreak<TW>(h.Key, c, 1);
        }
        if (!isLost)
        {
            if (flipped == flips.Length) MakeRoom();
            if (!isLost) flips[flipped++] = variable;
        }
        if (TW.IsWeighted ? cost >= bestCost : count >= bestCount) return;
        (bestCost, bestCount) = (cost, count);
        if (isLost)
        {
            state.CopyTo(best, 0);
            (flipped, isLost) = (0, false);
        }
        toBest = flipped;
    }

    void AddBreak<TW>(int variable, int clause, int sign) where TW : struct, IWeighing
    {
        if (TW.IsWeighted) breakWeights[variable] += sign * clauses.Weights[clause];
        else breaks[variable] += sign;
    }

    void Violate<TW>(int clause, ref Held h) where TW : struct, IWeighing
    {
        h.Key = count;
        violated[count++] = clause;
        if (TW.IsWeighted) cost += clauses.Weights[clause];
    }

    void Mend<TW>(int clause, int place) where TW : struct, IWeighing
    {
        int last = violated[--count];
        violated[place] = last;
        held[last].Key = place;
        if (TW.IsWeighted) cost -= clauses.Weights[clause];
    }

    // Leads the copy to the best state, and forgets the flips that did; if there are still too many, the next best state is copied anew.
    void MakeRoom()
    {
        GoToBest();
        if (flipped > flips.Length / 2) isLost = true;
    }

    void GoToBest()
    {
        for (int k = 0; k < toBest; k++) best[flips[k]] ^= 1;
        Array.Copy(flips, toBest, flips, 0, flipped - toBest);
        flipped -= toBest;
        toBest = 0;
    }

    ulong Next()
    {
        if (next == words.Length)
        {
            LaneGenerator.Next(generator, words);
            next = 0;
        }
        return words[next++];
    }

    interface IWeighing
    {
        static abstract bool IsWeighted { get; }
    }

    readonly struct Counted : IWeighing
    {
        public static bool IsWeighted => false;
    }

    readonly struct Weighted : IWeighing
    {
        public static bool IsWeighted => true;
    }

    static int Longest(ClauseList clauses)
    {
        int longest = 1;
        for (int c = 0; c < clauses.Count; c++) longest = Math.Max(longest, clauses[c].Length);
        return longest;
    }
}
