using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>
/// A layer of units of one kind: the potential U of its states and what follows from it once an input I joins each unit to the rest of
/// a model, p(x | I) ∝ exp(−U(x) + I·x). A kind knows nothing of weights, neighbours or training, and works on either side of every model.
/// It holds parameters and nothing else: what its verbs need on the way is lent to them by the caller's <see cref="Workspace"/>.
/// </summary>
/// <remarks>
/// Potentials use natural parameters, U(x) = −Σ_k θ_k·t_k(x) − log m(x), so multiplying every parameter and the inputs by β gives the layer
/// at temperature 1/β (of the single draws, for counts: their arrangements m(x) are states, not energy, and stay). Shapes: states, inputs
/// and means are [B × units], one value per row is [B × 1].
/// </remarks>
/// <param name="units">Number of columns of a state.</param>
/// <param name="placement">Where the parameters live; single precision on all cores when null.</param>
public abstract class Layer(int units, Placement? placement)
{
    /// <summary>Number of columns of a state.</summary>
    public int Units { get; } = units > 0 ? units
        : throw new ArgumentOutOfRangeException(nameof(units), $"a layer needs at least one unit, not {units}");

    /// <summary>Where the parameters live, and the precision of everything the layer computes.</summary>
    public Placement Placement { get; } = placement ?? Placement.Default;

    /// <summary>The name in files and on the command line: "bernoulli", "gaussian", …</summary>
    public abstract string Kind { get; }

    /// <summary>Natural parameters, each [1 × units]. The first is always the bias.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The values that a unit can take.</summary>
    public virtual UnitValues Values => UnitValues.Reals;

    /// <summary>
    /// What the layer's description needs beside kind and size, under the names of <see cref="LayerKind.Fields"/>; a new object at each
    /// call.
    /// </summary>
    public virtual JsonObject Fields => [];

    /// <summary>Coefficients of x in −U(x), [1 × units].</summary>
    /// <exception cref="NotSupportedException">Units that are context have none.</exception>
    public Matrix Bias => Parameters.Count > 0 ? Parameters[0].Value : throw new NotSupportedException($"{Kind} units have no bias");

    /// <summary>Whether the units are given in both phases and never drawn; see <see cref="ContextLayer"/>.</summary>
    public virtual bool IsContext => false;

    /// <summary>energies += scale·U(states).</summary>
    public abstract void AddEnergy(Matrix states, Matrix energies, double scale = 1, Workspace? workspace = null);

    /// <summary>values += scale·log Σ_x exp(−U(x) + I·x), the sum an integral for continuous units.</summary>
    public abstract void AddLogNormalizer(Matrix inputs, Matrix values, double scale = 1, Workspace? workspace = null);

    /// <summary>destination = E[x | inputs].</summary>
    public abstract void SetMean(Matrix inputs, Matrix destination, Workspace? workspace = null);

    /// <summary>destination ~ p(x | inputs).</summary>
    public abstract void Sample(Matrix inputs, Matrix destination, Rng rng, Workspace? workspace = null);

    /// <summary>
    /// Whether each row has as many draws as its states add up to: then the verbs that need them are those of the layer's view of a state
    /// (<see cref="EnergyModel.UnitsOf"/>).
    /// </summary>
    public virtual bool DrawsByRow => false;

    /// <summary>The layer, over the same parameters, as rows of so many draws have it.</summary>
    /// <param name="draws">[B × 1]; read as long as the view is used.</param>
    internal virtual Layer OfRows(Matrix draws) => throw new NotSupportedException($"{Kind} units have no draws by row");

    /// <summary>
    /// Whether the units offer the slope of their mean, which back-propagation through mean-field inference needs (<see
    /// cref="MultiPrediction"/>); as kinds do that offer their variance.
    /// </summary>
    public virtual bool HasSlope => HasVariance;

    /// <summary>
    /// error ← ∂E[x | inputs]/∂inputs · error, row by row: the variance of each unit times its error, for units that are independent given
    /// their inputs.
    /// </summary>
    /// <param name="means">E[x | inputs].</param>
    /// <param name="inputs">[B × units].</param>
    /// <param name="error">[B × units], derivatives by the means before and by the inputs after.</param>
    /// <param name="workspace">Memory for what is computed on the way; null for new memory.</param>
    /// <exception cref="NotSupportedException">The units offer no slope.</exception>
    public virtual void MultiplySlope(Matrix means, Matrix inputs, Matrix error, Workspace? workspace = null)
    {
        using Workspace.Loan variances = Workspace.Like(workspace, inputs);
        SetVariance(inputs, variances, workspace);
        error.SetScaled(error, variances);
    }

    /// <summary>Whether the units offer their <see cref="SetVariance">variance</see>.</summary>
    public virtual bool HasVariance => false;

    /// <summary>destination = Var[x | inputs], which is the slope of the mean by the inputs.</summary>
    /// <exception cref="NotSupportedException">The units offer no variance.</exception>
    public virtual void SetVariance(Matrix inputs, Matrix destination, Workspace? workspace = null) =>
        throw new NotSupportedException($"{Kind} units do not offer the slope of their mean");

    /// <summary>
    /// The function that a layer of a feed-forward network has in place of the units' mean, of I + b or, where there is one, of (I + b)/γ
    /// with their <see cref="QuadraticPrecision"/>; null for none.
    /// </summary>
    public virtual Activation? MeanActivation => null;

    /// <summary>γ, [1 × units], of units with U(x) = γx²/2 − θx, θ the bias; null for units of other potentials.</summary>
    public virtual Matrix? QuadraticPrecision => null;

    /// <summary>
    /// U(x) += precision·x²/2, what data with normal noise of variance 1/precision add to the potential (<see
    /// cref="Denoising.RemoveNormal"/>): done where the layer stays one of its kind.
    /// </summary>
    /// <returns>Whether it was done; false, and nothing changed, for kinds whose potential has no place for it.</returns>
    public virtual bool TryAddPrecision(double precision) => false;

    /// <summary>
    /// Inputs, means and draws one after the other: a kind may do them in one operation, with the same numbers.
    /// </summary>
    /// <param name="product">What makes the inputs.</param>
    /// <param name="inputs">Set, [B × units].</param>
    /// <param name="mean">Set to the means, [B × units]; null for none.</param>
    /// <param name="sample">Drawn, [B × units]; null for none.</param>
    /// <param name="rng">Source of randomness, needed for a sample only.</param>
    /// <param name="workspace">Memory for what is computed on the way; null for new memory.</param>
    internal virtual void SetUnits(in InputProduct product, Matrix inputs, Matrix? mean, Matrix? sample, Rng? rng, Workspace? workspace)
    {
        inputs.SetProduct(product.Left, product.Right, product.TransposeRight, product.Scale, product.Keep);
        if (mean is not null) SetMean(inputs, mean, workspace);
        if (sample is not null) Sample(inputs, sample, rng!, workspace);
    }

    /// <summary>
    /// Adds the derivatives of −U by each parameter, summed over rows: gradients[k] += scale·Σ_r w_r·t_k(x_r).
    /// A gradient of a whole model takes the first of them, Σ_r w_r·x_r for every kind, by itself where a layer has no other parameter.
    /// </summary>
    /// <param name="states">Samples or data; or means, if <paramref name="inputs"/> is given.</param>
    /// <param name="inputs">The inputs whose conditional means the states are (⟨x²⟩ is not ⟨x⟩²); null where the states are the statistics
    /// themselves.</param>
    /// <param name="rowWeights">[B × 1], or null for ones.</param>
    /// <param name="scale">Sign and normalisation.</param>
    /// <param name="gradients">One [1 × units] matrix per parameter.</param>
    /// <param name="workspace">Memory for what is computed on the way; null for new memory.</param>
    public abstract void AddMoments(Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, IReadOnlyList<Matrix> gradients,
        Workspace? workspace = null);

    /// <summary>A layer of the same kind, size and parameters with memory of its own.</summary>
    /// <param name="placement">Another place or precision; null keeps this one's.</param>
    public abstract Layer Clone(Placement? placement = null);

    /// <summary>A layer of some of the units, its parameters copies.</summary>
    /// <param name="units">Columns, in order; of one-hot blocks all or none.</param>
    /// <exception cref="NotSupportedException">The kind cannot be divided.</exception>
    /// <exception cref="ArgumentException">A block would be cut.</exception>
    public Layer Part(IReadOnlyList<int> units)
    {
        Layer part = OfSize(units) ?? throw new NotSupportedException($"{Kind} units cannot be divided");
        int[] columns = [.. units];
        // A part of mixed units may be of a kind that has fewer parameters.
        for (int k = 0; k < part.Parameters.Count; k++) part.Parameters[k].Value.SetCopy(Parameters[k].Value.Part([0], columns));
        return part;
    }

    /// <summary>A layer of this kind for some of its units, parameters as new; null if the kind cannot be divided.</summary>
    /// <param name="units">Columns.</param>
    protected virtual Layer? OfSize(IReadOnlyList<int> units) => null;

    /// <summary>Number of states, if they can be counted and the count fits; else null (continuous units, or more than 2⁶²).</summary>
    public virtual long? StateCount => null;

    /// <summary>Fills the rows with the states numbered first, first + 1, … in a fixed order.</summary>
    /// <exception cref="NotSupportedException">The states cannot be counted.</exception>
    public virtual void SetStates(long first, Matrix destination) =>
        throw new NotSupportedException($"the states of {Kind} units cannot be enumerated");

    /// <summary>
    /// Columns that change together when one unit takes another value: 1, or the categories of a one-hot block. 0 if a unit's other values
    /// cannot be listed (continuous units, several draws). Only kinds with U(x) = −b·x list them.
    /// </summary>
    public virtual int ColumnsPerUnit => 0;

    /// <summary>Columns that are there or missing together, in data with gaps: 1, or the categories of a block; the most, where blocks
    /// differ.</summary>
    public virtual int BlockColumns => Math.Max(1, ColumnsPerUnit);

    /// <summary>The column behind the block of <see cref="BlockColumns"/> that a column belongs to.</summary>
    /// <param name="column">From 0.</param>
    public virtual int BlockEnd(int column) => column - column % BlockColumns + BlockColumns;

    /// <summary>How many other values one unit can take: 1 for two-valued units, categories − 1 for one-hot blocks.</summary>
    public virtual int Alternatives => 0;

    /// <summary>
    /// Replaces the value of one unit by another: reflection x → low + high − x, or rotation of a one-hot block by
    /// <paramref name="number"/>.
    /// </summary>
    /// <param name="number">From 1 to <see cref="Alternatives"/>: each gives another value, and all together every value but the one that
    /// was there.</param>
    /// <param name="value">The unit's columns.</param>
    /// <exception cref="NotSupportedException">The unit's other values cannot be listed.</exception>
    public virtual void SetAlternative(int number, Span<double> value) =>
        throw new NotSupportedException($"the other values of {Kind} units cannot be listed");

    /// <summary>
    /// The two values of units that have two, can be listed and so have U(x) = −b·x: given an input, P(high) = σ((high − low)(I + b)). Null
    /// for all others.
    /// </summary>
    public (double Low, double High)? Pair => Values.IsPair && ColumnsPerUnit == 1 ? (Values.Minimum, Values.Maximum) : null;

    /// <summary>
    /// Whether units can be joined to each other within their layer: they have two values, or are one-hot blocks, and U(x) = −b·x.
    /// </summary>
    public bool CanBeJoined => Alternatives > 0 && (Pair is not null || ColumnsPerUnit > 1);

    /// <summary>
    /// What is wrong with a row of data for these units, in a few words with the column; null if nothing is. By default a value outside the
    /// range of <see cref="Values"/>.
    /// </summary>
    public virtual string? Complaint(ReadOnlySpan<double> row) =>
        Values.IsBounded ? OutsideOf(row, Values.Minimum, Values.Maximum, Kind) : NotFinite(row)
        ?? OutsideOf(row, Values.Minimum, Values.Maximum, Kind);

    /// <summary>
    /// Whether <see cref="Complaint"/> objects to nothing but values outside the range, so that the columns' extremes answer for all rows.
    /// </summary>
    public virtual bool TakesWholeRange => false;

    /// <summary>
    /// Fills every row with one end of the units' range, for chains that start apart. A kind without a range takes values that are rare by
    /// the bias alone; by default the least or greatest of
    /// 1000 draws of each unit.
    /// </summary>
    /// <param name="isHigh">Which end.</param>
    /// <param name="states">[B × units], to be overwritten.</param>
    /// <param name="rng">Source of randomness, for kinds that draw.</param>
    public virtual void SetExtreme(bool isHigh, Matrix states, Rng rng)
    {
        const int Draws = 1000;
        Matrix inputs = states.Like(1, Units), drawn = states.Like(1, Units);
        double[] most = [], row = new double[Units];
        for (int d = 0; d < Draws; d++)
        {
            Sample(inputs, drawn, rng);
            drawn.ReadRow(0, row);
            if (d == 0) most = [.. row];
            for (int i = 0; i < row.Length; i++) most[i] = isHigh ? Math.Max(most[i], row[i]) : Math.Min(most[i], row[i]);
        }
        for (int r = 0; r < states.Rows; r++) states.WriteRow(r, most);
    }

    /// <summary>
    /// Sets the bias (and a learned scale) so that the layer alone, without inputs, has these moments as nearly as it can.
    /// </summary>
    /// <param name="means">Mean of each unit over the data.</param>
    /// <param name="variances">Variance of each unit over the data.</param>
    public abstract void SetFromMoments(ReadOnlySpan<double> means, ReadOnlySpan<double> variances);

    /// <summary>parameters = (1 − beta)·start + beta·end, from layers of the same kind and size.</summary>
    public void SetInterpolation(Layer start, Layer end, double beta)
    {
        for (int k = 0; k < Parameters.Count; k++)
            Parameters[k].Value.SetSum(start.Parameters[k].Value, 1 - beta, end.Parameters[k].Value, beta);
    }

    /// <summary>Copies the parameters of a layer of the same kind and size, converting precision.</summary>
    public void CopyFrom(Layer source)
    {
        if (source.Kind != Kind || source.Units != Units)
            throw new ArgumentException($"cannot copy {source.Units} {source.Kind} units to {Units} {Kind} units");
        for (int k = 0; k < Parameters.Count; k++) Parameters[k].Value.SetCopy(source.Parameters[k].Value);
    }

    /// <summary>The most units of a layer, so that its parameters fit a matrix: 2²⁷.</summary>
    public const int MaximumUnits = 1 << 27;

    /// <inheritdoc/>
    public override string ToString() => $"{Units} {Kind}";

    /// <summary>Words for a value that is not finite, as <see cref="Complaint"/> gives them; null if all are.</summary>
    protected static string? NotFinite(ReadOnlySpan<double> row)
    {
        for (int c = 0; c < row.Length; c++)
            if (!double.IsFinite(row[c])) return $"column {c + 1}: {row[c]} is not a finite number";
        return null;
    }

    /// <summary>Words for a value outside an interval, as <see cref="Complaint"/> gives them; null if all are inside.</summary>
    protected static string? OutsideOf(ReadOnlySpan<double> row, double minimum, double maximum, string units)
    {
        for (int c = 0; c < row.Length; c++)
            if (!(row[c] >= minimum && row[c] <= maximum))
                return $"column {c + 1}: {row[c]:R} is outside {End(minimum)}..{End(maximum)} that {units} units allow";
        return null;

        static string End(double value) => double.IsInfinity(value) ? "" : value.ToString("R");
    }
}
