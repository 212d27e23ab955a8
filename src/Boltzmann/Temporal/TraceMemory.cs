using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// A queue of the last steps and traces of what has left it (Osogami and Otsuka 2015):
/// z_t = [x_{t−1}, …, x_{t−d+1}, e_1, …, e_K] with e_k = Σ_{δ≥d} λ_k^{δ−d}·x_{t−δ}, V·(d − 1 + K) columns in this order. It has no
/// parameters, so the rows (x_t, z_t) may be learned in any order.
/// </summary>
public sealed class TraceMemory : Memory
{
    /// <summary>The name in files.</summary>
    internal const string Name = MemoryDescription.Traces;

    /// <summary>The greatest delay.</summary>
    public const int MaximumDelay = 10_000;

    readonly double[] decays;
    readonly Matrix least;

    /// <summary>A memory of steps of so many columns.</summary>
    /// <param name="visible">V, the columns of a step.</param>
    /// <param name="delay">d, from 1 on: steps until a spike arrives at the traces; the d − 1 steps before are kept as they are.</param>
    /// <param name="decays">λ_k in [0, 1), one for each trace.</param>
    /// <param name="feedsNow">Whether the newest step feeds the traces, e_k = Σ_{δ≥1} λ_k^{δ−1}·x_{t−δ}, which counts the queue
    /// twice.</param>
    /// <param name="placement">Where its numbers live.</param>
    /// <exception cref="BadInputException">The delay or a decay is out of its range, two decays are the same, or nothing is
    /// remembered.</exception>
    public TraceMemory(int visible, int delay, IReadOnlyList<double> decays, bool feedsNow = false, Placement? placement = null)
        : base(visible, WidthOf(visible, delay, decays), placement)
    {
        (Delay, this.decays, FeedsNow) = (delay, [.. decays], feedsNow);
        least = new(1, 1, Placement);
        least.Fill(Faded.Least(Placement.Precision));
    }

    static int WidthOf(int visible, int delay, IReadOnlyList<double> decays)
    {
        Check(delay, decays);
        long width = (long)visible * (delay - 1 + decays.Count);
        if (width > Layer.MaximumUnits) throw new BadInputException($"a queue of {delay - 1} steps and {decays.Count} traces of {visible} "
            + $"columns is a memory of {width:N0} numbers; expected at most {Layer.MaximumUnits:N0}: a smaller --delay");
        return (int)width;
    }

    /// <inheritdoc/>
    public override string Kind => Name;

    /// <inheritdoc/>
    public override bool IsFixed => true;

    /// <summary>d.</summary>
    public int Delay { get; }

    /// <summary>λ_k.</summary>
    public IReadOnlyList<double> Decays => decays;

    /// <summary>Whether the newest step feeds the traces, in place of the one that leaves the queue.</summary>
    public bool FeedsNow { get; }

    internal override int Queued => Delay - 1;

    /// <summary>What a state of it keeps.</summary>
    internal IReadOnlyList<(string Name, int Columns)> Parts => [.. Enumerable.Range(1, Queued).Select(i => ($"queue.{i}", Visible)),
        .. decays.Select((_, k) => ($"trace.{k + 1}", Visible))];

    /// <inheritdoc/>
    public override MemoryState NewState(int rows) => new(rows, Parts, Placement);

    /// <inheritdoc/>
    public override void SetContext(MemoryState state, Matrix context)
    {
        for (int part = 0; part < Queued + decays.Length; part++) context.PutColumns(state[part], part * Visible);
    }

    /// <inheritdoc/>
    public override void Remember(EnergyModel machine, MemoryState state, Matrix rows) => Remember(state, rows);

    /// <summary>The same; what hidden units make of a step is not remembered.</summary>
    public void Remember(MemoryState state, Matrix rows)
    {
        Require(state, rows);
        Matrix fed = FeedsNow || Queued == 0 ? rows : state[Queued - 1];
        for (int k = 0; k < decays.Length; k++)
        {
            Matrix trace = state[Queued + k];
            trace.SetSum(trace, decays[k], fed);
            trace.SetMap<Faded>(trace, least);
        }
        if (Queued > 0)
        {
            state.Rotate(0, Queued);
            state[0].SetCopy(rows);
        }
        state.Steps++;
    }

    /// <inheritdoc/>
    public override TraceMemory Clone(Placement? placement = null) => new(Visible, Delay, decays, FeedsNow, placement ?? Placement);

    /// <inheritdoc/>
    public override JsonObject Fields => new()
    {
        ["kind"] = Kind,
        ["delay"] = Delay,
        ["decays"] = new JsonArray([.. decays.Select(d => (JsonNode)d)]),
        ["feed"] = FeedsNow ? "now" : "delayed",
    };

    /// <exception cref="BadInputException">A number is out of its range, or a decay is there twice.</exception>
    internal static void Check(int delay, IReadOnlyList<double> decays)
    {
        if (delay is < 1 or > MaximumDelay) throw new BadInputException($"the delay is {delay}; expected 1 to {MaximumDelay}");
        CheckDecays("decay", decays);
        if (delay == 1 && decays.Count == 0)
            throw new BadInputException("a delay of 1 without traces remembers nothing; expected a delay of 2 or more, or a decay");
    }

    /// <exception cref="BadInputException">A decay is out of its range, or there twice.</exception>
    internal static void CheckDecays(string what, IReadOnlyList<double> decays)
    {
        foreach (double decay in decays)
            if (!(decay is >= 0 and < 1)) throw new BadInputException($"a {what} is {decay:R}; expected at least 0 and below 1");
        if (decays.GroupBy(d => d).FirstOrDefault(same => same.Count() > 1)?.Key is double twice)
            throw new BadInputException($"the {what} {twice:R} is there twice");
    }
}
