namespace Boltzmann;

/// <summary>
/// Sums over every state x of one side, a chunk of rows at a time; the other side is summed or integrated in closed form:
/// log Z = log Σ_x exp(−U(x) + log-normaliser of the other side given x).
/// </summary>
/// <param name="pair">The model.</param>
/// <param name="side">Which side to enumerate.</param>
sealed class EnumeratedPair(LayerPair pair, int side) : ExactMethod(pair)
{
    // A chunk of inputs of about 2 MB stays in the second-level cache between the product that makes it and the pass that reduces it.
    const int ChunkEntries = 1 << 18;

    readonly long count = pair[side].StateCount ?? throw new ArgumentException($"{pair[side]} units cannot be enumerated");

    int Side => side;

    Layer Enumerated => Pair[side];

    Layer Other => Pair[1 - side];

    public override double LogPartition(CancellationToken cancellation)
    {
        var sum = new LogSum();
        foreach (Chunk chunk in Chunks(cancellation))
            foreach (double log in chunk.Logs.AsSpan(0, chunk.Rows)) sum.Add(log);
        return sum.Value;
    }

    /// <summary>log p*(x) of every state in order; the sum of their exponentials is Z.</summary>
    public double[] LogWeights()
    {
        var logs = new double[count];
        foreach (Chunk chunk in Chunks(default)) chunk.Logs.AsSpan(0, chunk.Rows).CopyTo(logs.AsSpan((int)chunk.First));
        return logs;
    }

    /// <summary>
    /// Inverts the distribution function of the enumerated side at sorted uniform numbers, which takes one pass for the sums of chunks and one
    /// through the chunks that samples fall into; then draws the other side given it.
    /// </summary>
    public override void Sample(Matrix lower, Matrix upper, Rng rng)
    {
        Matrix states = side == 0 ? lower : upper, others = side == 0 ? upper : lower;
        var chunkLogs = new List<double>();
        var all = new LogSum();
        foreach (Chunk chunk in Chunks(default))
        {
            var sum = new LogSum();
            foreach (double log in chunk.Logs.AsSpan(0, chunk.Rows)) sum.Add(log);
            chunkLogs.Add(sum.Value);
            all.Add(sum.Value);
        }
        double logPartition = all.Value;

        // One uniform number has 24 bits, too coarse for millions of states: two make 48.
        var words = new Matrix(states.Rows, 2, Pair.Placement);
        words.SampleUniform(rng);
        var order = new int[states.Rows];
        var targets = new double[states.Rows];
        double[] pairOfWords = new double[2];
        for (int r = 0; r < order.Length; r++)
        {
            words.ReadRow(r, pairOfWords);
            (order[r], targets[r]) = (r, pairOfWords[0] + pairOfWords[1] / (1 << 24));
        }
        Array.Sort(targets, order);

        var scratch = new Chunk(this);
        var row = new double[Enumerated.Units];
        double before = 0;
        int next = 0;
        for (int c = 0; c < chunkLogs.Count && next < order.Length; c++)
        {
            double after = before + Math.Exp(chunkLogs[c] - logPartition);
            bool isLast = c == chunkLogs.Count - 1;
            if (isLast || targets[next] < after)
            {
                scratch.Fill((long)c * scratch.Capacity);
                double cumulative = before;
                for (int r = 0; r < scratch.Rows && next < order.Length; r++)
                {
                    cumulative += Math.Exp(scratch.Logs[r] - logPartition);
                    if (!(targets[next] < cumulative) && !(isLast && r == scratch.Rows - 1)) continue;
                    scratch.States.ReadRow(r, row);
                    while (next < order.Length && (targets[next] < cumulative || (isLast && r == scratch.Rows - 1))) states.WriteRow(order[next++], row);
                }
            }
            before = after;
        }
        Matrix inputs = others.Like(others.Rows, others.Columns);
        Pair.SetInputs(1 - side, states, inputs);
        Other.Sample(inputs, others, rng);
    }

    public override IReadOnlyList<Matrix> Moments()
    {
        List<Matrix> moments = ZeroMoments();
        int split = Pair[0].Parameters.Count, last = moments.Count - 1;
        List<Matrix>[] ofSide = [moments[..split], moments[split..last]];
        Matrix weights = moments[last], probabilities = weights.Like(ChunkRows, 1), means = weights.Like(ChunkRows, Other.Units);
        double top = double.NegativeInfinity, total = 0;
        double[] one = new double[1];
        foreach (Chunk chunk in Chunks(default))
        {
            ReadOnlySpan<double> logs = chunk.Logs.AsSpan(0, chunk.Rows);
            double highest = double.NegativeInfinity;
            foreach (double log in logs) highest = Math.Max(highest, log);
            if (highest > top)
            {
                // What was gathered so far is relative to the old maximum.
                double shrink = double.IsNegativeInfinity(top) ? 0 : Math.Exp(top - highest);
                foreach (Matrix m in moments) m.SetSum(m, shrink);
                total *= shrink;
                top = highest;
            }
            for (int r = 0; r < logs.Length; r++)
            {
                total += one[0] = Math.Exp(logs[r] - top);
                probabilities.WriteRow(r, one);
            }
            Matrix p = probabilities.RowRange(0, chunk.Rows), mean = means.RowRange(0, chunk.Rows);
            Other.SetMean(chunk.Inputs, mean);
            Enumerated.AddMoments(chunk.States, null, p, 1, ofSide[side]);
            Other.AddMoments(mean, chunk.Inputs, p, 1, ofSide[1 - side]);
            mean.SetScaled(mean, p);
            weights.SetOuterProducts([side == 0 ? new Factor(chunk.States, mean, 1) : new Factor(mean, chunk.States, 1)], keep: 1);
        }
        foreach (Matrix m in moments) m.SetSum(m, 1 / total);
        return moments;
    }

    int ChunkRows => (int)Math.Clamp(Math.Min(count, ChunkEntries / Math.Max(Other.Units, Enumerated.Units)), 1, 4096);

    IEnumerable<Chunk> Chunks(CancellationToken cancellation)
    {
        var chunk = new Chunk(this);
        for (long first = 0; first < count; first += chunk.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            chunk.Fill(first);
            yield return chunk;
        }
    }

    /// <summary>Some consecutive states with what they say to the other side and log p*; memory that is filled again and again.</summary>
    sealed class Chunk(EnumeratedPair owner)
    {
        readonly Matrix states = owner.Pair.Weights.Like(owner.ChunkRows, owner.Enumerated.Units);
        readonly Matrix inputs = owner.Pair.Weights.Like(owner.ChunkRows, owner.Other.Units);
        readonly Matrix logs = owner.Pair.Weights.Like(owner.ChunkRows, 1);

        public int Capacity => states.Rows;

        public long First { get; private set; }

        public int Rows { get; private set; }

        public Matrix States => states.RowRange(0, Rows);

        public Matrix Inputs => inputs.RowRange(0, Rows);

        /// <summary>log p*; entries from <see cref="Rows"/> on are left over.</summary>
        public double[] Logs { get; } = new double[owner.ChunkRows];

        public void Fill(long first)
        {
            First = first;
            Rows = (int)Math.Min(Capacity, owner.count - first);
            Matrix x = States, input = Inputs, values = logs.RowRange(0, Rows);
            owner.Enumerated.SetStates(first, x);
            owner.Pair.SetInputs(1 - owner.Side, x, input);
            values.Fill(0);
            owner.Enumerated.AddEnergy(x, values, -1);
            owner.Other.AddLogNormalizer(input, values);
            for (int r = 0; r < Rows; r++) values.ReadRow(r, Logs.AsSpan(r, 1));
        }
    }
}
