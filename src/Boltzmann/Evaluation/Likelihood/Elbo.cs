namespace Boltzmann.Evaluation;

/// <summary>
/// The variational bound on the log-likelihood (the evidence lower bound) of machines of any depth: log p(v) ≥ −⟨E⟩_q + H(q) − log Z with
/// the factorised q of mean-field inference (Salakhutdinov and Hinton 2009, section 3). With the inputs I_l of a hidden layer,
/// log-normaliser A_l and mean μ_l = ∂A_l/∂I_l, it is −Σ_visible U(v) + Σ x_aᵀ·W_ab·x_b + Σ_hidden [A_l(I_l) − I_l·μ_l] − log Z, hidden x_l
/// = μ_l: every unit kind brings its own entropy along. In nats per row, in double precision.
/// </summary>
/// <remarks>
/// Any inputs give a bound, so one that has not converged is looser but never wrong. Where hidden layers are not joined to each other, it
/// is log p(v) itself.
/// </remarks>
public static class Elbo
{
    const int Updates = 100;
    const double Tolerance = 1e-6;

    /// <summary>
    /// The bound without −log Z of each row: on −F(v), the logarithm of its unnormalised probability. Labels, where a model has them, are
    /// inferred like hidden units.
    /// </summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="inference">How q is found; up to 100 updates to a tolerance of 1e-6 when null.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score PerRow(EnergyModel model, Matrix data, MeanField? inference = null) => Of(model, data, null, inference);

    /// <summary>The bound without −log Z of each row together with its class.</summary>
    /// <param name="model">A machine with labels.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="labels">A class for each row.</param>
    /// <param name="inference">As for <see cref="PerRow(EnergyModel, Matrix, MeanField?)"/>.</param>
    /// <exception cref="ArgumentException">The model has no labels, or data and labels do not fit it.</exception>
    public static Score PerRow(EnergyModel model, Matrix data, IReadOnlyList<int> labels, MeanField? inference = null)
    {
        return Of(model, data, model.RequireClasses(data, labels), inference);
    }

    /// <summary>The lower bound on log p(v) of each row, in nats.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="logPartition">log Z, exact or estimated: an underestimate of it raises the bound.</param>
    /// <param name="inference">As for <see cref="PerRow(EnergyModel, Matrix, MeanField?)"/>.</param>
    /// <exception cref="ArgumentException">The data have another width than the model.</exception>
    public static Score LogLikelihoodBound(EnergyModel model, Matrix data, double logPartition, MeanField? inference = null) =>
        Less(PerRow(model, data, inference), logPartition);

    /// <summary>The lower bound on log p(v, y) of each row and its class, in nats.</summary>
    /// <param name="model">A machine with labels.</param>
    /// <param name="data">[N × visible units], of any precision.</param>
    /// <param name="labels">A class for each row.</param>
    /// <param name="logPartition">log Z, exact or estimated.</param>
    /// <param name="inference">As for <see cref="PerRow(EnergyModel, Matrix, MeanField?)"/>.</param>
    /// <exception cref="ArgumentException">The model has no labels, or data and labels do not fit it.</exception>
    public static Score LogLikelihoodBound(EnergyModel model, Matrix data, IReadOnlyList<int> labels, double logPartition,
        MeanField? inference = null) =>
        Less(PerRow(model, data, labels, inference), logPartition);

    /// <summary>The inference of bounds.</summary>
    internal static MeanField CarefulInference() => new(Updates, Tolerance);

    static Score Less(Score score, double logPartition) => new([.. score.PerRow.Select(x => x - logPartition)]);

    static Score Of(EnergyModel model, Matrix data, int[]? labels, MeanField? inference)
    {
        inference ??= CarefulInference();
        EnergyModel target = FreeEnergy.InDouble(model);
        int[] free = FreeEnergy.Unknown(target, labels);
        var values = new double[data.Rows];
        foreach (var (first, state) in FreeEnergy.States(target, data, labels))
        {
            inference.Infer(target, state, free);
            var bound = state[0].Like(state.Rows, 1);
            MeanField.AddBound(target, state, free, bound);
            bound.ReadColumn(0).CopyTo(values, first);
        }
        return new(values);
    }
}
