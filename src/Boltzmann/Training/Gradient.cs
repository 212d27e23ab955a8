using System.Runtime.InteropServices;

namespace Boltzmann;

/// <summary>
/// The gradient of the mean log-likelihood by every parameter of a model, uphill: positive phase minus negative phase.
/// Layers' parameters have a dense [1 × units] matrix; weights stay a list of factors (those of edges one dense row), so that forming the gradient and the update
/// are one pass over memory (<see cref="Backend.Update(Matrix, Matrix, Matrix, ReadOnlySpan{Factor}, in UpdateRule)"/>).
/// </summary>
public sealed class Gradient
{
    readonly EnergyModel model;
    readonly Matrix?[] dense;
    readonly List<Factor>[] factors;
    readonly IReadOnlyList<Matrix>[] layerGradients;
    readonly List<BatchScratch> weighted = [];
    readonly Matrix?[] edgeGradients;
    // All matrices that are summed up: those of layers and of edges.
    readonly Matrix[] sums;
    readonly List<Moment> moments = [];
    readonly Matrix one;
    readonly int firstConnection;
    int weightedUsed;

    /// <summary>Zero.</summary>
    public Gradient(EnergyModel model)
    {
        this.model = model;
        firstConnection = model.Parameters.Count - model.Connections.Count;
        dense = [.. model.Parameters.Select(p => p.IsWeight ? null : p.Value.Like(1, p.Value.Columns))];
        edgeGradients = [.. model.Connections.Select(c => c.Edges is null ? null : c.Weights.Like(1, c.Weights.Columns))];
        sums = [.. dense.Concat(edgeGradients).OfType<Matrix>()];
        one = Matrix.Row(1, 1, model.Placement);
        factors = [.. model.Parameters.Select(_ => new List<Factor>(8))];
        layerGradients = new IReadOnlyList<Matrix>[model.Layers.Count];
        for (int l = 0, k = 0; l < model.Layers.Count; k += model.Layers[l++].Parameters.Count)
            layerGradients[l] = [.. dense.Skip(k).Take(model.Layers[l].Parameters.Count).Select(m => m!)];
    }

    /// <summary>The configurations of the positive phase, from which penalties and centering take the units' means.</summary>
    public Batch Positive { get; private set; }

    /// <summary>The gradient by the bias of a layer, [1 × units]: ⟨x⟩ of the positive phase minus ⟨x⟩ of the negative, for every unit kind.</summary>
    public Matrix Bias(int layer) => layerGradients[layer][0];

    /// <summary>The dense gradient of a layer's parameter, in the order of <see cref="EnergyModel.Parameters"/>.</summary>
    public Matrix Dense(int parameter) => dense[parameter] ?? throw new ArgumentException($"the gradient of {model.Parameters[parameter].Name} is factored");

    /// <summary>The factored gradient of weights, in the order of <see cref="EnergyModel.Parameters"/>.</summary>
    public ReadOnlySpan<Factor> Factors(int parameter) => CollectionsMarshal.AsSpan(factors[parameter]);

    /// <summary>The factored gradient of a connection's weights. Of weights within a layer the diagonal has no meaning: a unit is not joined to itself.</summary>
    public ReadOnlySpan<Factor> ConnectionFactors(int connection) => Factors(firstConnection + connection);

    /// <summary>Back to zero, keeping memory.</summary>
    public void Clear()
    {
        Matrix.Fill(sums, 0);
        foreach (List<Factor> list in factors) list.Clear();
        Positive = default;
        weightedUsed = 0;
    }

    /// <summary>Adds the statistics of clamped data; see <see cref="AddPhase"/>. The first call also fixes <see cref="Positive"/>.</summary>
    public void AddPositivePhase(in Batch batch, uint meanLayers)
    {
        Positive = batch;
        AddPhase(batch.State, meanLayers, batch.RowWeights, 1 / batch.TotalWeight);
    }

    /// <summary>Adds scale·Σ_r w_r·∂(−E)/∂θ over the rows of a state. The state's matrices must stay unchanged until the gradient is used.</summary>
    /// <param name="state">Samples, data or means.</param>
    /// <param name="meanLayers">Bit l is set where layer l holds conditional means given <see cref="State.Inputs"/>.</param>
    /// <param name="rowWeights">[B × 1], or null for ones.</param>
    /// <param name="scale">+1/B in the positive phase, −1/C in the negative.</param>
    public void AddPhase(State state, uint meanLayers, Matrix? rowWeights, double scale)
    {
        moments.Clear();
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = model.Layers[l];
            Matrix? inputs = (meanLayers >> l & 1) != 0 ? state.Inputs(l) : null;
            // The bias is the coefficient of x for every kind of units, so that the gradients of layers with no other parameter are one
            // call.
            if (layer.Parameters.Count == 1) moments.Add(new(layerGradients[l][0], state[l], null, rowWeights, scale, 1));
            else layer.AddMoments(state[l], inputs, rowWeights, scale, layerGradients[l]);
        }
        Matrix.SetColumnSums(CollectionsMarshal.AsSpan(moments));
        for (int c = 0; c < model.Connections.Count; c++)
        {
            Matrix right = state[model.Connections[c].Upper];
            if (model.Connections[c].Edges is not null) AddEdgeMoments(c, right, right, rowWeights, scale);
            else AddFactor(c, new Factor(state[model.Connections[c].Lower], rowWeights is null ? right : Weighted(right, rowWeights), scale));
        }
    }

    /// <summary>The gradient by the weights of edges, [1 × edges]; it stands among the factors as 1ᵀ·gradient.</summary>
    internal Matrix OfEdges(int connection) => edgeGradients[connection]!;

    /// <summary>Adds scale·Σ_r w_r·a_unit·b_other for every edge of a connection.</summary>
    internal void AddEdgeMoments(int connection, Matrix a, Matrix b, Matrix? rowWeights, double scale)
    {
        edgeGradients[connection]!.AddEdgeMoments(a, b, model.Connections[connection].Edges!, rowWeights, scale);
        RequireListed(connection);
    }

    /// <summary>Fixes <see cref="Positive"/> without adding its statistics: for gradients that add the difference of their phases themselves.</summary>
    internal void SetPositive(in Batch batch) => Positive = batch;

    /// <summary>Adds scale·Σ_r w_r·∂(−U)/∂θ of one layer alone; see <see cref="Layer.AddMoments"/>.</summary>
    internal void AddMoments(int layer, Matrix states, Matrix? inputs, Matrix? rowWeights, double scale) =>
        model.Layers[layer].AddMoments(states, inputs, rowWeights, scale, layerGradients[layer]);

    /// <summary>Adds to the dense gradient of a layer's parameter.</summary>
    internal void AddDense(Parameter parameter, Matrix value)
    {
        int k = model.Parameters.Index().First(p => ReferenceEquals(p.Item.Value, parameter.Value)).Index;
        Dense(k).SetSum(Dense(k), 1, value);
    }

    /// <summary>Multiplies all of it by a number.</summary>
    internal void Scale(double factor)
    {
        if (factor == 1) return;
        foreach (Matrix? m in dense) m?.SetSum(m, factor);
        foreach (Matrix? m in edgeGradients) m?.SetSum(m, factor);
        for (int p = 0; p < factors.Length; p++)
            if (p < firstConnection || edgeGradients[p - firstConnection] is null) Scale(factors[p], factor);
    }

    static void Scale(List<Factor> list, double factor)
    {
        foreach (ref Factor f in CollectionsMarshal.AsSpan(list)) f = f with { Scale = factor * f.Scale };
    }

    /// <summary>Adds one term to the gradient of a connection's weights.</summary>
    public void AddFactor(int connection, in Factor factor)
    {
        if (edgeGradients[connection] is not Matrix ofEdges)
        {
            factors[firstConnection + connection].Add(factor);
            return;
        }
        ofEdges.SetOuterProducts([factor], keep: 1);
        RequireListed(connection);
    }

    /// <summary>The gradient of a parameter as one dense matrix: for tests and small models.</summary>
    public Matrix ToDense(int parameter)
    {
        if (dense[parameter] is Matrix m) return m.Clone();
        Matrix sum = model.Parameters[parameter].Value.Like(model.Parameters[parameter].Value.Rows, model.Parameters[parameter].Value.Columns);
        sum.SetOuterProducts(Factors(parameter));
        if (parameter >= firstConnection && model.Connections[parameter - firstConnection] is { IsWithinLayer: true, Edges: null })
            for (int i = 0; i < sum.Rows; i++) sum[i, i] = 0;
        return sum;
    }

    void RequireListed(int edgeConnection)
    {
        List<Factor> list = factors[firstConnection + edgeConnection];
        if (list.Count == 0) list.Add(new Factor(one, edgeGradients[edgeConnection]!, 1));
    }

    // Row-weighted copies are reused from step to step, in the order in which they were asked for.
    Matrix Weighted(Matrix right, Matrix rowWeights)
    {
        int slot = weightedUsed++;
        if (slot == weighted.Count) weighted.Add(new());
        Matrix copy = weighted[slot].Like(right);
        copy.SetScaled(right, rowWeights);
        return copy;
    }
}
