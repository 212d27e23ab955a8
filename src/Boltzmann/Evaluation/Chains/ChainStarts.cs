namespace Boltzmann.Evaluation;

/// <summary>
/// Chains that start truly apart. Chains that all begin alike fall into the same mode and agree there, however many they are; from noise,
/// from data, from both ends of the units' range and from the
/// states of a tempered ladder, they agree only if they mix (Gelman and Rubin 1992 ask for starts more spread than the distribution).
/// </summary>
public static class ChainStarts
{
    /// <summary>Each unit drawn by its bias alone.</summary>
    public const string Noise = "noise";

    /// <summary>Rows of data.</summary>
    public const string Data = "data";

    /// <summary>
    /// All units at the low end of their range; of units without one, three deviations below their mean by the bias alone.
    /// </summary>
    public const string Low = "low";

    /// <summary>All units at the high end, likewise.</summary>
    public const string High = "high";

    /// <summary>
    /// All hidden units at the low end, visible ones drawn given them: modes that hidden units make, also of visible units without a range.
    /// </summary>
    public const string HiddenLow = "hidden-low";

    /// <summary>All hidden units at the high end, likewise.</summary>
    public const string HiddenHigh = "hidden-high";

    /// <summary>
    /// Hidden units drawn without their biases, each value as likely as any other, and visible ones given them; without hidden units, the
    /// visible ones so.
    /// </summary>
    public const string Uniform = "uniform";

    /// <summary>States of tempered chains at temperature 1.</summary>
    public const string Tempered = "tempered";

    /// <summary>The starts that need nothing but a machine: of one without hidden units all but those of hidden units.</summary>
    public static IReadOnlyList<string> Of(EnergyModel model) =>
        model.HiddenLayers.Count == 0 ? [Noise, Low, High, Uniform] : [Noise, Low, High, HiddenLow, HiddenHigh, Uniform];

    /// <summary>Puts chains at their starts, group by group in the order of the rows.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="groups">Names, and as many chains in all as the state has rows.</param>
    /// <param name="chains">To be set; clamped units stay.</param>
    /// <param name="given">States of other starts (<see cref="Data"/>, <see cref="Tempered"/>) by name, to be copied, of at least as many
    /// rows as their group has chains.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <exception cref="ArgumentException">The groups have other numbers of chains, or one is unknown and not given.</exception>
    public static void Set(EnergyModel model, IReadOnlyList<ChainGroup> groups, State chains, IReadOnlyDictionary<string, State> given,
        Rng rng)
    {
        if (groups.Sum(g => g.Chains) != chains.Rows)
            throw new ArgumentException($"groups of {string.Join(" + ", groups.Select(g => g.Chains))} chains do not fill {chains.Rows}",
                nameof(groups));
        int first = 0;
        foreach (ChainGroup group in groups)
        {
            State source = given.TryGetValue(group.Name, out State? known) ? known : Make(model, group, rng);
            for (int l = 0; l < chains.Layers; l++) chains[l].RowRange(first, group.Chains).SetCopy(source[l].RowRange(0, group.Chains));
            first += group.Chains;
        }
        for (int l = 0; l < chains.Layers; l++) chains.Restore(l);
    }

    static State Make(EnergyModel model, ChainGroup group, Rng rng)
    {
        var state = new State(model, group.Chains);
        bool isOfHidden = group.Name is HiddenLow or HiddenHigh || (group.Name == Uniform && model.HiddenLayers.Count > 0);
        for (int l = 0; l < state.Layers; l++)
            if (!isOfHidden || model.HiddenLayers.Contains(l)) SetLayer(model.Layers[l], group.Name, state[l], rng);
        if (isOfHidden)
            foreach (int l in model.VisibleLayers) Gibbs.Draw(model, state, l, rng);
        return state;
    }

    static void SetLayer(Layer layer, string start, Matrix states, Rng rng)
    {
        switch (start)
        {
            case Noise: layer.Sample(states.Like(states.Rows, states.Columns), states, rng); break;
            case Uniform: Annealing.WithoutBias(layer).Sample(states.Like(states.Rows, states.Columns), states, rng); break;
            case Low or HiddenLow: layer.SetExtreme(isHigh: false, states, rng); break;
            case High or HiddenHigh: layer.SetExtreme(isHigh: true, states, rng); break;
            default: throw new ArgumentException($"there is no start '{start}', and no states were given for it");
        }
    }
}
