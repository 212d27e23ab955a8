namespace Boltzmann.Evaluation;

/// <summary>
/// Likelihoods of documents of different length, each under the machine of its own number of draws: log p(words in their order) =
/// −F(v) − log Z_D − log(D!/∏ v_k!), with a log Z for every length D (Salakhutdinov and Hinton 2009).
/// </summary>
public static class DocumentLikelihood
{
    /// <summary>How many draws each row has: what its counts add up to.</summary>
    public static int[] Draws(Matrix counts)
    {
        Matrix sums = counts.Like(counts.Rows, 1);
        sums.AddRowSums(counts);
        return [.. sums.ReadColumn(0).Select(sum => (int)Math.Round(sum))];
    }

    /// <summary>log p of the words of each row, in an order, and how many they are.</summary>
    /// <param name="model">A machine whose visible units are one softmax of draws by row.</param>
    /// <param name="counts">[documents × vocabulary], of any precision.</param>
    /// <param name="logPartition">log Z of the machine of so many draws (<see cref="Rbm.WithDraws"/>), for each number of draws above 0
    /// that a row has.</param>
    /// <exception cref="ArgumentException">The machine has other units.</exception>
    public static WordScore OfSequences(Rbm model, Matrix counts, Func<int, double> logPartition)
    {
        WordCompletion.RequireWords(model);
        var target = (Rbm)FreeEnergy.InDouble(model);
        Matrix rows = target.Here(counts), orders = rows.Like(rows.Rows, 1);
        ((MultinomialLayer)target.Visible).AddArrangements(rows, orders, 1);
        IReadOnlyList<double> free = FreeEnergy.PerRow(target, rows).PerRow;
        double[] arrangements = orders.ReadColumn(0);
        int[] draws = Draws(rows);
        return new([.. draws.Select((n, r) => n == 0 ? 0 : -free[r] - logPartition(n) - arrangements[r])],
            [.. draws.Select(n => (double)n)]);
    }
}
