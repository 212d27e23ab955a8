namespace Boltzmann;

/// <content>Functions of the caller's own, element by element.</content>
public sealed partial class Matrix
{
    /// <summary>
    /// this = f(x, p, q, 0), element by element; p and q of the same shape, a row, a column, [1 × 1], or missing for zeros.
    /// </summary>
    /// <typeparam name="TMap">f; see <see cref="IMap{TSelf}"/>.</typeparam>
    /// <param name="inputs">x, of this shape; may be this matrix.</param>
    /// <param name="first">p.</param>
    /// <param name="second">q.</param>
    public void SetMap<TMap>(Matrix inputs, Matrix? first = null, Matrix? second = null) where TMap : struct, IMap<TMap>
    {
        RequireMap(inputs, first, second);
        Backend.Map<TMap>(this, inputs, first, second, null);
    }

    /// <summary>this = f(x, p, q, u), u uniform in [0, 1) and drawn for each element.</summary>
    /// <inheritdoc cref="SetMap{TMap}(Matrix, Matrix?, Matrix?)"/>
    /// <param name="inputs">x, of this shape; may be this matrix.</param>
    /// <param name="first">p.</param>
    /// <param name="second">q.</param>
    /// <param name="rng">Source of randomness.</param>
    public void SampleMap<TMap>(Matrix inputs, Matrix? first, Matrix? second, Rng rng) where TMap : struct, IMap<TMap>
    {
        RequireMap(inputs, first, second);
        Backend.Map<TMap>(this, inputs, first, second, rng.NextDraw());
    }

    void RequireMap(Matrix inputs, Matrix? first, Matrix? second)
    {
        RequireSame(inputs);
        if (first is not null) RequireBroadcast(first);
        if (second is not null) RequireBroadcast(second);
    }
}
