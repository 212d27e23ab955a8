namespace Boltzmann.Experiments;

/// <summary>What a machine of documents came to.</summary>
/// <param name="Completion">Perplexity of every second word of test documents given the others.</param>
/// <param name="AtTen">Share of the 10 nearest training documents that are of the query's group.</param>
/// <param name="AtHundred">The same of 100.</param>
/// <param name="Seconds">Of learning.</param>
sealed record TopicScores(double Completion, double AtTen, double AtHundred, double Seconds)
{
    /// <summary>From kept numbers.</summary>
    public static TopicScores From(double[] n) => new(n[0], n[1], n[2], n[3]);

    /// <summary>For keeping.</summary>
    public double[] ToNumbers() => [Completion, AtTen, AtHundred, Seconds];
}
