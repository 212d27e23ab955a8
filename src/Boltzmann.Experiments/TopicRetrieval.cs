namespace Boltzmann.Experiments;

/// <summary>How many of the documents most like a query are of its group, by the cosine of features.</summary>
static class TopicRetrieval
{
    /// <summary>Precision among the first documents, mean over queries, with its error over them.</summary>
    /// <param name="documents">Features, [documents × features].</param>
    /// <param name="labels">Their groups.</param>
    /// <param name="queries">Features of the queries, of which none is among the documents.</param>
    /// <param name="wanted">Their groups.</param>
    /// <param name="counts">How many documents to look at, rising.</param>
    public static Score[] Precision(Matrix documents, int[] labels, Matrix queries, int[] wanted, params int[] counts)
    {
        const int Batch = 200;
        Matrix all = Normalized(documents), asked = Normalized(queries);
        double[][] shares = [.. counts.Select(_ => new double[queries.Rows])];
        for (int first = 0; first < queries.Rows; first += Batch)
        {
            int rows = Math.Min(Batch, queries.Rows - first);
            Matrix cosines = all.Like(rows, all.Rows);
            cosines.SetProduct(asked.RowRange(first, rows), all, transposeRight: true);
            for (int r = 0; r < rows; r++)
            {
                double[] keys = cosines.ReadRow(r);
                int[] order = [.. Enumerable.Range(0, keys.Length)];
                for (int i = 0; i < keys.Length; i++) keys[i] = -keys[i];
                Array.Sort(keys, order);
                for (int c = 0, right = 0, seen = 0; c < counts.Length; c++)
                {
                    for (; seen < counts[c]; seen++)
                        if (labels[order[seen]] == wanted[first + r]) right++;
                    shares[c][first + r] = (double)right / counts[c];
                }
            }
        }
        return [.. shares.Select(share => new Score(share))];
    }

    static Matrix Normalized(Matrix features)
    {
        Matrix result = features.Clone();
        RowDirections.ToLengthOne(result);
        return result;
    }
}
