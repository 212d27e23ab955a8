namespace Boltzmann.Models;

/// <summary>Examples of one update: the visible layer of a state, with optional weights.</summary>
/// <param name="State">The data lie in layer 0; the other layers are scratch for the positive phase.</param>
/// <param name="RowWeights">[B × 1], or null for ones.</param>
/// <param name="TotalWeight">Σ of the weights: B without them.</param>
public readonly record struct Batch(State State, Matrix? RowWeights, double TotalWeight)
{
    /// <summary>Rows that count alike.</summary>
    public Batch(State state) : this(state, null, state.Rows) { }
}
