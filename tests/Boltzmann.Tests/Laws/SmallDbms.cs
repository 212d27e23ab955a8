namespace Boltzmann.Tests.Laws;

/// <summary>Deep Boltzmann machines small enough to enumerate, with parameters fixed by their kinds.</summary>
public static class SmallDbms
{
    /// <summary>Two, three and four layers of kinds that can be enumerated.</summary>
    public static TheoryData<string> All => ["bernoulli,spin", "bernoulli,bernoulli,bernoulli", "spin,bernoulli,one-hot",
        "bernoulli,one-hot,spin,bernoulli", "counts,bernoulli,spin,spin"];

    public static Dbm Parse(string kinds) => Make(kinds.Split(','));

    public static Dbm Make(params string[] kinds)
    {
        var model = new Dbm([.. kinds.Select((kind, l) => MakeLayer(kind, l == 0 ? 3 : 2))]);
        SetRandom(model, (ulong)(kinds.Length * 100 + kinds.Sum(k => k.Length)));
        return model;
    }

    public static void SetRandom(EnergyModel model, ulong seed)
    {
        var rng = new Rng(seed);
        foreach (Parameter p in model.Parameters)
            for (int r = 0; r < p.Value.Rows; r++)
                for (int c = 0; c < p.Value.Columns; c++)
                {
                    double u = rng.NextUniform();
                    p.Value[r, c] = p.IsPositive ? 0.8 + 0.7 * u : p.IsWeight ? 1.6 * u - 0.8 : 1.2 * u - 0.6;
                }
    }

    /// <summary>Some states of the visible layer, the rest 0.</summary>
    public static State Data(EnergyModel model, int rows)
    {
        var state = new State(model, rows);
        for (int r = 0; r < rows; r++) model.Layers[0].SetStates(r * 5 % model.Layers[0].StateCount!.Value, state[0].RowRange(r, 1));
        return state;
    }

    /// <summary>
    /// ⟨−E⟩ + entropy of the factorised distribution whose means the hidden layers hold, for two-state units, straight from the definition.
    /// </summary>
    public static double[] Bound(EnergyModel model, State means)
    {
        var bound = new double[means.Rows];
        for (int r = 0; r < bound.Length; r++)
        {
            for (int l = 0; l < model.Layers.Count; l++)
            {
                double[] x = means[l].ReadRow(r), b = model.Layers[l].Bias.ReadRow(0);
                double low = model.Layers[l] is SpinLayer ? -1 : 0;
                for (int i = 0; i < x.Length; i++)
                {
                    bound[r] += b[i] * x[i];
                    double p = (x[i] - low) / (1 - low);
                    if (l > 0 && p is > 0 and < 1) bound[r] -= p * Math.Log(p) + (1 - p) * Math.Log(1 - p);
                }
            }
            foreach (Connection c in model.Connections)
                for (int i = 0; i < c.Weights.Rows; i++)
                    for (int j = 0; j < c.Weights.Columns; j++) bound[r] += means[c.Lower][r, i] * c.Weights[i, j] * means[c.Upper][r, j];
        }
        return bound;
    }

    static Layer MakeLayer(string kind, int units) => kind switch
    {
        "bernoulli" => new BernoulliLayer(units, SmallModels.Double),
        "spin" => new SpinLayer(units, SmallModels.Double),
        "one-hot" => new MultinomialLayer(3, 3, 1, SmallModels.Double),
        "counts" => new MultinomialLayer(2, 2, 3, SmallModels.Double),
        "gaussian" => new GaussianLayer(units, placement: SmallModels.Double),
        _ => throw new ArgumentException(kind),
    };
}
