namespace Boltzmann.Experiments;

/// <summary>What simpler models make of documents.</summary>
/// <param name="context">How the experiment was asked for.</param>
/// <param name="documents">The collection.</param>
sealed class TopicBaselines(ExperimentContext context, TopicCollection documents)
{
    /// <summary>Topics, and dimensions of plain vectors: as many as hidden units.</summary>
    public const int Topics = 50;

    const int Passes = 10;

    /// <summary>The seen and the unseen words of all test documents.</summary>
    public (Dataset Seen, Dataset Unseen) Halves { get; } = HalvesOf(documents.Test, context.Placement);

    /// <summary>Each word by its share of the training words alone, each counted once more.</summary>
    public WordScore Unigram(Dataset data)
    {
        double[] sums = [.. documents.All.Means().Select(mean => mean * documents.All.Count + 1)];
        double total = sums.Sum();
        var row = new double[data.Columns];
        var logs = new double[data.Count];
        var words = new double[data.Count];
        for (int d = 0; d < data.Count; d++)
        {
            data.Rows.Read(d, row);
            for (int k = 0; k < row.Length; k++) logs[d] += row[k] * Math.Log(sums[k] / total);
            words[d] = row.Sum();
        }
        return new(logs, words);
    }

    /// <summary>
    /// Latent Dirichlet allocation: a bound on the perplexity of a few test documents with its error, completion, seconds.
    /// </summary>
    public double[] Dirichlet(Measurements kept) => kept.Once("latent Dirichlet", () =>
    {
        context.Say($"latent Dirichlet allocation, {Topics} topics");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var model = new LatentDirichlet(documents.All, Topics, context.Quick ? 1 : Passes, context.Seed, context.Interrupted);
        double seconds = clock.Elapsed.TotalSeconds;
        WordScore bound = model.Bound(documents.Fifty);
        double completion = model.Complete(Halves.Seen, Halves.Unseen).WordPerplexity;
        return [bound.DocumentPerplexity, bound.DocumentPerplexityError, completion, seconds];
    });

    /// <summary>Precision among the first documents by weighed words, and by their directions.</summary>
    public (Score[] Words, Score[] Directions) Vectors(int[] counts)
    {
        Matrix all = documents.All.ToMatrix(context.Placement), queries = documents.Queries.ToMatrix(context.Placement);
        var plain = new LatentSemantics(all, Topics, context.Seed);
        Matrix weighed = plain.Weigh(all), asked = plain.Weigh(queries);
        return (Precision(weighed, asked), Precision(plain.Project(weighed), plain.Project(asked)));

        Score[] Precision(Matrix a, Matrix b) =>
            TopicRetrieval.Precision(a, documents.All.Labels!, b, documents.Queries.Labels!, counts);
    }

    static (Dataset, Dataset) HalvesOf(Dataset data, Placement placement)
    {
        var (seen, unseen) = WordCompletion.Halves(data.ToMatrix(placement));
        return (new($"{data.Name}, seen", new MatrixRows(seen)), new($"{data.Name}, unseen", new MatrixRows(unseen)));
    }
}
