namespace Boltzmann.Evaluation;

/// <summary>
/// Sums over every joint state x of some layers, a chunk of rows at a time; the others, independent given them, are summed or integrated in
/// closed form: log Z = log Σ_x exp(−E(x) + Σ log-normalisers of the others given x).
/// </summary>
sealed class EnumeratedLayers : ExactMethod
{
    // A chunk of inputs of about 2 MB stays in the second-level cache between the product that makes it and the pass that reduces it.
    const int ChunkEntries = 1 << 18;

    // The states of a layer are kept if they are few; else they are made again for each chunk.
    const int TableEntries = 1 << 20;

    readonly int[] enumerated, summed;
    readonly long[] counts;
    readonly double[][]?[] tables;
    readonly LayerSet enumeratedSet;
    readonly long count = 1;
    readonly Chunk chunk;

    /// <summary>Enumerates some layers.</summary>
    /// <param name="model">In double precision. Its parameters may change between calls.</param>
    /// <param name="enumerated">Countable layers given which the others are independent; may be none.</param>
    public EnumeratedLayers(EnergyModel model, int[] enumerated) : base(model)
    {
        this.enumerated = enumerated;
        summed = [.. Enumerable.Range(0, model.Layers.Count).Except(enumerated)];
        counts = [.. enumerated.Select(l => model.Layers[l].StateCount
            ?? throw new ArgumentException($"{model.Layers[l]} units cannot be enumerated"))];
        tables = new double[enumerated.Length][][];
        enumeratedSet = LayerSet.Of(enumerated);
        foreach (long c in counts) count = checked(count * c);
        if (enumerated.Length > 1) tables = [.. enumerated.Select((l,
            i) => counts[i] * model.Layers[l].Units <= TableEntries ? Table(model.Layers[l], (int)counts[i]) : null)];
        chunk = new Chunk(this);
    }

    /// <summary>
    /// The layers of fewest joint states given which the others are independent; null if these are too many or cannot be counted.
    /// </summary>
    /// <param name="model">Its layers and connections.</param>
    /// <param name="maximumStates">The most joint states.</param>
    /// <param name="including">A layer that must be among them.</param>
    public static int[]? Fewest(EnergyModel model, long maximumStates, int? including = null)
    {
        int[]? best = null;
        long fewest = maximumStates + 1;
        Choose([], [], 1);
        return best;

        void Choose(List<int> chosen, List<int> left, long states)
        {
            int layer = chosen.Count + left.Count;
            if (states >= fewest) return;
            if (layer == model.Layers.Count)
            {
                (best, fewest) = ([.. chosen], states);
                return;
            }
            if (layer != including && !model.AreJoined(layer, layer) && !left.Any(other => model.AreJoined(layer, other)))
                Choose(chosen, [.. left, layer], states);
            if (model.Layers[layer].StateCount is long more && more <= maximumStates / states)
                Choose([.. chosen, layer], left, states * more);
        }
    }

    public override double LogPartition(CancellationToken cancellation = default)
    {
        var sum = new LogSum();
        foreach (Chunk c in Chunks(cancellation))
            foreach (double log in c.Logs.AsSpan(0, c.Rows)) sum.Add(log);
        return sum.Value;
    }

    /// <summary>log Σ p*(x) for every state of one of the enumerated layers, in order; the sum of their exponentials is Z.</summary>
    public double[] LogWeights(int layer)
    {
        int place = Array.IndexOf(enumerated, layer);
        var sums = new LogSum[counts[place]];
        Array.Fill(sums, new LogSum());
        foreach (Chunk c in Chunks(default))
            for (int r = 0; r < c.Rows; r++) sums[StateOf(place, c.First + r)].Add(c.Logs[r]);
        return [.. sums.Select(sum => sum.Value)];
    }

    /// <summary>
    /// Inverts the distribution function of the enumerated layers at sorted uniform numbers, which takes one pass for the sums of chunks
    /// and one through the chunks that samples fall into; then draws the others given them.
    /// </summary>
    public override void Sample(State state, Rng rng)
    {
        var chunkLogs = new List<double>();
        var all = new LogSum();
        foreach (Chunk c in Chunks(default))
        {
            var sum = new LogSum();
            foreach (double log in c.Logs.AsSpan(0, c.Rows)) sum.Add(log);
            chunkLogs.Add(sum.Value);
            all.Add(sum.Value);
        }
        double logPartition = all.Value;

        // One uniform number has 24 bits, too coarse for millions of states: two make 48.
        var words = new Matrix(state.Rows, 2, Model.Placement);
        words.SampleUniform(rng);
        var order = new int[state.Rows];
        var targets = new double[state.Rows];
        double[] pairOfWords = new double[2];
        for (int r = 0; r < order.Length; r++)
        {
            words.ReadRow(r, pairOfWords);
            (order[r], targets[r]) = (r, pairOfWords[0] + pairOfWords[1] / (1 << 24));
        }
        Array.Sort(targets, order);

        double before = 0;
        int next = 0;
        for (int c = 0; c < chunkLogs.Count && next < order.Length; c++)
        {
            double after = before + Math.Exp(chunkLogs[c] - logPartition);
            bool isLast = c == chunkLogs.Count - 1;
            if (isLast || targets[next] < after)
            {
                chunk.Fill((long)c * chunk.Capacity);
                double cumulative = before;
                for (int r = 0; r < chunk.Rows && next < order.Length; r++)
                {
                    cumulative += Math.Exp(chunk.Logs[r] - logPartition);
                    while (next < order.Length && (targets[next] < cumulative || (isLast && r == chunk.Rows - 1)))
                        Copy(r, state, order[next++]);
                }
            }
            before = after;
        }
        foreach (int l in summed) Gibbs.Draw(Model, state, l, rng);
    }

    public override IReadOnlyList<Matrix> Moments()
    {
        List<Matrix> moments = ZeroMoments();
        var ofChunk = new Gradient(Model);
        var probabilities = new Matrix(chunk.Capacity, 1, Model.Placement);
        double top = double.NegativeInfinity, total = 0;
        double[] one = new double[1];
        foreach (Chunk c in Chunks(default))
        {
            ReadOnlySpan<double> logs = c.Logs.AsSpan(0, c.Rows);
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
            State x = c.State;
            Matrix p = probabilities.RowRange(0, c.Rows);
            foreach (int l in summed) Model.Layers[l].SetMean(x.Inputs(l), x[l], x.Workspace);
            ofChunk.Clear();
            ofChunk.AddPhase(x, LayerSet.Of(summed), p, 1);
            for (int k = 0; k < moments.Count; k++) ofChunk.AddTo(k, moments[k]);
        }
        foreach (Matrix m in moments) m.SetSum(m, 1 / total);
        for (int i = 0; i < Model.Interactions.Count; i++)
            for (int k = 0; k < Model.Interactions[i].Parameters.Count; k++)
                Model.Interactions[i].Project(k, moments[Model.FirstParameterOf(i) + k]);
        return Tempered(moments);
    }

    int ChunkRows => (int)Math.Clamp(Math.Min(count, ChunkEntries / Model.Layers.Max(l => l.Units)), 1, 4096);

    // The first layer's states change fastest.
    long StateOf(int place, long joint)
    {
        for (int i = 0; i < place; i++) joint /= counts[i];
        return joint % counts[place];
    }

    void Copy(int row, State destination, int destinationRow)
    {
        foreach (int l in enumerated) destination[l].RowRange(destinationRow, 1).SetCopy(chunk.State[l].RowRange(row, 1));
    }

    IEnumerable<Chunk> Chunks(CancellationToken cancellation)
    {
        for (long first = 0; first < count; first += chunk.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            chunk.Fill(first);
            yield return chunk;
        }
    }

    static double[][] Table(Layer layer, int count)
    {
        var states = new Matrix(count, layer.Units, layer.Placement);
        layer.SetStates(0, states);
        return [.. Enumerable.Range(0, count).Select(states.ReadRow)];
    }

    /// <summary>
    /// Some consecutive joint states with what they say to the other layers, and log p*; memory that is filled again and again.
    /// </summary>
    sealed class Chunk(EnumeratedLayers owner)
    {
        readonly State all = new(owner.Model, owner.ChunkRows);
        readonly Matrix logs = new(owner.ChunkRows, 1, owner.Model.Placement);

        public int Capacity => all.Rows;

        public long First { get; private set; }

        public int Rows { get; private set; }

        public State State { get; private set; } = null!;

        /// <summary>log p*; entries from <see cref="Rows"/> on are left over.</summary>
        public double[] Logs { get; } = new double[owner.ChunkRows];

        public void Fill(long first)
        {
            First = first;
            Rows = (int)Math.Min(Capacity, owner.count - first);
            State = all.First(Rows);
            EnergyModel model = owner.Model;
            for (int i = 0; i < owner.enumerated.Length; i++) SetStates(i);
            Matrix values = logs.RowRange(0, Rows);
            values.Fill(0);
            foreach (int l in owner.enumerated) model.Layers[l].AddEnergy(State[l], values, -1, State.Workspace);
            model.AddCouplingEnergy(State, values, -1, owner.enumeratedSet);
            foreach (int l in owner.summed)
            {
                model.SetInputs(State, l, State.Inputs(l));
                model.Layers[l].AddLogNormalizer(State.Inputs(l), values, 1, State.Workspace);
            }
            values.ReadColumn(0, Logs.AsSpan(0, Rows));
        }

        void SetStates(int place)
        {
            Layer layer = owner.Model.Layers[owner.enumerated[place]];
            Matrix states = State[owner.enumerated[place]];
            if (owner.enumerated.Length == 1)
            {
                layer.SetStates(First, states);
                return;
            }
            for (int r = 0; r < Rows; r++)
            {
                long index = owner.StateOf(place, First + r);
                if (owner.tables[place] is double[][] table) states.WriteRow(r, table[index]);
                else layer.SetStates(index, states.RowRange(r, 1));
            }
        }
    }
}
