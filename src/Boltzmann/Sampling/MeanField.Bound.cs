namespace Boltzmann;

/// <content>What inference raises: −⟨E⟩ + H(q), the bound on the logarithm of a row's unnormalised probability.</content>
public sealed partial class MeanField
{
    /// <summary>
    /// values[B × 1] += the bound without −log Z, from the inputs of the free layers that an inference left in the state; sets these layers
    /// to the means of exactly these inputs.
    /// </summary>
    internal static void AddBound(EnergyModel model, State state, IReadOnlyList<int> free, Matrix values)
    {
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (!free.Contains(l))
            {
                model.Layers[l].AddEnergy(state[l], values, -1, state.Workspace);
                continue;
            }
            // Damping and the limits of a tolerance leave means a little beside those of the inputs; only together they make a bound.
            model.UnitsOf(state, l).SetMean(state.Inputs(l), state[l], state.Workspace);
            model.UnitsOf(state, l).AddLogNormalizer(state.Inputs(l), values, 1, state.Workspace);
            values.AddRowSums(state.Inputs(l), state[l], -1);
        }
        model.AddCouplingEnergy(state, values, -1);
    }
}
