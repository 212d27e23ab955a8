namespace Boltzmann.Searching;

/// <summary>
/// In which order variables are eliminated, and what each is joined to when its turn comes: the variable with the fewest neighbours goes
/// first, and its neighbours become joined to each other.
/// </summary>
sealed class EliminationOrder
{
    EliminationOrder(int[] order, int[][] neighbors)
    {
        Order = order;
        Neighbors = neighbors;
        int[] turn = new int[order.Length];
        for (int k = 0; k < order.Length; k++) turn[order[k]] = k;
        Turns = turn;
        foreach (int[] of in neighbors)
        {
            Width = Math.Max(Width, of.Length);
            Entries += Math.ScaleB(1, of.Length + 1);
        }
    }

    /// <summary>The variables.</summary>
    public int[] Order { get; }

    /// <summary>When each variable's turn is.</summary>
    public int[] Turns { get; }

    /// <summary>What the variable of each turn is joined to by then, in ascending order; all have their turns later.</summary>
    public int[][] Neighbors { get; }

    /// <summary>The most of those: the width of the order.</summary>
    public int Width { get; }

    /// <summary>Entries of all tables.</summary>
    public double Entries { get; }

    /// <summary>An order whose tables are small enough; null if none was found.</summary>
    /// <param name="energy">What is eliminated.</param>
    /// <param name="mostWidth">The most neighbours.</param>
    /// <param name="mostEntries">The most entries of all tables.</param>
    public static EliminationOrder? Find(BinaryEnergy energy, int mostWidth, double mostEntries)
    {
        int n = energy.Variables;
        // Some bound on the search itself: dense graphs are refused before they are looked at.
        if (energy.Pairs > (double)n * mostWidth) return null;
        var joined = new HashSet<int>[n];
        for (int i = 0; i < n; i++) joined[i] = [];
        for (int e = 0; e < energy.Pairs; e++)
        {
            joined[energy.First[e]].Add(energy.Second[e]);
            joined[energy.Second[e]].Add(energy.First[e]);
        }
        var queue = new PriorityQueue<int, (int Degree, int Variable)>();
        for (int i = 0; i < n; i++) queue.Enqueue(i, (joined[i].Count, i));
        int[] order = new int[n];
        int[][] neighbors = new int[n][];
        bool[] done = new bool[n];
        double entries = 0;
        for (int k = 0; k < n;)
        {
            queue.TryDequeue(out int v, out var priority);
            // Of several entries of a variable the one that is true now counts.
            if (done[v] || priority.Degree != joined[v].Count) continue;
            if (joined[v].Count > mostWidth || (entries += Math.ScaleB(1, joined[v].Count + 1)) > mostEntries) return null;
            int[] around = [.. joined[v].Order()];
            done[v] = true;
            (order[k], neighbors[k++]) = (v, around);
            foreach (int u in around)
            {
                joined[u].Remove(v);
                foreach (int w in around)
                    if (w != u) joined[u].Add(w);
            }
            foreach (int u in around) queue.Enqueue(u, (joined[u].Count, u));
        }
        return new(order, neighbors);
    }
}
