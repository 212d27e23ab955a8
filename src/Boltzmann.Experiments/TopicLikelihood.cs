namespace Boltzmann.Experiments;

/// <summary>Perplexity of documents by annealed importance sampling.</summary>
/// <param name="Forward">exp of the mean over documents of −log p/words, with the forward estimates of log Z.</param>
/// <param name="Reverse">The same with the reverse ones.</param>
/// <param name="Error">Standard error over documents.</param>
/// <param name="Gap">log Z backward less forward, mean over lengths, in nats.</param>
sealed record TopicLikelihood(double Forward, double Reverse, double Error, double Gap)
{
    /// <summary>From kept numbers.</summary>
    public static TopicLikelihood From(double[] n) => new(n[0], n[1], n[2], n[3]);

    /// <summary>For keeping.</summary>
    public double[] ToNumbers() => [Forward, Reverse, Error, Gap];
}
