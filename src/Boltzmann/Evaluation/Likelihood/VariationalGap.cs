namespace Boltzmann.Evaluation;

/// <summary>
/// How far the variational bound lies below the log-likelihood: log p(v) − bound(v) = KL(q ‖ p(h|v)). The true log Σ_h e^{−E(v,h)} of a row
/// comes from annealed importance sampling of the posterior, the visible layers clamped, along the path from the mean-field distribution q
/// itself to p(h|v): its start is the bound, and log Z of the machine cancels.
/// </summary>
/// <param name="Bound">The bound without −log Z of each row, as <see cref="Elbo.PerRow(EnergyModel, Matrix, MeanField?)"/> gives
/// it.</param>
/// <param name="LogProbability">Estimated log Σ_h e^{−E(v,h)} of each row, so log p(v) + log Z: on average an underestimate.</param>
/// <param name="Gap">Their difference for each row: on average an underestimate of the true gap, close where <paramref name="Errors"/> are
/// small.</param>
/// <param name="Errors">Standard error of each row's estimate, over chains.</param>
public sealed record VariationalGap(Score Bound, Score LogProbability, Score Gap, IReadOnlyList<double> Errors)
{
    /// <summary>Estimates it for each row, one after another: a few rows are enough to know the size of it.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">[N × visible units], of any precision. Labels, where the machine has them, are summed out like hidden
    /// units.</param>
    /// <param name="settings">Chains and path for each row; its start is not used. Null for 100 chains and 200 inverse
    /// temperatures.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="inference">How q is found; up to 100 updates to a tolerance of 1e-6 when null.</param>
    /// <param name="progress">Told the finished fraction of the rows.</param>
    /// <param name="cancellation">Checked at every inverse temperature.</param>
    /// <exception cref="ArgumentException">The data have another width than the model, the model has no hidden layers, or the settings do
    /// not make a path.</exception>
    public static VariationalGap Estimate(
        EnergyModel model, Matrix data, Annealing? settings, Rng rng, MeanField? inference = null, IProgress<double>? progress = null,
            CancellationToken cancellation = default)
    {
        settings ??= new() { Betas = 200 };
        inference ??= Elbo.CarefulInference();
        EnergyModel target = FreeEnergy.InDouble(model);
        int[] free = FreeEnergy.Unknown(target);
        if (free.Length == 0) throw new ArgumentException("a machine without hidden layers has no variational gap");
        var conditional = new ConditionalModel(target, free);
        int[] all = [.. Enumerable.Range(0, free.Length)];
        double[] bounds = new double[data.Rows], logs = new double[data.Rows], errors = new double[data.Rows];
        var value = new Matrix(1, 1, target.Placement);
        var posterior = new State(conditional, 1);
        foreach (var (first, state) in FreeEnergy.States(target, data))
        {
            inference.Infer(target, state, free);
            for (int r = 0; r < state.Rows; r++)
            {
                conditional.Set(state, r);
                Layer[] start = [.. conditional.Layers.Select(l => l.Clone())];
                for (int k = 0; k < free.Length; k++)
                {
                    posterior[k].SetCopy(state[free[k]].RowRange(r, 1));
                    // q's inputs hold what the row says; that is in the bias already.
                    start[k].Bias.SetSum(target.Layers[free[k]].Bias, 1, state.Inputs(free[k]).RowRange(r, 1));
                    posterior.Inputs(k).SetSum(start[k].Bias, 1, conditional.Layers[k].Bias, -1);
                }
                value.Fill(0);
                MeanField.AddBound(conditional, posterior, all, value);
                bounds[first + r] = value[0, 0] - conditional.OwnEnergy;
                LogPartitionEstimate estimate = AnnealedImportanceSampling.Estimate(conditional, settings with { Start = start }, rng, null,
                    cancellation);
                logs[first + r] = estimate.Value - conditional.OwnEnergy;
                errors[first + r] = estimate.StandardError;
                progress?.Report((first + r + 1.0) / data.Rows);
            }
        }
        return new(new(bounds), new(logs), new([.. logs.Zip(bounds, (log, bound) => log - bound)]), errors);
    }
}
