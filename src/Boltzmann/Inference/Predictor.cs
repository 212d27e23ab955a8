namespace Boltzmann.Inference;

/// <summary>What networks say of rows, with a column for each class also where a single logistic output tells two apart.</summary>
static class Predictor
{
    /// <summary>Probabilities of classes, or numbers, a row each.</summary>
    public static IReadOnlyList<double[]> Probabilities(Network network, Dataset data)
    {
        Matrix outputs = network.Predict(data);
        var rows = new double[outputs.Rows][];
        for (int r = 0; r < rows.Length; r++)
        {
            double[] row = outputs.ReadRow(r);
            rows[r] = network.Head is LogisticHead && row.Length == 1 ? [1 - row[0], row[0]] : row;
        }
        return rows;
    }

    /// <summary>The most probable class.</summary>
    public static int Best(double[] probabilities) => NetworkScore.ClassOf(probabilities);
}
