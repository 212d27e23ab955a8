namespace Boltzmann.Searching;

/// <summary>
/// Variables eliminated one after another (Dechter 1999): the table of a turn holds, for each state of its variable (bit 0) and of the
/// neighbours it has by then (further bits), the variable's own terms and what earlier turns have left of theirs. What a turn leaves, it
/// leaves to the first of its neighbours whose turn comes.
/// </summary>
sealed class CliqueTree
{
    readonly BinaryEnergy energy;
    readonly EliminationOrder order;
    readonly (int Child, int[] Bits)[][] children;

    public CliqueTree(BinaryEnergy energy, EliminationOrder order)
    {
        this.energy = energy;
        this.order = order;
        var lists = new List<(int, int[])>[order.Order.Length];
        for (int k = 0; k < lists.Length; k++) lists[k] = [];
        Parents = new int[lists.Length];
        for (int k = 0; k < lists.Length; k++)
        {
            int[] around = order.Neighbors[k];
            Parents[k] = around.Length == 0 ? -1 : around.Min(v => order.Turns[v]);
            if (Parents[k] < 0) continue;
            int[] scope = Scope(Parents[k]);
            lists[Parents[k]].Add((k, [.. around.Select(v => Array.IndexOf(scope, v))]));
        }
        children = [.. lists.Select(list => list.ToArray())];
    }

    /// <summary>Number of turns.</summary>
    public int Turns => order.Order.Length;

    /// <summary>The turn to which each one leaves its rest; −1 for none.</summary>
    public int[] Parents { get; }

    /// <summary>The turns that leave their rest to one, and the places of their neighbours' bits in its table.</summary>
    public (int Child, int[] Bits)[] Children(int turn) => children[turn];

    /// <summary>The variable of a turn, and then its neighbours.</summary>
    public int[] Scope(int turn) => [order.Order[turn], .. order.Neighbors[turn]];

    /// <summary>The energy of a turn's own terms, for each state of its scope: the variable's bias and its weights to its
    /// neighbours.</summary>
    public double[] Own(int turn)
    {
        int variable = order.Order[turn];
        int[] around = order.Neighbors[turn];
        double[] values = new double[2 << around.Length];
        var (starts, others, weights) = energy.Adjacency;
        double[] toNeighbors = new double[around.Length];
        for (int e = starts[variable]; e < starts[variable + 1]; e++)
        {
            int at = Array.BinarySearch(around, others[e]);
            // Those whose turn has been have taken the weight with them.
            if (at >= 0) toNeighbors[at] = weights[e];
        }
        for (int state = 1; state < values.Length; state += 2)
        {
            double sum = energy.Linear[variable];
            for (int j = 0; j < around.Length; j++)
                if ((state >> (j + 1) & 1) != 0) sum += toNeighbors[j];
            values[state] = sum;
        }
        return values;
    }

    /// <summary>The bits of a state that a child's neighbours take, put together.</summary>
    public static int Gather(int state, int[] bits)
    {
        int index = 0;
        for (int j = 0; j < bits.Length; j++) index |= (state >> bits[j] & 1) << j;
        return index;
    }
}
