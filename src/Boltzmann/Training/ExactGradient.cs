namespace Boltzmann;

/// <summary>
/// The exact gradient of the log-likelihood, its negative phase by enumeration (<see cref="Exact.Moments"/>): for machines small enough to
/// enumerate, and as the measure of the other estimators.
/// </summary>
public sealed class ExactGradient : IGradientEstimator
{
    Matrix? identity;

    /// <inheritdoc/>
    public string Name => "exact";

    /// <summary>Has no meaning here: there is no chain.</summary>
    public int Steps { get; set; } = 1;

    /// <summary>Nothing.</summary>
    public IReadOnlyList<(string Name, Matrix Value)> Memory => [];

    /// <inheritdoc/>
    public void Prepare(EnergyModel model, IReadOnlyDictionary<string, int> rows) { }

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The machine cannot be enumerated.</exception>
    public void Estimate(EnergyModel model, in Batch batch, Gradient gradient, Rng rng)
    {
        PositivePhase.RequireBipartite(model);
        PositivePhase.AddExact(model, batch, gradient);
        IReadOnlyList<Matrix> moments = Exact.Moments(model);
        int connection = 0;
        for (int i = 0; i < moments.Count; i++)
        {
            Matrix expected = moments[i].Clone(model.Placement.Precision);
            // ⟨v·hᵀ⟩ is not a product of few rows; as the factor Iᵀ·⟨v·hᵀ⟩ it takes the same way as the others.
            if (model.Parameters[i].IsWeight) gradient.AddFactor(connection++, new Factor(Identity(expected), expected, -1));
            else gradient.Dense(i).SetSum(gradient.Dense(i), 1, expected, -1);
        }
    }

    Matrix Identity(Matrix like)
    {
        if (identity is not null && identity.Rows == like.Rows && identity.Placement == like.Placement) return identity;
        identity = like.Like(like.Rows, like.Rows);
        for (int i = 0; i < like.Rows; i++) identity[i, i] = 1;
        return identity;
    }
}
