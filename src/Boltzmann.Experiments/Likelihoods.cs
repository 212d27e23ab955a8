namespace Boltzmann.Experiments;

/// <summary>log Z of a machine from both sides, from the base rates of its data and to them.</summary>
static class Likelihoods
{
    const uint AisStream = 0x61697366, ReverseStream = 0x61697372;
    const int QuickBurnIn = 100, QuickChains = 20, QuickBetas = 200;

    /// <summary>Free sweeps of the reverse chains before their walk, unless an experiment says otherwise.</summary>
    public static int BurnIn(ExperimentContext context) => context.Quick ? QuickBurnIn : 5000;

    /// <summary>Chains of an estimate.</summary>
    public static int Chains(ExperimentContext context) => context.Quick ? QuickChains : 100;

    /// <summary>Inverse temperatures of an estimate.</summary>
    public static int Betas(ExperimentContext context, int betas) => context.Quick ? QuickBetas : betas;

    /// <summary>"100 chains and 20,000 inverse temperatures", as an estimate has them.</summary>
    public static string Ways(ExperimentContext context, int betas) =>
        $"{Chains(context)} chains and {Betas(context, betas):N0} inverse temperatures";

    /// <summary>Both estimates.</summary>
    /// <param name="model">In double precision.</param>
    /// <param name="start">Training rows: their means make the start, some of them begin the reverse chains.</param>
    /// <param name="betas">Inverse temperatures.</param>
    /// <param name="context">Seed, interruption, whether it is a smoke test.</param>
    /// <param name="burnIn">Free sweeps of the reverse chains before their walk; null for <see cref="BurnIn"/>.</param>
    public static LogPartitionBracket Estimate(EnergyModel model, Dataset start, int betas, ExperimentContext context, int? burnIn = null)
    {
        Dataset rows = start.Take(context.Quick ? 2000 : start.Count);
        var annealing = new Annealing
        {
            Chains = Chains(context),
            Betas = Betas(context, betas),
            Start = Annealing.BaseRate(model, rows.ToMatrix(model.Placement)),
        };
        context.Say($"annealed importance sampling: {annealing.Chains} chains, {annealing.Betas} betas, both ways");
        LogPartitionEstimate forward = AnnealedImportanceSampling.Estimate(model, annealing, new Rng(context.Seed, AisStream),
            cancellation: context.Interrupted);
        var picked = new int[annealing.Chains];
        for (int i = 0; i < picked.Length; i++) picked[i] = (int)((long)i * rows.Count / picked.Length);
        int sweeps = context.Quick ? QuickBurnIn : burnIn ?? BurnIn(context);
        LogPartitionEstimate reverse = AnnealedImportanceSampling.EstimateReverse(model, annealing,
            rows.Select(picked).ToMatrix(model.Placement), sweeps, new Rng(context.Seed, ReverseStream),
            cancellation: context.Interrupted);
        return new(forward, reverse);
    }

    /// <summary>Root mean square of the weights of a connection.</summary>
    public static double WeightNorm(EnergyModel model, int connection)
    {
        Matrix weights = model.Interactions[connection].Parameters[0].Value;
        return Math.Sqrt(weights.Summarize().SumOfSquares / ((double)weights.Rows * weights.Columns));
    }

    /// <summary>
    /// Whether a forward and a reverse value of log Z, nats apart, are to be believed, by the limits of
    /// <see cref="LogPartitionBracket.Verdict"/> on their distance alone: 1 and 10 nats, either way.
    /// </summary>
    public static string Verdict(double forward, double reverse) =>
        Math.Abs(reverse - forward) switch { <= 1 => "yes", <= 10 => "doubtful", _ => "no" };

    /// <summary>"836.97 (836.13 to 838.02)".</summary>
    public static string Words(LogPartitionEstimate estimate) => $"{estimate.Value:F2} ({estimate.Lower:F2} to {estimate.Upper:F2})";
}
