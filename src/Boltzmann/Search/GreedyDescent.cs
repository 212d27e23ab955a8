namespace Boltzmann.Searching;

/// <summary>
/// Steepest descent: the flip of one variable, or the move of one block, that lowers the energy most, until none does.
/// </summary>
sealed class GreedyDescent
{
    readonly BinaryEnergy energy;
    readonly double[] differences;
    readonly int[] blockOf, on;
    readonly PriorityQueue<int, double> queue = new();

    readonly double slack;

    // Of each clause: how many of its literals hold, and the sum of the places in the list that they have.
    readonly (int Count, int Sum)[] holding;

    /// <param name="energy">What is lowered.</param>
    public GreedyDescent(BinaryEnergy energy)
    {
        this.energy = energy;
        differences = new double[energy.Variables];
        holding = new (int, int)[energy.Clauses];
        foreach (double weight in energy.ClauseWeights)
            if (weight != Math.Round(weight)) slack = Math.Max(slack, 1e-13 * Math.Abs(weight));
        on = new int[energy.Blocks.Count];
        blockOf = energy.Blocks.Count > 0 ? new int[energy.Variables] : [];
        blockOf.AsSpan().Fill(-1);
        for (int b = 0; b < energy.Blocks.Count; b++)
            foreach (int variable in energy.Blocks[b]) blockOf[variable] = b;
    }

    /// <summary>Lowers a state's energy.</summary>
    /// <param name="state">0 or 1 for each variable, exactly one of each block; changed.</param>
    /// <returns>How many flips and moves it took.</returns>
    public int Lower(Span<byte> state)
    {
        var (starts, others, weights) = energy.Adjacency;
        queue.Clear();
        for (int b = 0; b < on.Length; b++)
            foreach (int variable in energy.Blocks[b])
                if (state[variable] != 0) on[b] = variable;
        for (int i = 0; i < state.Length; i++)
        {
            double sum = energy.Linear[i];
            for (int k = starts[i]; k < starts[i + 1]; k++)
                if (state[others[k]] != 0) sum += weights[k];
            differences[i] = sum;
        }
        if (holding.Length > 0) CountClauses(state);
        for (int i = 0; i < state.Length; i++) Offer(i, state[i]);
        int flips = 0;
        while (queue.TryDequeue(out int best, out double gain))
        {
            // Of several entries of a variable the one that is true now counts.
            if (Gain(best, state[best]) != gain || !IsWorth(gain)) continue;
            flips++;
            int block = BlockOf(best);
            if (block >= 0)
            {
                int left = on[block];
                on[block] = best;
                Flip(state, left);
            }
            Flip(state, best);
            if (holding.Length > 0) FlipInClauses(best, state);
            if (block >= 0) OfferBlock(block);
        }
        return flips;
    }

    // A clause changes the differences of all its variables where none of its literals holds, and that of the one that holds alone.
    void CountClauses(ReadOnlySpan<byte> state)
    {
        ClauseList clauses = energy.ClauseList;
        for (int c = 0; c < holding.Length; c++)
        {
            var (count, sum) = (0, 0);
            for (int k = clauses.Starts[c]; k < clauses.Starts[c + 1]; k++)
                if (ClauseList.Holds(clauses.Literals[k], state)) (count, sum) = (count + 1, unchecked(sum + k));
            holding[c] = (count, sum);
            if (count == 0)
            {
                foreach (int literal in clauses[c]) Add(literal, clauses.Weights[c]);
            }
            else if (count == 1) Add(clauses.Literals[sum], clauses.Weights[c]);
        }
    }

    void FlipInClauses(int variable, ReadOnlySpan<byte> state)
    {
        ClauseList clauses = energy.ClauseList;
        var (from, at) = clauses.Occurrences(state.Length);
        int now = 2 * variable + (state[variable] != 0 ? 0 : 1), then = now ^ 1;
        for (int i = from[now]; i < from[now + 1]; i++)
        {
            int c = at[i];
            ref var held = ref holding[c];
            if (held.Count == 0)
            {
                foreach (int literal in clauses[c])
                    if (literal != Literal(now)) Change(literal, -clauses.Weights[c], state);
            }
            else if (held.Count == 1) Change(clauses.Literals[held.Sum], -clauses.Weights[c], state);
            held = (held.Count + 1, unchecked(held.Sum + Place(c, Literal(now))));
        }
        for (int i = from[then]; i < from[then + 1]; i++)
        {
            int c = at[i];
            ref var held = ref holding[c];
            held = (held.Count - 1, unchecked(held.Sum - Place(c, Literal(then))));
            if (held.Count == 0)
            {
                foreach (int literal in clauses[c])
                    if (literal != Literal(then)) Change(literal, clauses.Weights[c], state);
            }
            else if (held.Count == 1) Change(clauses.Literals[held.Sum], clauses.Weights[c], state);
        }
    }

    static int Literal(int code) => (code & 1) == 0 ? code / 2 + 1 : -(code / 2 + 1);

    int Place(int clause, int literal)
    {
        int k = energy.ClauseList.Starts[clause];
        while (energy.ClauseList.Literals[k] != literal) k++;
        return k;
    }

    // The clause costs its weight where this literal does not hold.
    void Add(int literal, double weight) => differences[Math.Abs(literal) - 1] += literal > 0 ? -weight : weight;

    void Change(int literal, double weight, ReadOnlySpan<byte> state)
    {
        Add(literal, weight);
        Offer(Math.Abs(literal) - 1, state[Math.Abs(literal) - 1]);
    }

    void Flip(Span<byte> state, int variable)
    {
        var (starts, others, weights) = energy.Adjacency;
        double change = state[variable] != 0 ? -1 : 1;
        state[variable] ^= 1;
        for (int k = starts[variable]; k < starts[variable + 1]; k++)
        {
            int other = others[k];
            differences[other] += change * weights[k];
            int block = BlockOf(other);
            if (block >= 0 && on[block] == other) OfferBlock(block);
            else Offer(other, state[other]);
        }
    }

    int BlockOf(int variable) => blockOf.Length > 0 ? blockOf[variable] : -1;

    // What a flip changes the energy by; in a block, the move to this variable.
    double Gain(int variable, byte state)
    {
        int block = BlockOf(variable);
        if (block >= 0) return differences[variable] - differences[on[block]];
        return state != 0 ? -differences[variable] : differences[variable];
    }

    void Offer(int variable, byte state)
    {
        double gain = Gain(variable, state);
        if (IsWorth(gain)) queue.Enqueue(variable, gain);
    }

    void OfferBlock(int block)
    {
        foreach (int variable in energy.Blocks[block]) Offer(variable, 0);
    }

    // Rounding must not make a circle of flips that each seem to gain something.
    bool IsWorth(double gain) => gain < -1e-12 * energy.Scale - slack;
}
