namespace Boltzmann.Evaluation;

/// <summary>An estimate of the variational bound on a deep belief network's log-likelihood.</summary>
/// <param name="PerRow">The bound of each row, in nats, averaged over draws from q; its standard error is over rows.</param>
/// <param name="SamplingError">Standard error of the mean over rows that the draws from q leave: more draws shrink it. NaN for a single
/// draw.</param>
public sealed record DbnBound(Score PerRow, double SamplingError);
