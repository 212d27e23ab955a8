namespace Boltzmann;

/// <content>Units of one layer that few edges join.</content>
public sealed partial class Matrix
{
    /// <summary>this[·, u] = keep·this + scale·Σ w·states[·, neighbour] over the edges of u.</summary>
    /// <param name="states">[B × n].</param>
    /// <param name="edges">Of n units.</param>
    /// <param name="weights">[1 × edges].</param>
    /// <param name="scale">Factor on the sums.</param>
    /// <param name="keep">0 to overwrite.</param>
    public void SetEdgeProduct(Matrix states, EdgeList edges, Matrix weights, double scale = 1, double keep = 0)
    {
        RequireSame(states);
        RequireEdges(edges, weights);
        if (Overlaps(states)) Fail("the destination of a product is also an operand");
        Backend.EdgeProduct(this, states, edges, weights, scale, keep);
    }

    /// <summary>this[1 × edges] += scale·Σ_r w_r·a[r, unit]·b[r, other]; missing w count as ones.</summary>
    public void AddEdgeMoments(Matrix a, Matrix b, EdgeList edges, Matrix? rowWeights = null, double scale = 1)
    {
        a.RequireSame(b);
        a.RequireEdges(edges, this);
        if (rowWeights is not null && (rowWeights.Rows != a.Rows || rowWeights.Columns != 1))
            Fail($"row weights are {rowWeights.Shape}, but the batch has {a.Rows} rows");
        if (rowWeights is not null) RequirePlacement(rowWeights);
        Backend.AddEdgeMoments(this, a, b, rowWeights, edges, scale);
    }

    /// <summary>
    /// Sweeps through units with two values that edges join, colour by colour; see <see cref="Backend.TwoStateSampleEdges"/>.
    /// </summary>
    /// <param name="inputs">From elsewhere, [B × n]; null for none.</param>
    /// <param name="bias">[1 × n].</param>
    /// <param name="edges">Of n units.</param>
    /// <param name="weights">[1 × edges].</param>
    /// <param name="low">Lesser value.</param>
    /// <param name="high">Greater value.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">0 for units that stay, [1 × n] or [B × n]; null if all may change.</param>
    /// <param name="sweeps">How many; each takes a draw.</param>
    public void SampleTwoStateEdges(
        Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, Rng rng, double scale = 1,
            Matrix? free = null, int sweeps = 1)
    {
        RequireEdgeSweep(inputs, bias, edges, weights, free);
        if (sweeps < 1) return;
        Draw draw = rng.NextDraw();
        rng.Step += (ulong)(sweeps - 1);
        Backend.TwoStateSampleEdges(this, inputs, bias, edges, weights, low, high, scale, free, sweeps, draw);
    }

    /// <summary>One such sweep with means in place of draws.</summary>
    /// <inheritdoc cref="SampleTwoStateEdges"/>
    public void SetTwoStateMeanEdges(Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale = 1,
        Matrix? free = null)
    {
        RequireEdgeSweep(inputs, bias, edges, weights, free);
        Backend.TwoStateMeanEdges(this, inputs, bias, edges, weights, low, high, scale, free);
    }

    void RequireEdgeSweep(Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, Matrix? free)
    {
        if (inputs is not null) RequireSame(inputs);
        RequireRowOf(bias);
        RequireEdges(edges, weights);
        RequireMask(free);
    }

    void RequireEdges(EdgeList edges, Matrix weights)
    {
        if (edges.Units != Columns) Fail($"the edges join {edges.Units} units, but the batch has {Columns} columns");
        if (weights.Rows != 1 || weights.Columns != edges.Count) Fail($"weights are {weights.Shape}, but there are {edges.Count} edges");
        RequirePlacement(weights);
    }
}
