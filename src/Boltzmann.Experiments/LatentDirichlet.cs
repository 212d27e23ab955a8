namespace Boltzmann.Experiments;

/// <summary>
/// Latent Dirichlet allocation (Blei, Ng and Jordan 2003) by online variational inference (Hoffman, Blei and Bach 2010): documents mix
/// topics, topics are shares of words.
/// </summary>
sealed class LatentDirichlet
{
    const double Alpha = 0.1, Eta = 0.01, Delay = 64, Forgetting = 0.7, Settled = 1e-3;
    const int Batch = 256, MostRounds = 100;

    readonly int topics, words;
    readonly double[][] shares;

    /// <summary>Learns topics.</summary>
    /// <param name="data">Documents, sparse.</param>
    /// <param name="topics">How many.</param>
    /// <param name="passes">Over the documents.</param>
    /// <param name="seed">Of the start and the order.</param>
    /// <param name="interrupted">Checked at every batch.</param>
    public LatentDirichlet(Dataset data, int topics, int passes, ulong seed, CancellationToken interrupted)
    {
        (this.topics, words) = (topics, data.Columns);
        var rng = new Rng(seed);
        double[][] lambda = [.. Enumerable.Range(0, topics).Select(_ => Enumerable.Range(0, words)
            .Select(_ => 1 + 0.1 * rng.NextUniform()).ToArray())];
        int[] order = [.. Enumerable.Range(0, data.Count)];
        int updates = 0;
        shares = new double[topics][];
        for (int pass = 0; pass < passes; pass++)
        {
            rng.Shuffle<int>(order);
            foreach (int[] batch in order.Chunk(Batch))
            {
                interrupted.ThrowIfCancellationRequested();
                double[][] weights = [.. lambda.Select(Expectation)];
                double[][] counts = [.. Enumerable.Range(0, topics).Select(_ => new double[words])];
                foreach (int d in batch)
                {
                    _ = Infer(Read(data, d), weights, counts);
                }
                double rate = Math.Pow(Delay + updates++, -Forgetting);
                for (int t = 0; t < topics; t++)
                    for (int k = 0; k < words; k++)
                        lambda[t][k] += rate * (Eta + counts[t][k] * data.Count / batch.Length - lambda[t][k]);
            }
        }
        for (int t = 0; t < topics; t++)
        {
            double sum = lambda[t].Sum();
            shares[t] = [.. lambda[t].Select(value => value / sum)];
        }
    }

    /// <summary>
    /// The variational bound on log p of each document's words, so that the true perplexity is no greater than what it gives. The topics
    /// are taken as known: their own uncertainty would lower the bound.
    /// </summary>
    public WordScore Bound(Dataset data)
    {
        var logs = new double[data.Count];
        var counts = new double[data.Count];
        for (int d = 0; d < data.Count; d++)
        {
            Document document = Read(data, d);
            double[] gamma = Infer(document, shares, null), expected = Expectation(gamma);
            double bound = GammaFunctions.LogGamma(topics * Alpha) - topics * GammaFunctions.LogGamma(Alpha)
                - GammaFunctions.LogGamma(gamma.Sum());
            double norm = GammaFunctions.Digamma(gamma.Sum());
            for (int t = 0; t < topics; t++)
                bound += (Alpha - gamma[t]) * (GammaFunctions.Digamma(gamma[t]) - norm) + GammaFunctions.LogGamma(gamma[t]);
            for (int i = 0; i < document.Words.Length; i++)
            {
                double sum = 0;
                for (int t = 0; t < topics; t++) sum += expected[t] * shares[t][document.Words[i]];
                bound += document.Counts[i] * Math.Log(sum);
            }
            (logs[d], counts[d]) = (bound, document.Counts.Sum());
        }
        return new(logs, counts);
    }

    /// <summary>log p of every second word of documents given the others, by the topics that these mix.</summary>
    /// <param name="seen">The seen halves.</param>
    /// <param name="unseen">The others.</param>
    public WordScore Complete(Dataset seen, Dataset unseen)
    {
        var logs = new double[seen.Count];
        var counts = new double[seen.Count];
        for (int d = 0; d < seen.Count; d++)
        {
            double[] gamma = Infer(Read(seen, d), shares, null);
            double sum = gamma.Sum();
            Document wanted = Read(unseen, d);
            for (int i = 0; i < wanted.Words.Length; i++)
            {
                double p = 0;
                for (int t = 0; t < topics; t++) p += gamma[t] / sum * shares[t][wanted.Words[i]];
                logs[d] += wanted.Counts[i] * Math.Log(p);
            }
            counts[d] = wanted.Counts.Sum();
        }
        return new(logs, counts);
    }

    // γ of a document by turns with the topics of its words; where counts are given, these get the words' shares.
    double[] Infer(Document document, double[][] weights, double[][]? counts)
    {
        var gamma = new double[topics];
        Array.Fill(gamma, Alpha + document.Counts.Sum() / topics);
        double[] expected = Expectation(gamma);
        for (int round = 0; round < MostRounds; round++)
        {
            var next = new double[topics];
            for (int i = 0; i < document.Words.Length; i++)
            {
                int word = document.Words[i];
                double sum = 1e-100;
                for (int t = 0; t < topics; t++) sum += expected[t] * weights[t][word];
                double share = document.Counts[i] / sum;
                for (int t = 0; t < topics; t++) next[t] += share * expected[t] * weights[t][word];
            }
            double moved = 0;
            for (int t = 0; t < topics; t++)
            {
                next[t] += Alpha;
                moved += Math.Abs(next[t] - gamma[t]);
            }
            gamma = next;
            expected = Expectation(gamma);
            if (moved / topics < Settled) break;
        }
        if (counts is null) return gamma;
        for (int i = 0; i < document.Words.Length; i++)
        {
            int word = document.Words[i];
            double sum = 1e-100;
            for (int t = 0; t < topics; t++) sum += expected[t] * weights[t][word];
            for (int t = 0; t < topics; t++) counts[t][word] += document.Counts[i] / sum * expected[t] * weights[t][word];
        }
        return gamma;
    }

    // e^{E[log θ]} of a Dirichlet distribution.
    static double[] Expectation(double[] parameters)
    {
        double norm = GammaFunctions.Digamma(parameters.Sum());
        return [.. parameters.Select(p => Math.Exp(GammaFunctions.Digamma(p) - norm))];
    }

    static Document Read(Dataset data, int row)
    {
        var counts = new double[data.Columns];
        data.Rows.Read(row, counts);
        int[] words = [.. Enumerable.Range(0, counts.Length).Where(k => counts[k] > 0)];
        return new(words, [.. words.Select(k => counts[k])]);
    }

    sealed record Document(int[] Words, double[] Counts);
}
