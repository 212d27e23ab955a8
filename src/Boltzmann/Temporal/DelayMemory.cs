using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// A conduction delay for each connection and a memory unit at each node (Osogami and Otsuka 2015): unit i reaches j after d_ij steps,
/// i = j included. Arrived spikes α_ijk = Σ_{δ≥d_ij} λ_k^{δ−d_ij}·x_i(t−δ), spikes under way β_ijl = Σ_{1≤δ&lt;d_ij}
/// μ_l^{d_ij−1−δ}·x_i(t−δ)
/// and the unit's own past γ_il = Σ_{δ≥1} μ_l^δ·x_i(t−δ) make what is added to the input of unit j,
/// z_j = Σ_i (u_ij·α_ij − v_ij·β_ij) − Σ_i Σ_l v_jil·μ_l^{d_ji−1}·γ_il. This is the published model with v scaled to the moment of
/// arrival, v_published = v·μ^{d−1}.
/// </summary>
/// <remarks>The input is linear in u and v, so the log-likelihood of a machine without hidden units is concave.</remarks>
public sealed class DelayMemory : Memory
{
    /// <summary>The name in files.</summary>
    internal const string Name = MemoryDescription.Delays;

    readonly int[] delays;
    readonly double[] lambdas, mus;

    /// <summary>Weights 0.</summary>
    /// <param name="delays">d_ij at i·V + j, from 1 on: [V·V].</param>
    /// <param name="lambdas">λ_k in [0, 1), decays of arrived spikes.</param>
    /// <param name="mus">μ_l in [0, 1), decays of spikes under way and of the unit's own past.</param>
    /// <param name="placement">Where its numbers live.</param>
    /// <exception cref="BadInputException">The delays are no square, or a number is out of its range.</exception>
    public DelayMemory(IReadOnlyList<int> delays, IReadOnlyList<double> lambdas, IReadOnlyList<double> mus, Placement? placement = null)
        : base(SideOf(delays), SideOf(delays), placement)
    {
        if (Visible == 0 || Visible * Visible != delays.Count)
            throw new BadInputException($"{delays.Count} delays are not one from every unit to every unit; expected a square");
        int odd = delays.ToList().FindIndex(d => d is < 1 or > TraceMemory.MaximumDelay);
        if (odd >= 0) throw new BadInputException($"the delay from unit {odd / Visible + 1} to unit {odd % Visible + 1} is {delays[odd]}; "
            + $"expected 1 to {TraceMemory.MaximumDelay}");
        TraceMemory.CheckDecays("decay of arrived spikes", lambdas);
        TraceMemory.CheckDecays("decay of spikes under way", mus);
        if (lambdas.Count == 0 || mus.Count == 0) throw new BadInputException("delays of connections need decays; expected at least one of "
            + "each kind");
        (this.delays, this.lambdas, this.mus) = ([.. delays], [.. lambdas], [.. mus]);
        Arrived = new Matrix(delays.Count, lambdas.Count, Placement);
        UnderWay = new Matrix(delays.Count, mus.Count, Placement);
        Parameters = [new(MemoryDescription.ArrivedName, Arrived, IsWeight: true), new(MemoryDescription.UnderWayName, UnderWay,
            IsWeight: true)];
        Weights = new(this.delays, Visible, this.lambdas, this.mus);
    }

    static int SideOf(IReadOnlyList<int> delays) => (int)Math.Round(Math.Sqrt(delays.Count));

    /// <summary>Delays drawn uniformly from a range, in the order i·V + j.</summary>
    /// <exception cref="BadInputException">There are no such delays.</exception>
    public static int[] Draw(int visible, int least, int most, Rng rng)
    {
        if (least < 1 || most < least || most > TraceMemory.MaximumDelay)
            throw new BadInputException($"there are no delays {least}-{most}; expected two numbers from 1 to {TraceMemory.MaximumDelay}");
        return [.. Enumerable.Range(0, visible * visible).Select(_ => least + rng.NextInteger(most - least + 1))];
    }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>d_ij at i·V + j.</summary>
    public IReadOnlyList<int> Delays => delays;

    /// <summary>λ.</summary>
    public IReadOnlyList<double> Lambdas => lambdas;

    /// <summary>μ.</summary>
    public IReadOnlyList<double> Mus => mus;

    /// <summary>u, [V·V × K], row i·V + j from i to j.</summary>
    public Matrix Arrived { get; }

    /// <summary>v, [V·V × L].</summary>
    public Matrix UnderWay { get; }

    /// <summary>What the traces of a step are, and what they say by weights.</summary>
    internal DelayWeights Weights { get; }

    /// <inheritdoc/>
    public override MemoryState NewState(int rows) => new(rows, [("past", Weights.PastWidth), ("traces", Weights.TraceWidth),
        ("own", Weights.OwnWidth)], Placement);

    /// <inheritdoc/>
    public override void SetContext(MemoryState state, Matrix context)
    {
        double[] u = Numbers(Arrived), v = Numbers(UnderWay), inputs = new double[Visible];
        for (int r = 0; r < state.Rows; r++)
        {
            Weights.SetInputs(state[0].ReadRow(r), state[1].ReadRow(r), state[2].ReadRow(r), u, v, inputs);
            context.WriteRow(r, inputs);
        }
    }

    /// <inheritdoc/>
    public override void Remember(EnergyModel machine, MemoryState state, Matrix rows)
    {
        Require(state, rows);
        for (int r = 0; r < state.Rows; r++)
        {
            double[] past = state[0].ReadRow(r), traces = state[1].ReadRow(r), own = state[2].ReadRow(r);
            Weights.Advance(rows.ReadRow(r), past, traces, own);
            state[0].WriteRow(r, past);
            state[1].WriteRow(r, traces);
            state[2].WriteRow(r, own);
        }
        state.Steps++;
    }

    /// <inheritdoc/>
    public override DelayMemory Clone(Placement? placement = null)
    {
        var copy = new DelayMemory(delays, lambdas, mus, placement ?? Placement);
        copy.Arrived.SetCopy(Arrived);
        copy.UnderWay.SetCopy(UnderWay);
        return copy;
    }

    /// <inheritdoc/>
    public override JsonObject Fields => new()
    {
        ["kind"] = Kind,
        ["lambdas"] = new JsonArray([.. lambdas.Select(d => (JsonNode)d)]),
        ["mus"] = new JsonArray([.. mus.Select(d => (JsonNode)d)]),
    };

    /// <summary>All numbers of a matrix, row after row.</summary>
    internal static double[] Numbers(Matrix matrix)
    {
        var all = new double[matrix.Rows * matrix.Columns];
        for (int r = 0; r < matrix.Rows; r++) matrix.ReadRow(r, all.AsSpan(r * matrix.Columns, matrix.Columns));
        return all;
    }
}
