namespace Boltzmann.Evaluation;

/// <summary>A forward and a reverse estimate of the same log Z: on average the first is too low and the second too high.</summary>
/// <param name="Forward">From <see cref="AnnealedImportanceSampling.Estimate"/>.</param>
/// <param name="Reverse">From
/// <see cref="AnnealedImportanceSampling.EstimateReverse(EnergyModel, Annealing?, Rng, IProgress{double}?, CancellationToken)"/> or its
/// data-started form.</param>
public sealed record LogPartitionBracket(LogPartitionEstimate Forward, LogPartitionEstimate Reverse)
{
    /// <summary>Reverse less forward value, in nats: what is left open about every log-likelihood that uses them.</summary>
    public double Gap => Reverse.Value - Forward.Value;

    /// <summary>The verdict on the bracket; <see cref="Warnings"/> are its reasons.</summary>
    public BracketVerdict Verdict
    {
        get
        {
            bool isHopeless = !(Math.Abs(Gap) <= 10) || Few(Forward) || Few(Reverse);
            return isHopeless ? BracketVerdict.NotToBeBelieved : Warnings.Count > 0 ? BracketVerdict.Doubtful : BracketVerdict.Trustworthy;

            static bool Few(LogPartitionEstimate estimate) => !(estimate.EffectiveSampleSize >= 2) && estimate.Chains > 1;
        }
    }

    const int FewestChains = 10;

    /// <summary>What speaks against trusting the numbers, a sentence each; empty if nothing does.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            foreach (LogPartitionEstimate estimate in (ReadOnlySpan<LogPartitionEstimate>)[Forward, Reverse])
                if (estimate.EffectiveSampleSize < 0.1 * estimate.Chains)
                    warnings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                        $"{estimate.Method}: {estimate.EffectiveSampleSize:F1} of {estimate.Chains} chains carry the weight, so its error "
                            + $"is not to be trusted; take more betas"));
            if (Math.Min(Forward.Chains, Reverse.Chains) is < FewestChains and int few)
                warnings.Add($"{few} chains are too few for their spread to tell the error; take {FewestChains} or more");
            double error = Math.Sqrt(Forward.StandardError * Forward.StandardError + Reverse.StandardError * Reverse.StandardError);
            if (Gap > 1)
                warnings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"forward and reverse estimates of log Z leave {Gap:F1} nats between them; take more betas or quote both"));
            if (Gap < -3 * error)
                warnings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"the reverse estimate of log Z lies {-Gap:F2} nats below the forward one: its chains were not samples of the model; "
                        + $"take a longer burn-in"));
            return warnings;
        }
    }
}
