namespace Boltzmann.Inference;

/// <summary>Finds log Z as asked for.</summary>
static class LogPartitionSearch
{
    /// <summary>Rows that base rates are taken from, at most.</summary>
    public const int BaseRateRows = 10_000;

    const uint Stream = 0x616e6e00;

    /// <summary>Finds log Z.</summary>
    /// <param name="request">How.</param>
    /// <param name="model">An rbm, or the undirected pair on top of a stack.</param>
    /// <param name="rows">Rows as this model sees them; null without data.</param>
    /// <param name="context">Seed, bars, Ctrl-C.</param>
    /// <param name="baseRate">The start by base rates, where they are known; null to take them from the rows.</param>
    /// <exception cref="BadInputException">The way asked for does not lead there.</exception>
    public static LogPartitionResult Find(LogPartitionRequest request, EnergyModel model, PairRows? rows, RunContext context,
        IReadOnlyList<Layer>? baseRate = null)
    {
        bool isReachable = Exact.Reaches(model);
        LogPartitionMethod method = request.Method ?? LogPartitionMethod.Auto;
        if (method == LogPartitionMethod.Exact || (method == LogPartitionMethod.Auto && isReachable))
            return context.Track("enumerating", _ => new LogPartitionResult(Exact.LogPartition(model, context.Interrupted)));

        AnnealingStart start = request.Start ?? (rows is null ? AnnealingStart.Uniform : AnnealingStart.BaseRate);
        ReverseStart from = request.Reverse ?? ReverseStart.Auto;
        if (from == ReverseStart.Auto) from = isReachable ? ReverseStart.Samples : rows is null ? ReverseStart.None : ReverseStart.Data;
        if (from == ReverseStart.Data && rows is null) throw new BadInputException("--reverse data needs --data");
        if (start == AnnealingStart.BaseRate && rows is null) throw new BadInputException("--start base-rate needs --data");
        var settings = new Annealing
        {
            Chains = request.Chains ?? LogPartitionRequest.DefaultChains,
            Betas = request.Betas ?? LogPartitionRequest.DefaultBetas,
            Spacing = request.Spacing ?? BetaSpacing.Linear,
            Start = start == AnnealingStart.BaseRate ? baseRate ?? Annealing.BaseRate(model, rows!.Lower(BaseRateRows)) : null,
        };
        LogPartitionEstimate forward = context.Track("annealing",
            progress => AnnealedImportanceSampling.Estimate(model, settings, Source(1), progress, context.Interrupted));
        LogPartitionEstimate? back = from == ReverseStart.None ? null : context.Track("annealing backwards",
            progress => from == ReverseStart.Samples
            ? AnnealedImportanceSampling.EstimateReverse(model, settings, Source(2), progress, context.Interrupted)
            : AnnealedImportanceSampling.EstimateReverse(model, settings, rows!.Joined(settings.Chains),
                request.BurnIn ?? LogPartitionRequest.DefaultBurnIn, Source(2), progress, context.Interrupted));
        return new(forward, back, from, start, settings.Spacing);

        Rng Source(uint stream) => new(context.Seed, Stream + stream);
    }
}
