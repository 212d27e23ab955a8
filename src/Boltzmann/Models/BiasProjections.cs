using System.Runtime.InteropServices;

namespace Boltzmann.Models;

/// <summary>
/// What centring takes off the gradients of biases: bias += scale·outerᵀ·(inner·offsetᵀ), the gradient of weights applied to the other
/// side's offset without forming it. Gathered, so that all of it is one operation; in the order in which it was added.
/// </summary>
public sealed class BiasProjections
{
    readonly BatchScratch along = new();
    readonly List<Projection> list = [];

    /// <summary>Memory for what is computed on the way.</summary>
    public Workspace Workspace { get; } = new();

    /// <summary>Adds one term of a gradient of weights.</summary>
    /// <param name="bias">Changed, [1 × units].</param>
    /// <param name="outer">The term's side of these units, [N × units].</param>
    /// <param name="inner">Its other side, [N × units there].</param>
    /// <param name="offset">μ of the other side, [1 × units there].</param>
    /// <param name="scale">Factor.</param>
    public void Add(Matrix bias, Matrix outer, Matrix inner, Matrix offset, double scale) =>
        list.Add(new(bias, outer, inner, offset, scale, along.Of(inner.Rows, 1, inner.Placement)));

    /// <summary>Does what was added: before a bias is changed or read by other means.</summary>
    public void Apply()
    {
        Matrix.AddProjections(CollectionsMarshal.AsSpan(list));
        list.Clear();
    }
}
