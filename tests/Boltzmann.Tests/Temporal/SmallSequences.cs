namespace Boltzmann.Tests.Temporal;

/// <summary>
/// Machines with memory that are small enough to enumerate: every memory, with units of every kind that has its place there.
/// </summary>
static class SmallSequences
{
    static readonly Placement inDouble = Placement.Default.Double;

    public static TheoryData<string, string, string> All()
    {
        var all = new TheoryData<string, string, string>();
        foreach (string memory in (string[])["traces", "queue", "now", "echo", "delays", "hidden", "recurrent"])
            foreach (string visible in (string[])["bernoulli", "gaussian", "multinomial"])
                foreach (string hidden in (string[])["none", "bernoulli"])
                    if (Exists(memory, hidden)) all.Add(memory, visible, hidden);
        return all;
    }

    /// <summary>Those whose steps can be listed.</summary>
    public static TheoryData<string, string, string> Countable()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var row in All().Select(r => r.Data))
            if (row.Item2 != "gaussian") all.Add(row.Item1, row.Item2, row.Item3);
        return all;
    }

    /// <summary>A machine with random parameters in double precision.</summary>
    public static SequenceModel Create(string memory, string visible, string hidden, ulong seed = 3, Placement? placement = null)
    {
        placement ??= inDouble;
        Layer v = visible switch
        {
            "gaussian" => new GaussianLayer(2, placement: placement),
            "multinomial" => new MultinomialLayer(3, 3, placement: placement),
            _ => new BernoulliLayer(2, placement),
        };
        Layer? h = hidden == "none" ? null : new BernoulliLayer(3, placement);
        SequenceModel model = memory switch
        {
            "traces" => Of(v, h, new TraceMemory(v.Units, 3, [0.3, 0.8], placement: placement)),
            "queue" => Of(v, h, new TraceMemory(v.Units, 3, [], placement: placement)),
            "now" => Of(v, h, new TraceMemory(v.Units, 2, [0.5], feedsNow: true, placement)),
            "echo" => Of(v, h, new EchoMemory(new TraceMemory(v.Units, 2, [0.5], placement: placement), 4, new Rng(seed, 2))),
            "delays" => SequenceModel.Dybm(v, new DelayMemory(DelayMemory.Draw(v.Units, 1, 4, new Rng(seed)), [0.25, 0.75], [0.5, 0.6, 0.7],
                placement)),
            "hidden" => SequenceModel.Rtrbm(v, h!),
            _ => SequenceModel.RnnRbm(v, h!, new RecurrentMemory(v.Units, 4, placement)),
        };
        var rng = new Rng(seed, 1);
        foreach (Parameter p in model.Parameters)
        {
            if (p.IsPositive || p.IsFixed) continue;
            p.Value.SampleNormal(rng);
            p.Value.SetSum(p.Value, 0.6);
        }
        return model;
    }

    /// <summary>Random rows that the units take.</summary>
    public static Sequences Data(SequenceModel model, params int[] lengths)
    {
        int total = lengths.Sum();
        Layer units = model.Visible;
        var rows = new Matrix(total, units.Units, model.Placement);
        Matrix inputs = rows.Like(total, units.Units);
        var rng = new Rng(11);
        inputs.SampleNormal(rng);
        units.Sample(inputs, rows, rng);
        return new(new Dataset("random", new MatrixRows(rows)), [.. lengths.Select((_, i) => lengths.Take(i).Sum())]);
    }

    static bool Exists(string memory, string hidden) => memory switch
    {
        "delays" => hidden == "none",
        "hidden" or "recurrent" => hidden != "none",
        _ => true,
    };

    static SequenceModel Of(Layer visible, Layer? hidden, EchoMemory memory) =>
        hidden is null ? SequenceModel.Dybm(visible, memory) : SequenceModel.Crbm(visible, hidden, memory);

    static SequenceModel Of(Layer visible, Layer? hidden, TraceMemory memory) =>
        hidden is null ? SequenceModel.Dybm(visible, memory) : SequenceModel.Crbm(visible, hidden, memory);
}
