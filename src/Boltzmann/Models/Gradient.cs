using System.Runtime.InteropServices;

namespace Boltzmann.Models;

/// <summary>
/// The gradient of the mean log-likelihood by every parameter of a model, uphill: positive phase minus negative phase.
/// Layers' parameters have a dense [1 × units] matrix; weights stay a list of factors (those of edges one dense row), so that forming the
/// gradient and the update are one pass over memory
/// (<see cref="Backend.Update(Matrix, Matrix, Matrix, ReadOnlySpan{Factor}, in UpdateRule)"/>).
/// </summary>
public sealed class Gradient
{
    readonly EnergyModel model;
    readonly Matrix?[] dense;
    readonly List<Factor>[] factors;
    // All matrices that are summed up: those of layers, with or without parameters, and of edges.
    readonly Matrix[] sums;
    readonly List<Moment> moments = [];
    readonly IReadOnlyList<Matrix>[] layerGradients;
    readonly int[] firstOf;
    readonly List<BatchScratch> kept = [];
    readonly Identities identities;
    int keptUsed;

    /// <summary>Zero.</summary>
    public Gradient(EnergyModel model)
    {
        this.model = model;
        identities = new(model.Placement);
        dense = [.. model.Parameters.Select(p => p.IsWeight && !p.IsDense ? null : p.Value.Like(p.Value.Rows, p.Value.Columns))];
        factors = [.. model.Parameters.Select(_ => new List<Factor>(8))];
        firstOf = [.. model.Interactions.Select((_, i) => model.FirstParameterOf(i))];
        layerGradients = new IReadOnlyList<Matrix>[model.Layers.Count];
        // A layer without parameters has a bias gradient that nobody reads, so that whoever adds to those of all layers need not ask.
        for (int l = 0, k = 0; l < model.Layers.Count; k += model.Layers[l++].Parameters.Count)
            layerGradients[l] = model.Layers[l].Parameters.Count == 0 ? [new Matrix(1, model.Layers[l].Units, model.Placement)]
                : [.. dense.Skip(k).Take(model.Layers[l].Parameters.Count).Select(m => m!)];
        Biases = [.. layerGradients.Select(ofLayer => ofLayer[0])];
        sums = [.. dense.OfType<Matrix>(), .. Biases.Where((_, l) => model.Layers[l].Parameters.Count == 0)];
    }

    /// <summary>The configurations of the positive phase, from which penalties and centering take the units' means.</summary>
    public Batch Positive { get; private set; }

    /// <summary>
    /// The gradient by the bias of a layer, [1 × units]: ⟨x⟩ of the positive phase minus ⟨x⟩ of the negative, for every unit kind.
    /// </summary>
    public Matrix Bias(int layer) => Biases[layer];

    /// <summary>The gradient by the bias of every layer.</summary>
    public IReadOnlyList<Matrix> Biases { get; }

    /// <summary>
    /// The dense gradient of a parameter, in the order of <see cref="EnergyModel.Parameters"/>: of a layer's, or of weights that are
    /// <see cref="Parameter.IsDense"/>.
    /// </summary>
    public Matrix Dense(int parameter) =>
        dense[parameter] ?? throw new ArgumentException($"the gradient of {model.Parameters[parameter].Name} is factored");

    /// <summary>
    /// The factored gradient of weights, in the order of <see cref="EnergyModel.Parameters"/>; a dense one as a single factor.
    /// </summary>
    public ReadOnlySpan<Factor> Factors(int parameter)
    {
        List<Factor> list = factors[parameter];
        if (list.Count == 0 && dense[parameter] is Matrix m) list.Add(new Factor(identities.Of(m.Rows), m, 1));
        return CollectionsMarshal.AsSpan(list);
    }

    /// <summary>The part of an interaction, by its place among <see cref="EnergyModel.Interactions"/>.</summary>
    public InteractionGradient Of(int interaction) => new(this, firstOf[interaction]);

    /// <summary>Back to zero, keeping memory.</summary>
    public void Clear()
    {
        Matrix.Fill(sums, 0);
        foreach (List<Factor> list in factors) list.Clear();
        Positive = default;
        keptUsed = 0;
    }

    /// <summary>
    /// Adds the statistics of clamped data; see <see cref="AddPhase"/>. The first call also fixes <see cref="Positive"/>.
    /// </summary>
    public void AddPositivePhase(in Batch batch, LayerSet meanLayers)
    {
        Positive = batch;
        AddPhase(batch.State, meanLayers, batch.RowWeights, 1 / batch.TotalWeight);
    }

    /// <summary>
    /// Adds scale·Σ_r w_r·∂(−E)/∂θ over the rows of a state. The state's matrices must stay unchanged until the gradient is used.
    /// </summary>
    /// <param name="state">Samples, data or means.</param>
    /// <param name="meanLayers">The layers that hold conditional means given <see cref="State.Inputs"/>.</param>
    /// <param name="rowWeights">[B × 1], or null for ones.</param>
    /// <param name="scale">+1/B in the positive phase, −1/C in the negative.</param>
    public void AddPhase(State state, LayerSet meanLayers, Matrix? rowWeights, double scale)
    {
        moments.Clear();
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = model.Layers[l];
            Matrix? inputs = meanLayers.Contains(l) ? state.Inputs(l) : null;
            // The bias is the coefficient of x for every kind of units, so that the gradients of layers with no other parameter are one
            // call.
            if (layer.Parameters.Count == 1) moments.Add(new(layerGradients[l][0], state[l], null, rowWeights, scale, 1));
            else layer.AddMoments(state[l], inputs, rowWeights, scale, layerGradients[l], state.Workspace);
        }
        Matrix.SetColumnSums(CollectionsMarshal.AsSpan(moments));
        for (int i = 0; i < model.Interactions.Count; i++) model.Interactions[i].AddMoments(state, rowWeights, scale, Of(i));
    }

    /// <summary>
    /// Fixes <see cref="Positive"/> without adding its statistics: for gradients that add the difference of their phases themselves.
    /// </summary>
    public void SetPositive(in Batch batch) => Positive = batch;

    /// <summary>Adds scale·Σ_r w_r·∂(−U)/∂θ of one layer alone; see <see cref="Layer.AddMoments"/>.</summary>
    public void AddMoments(int layer, Matrix states, Matrix? inputs, Matrix? rowWeights, double scale, Workspace? workspace = null) =>
        model.Layers[layer].AddMoments(states, inputs, rowWeights, scale, layerGradients[layer], workspace);

    /// <summary>
    /// Adds scale·value, a matrix of the shape of a parameter, to its gradient. It must stay unchanged until the gradient is used.
    /// </summary>
    public void Add(int parameter, Matrix value, double scale)
    {
        if (dense[parameter] is Matrix m) m.SetSum(m, 1, value, scale);
        // As the factor Iᵀ·value it takes the same way as the others.
        else factors[parameter].Add(new Factor(identities.Of(value.Rows), value, scale));
    }

    /// <summary>Adds one term to the gradient of weights.</summary>
    public void AddFactor(int parameter, in Factor factor)
    {
        if (dense[parameter] is Matrix m) m.SetOuterProducts([factor], keep: 1);
        else factors[parameter].Add(factor);
    }

    /// <summary>Multiplies all of it by a number.</summary>
    public void Scale(double factor)
    {
        if (factor == 1) return;
        for (int p = 0; p < dense.Length; p++)
            if (dense[p] is Matrix m) m.SetSum(m, factor);
            else
                foreach (ref Factor f in CollectionsMarshal.AsSpan(factors[p])) f = f with { Scale = factor * f.Scale };
    }

    /// <summary>See <see cref="InteractionGradient.ScaleRows"/>.</summary>
    internal void ScaleRows(int parameter, Matrix numbers)
    {
        RequireFactored(parameter);
        foreach (ref Factor f in CollectionsMarshal.AsSpan(factors[parameter])) f = f with { Left = Weighted(f.Left, numbers) };
    }

    /// <summary>See <see cref="InteractionGradient.ScaleColumns"/>.</summary>
    internal void ScaleColumns(int parameter, Matrix numbers)
    {
        RequireFactored(parameter);
        foreach (ref Factor f in CollectionsMarshal.AsSpan(factors[parameter])) f = f with { Right = Weighted(f.Right, numbers) };
    }

    /// <summary>See <see cref="InteractionGradient.ScaleEntries"/>.</summary>
    internal void ScaleEntries(int parameter, Matrix numbers)
    {
        if (dense[parameter] is Matrix m)
        {
            m.SetScaled(m, numbers);
            return;
        }
        Matrix sum = NextKept(numbers);
        sum.SetOuterProducts(Factors(parameter));
        sum.SetScaled(sum, numbers);
        factors[parameter].Clear();
        factors[parameter].Add(new Factor(identities.Of(sum.Rows), sum, 1));
    }

    void RequireFactored(int parameter)
    {
        if (dense[parameter] is not null)
            throw new ArgumentException($"the gradient of {model.Parameters[parameter].Name} is one matrix; scale its entries");
    }

    /// <summary>The gradient of a parameter as one dense matrix: for tests and small models.</summary>
    public Matrix ToDense(int parameter)
    {
        Matrix sum = model.Parameters[parameter].Value.Like(model.Parameters[parameter].Value.Rows,
            model.Parameters[parameter].Value.Columns);
        AddTo(parameter, sum);
        for (int i = 0; i < firstOf.Length; i++)
            if (parameter >= firstOf[i] && parameter < firstOf[i] + model.Interactions[i].Parameters.Count)
                model.Interactions[i].Project(parameter - firstOf[i], sum);
        return sum;
    }

    /// <summary>Adds the gradient of a parameter to a matrix of its shape.</summary>
    internal void AddTo(int parameter, Matrix sum)
    {
        if (dense[parameter] is Matrix m) sum.SetSum(sum, 1, m);
        else sum.SetOuterProducts(Factors(parameter), keep: 1);
    }

    /// <summary>Row-weighted states, in memory that is used again from step to step, in the order in which it was asked for.</summary>
    internal Matrix Weighted(Matrix states, Matrix rowWeights)
    {
        Matrix copy = NextKept(states);
        copy.SetScaled(states, rowWeights);
        return copy;
    }

    /// <summary>A copy in the same memory.</summary>
    internal Matrix Keep(Matrix matrix)
    {
        Matrix copy = NextKept(matrix);
        copy.SetCopy(matrix);
        return copy;
    }

    Matrix NextKept(Matrix shape)
    {
        if (keptUsed == kept.Count) kept.Add(new());
        return kept[keptUsed++].Like(shape);
    }
}
