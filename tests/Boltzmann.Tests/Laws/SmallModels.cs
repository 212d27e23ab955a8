namespace Boltzmann.Tests.Laws;

/// <summary>
/// Machines of every pair of unit kinds, small enough that sums over all states, or quadrature over one or two continuous units, are exact
/// to rounding. Parameters are random but fixed by the pair; the two continuous kinds stay normalisable because |w| is well below the
/// precisions.
/// </summary>
public static class SmallModels
{
    public static readonly string[] Kinds = ["bernoulli", "spin", "gaussian", "gaussian learned", "one-hot", "counts", "relu",
        "relu learned", "drelu", "mixed", "mixed states"];

    public static Placement Double { get; } = Placement.Default.Double;

    public static TheoryData<string, string> Pairs => Select((_, _) => true);

    /// <summary>Pairs with a side that can be enumerated, and two Gaussian layers: what <see cref="Exact"/> reaches.</summary>
    public static TheoryData<string, string> ExactPairs =>
        Select((a, b) => !IsContinuous(a) || !IsContinuous(b) || (IsGaussian(a) && IsGaussian(b)));

    public static TheoryData<string> Singles => [.. Kinds];

    public static TheoryData<string, string> CountablePairs => Select((a, b) => !IsContinuous(a) && !IsContinuous(b));

    public static bool IsContinuous(string kind) =>
        IsGaussian(kind) || kind.StartsWith("relu", StringComparison.Ordinal) || kind is "drelu" or "mixed";

    public static bool IsGaussian(string kind) => kind.StartsWith("gaussian", StringComparison.Ordinal);

    public static Rbm Make(string visible, string hidden)
    {
        int small = IsContinuous(visible) && IsContinuous(hidden) ? 1 : 2;
        var rbm = new Rbm(MakeLayer(visible, small, 3), MakeLayer(hidden, small, 2));
        SetParameters(rbm, new Rng(seed: (ulong)(Array.IndexOf(Kinds, visible) * Kinds.Length + Array.IndexOf(Kinds, hidden) + 1)));
        return rbm;
    }

    /// <summary>The machine of a pair of kinds with three classes beside its visible units.</summary>
    public static ClassificationRbm MakeClassifier(string visible, string hidden)
    {
        Rbm rbm = Make(visible, hidden);
        var model = new ClassificationRbm(rbm.Visible, rbm.Hidden, 3);
        model.CopyFrom(rbm);
        var rng = new Rng(seed: 77);
        foreach (Matrix m in new[] { model.LabelWeights, model.Labels.Bias })
            for (int r = 0; r < m.Rows; r++)
                for (int c = 0; c < m.Columns; c++) m[r, c] = 0.8 * rng.NextUniform() - 0.4;
        return model;
    }

    /// <summary>Deep machines of two to four layers of mixed kinds; "+ classes" has three classes joined to its top.</summary>
    public static TheoryData<string> Deep =>
    [
        "bernoulli - bernoulli",
        "bernoulli - bernoulli - bernoulli",
        "spin - bernoulli - one-hot",
        "gaussian learned - bernoulli - spin",
        "bernoulli - gaussian - bernoulli",
        "counts - relu learned - bernoulli",
        "bernoulli - bernoulli - bernoulli - bernoulli",
        "one-hot - spin - bernoulli - gaussian",
        "bernoulli - bernoulli - spin + classes",
        "gaussian - bernoulli + classes",
    ];

    /// <summary>Deep machines, fully connected ones and other graphs.</summary>
    public static TheoryData<string> Graphs => [.. Deep.Select(row => row.Data), "joined bernoulli", "joined spin", "joined bernoulli - "
        + "spin", "joined spin - bernoulli", "two modalities", "modalities apart", "ring", "semi-restricted", "grid", "edges",
            "edges and hidden", "potts", "potts and hidden", "potts potts", "bernoulli potts"];

    /// <summary>
    /// Deep machines of two to four layers beside those of <see cref="SmallGraphs"/>: what <see cref="PlainStates"/> lists.
    /// </summary>
    public static TheoryData<string> Listed =>
        [.. SmallGraphs.Names.Select(row => row.Data), "bernoulli - spin", "bernoulli - bernoulli - bernoulli",
            "bernoulli - spin - bernoulli - bernoulli", "bernoulli - bernoulli - spin + classes"];

    /// <summary>A machine named as in <see cref="Graphs"/> or <see cref="Listed"/>.</summary>
    public static EnergyModel MakeGraph(string name)
    {
        if (SmallGraphs.Has(name)) return SmallGraphs.Make(name);
        if (!name.StartsWith("joined ", StringComparison.Ordinal)) return MakeDeep(name);
        TwoStateLayer[] layers = [.. name["joined ".Length..].Split(" - ").Select(kind => (TwoStateLayer)MakeLayer(kind, 1, 4))];
        var model = new BoltzmannMachine(layers[0], layers.ElementAtOrDefault(1));
        SetParameters(model, new Rng(seed: (ulong)name.Length));
        model.Symmetrize();
        return model;
    }

    /// <summary>A deep machine, named as in <see cref="Deep"/>.</summary>
    public static Dbm MakeDeep(string name)
    {
        string[] parts = name.Split(" + "), kinds = parts[0].Split(" - ");
        Layer[] layers = [.. kinds.Select((kind, l) => MakeLayer(kind, 1, 3 - l % 2))];
        Dbm model = parts.Length == 1 ? new Dbm(layers) : Dbm.OfLabelled(3, layers);
        SetParameters(model, new Rng(seed: (ulong)(100 + name.Length)));
        return model;
    }

    static void SetParameters(EnergyModel model, Rng rng)
    {
        foreach (Parameter p in model.Parameters)
            for (int r = 0; r < p.Value.Rows; r++)
                for (int c = 0; c < p.Value.Columns; c++)
                {
                    double u = rng.NextUniform();
                    p.Value[r, c] = p.IsPositive ? 0.8 + 0.7 * u : p.IsWeight ? 0.8 * u - 0.4 : 1.2 * u - 0.6;
                }
    }

    static Layer MakeLayer(string kind, int continuous, int binary) => kind switch
    {
        "bernoulli" => new BernoulliLayer(binary, Double),
        "spin" => new SpinLayer(binary, Double),
        "gaussian" => new GaussianLayer(continuous, 1, false, Double),
        "gaussian learned" => new GaussianLayer(continuous, 1, true, Double),
        "one-hot" => new MultinomialLayer(6, 3, 1, Double),
        "counts" => new MultinomialLayer(3, 3, 4, Double),
        "relu" => new ReluLayer(continuous, 1, false, Double),
        "relu learned" => new ReluLayer(continuous, 1, true, Double),
        "drelu" => new DoubleReluLayer(continuous, 1, Double),
        "mixed" => new MixedLayer([new BernoulliLayer(1, Double), new GaussianLayer(1, 1, true, Double),
            new MultinomialLayer(2, 2, 1, Double)]),
        "mixed states" => new MixedLayer([new SpinLayer(1, Double), new MultinomialLayer(3, 3, 1, Double), new BernoulliLayer(1, Double)]),
        _ => throw new ArgumentException(kind),
    };

    static TheoryData<string, string> Select(Func<string, string, bool> keep)
    {
        var data = new TheoryData<string, string>();
        foreach (string visible in Kinds)
            foreach (string hidden in Kinds)
                if (keep(visible, hidden)) data.Add(visible, hidden);
        return data;
    }
}
