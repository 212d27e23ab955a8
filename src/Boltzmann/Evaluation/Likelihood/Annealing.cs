namespace Boltzmann.Evaluation;

/// <summary>Settings of annealed importance sampling: how many chains walk, along which path, how carefully.</summary>
public sealed record Annealing
{
    /// <summary>
    /// Independent chains; the error of the estimate is the spread of their weights. 100 as in Salakhutdinov and Murray (2008).
    /// </summary>
    public int Chains { get; init; } = 100;

    /// <summary>Number of inverse temperatures from 0 to 1, both included; 1 000 is a fair start, 10 000 a careful one.</summary>
    public int Betas { get; init; } = 1000;

    /// <summary>How they are spaced.</summary>
    public BetaSpacing Spacing { get; init; } = BetaSpacing.Linear;

    /// <summary>Own inverse temperatures, rising from 0 to 1, instead of <see cref="Betas"/> and <see cref="Spacing"/>.</summary>
    public IReadOnlyList<double>? BetaList { get; init; }

    /// <summary>Gibbs sweeps at each inverse temperature.</summary>
    public int Sweeps { get; init; } = 1;

    /// <summary>Which layers are summed out of every weight, the others being the state of the chains.</summary>
    public SummedOut SummedOut { get; init; } = SummedOut.Auto;

    /// <summary>
    /// The layers at β = 0, of the kinds and sizes of the model's: <see cref="Uniform"/> (the default when null) or
    /// <see cref="BaseRate(EnergyModel, Matrix)"/>. The path goes through models with parameters (1 − β)·start + β·target and weights βW.
    /// </summary>
    public IReadOnlyList<Layer>? Start { get; init; }

    /// <summary>
    /// The start without biases: every state of discrete units alike, continuous units with the model's precisions around 0.
    /// </summary>
    public static IReadOnlyList<Layer> Uniform(EnergyModel model) => [.. model.Layers.Select(WithoutBias)];

    /// <summary>
    /// The start whose visible layers have the means (and, for a learned precision, the variances) of data, and no biases above it: closer
    /// to the model than <see cref="Uniform"/>, so weights vary less (Salakhutdinov and Murray 2008, section 4.1). One row's worth of
    /// uniform means is mixed in, so that units that never changed do not start with probability 0.
    /// </summary>
    /// <param name="model">The target.</param>
    /// <param name="data">[N × visible units], N ≥ 1.</param>
    /// <exception cref="ArgumentException">There are no rows, or they have another width than the model.</exception>
    public static IReadOnlyList<Layer> BaseRate(EnergyModel model, Matrix data)
    {
        if (data.Rows == 0 || data.Columns != model.RowColumns)
            throw new ArgumentException($"the base rates of {model.RowColumns} visible units cannot come from data of {data.Shape}");
        Placement placement = data.Placement.Double;
        Matrix sums = new(1, data.Columns, placement), squares = new(1, data.Columns, placement);
        foreach (var (_, rows) in FreeEnergy.DoubleChunks(data, data.Columns))
        {
            sums.SetColumnSums(rows, scale: 1.0 / data.Rows, keep: 1);
            squares.SetColumnSums(rows, rows, scale: 1.0 / data.Rows, keep: 1);
        }
        double[] means = sums.ReadRow(0), variances = squares.ReadRow(0);
        // The difference rounds to just below 0 for a constant unit.
        for (int i = 0; i < means.Length; i++) variances[i] = Math.Max(0, variances[i] - means[i] * means[i]);

        Layer[] layers = [.. model.Layers.Select(WithoutBias)];
        int column = 0;
        foreach (int l in model.RowLayers)
        {
            Layer start = layers[l] = layers[l].Clone(placement);
            Matrix uniform = new(1, start.Units, placement);
            Span<double> own = means.AsSpan(column, start.Units);
            // As many draws as rows have on average, where they have their own.
            if (start.DrawsByRow) uniform.Fill(means.Skip(column).Take(start.Units).Average());
            else start.SetMean(new Matrix(1, start.Units, placement), uniform);
            double[] flat = uniform.ReadRow(0);
            for (int i = 0; i < own.Length; i++) own[i] = (data.Rows * own[i] + flat[i]) / (data.Rows + 1.0);
            start.SetFromMoments(own, variances.AsSpan(column, start.Units));
            column += start.Units;
        }
        return layers;
    }

    /// <summary>The inverse temperatures, from 0 to 1.</summary>
    /// <exception cref="ArgumentException">They do not rise from 0 to 1.</exception>
    public double[] BetaValues()
    {
        if (BetaList is not null)
        {
            double[] values = [.. BetaList];
            if (values.Length < 2 || values[0] != 0 || values[^1] != 1)
                throw new ArgumentException("inverse temperatures must begin with 0 and end with 1");
            for (int k = 1; k < values.Length; k++)
                if (!(values[k] >= values[k - 1]))
                    throw new ArgumentException($"inverse temperatures must rise, but number {k + 1} is {values[k]} after {values[k - 1]}");
            return values;
        }
        if (Betas < 2) throw new ArgumentException($"annealing needs at least 2 inverse temperatures, not {Betas}");
        var betas = new double[Betas];
        for (int k = 0; k < Betas; k++)
        {
            double t = k / (Betas - 1.0);
            betas[k] = Spacing == BetaSpacing.Linear ? t : (Sigmoid(t) - Sigmoid(0)) / (Sigmoid(1) - Sigmoid(0));
        }
        return betas;

        static double Sigmoid(double t) => Scalar.Logistic(4 * (2 * t - 1));
    }

    /// <summary>The layers at β = 0 as copies in the precision of the target.</summary>
    /// <exception cref="ArgumentException">They are not as many as the target's, or of other kinds or sizes.</exception>
    internal Layer[] StartFor(EnergyModel target)
    {
        IReadOnlyList<Layer> given = Start ?? Uniform(target);
        if (given.Count != target.Layers.Count)
            throw new ArgumentException($"the start of the path has {given.Count} layers, but the model has {target.Layers.Count}");
        Layer[] start = [.. target.Layers.Select(l => l.Clone())];
        // CopyFrom refuses another kind or size.
        for (int l = 0; l < start.Length; l++) start[l].CopyFrom(given[l]);
        return start;
    }

    /// <summary>A count of something that annealing needs at least one of.</summary>
    /// <exception cref="ArgumentException">It is less than 1.</exception>
    internal static int Positive(int count, string what) =>
        count > 0 ? count : throw new ArgumentException($"annealing needs at least one of its {what}, not {count}");

    internal static Layer WithoutBias(Layer layer)
    {
        Layer copy = layer.Clone();
        if (!copy.IsContext) copy.Bias.Fill(0);
        return copy;
    }
}
