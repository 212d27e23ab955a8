namespace Boltzmann.Runs;

/// <summary>
/// The likelihood of a trial that is to go on or to win, and of one whose estimate in training was not to be believed: the same rows and
/// bits, ten times as many inverse temperatures. Good models are the ones whose log Z is hard to find, and a search that lost them would
/// choose poor ones; and a search by a quick estimate seeks out the machines that it flatters.
/// </summary>
static class CarefulLikelihood
{
    const int Chains = 100, Betas = 10_000;
    const string Metric = "validation-log-likelihood";

    /// <summary>The estimate; null where the metric is another, or the model not an RBM.</summary>
    /// <param name="plan">Of the trial's run.</param>
    /// <param name="run">The run, which has come to the end of a round.</param>
    /// <param name="metric">The metric that trials are chosen by.</param>
    /// <param name="context">Data and place.</param>
    public static MetricValue? Of(RunPlan plan, RunFolder run, string metric, RunContext context)
    {
        if (metric != Metric || plan is not TrainPlan train || train.Kind != ModelKind.Rbm) return null;
        var task = (TrainingTask)plan.Open(context, run.CheckpointPath);
        Metric careful = MetricCatalog.Parse(metric) with
        {
            Measure = c => CheckedLogPartition.Of(c.Model, c.Training,
                new Annealing { Chains = Chains, Betas = Betas, Start = Annealing.BaseRate(c.Model, c.Training) }, c.Rng)
                .Judge(logZ => FreeEnergy.LogLikelihood(c.Rbm, c.Validation!, logZ)),
        };
        var monitor = new MetricMonitor(ModelFile.LoadRbm(run.ModelPath, context.Placement), task.Options[0] with { Metrics = [careful] },
            task.Training, task.Validation, new Rng(context.Seed, Trainer.MetricStream), inference: null, follower: null);
        return monitor.Measure(epoch: 1, isLast: true, seconds: 0, rowsPerSecond: 0)[metric];
    }
}
