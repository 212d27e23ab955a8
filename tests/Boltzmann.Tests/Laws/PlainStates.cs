namespace Boltzmann.Tests.Laws;

/// <summary>
/// Any machine of few units with few values, in plain loops: all its states, E = −Σ b·x − Σ over pairs of joined units of w·x·x, every pair
/// once, and sums over all states.
/// </summary>
public sealed class PlainStates
{
    readonly double[][] bias;
    readonly (int Unit, int Other, double Weight)[] pairs;
    readonly int[] first;
    readonly double[]? offsets;

    /// <param name="model">Where the parameters come from; bernoulli, spin and one-hot layers.</param>
    /// <param name="power">β: every parameter is multiplied by it.</param>
    /// <param name="offsets">μ, of all units in a row: the machine written in x − μ in place of x.</param>
    public PlainStates(EnergyModel model, double power = 1, double[]? offsets = null)
    {
        this.offsets = offsets;
        bias = [.. model.Layers.Select(l => l.Bias.ReadRow(0).Select(b => power * b).ToArray())];
        first = [.. model.Layers.Select((_, l) => model.Layers.Take(l).Sum(x => x.Units))];
        var joined = new List<(int, int, double)>();
        foreach (Connection c in model.Connections)
        {
            double[,] w = c.Weights.ToArray();
            if (c.Edges is EdgeList edges)
            {
                joined.AddRange(edges.Pairs.Select((pair, e) => (first[c.Lower] + pair.Unit, first[c.Lower] + pair.Other,
                    power * w[0, e])));
                continue;
            }
            for (int i = 0; i < w.GetLength(0); i++)
                for (int j = c.Lower == c.Upper ? i + 1 : 0; j < w.GetLength(1); j++)
                    joined.Add((first[c.Lower] + i, first[c.Upper] + j, power * w[i, j]));
        }
        pairs = [.. joined];
        IEnumerable<double[]> states = [[]];
        foreach (Layer layer in model.Layers) states = [.. from a in states from b in StatesOf(layer) select (double[])[.. a, .. b]];
        States = [.. states];
        Energies = [.. States.Select(Energy)];
        LogPartition = PlainModel.LogSumExp(Energies.Select(e => -e));
        Probabilities = [.. Energies.Select(e => Math.Exp(-e - LogPartition))];
    }

    /// <summary>Every state: the units of all layers in a row.</summary>
    public double[][] States { get; }

    public double[] Energies { get; }

    public double[] Probabilities { get; }

    public double LogPartition { get; }

    public double Energy(double[] x)
    {
        if (offsets is not null) x = [.. x.Zip(offsets, (value, offset) => value - offset)];
        double e = 0;
        for (int l = 0; l < bias.Length; l++)
            for (int i = 0; i < bias[l].Length; i++) e -= bias[l][i] * x[first[l] + i];
        foreach (var (unit, other, weight) in pairs) e -= weight * x[unit] * x[other];
        return e;
    }

    /// <summary>The columns of a layer in a row of all units.</summary>
    public double[] Part(double[] x, int layer) => x[first[layer]..(first[layer] + bias[layer].Length)];

    /// <summary>E[f(x)] over the states that a condition allows.</summary>
    public double Mean(Func<double[], double> f, Predicate<double[]>? given = null)
    {
        double sum = 0, total = 0;
        for (int s = 0; s < States.Length; s++)
        {
            if (given is not null && !given(States[s])) continue;
            sum += Probabilities[s] * f(States[s]);
            total += Probabilities[s];
        }
        return sum / total;
    }

    /// <summary>The numbers of the states in which the rows of a state are.</summary>
    public int[] Find(State state)
    {
        var index = States.Index().ToDictionary(s => string.Join(' ', s.Item), s => s.Index);
        double[][,] layers = [.. Enumerable.Range(0, state.Layers).Select(l => state[l].ToArray())];
        return [.. Enumerable.Range(0, state.Rows).Select(r => index[string.Join(' ',
            layers.SelectMany(x => Enumerable.Range(0, x.GetLength(1)).Select(c => x[r, c])))])];
    }

    /// <summary>Independent draws by inversion.</summary>
    public State Sample(EnergyModel model, int rows, Random random)
    {
        var state = new State(model, rows);
        for (int r = 0; r < rows; r++)
        {
            double u = random.NextDouble();
            int s = 0;
            while (s < States.Length - 1 && (u -= Probabilities[s]) > 0) s++;
            Write(state, r, States[s]);
        }
        return state;
    }

    /// <summary>All states, one per row.</summary>
    public State All(EnergyModel model)
    {
        var state = new State(model, States.Length);
        for (int s = 0; s < States.Length; s++) Write(state, s, States[s]);
        return state;
    }

    /// <summary>
    /// Wilson and Hilferty's normal deviate of χ² between counts and these probabilities; states expected fewer than 5 times are gathered.
    /// </summary>
    public double Deviation(State state)
    {
        var seen = new double[States.Length];
        foreach (int s in Find(state)) seen[s]++;
        double chi = 0, rareExpected = 0, rareSeen = 0;
        int cells = 0;
        for (int s = 0; s < seen.Length; s++)
        {
            double expected = Probabilities[s] * state.Rows;
            if (expected < 5)
            {
                rareExpected += expected;
                rareSeen += seen[s];
                continue;
            }
            chi += (seen[s] - expected) * (seen[s] - expected) / expected;
            cells++;
        }
        if (rareExpected > 0)
        {
            chi += (rareSeen - rareExpected) * (rareSeen - rareExpected) / rareExpected;
            cells++;
        }
        double freedom = cells - 1, v = 2 / (9 * freedom);
        return (Math.Cbrt(chi / freedom) - (1 - v)) / Math.Sqrt(v);
    }

    void Write(State state, int row, double[] x)
    {
        for (int l = 0; l < state.Layers; l++) state[l].WriteRow(row, Part(x, l));
    }

    static IEnumerable<double[]> StatesOf(Layer layer) => layer switch
    {
        BernoulliLayer => Binary(layer.Units, 0),
        SpinLayer => Binary(layer.Units, -1),
        MultinomialLayer { Draws: 1 } blocks => OneHot(blocks.Blocks, blocks.Categories),
        _ => throw new ArgumentException(layer.Kind),
    };

    static IEnumerable<double[]> OneHot(int blocks, int categories) => Enumerable.Range(0, blocks).Aggregate(
        (IEnumerable<double[]>)[[]], (rows, _) => [.. from row in rows from k in Enumerable.Range(0, categories)
            select (double[])[.. row, .. Enumerable.Range(0, categories).Select(i => i == k ? 1.0 : 0)]]);

    static IEnumerable<double[]> Binary(int units, double low) =>
        Enumerable.Range(0, 1 << units).Select(s => Enumerable.Range(0, units).Select(i => (s >> i & 1) != 0 ? 1 : low).ToArray());
}
