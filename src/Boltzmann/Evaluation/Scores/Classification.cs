namespace Boltzmann.Evaluation;

/// <summary>How well probabilities of classes meet the classes that rows have.</summary>
public static class Classification
{
    /// <summary>The column with the greatest number in each row; the first of several.</summary>
    /// <param name="scores">[N × K]: probabilities or their logarithms.</param>
    public static int[] MostProbable(Matrix scores) => scores.LargestOfRows();

    /// <summary>Share of rows whose most probable class is theirs: 1 or 0 per row.</summary>
    /// <param name="scores">[N × K]: probabilities or their logarithms.</param>
    /// <param name="labels">The class of each row.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number.</exception>
    public static Score Accuracy(Matrix scores, ReadOnlySpan<int> labels)
    {
        RequireFit(scores, labels);
        int[] predicted = MostProbable(scores);
        var hits = new double[predicted.Length];
        for (int r = 0; r < hits.Length; r++) hits[r] = predicted[r] == labels[r] ? 1 : 0;
        return new(hits);
    }

    /// <summary>−log p(y|x) per row, in nats.</summary>
    /// <param name="logProbabilities">[N × K].</param>
    /// <param name="labels">The class of each row.</param>
    /// <exception cref="ArgumentException">Rows and labels differ in number, or a label is not a column.</exception>
    public static Score CrossEntropy(Matrix logProbabilities, ReadOnlySpan<int> labels)
    {
        RequireFit(logProbabilities, labels);
        var values = new double[labels.Length];
        for (int r = 0; r < values.Length; r++) values[r] = -logProbabilities[r, labels[r]];
        return new(values);
    }

    static void RequireFit(Matrix scores, ReadOnlySpan<int> labels)
    {
        if (labels.Length != scores.Rows) throw new ArgumentException($"there are {scores.Rows} rows, but {labels.Length} labels");
    }
}
