namespace Boltzmann.Models;

/// <summary>
/// Which units the rows of a batch have, in numbers that turn means over all rows into means over the rows that have a unit: Σ_r w_r over
/// all rows divided by that over the rows with the unit; 0 for a unit that no row has.
/// </summary>
/// <param name="batch">Its state knows what is absent (<see cref="State.Present"/>).</param>
public sealed class RowPresence(in Batch batch)
{
    readonly State state = batch.State;
    readonly Matrix? rowWeights = batch.RowWeights;
    readonly double totalWeight = batch.TotalWeight;

    /// <summary>For each unit of a layer, [1 × units]; null if none of them is absent anywhere.</summary>
    public Matrix? Of(int layer)
    {
        if (state.Present(layer) is not Matrix present) return null;
        Matrix shares = present.Like(1, present.Columns);
        shares.SetColumnSums(present, null, rowWeights, 1 / totalWeight);
        return Inverse(shares);
    }

    /// <summary>
    /// For each pair of units of two layers, which may be the same, by the rows that have both; [units × units]. Some are absent in each.
    /// </summary>
    public Matrix OfPairs(int layer, int other)
    {
        Matrix left = state.Present(layer)!, right = state.Present(other)!, shares = left.Like(left.Columns, right.Columns);
        Matrix weighted = right.Clone();
        if (rowWeights is not null) weighted.SetScaled(right, rowWeights);
        shares.SetOuterProducts([new Factor(left, weighted, 1 / totalWeight)]);
        return Inverse(shares);
    }

    /// <summary>For each edge between units of a layer of which some are absent, by the rows that have both ends; [1 × edges].</summary>
    public Matrix OfEdges(int layer, EdgeList edges)
    {
        Matrix present = state.Present(layer)!, shares = present.Like(1, edges.Count);
        shares.Fill(0);
        shares.AddEdgeMoments(present, present, edges, rowWeights, 1 / totalWeight);
        return Inverse(shares);
    }

    static Matrix Inverse(Matrix shares)
    {
        for (int r = 0; r < shares.Rows; r++) shares.WriteRow(r, Array.ConvertAll(shares.ReadRow(r), share => share > 0 ? 1 / share : 0));
        return shares;
    }
}
