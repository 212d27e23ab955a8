namespace Boltzmann;

/// <content>Double rectified units: density ∝ exp((input + b)x − κ|x| − ½γ₊max(x, 0)² − ½γ₋min(x, 0)²).</content>
public sealed partial class Matrix
{
    /// <summary>this = E[x].</summary>
    /// <param name="inputs">[B × n].</param>
    /// <param name="units">The parameters.</param>
    public void SetDoubleRectifiedMean(Matrix inputs, in DoubleRectifiedUnits units)
    {
        RequireDoubleRectified(inputs, units);
        Backend.DoubleRectifiedMoments(new(Mean: this), inputs, units);
    }

    /// <summary>this = E[|x|], and the two others E[max(x, 0)²] and E[min(x, 0)²].</summary>
    /// <inheritdoc cref="SetDoubleRectifiedMean"/>
    /// <param name="inputs">[B × n].</param>
    /// <param name="units">The parameters.</param>
    /// <param name="upperSquare">Of this shape.</param>
    /// <param name="lowerSquare">Of this shape.</param>
    public void SetDoubleRectifiedMagnitude(Matrix inputs, in DoubleRectifiedUnits units, Matrix upperSquare, Matrix lowerSquare)
    {
        RequireDoubleRectified(inputs, units);
        RequireSame(upperSquare);
        RequireSame(lowerSquare);
        Backend.DoubleRectifiedMoments(new(null, this, upperSquare, lowerSquare), inputs, units);
    }

    /// <summary>A draw.</summary>
    /// <inheritdoc cref="SetDoubleRectifiedMean"/>
    /// <param name="inputs">[B × n].</param>
    /// <param name="units">The parameters.</param>
    /// <param name="rng">Source of randomness.</param>
    public void SampleDoubleRectified(Matrix inputs, in DoubleRectifiedUnits units, Rng rng)
    {
        RequireDoubleRectified(inputs, units);
        Backend.DoubleRectifiedSample(this, inputs, units, rng.NextDraw());
    }

    /// <summary>this[B × 1] += scale·Σ log of the density's integral.</summary>
    /// <inheritdoc cref="SetDoubleRectifiedMean"/>
    /// <param name="inputs">[B × n].</param>
    /// <param name="units">The parameters.</param>
    /// <param name="scale">Factor.</param>
    public void AddDoubleRectifiedLogNormalizer(Matrix inputs, in DoubleRectifiedUnits units, double scale = 1)
    {
        RequireRowValues(inputs);
        inputs.RequireDoubleRectified(inputs, units);
        Backend.AddDoubleRectifiedLogNormalizer(this, inputs, units, scale);
    }

    void RequireDoubleRectified(Matrix inputs, in DoubleRectifiedUnits units)
    {
        RequireUnits(inputs, units.Bias);
        RequireRowOf(units.Kink);
        RequireRowOf(units.Upper);
        RequireRowOf(units.Lower);
    }
}
