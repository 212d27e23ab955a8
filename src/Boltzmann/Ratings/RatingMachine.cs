namespace Boltzmann.Ratings;

/// <summary>
/// The RBM of ratings (Salakhutdinov, Mnih and Hinton 2007): a softmax of levels for each unit, absent where it rated nothing, and hidden
/// units; with r_u = 1 for whoever is known to have rated a case, whatever the level,
/// E(v, h | r) = −Σ_u b_u(v_u) − c·h − Σ_u W_u(v_u)·h − Σ_u r_u D_u·h. The machine of a case is that of the units that rated it. This is a
/// view of an <see cref="EnergyModel"/>, an <see cref="Rbm"/> or one with a <see cref="ContextLayer"/> for r, that computes with the
/// ratings that are there instead of all columns.
/// </summary>
public sealed class RatingMachine
{
    const int LineNumbers = 16;

    readonly Matrix weights, bias, hiddenBias;
    readonly Matrix? rated;

    /// <summary>Weights 0.</summary>
    /// <param name="units">Visible blocks.</param>
    /// <param name="values">What the levels are worth, rising: 0.5, 1, … 5.</param>
    /// <param name="hidden">Hidden units.</param>
    /// <param name="isConditional">Whether it has D.</param>
    /// <exception cref="ArgumentException">A number is below 1, or the values do not rise.</exception>
    /// <exception cref="BadInputException">The weights do not fit into memory.</exception>
    public RatingMachine(int units, IReadOnlyList<double> values, int hidden, bool isConditional = false)
        : this(Create(units, values.Count, hidden, isConditional), values) { }

    /// <summary>A view of a machine, whose parameters it shares.</summary>
    /// <param name="model">A softmax layer of one draw, perhaps a context of as many units as there are blocks, and bernoulli hidden units
    /// that these are joined to; in single precision on this machine's cores.</param>
    /// <param name="values">What the levels are worth, rising.</param>
    /// <exception cref="ArgumentException">It is none such.</exception>
    public RatingMachine(EnergyModel model, IReadOnlyList<double> values)
    {
        if (model.Layers[0] is not MultinomialLayer { Draws: 1 } visible || model.Layers[^1] is not BernoulliLayer hidden
            || !(model.Layers.Count == 2 || model.Layers is [_, ContextLayer context, _] && context.Units == visible.Blocks)
            || model.Interactions.Count != model.Layers.Count - 1
            || model.Interactions.Index().Any(i => i.Item is not Dense || i.Item.Layers[0] != i.Index
                || i.Item.Layers[^1] != model.Layers.Count - 1))
            throw new ArgumentException($"{model} is no machine of ratings: expected one-hot softmaxes, perhaps a context of a unit for "
                + "each softmax, and bernoulli hidden units that these are joined to", nameof(model));
        if (model.Placement.Precision != Precision.Float32 || model.Parameters.Any(p => p.Value.Storage is not HostStorage))
            throw new ArgumentException("a machine of ratings computes in single precision in this machine's memory", nameof(model));
        if (values.Count != visible.Categories || values.Count is < 2 or > 256)
            throw new ArgumentException($"{values.Count} levels: expected {visible.Categories}, and 2 to 256", nameof(values));
        for (int k = 1; k < values.Count; k++)
            if (!(values[k] > values[k - 1])) throw new ArgumentException("the values of levels do not rise", nameof(values));
        (Model, Values, Units, Hidden) = (model, [.. values], visible.Blocks, hidden.Units);
        Width = (Hidden + LineNumbers - 1) / LineNumbers * LineNumbers;
        weights = model.Interactions[0].Parameters[0].Value;
        bias = visible.Parameters[0].Value;
        hiddenBias = hidden.Parameters[0].Value;
        if (model.Layers.Count == 3) rated = model.Interactions[1].Parameters[0].Value;
    }

    /// <summary>The machine, as other parts of the library take it.</summary>
    public EnergyModel Model { get; }

    /// <summary>Visible blocks.</summary>
    public int Units { get; }

    /// <summary>Hidden units.</summary>
    public int Hidden { get; }

    /// <summary>Values that a rating has.</summary>
    public int Levels => Values.Count;

    /// <summary>What each level is worth.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Whether what is known to be rated moves hidden units.</summary>
    public bool IsConditional => rated is not null;

    /// <summary>Numbers of a row of hidden units, those behind the last being 0: whole vectors.</summary>
    internal int Width { get; }

    /// <summary>b of a unit.</summary>
    internal Span<float> BiasOf(int unit) => Row(bias, 0, Units * Levels).Slice(unit * Levels, Levels);

    /// <summary>c.</summary>
    internal Span<float> HiddenBias => Row(hiddenBias, 0, Width);

    /// <summary>W of a unit at a level.</summary>
    internal Span<float> WeightsOf(int unit, int level) => Row(weights, unit * Levels + level, Width);

    /// <summary>D of a unit.</summary>
    internal Span<float> RatedOf(int unit) => Row(rated!, unit, Width);

    /// <summary>
    /// Normal weights, and biases from how often each unit gave each level: log((n_uk + a·s_k)/(n_u + a)), s the shares of all ratings.
    /// </summary>
    /// <param name="ratings">To count.</param>
    /// <param name="smoothing">a, ratings of the common shares that each unit is credited with.</param>
    /// <param name="deviation">Of the weights.</param>
    /// <param name="rng">Source of randomness.</param>
    public void Begin(RatingTable ratings, double smoothing, double deviation, Rng rng)
    {
        var counts = new double[Units * Levels];
        var shares = new double[Levels];
        for (int c = 0; c < ratings.Cases; c++)
        {
            ReadOnlySpan<byte> levels = ratings.LevelsOf(c);
            ReadOnlySpan<int> units = ratings.UnitsOf(c);
            for (int e = 0; e < levels.Length; e++)
            {
                counts[units[e] * Levels + levels[e]]++;
                shares[levels[e]]++;
            }
        }
        // Each level counts once more, so that one that nobody gave is rare, not impossible.
        for (int k = 0; k < Levels; k++) shares[k] = (shares[k] + 1) / (ratings.Count + Levels);
        for (int u = 0; u < Units; u++)
        {
            Span<float> own = BiasOf(u);
            double sum = smoothing;
            for (int k = 0; k < Levels; k++) sum += counts[u * Levels + k];
            for (int k = 0; k < Levels; k++) own[k] = (float)Math.Log((counts[u * Levels + k] + smoothing * shares[k]) / sum);
        }
        weights.SampleNormal(rng);
        weights.SetSum(weights, deviation);
        hiddenBias.Fill(0);
        rated?.Fill(0);
    }

    /// <summary>inputs = c + Σ_u W_u(v_u) + Σ_u r_u D_u.</summary>
    /// <param name="units">Those whose level is known.</param>
    /// <param name="levels">Their levels.</param>
    /// <param name="alsoRated">Units known to have rated, their levels unknown; nothing without D.</param>
    /// <param name="inputs">Set, as many as <see cref="Width"/>.</param>
    internal void SetInputs(ReadOnlySpan<int> units, ReadOnlySpan<byte> levels, ReadOnlySpan<int> alsoRated, Span<float> inputs)
    {
        HiddenBias.CopyTo(inputs);
        for (int e = 0; e < units.Length; e++) FloatRows.Add(inputs, WeightsOf(units[e], levels[e]));
        if (!IsConditional) return;
        foreach (int unit in units) FloatRows.Add(inputs, RatedOf(unit));
        foreach (int unit in alsoRated) FloatRows.Add(inputs, RatedOf(unit));
    }

    /// <summary>E[h | the known ratings] in place of what hidden units hear.</summary>
    internal void SetMeans(Span<float> inputs)
    {
        for (int j = 0; j < Hidden; j++) inputs[j] = 1 / (1 + MathF.Exp(-inputs[j]));
    }

    /// <summary>E[value] of a unit given what the known ratings say to hidden units, exactly.</summary>
    internal double Expected(int unit, ReadOnlySpan<float> inputs)
    {
        Span<double> probabilities = stackalloc double[Levels];
        SetProbabilities(unit, inputs, probabilities);
        double mean = 0;
        for (int k = 0; k < probabilities.Length; k++) mean += probabilities[k] * Values[k];
        return mean;
    }

    /// <summary>
    /// p(v_u = k | the known ratings), exactly: proportional to e^{b_uk} Π_j (1 + e^{x_j + W_ukj}), x what the known ones and D say to
    /// hidden units.
    /// </summary>
    internal void SetProbabilities(int unit, ReadOnlySpan<float> inputs, Span<double> probabilities)
    {
        ReadOnlySpan<float> own = BiasOf(unit);
        for (int k = 0; k < Levels; k++)
        {
            ReadOnlySpan<float> said = WeightsOf(unit, k);
            double sum = own[k];
            for (int j = 0; j < Hidden; j++) sum += Scalar.Softplus(inputs[j] + said[j]);
            probabilities[k] = sum;
        }
        double log = Scalar.LogSumExp(probabilities);
        for (int k = 0; k < Levels; k++) probabilities[k] = Math.Exp(probabilities[k] - log);
    }

    static EnergyModel Create(int units, int levels, int hidden, bool isConditional)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        if ((long)units * levels > int.MaxValue) throw new BadInputException($"{units:N0} × {levels} levels do not fit into memory");
        var visible = new MultinomialLayer(units * levels, levels);
        var features = new BernoulliLayer(hidden);
        return isConditional ? new LayeredModel([visible, new ContextLayer(units), features], [(0, 2), (1, 2)])
            : new Rbm(visible, features);
    }

    static unsafe Span<float> Row(Matrix matrix, int row, int count) =>
        new((void*)(HostStorage.AddressOf(matrix) + (nint)row * matrix.Stride * sizeof(float)), count);
}
