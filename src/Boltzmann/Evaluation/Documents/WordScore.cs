namespace Boltzmann.Evaluation;

/// <summary>
/// What a model makes of the words of documents: log p of those that it is judged by, document by document, and the perplexities, which are
/// what a uniform choice among so many words would give. Documents without such words say nothing and are left out.
/// </summary>
public sealed class WordScore
{
    /// <summary>Scores of documents.</summary>
    /// <param name="logProbabilities">log p of the words of each document, in nats.</param>
    /// <param name="words">How many these are.</param>
    /// <exception cref="ArgumentException">There is not one number of words for each document.</exception>
    public WordScore(IReadOnlyList<double> logProbabilities, IReadOnlyList<double> words)
    {
        if (words.Count != logProbabilities.Count)
            throw new ArgumentException($"{words.Count} numbers of words for {logProbabilities.Count} documents", nameof(words));
        LogProbabilities = logProbabilities;
        Words = words;
        Judged = [.. Enumerable.Range(0, words.Count).Where(d => words[d] > 0)];
        PerDocument = new([.. Judged.Select(d => logProbabilities[d] / words[d])]);
        Total = Judged.Sum(d => words[d]);
    }

    /// <summary>log p of the words of each document, in nats.</summary>
    public IReadOnlyList<double> LogProbabilities { get; }

    /// <summary>The words of each document that were judged.</summary>
    public IReadOnlyList<double> Words { get; }

    /// <summary>The documents that have such words.</summary>
    public IReadOnlyList<int> Judged { get; }

    /// <summary>All of these words.</summary>
    public double Total { get; }

    /// <summary>log p of a word of each judged document, in nats: log p / words.</summary>
    public Score PerDocument { get; }

    /// <summary>exp(−mean over documents of log p / words): short documents count as much as long ones (Salakhutdinov and Hinton
    /// 2009).</summary>
    public double DocumentPerplexity => Math.Exp(-PerDocument.Mean);

    /// <summary>Its standard error over documents, to first order.</summary>
    public double DocumentPerplexityError => DocumentPerplexity * PerDocument.StandardError;

    /// <summary>exp(−Σ log p / Σ words): every word counts alike.</summary>
    public double WordPerplexity => Math.Exp(-PerWord);

    /// <summary>Its standard error over documents, to first order: words of a document stand together.</summary>
    public double WordPerplexityError
    {
        get
        {
            if (Judged.Count < 2) return double.NaN;
            double squares = 0;
            foreach (int d in Judged)
            {
                double rest = LogProbabilities[d] - PerWord * Words[d];
                squares += rest * rest;
            }
            return WordPerplexity * Math.Sqrt(squares * Judged.Count / (Judged.Count - 1)) / Total;
        }
    }

    double PerWord => Judged.Sum(d => LogProbabilities[d]) / Total;
}
