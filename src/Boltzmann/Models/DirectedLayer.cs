namespace Boltzmann;

/// <summary>
/// Units given the layer that points to them: p(x | parents) ∝ exp(−U(x) + I·x) with inputs I = parents·W, or parents·Wᵀ downwards.
/// </summary>
/// <param name="Units">The layer whose states are told.</param>
/// <param name="Weights">[lower × upper], whichever of the two points to the other.</param>
/// <param name="IsDownward">Whether the upper layer points to the lower.</param>
sealed record DirectedLayer(Layer Units, Matrix Weights, bool IsDownward)
{
    /// <summary>destination[B × units] = the inputs that parents give.</summary>
    public void SetInputs(Matrix parents, Matrix destination) => destination.SetProduct(parents, Weights, transposeRight: IsDownward);

    /// <summary>A draw given parents, [B × units].</summary>
    public Matrix Sample(Matrix parents, Rng rng)
    {
        Matrix inputs = parents.Like(parents.Rows, Units.Units), states = parents.Like(parents.Rows, Units.Units);
        SetInputs(parents, inputs);
        Units.Sample(inputs, states, rng);
        return states;
    }

    /// <summary>values[B × 1] += scale·log p(states | parents), row by row: −U(x) + I·x − log-normaliser(I).</summary>
    public void AddLogProbability(Matrix states, Matrix parents, Matrix values, double scale = 1)
    {
        Matrix inputs = parents.Like(parents.Rows, Units.Units);
        SetInputs(parents, inputs);
        Units.AddEnergy(states, values, -scale);
        values.AddRowSums(inputs, states, scale);
        Units.AddLogNormalizer(inputs, values, -scale);
    }

    /// <summary>log p(state s | parent t) of every pair, [S × T].</summary>
    public double[,] LogProbabilities(Matrix states, Matrix parents)
    {
        Matrix inputs = parents.Like(parents.Rows, Units.Units), pairs = parents.Like(states.Rows, parents.Rows),
            ofState = parents.Like(states.Rows, 1), ofParent = parents.Like(parents.Rows, 1);
        SetInputs(parents, inputs);
        pairs.SetProduct(states, inputs, transposeRight: true);
        Units.AddEnergy(states, ofState, -1);
        Units.AddLogNormalizer(inputs, ofParent, -1);
        double[,] logs = pairs.ToArray();
        double[] s = ofState.ReadColumn(0), t = ofParent.ReadColumn(0);
        for (int i = 0; i < s.Length; i++)
            for (int j = 0; j < t.Length; j++) logs[i, j] += s[i] + t[j];
        return logs;
    }
}
