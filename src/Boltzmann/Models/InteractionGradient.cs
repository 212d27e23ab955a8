namespace Boltzmann.Models;

/// <summary>The part of a <see cref="Gradient"/> that belongs to one interaction: its parameters are counted from 0.</summary>
public readonly struct InteractionGradient
{
    readonly Gradient owner;
    readonly int first;

    internal InteractionGradient(Gradient owner, int first)
    {
        this.owner = owner;
        this.first = first;
    }

    /// <summary>
    /// Adds scale·leftᵀ·right to the gradient of a parameter. The matrices must stay unchanged until the gradient is used.
    /// </summary>
    public void AddFactor(int parameter, in Factor factor) => owner.AddFactor(first + parameter, factor);

    /// <summary>The gradient of a parameter as a list of factors.</summary>
    public ReadOnlySpan<Factor> Factors(int parameter) => owner.Factors(first + parameter);

    /// <summary>The gradient of a parameter that is kept as one matrix (<see cref="Parameter.IsDense"/>), to be added to.</summary>
    public Matrix Dense(int parameter) => owner.Dense(first + parameter);

    /// <summary>A copy in memory that lasts until the gradient is cleared: for factors that are computed on the way.</summary>
    public Matrix Keep(Matrix matrix) => owner.Keep(matrix);

    /// <summary>Multiplies each row of the gradient of a parameter by a number, [1 × rows of the parameter].</summary>
    public void ScaleRows(int parameter, Matrix factors) => owner.ScaleRows(first + parameter, factors);

    /// <summary>Multiplies each column of the gradient of a parameter by a number, [1 × columns of the parameter].</summary>
    public void ScaleColumns(int parameter, Matrix factors) => owner.ScaleColumns(first + parameter, factors);

    /// <summary>
    /// Multiplies each entry of the gradient of a parameter by a number, a matrix of the parameter's shape. Forms the gradient as one
    /// matrix, which costs more than <see cref="ScaleRows"/>.
    /// </summary>
    public void ScaleEntries(int parameter, Matrix factors) => owner.ScaleEntries(first + parameter, factors);

    /// <summary>
    /// States times the weights of their rows; the states themselves without weights. The memory lasts until the gradient is cleared.
    /// </summary>
    public Matrix Weighted(Matrix states, Matrix? rowWeights) => rowWeights is null ? states : owner.Weighted(states, rowWeights);
}
