namespace Boltzmann.Runs;

/// <summary>
/// Which of the default metrics cost more than the training that they watch. Log-likelihoods and bounds need log Z, and where it cannot be
/// enumerated its estimate moves 150 chains through up to 1000 inverse temperatures, whatever the number of rows.
/// </summary>
/// <remarks>
/// Counted are products of a row with all weights. An estimate has two for each chain and temperature. Training has three for each row
/// (inference and gradient) and two for each sweep of each chain. A default metric is left out where an estimate every so many epochs has
/// more of them than so many epochs have, and takes more than <see cref="Patience"/> multiplications, a few seconds. The rule does not look
/// at the number of epochs, so that a run that is resumed for more of them measures what it has measured. What stays is estimated some
/// twenty times in a run, however many epochs it has: a table of a hundred rows has a thousand of them.
/// </remarks>
static class LikelihoodCost
{
    /// <summary>Multiplications that are never too many.</summary>
    const double Patience = 1e11;

    const int Estimates = 20;

    /// <summary>A sentence on the metrics that are left out; null for none.</summary>
    /// <param name="names">Those of <see cref="LeftOut"/> for all machines.</param>
    public static string? Note(IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct()];
        return all.Length == 0 ? null : $"not measured: {string.Join(", ", all)}, as estimates of log Z would take longer than training; "
            + $"--metrics {all[0]} asks for it";
    }

    /// <summary>The metrics that are left out.</summary>
    /// <param name="plan">How the machine learns.</param>
    /// <param name="options">Its metrics.</param>
    /// <param name="model">The machine.</param>
    /// <param name="rows">Rows of an epoch.</param>
    public static string[] LeftOut(TrainPlan plan, TrainerOptions options, EnergyModel model, int rows)
    {
        if (plan.Metrics is not null) return [];
        return [.. options.Metrics.Where(metric => BetasOf(metric.Name) is int betas && metric.Name != plan.EarlyStopping
            && Outweighs(plan, model, rows, betas, metric.Every) && !Exact.Reaches(model)).Select(metric => metric.Name)];
    }

    /// <summary>The metric at its usual epochs, or in a run of very many at fewer of them.</summary>
    /// <param name="plan">How the machine learns.</param>
    /// <param name="metric">One of its metrics.</param>
    /// <param name="model">The machine.</param>
    public static Metric Spaced(TrainPlan plan, Metric metric, EnergyModel model)
    {
        if (plan.Metrics is not null || BetasOf(metric.Name) is null || metric.Name == plan.EarlyStopping || Exact.Reaches(model))
            return metric;
        int periods = (plan.Epochs ?? TrainPlan.DefaultEpochs) / (metric.Every * Estimates);
        return periods > 1 ? metric with { Every = metric.Every * periods } : metric;
    }

    /// <summary>Whether an estimate at the end, as `evaluate` makes it, would take longer than the whole training.</summary>
    /// <param name="plan">How the machine learned.</param>
    /// <param name="model">The machine.</param>
    /// <param name="rows">Rows of an epoch.</param>
    /// <param name="epochs">How many there were.</param>
    public static bool Outweighs(TrainPlan plan, EnergyModel model, int rows, int epochs) =>
        !Exact.Reaches(model) && Outweighs(plan, model, rows, LogPartitionRequest.DefaultBetas, epochs);

    static int? BetasOf(string metric) => metric switch
    {
        "log-likelihood" or "validation-log-likelihood" => MetricCatalog.AisBetas,
        "elbo" or "validation-elbo" => MetricCatalog.ElboBetas,
        _ => null,
    };

    static bool Outweighs(TrainPlan plan, EnergyModel model, int rows, int betas, int every)
    {
        double weights = model.Parameters.Where(p => p.IsWeight).Sum(p => (double)p.Value.Rows * p.Value.Columns);
        double estimate = 2.0 * (MetricCatalog.AisChains + CheckedLogPartition.ReverseChains) * betas;
        double updates = Math.Ceiling((double)rows / plan.BatchSize), sweeps = plan.Steps.Max();
        double chains = plan.Method switch
        {
            TrainingMethod.Cd => plan.BatchSize,
            TrainingMethod.Pt => (double)plan.Chains * plan.Temperatures,
            TrainingMethod.Pcd or TrainingMethod.Fpcd => plan.Chains,
            _ => 0,
        };
        double epoch = 3.0 * rows + 2 * updates * sweeps * chains;
        return estimate > every * epoch && estimate * weights > Patience;
    }
}
