namespace Boltzmann.Evaluation;

/// <summary>
/// How well a machine of documents says which other words stand in a document, given half of them. The words of a document, in the order of
/// the vocabulary, are seen and unseen in turn; each unseen one is judged by its probability as the next draw of the machine after the
/// seen ones alone: p(k | v) = e^{−F(v + e_k)} / Σ_l e^{−F(v + e_l)}, F without orders of draws. Exact, with any hidden units that can be
/// summed out.
/// </summary>
public static class WordCompletion
{
    /// <summary>Divides documents: words at even places, from 0, are seen, those at odd places are not.</summary>
    /// <param name="counts">Whole numbers, [documents × vocabulary].</param>
    /// <exception cref="ArgumentException">A count is not a whole number of 0 or more.</exception>
    public static (Matrix Seen, Matrix Unseen) Halves(Matrix counts)
    {
        Matrix seen = counts.Like(counts.Rows, counts.Columns), unseen = counts.Like(counts.Rows, counts.Columns);
        for (int d = 0; d < counts.Rows; d++)
        {
            double[] row = counts.ReadRow(d), even = new double[row.Length], odd = new double[row.Length];
            long place = 0;
            for (int k = 0; k < row.Length; k++)
            {
                if (!(row[k] >= 0 && row[k] == Math.Truncate(row[k])))
                    throw new ArgumentException($"row {d + 1} has {row[k]:R} where a whole number of words stands", nameof(counts));
                even[k] = Math.Floor((row[k] + (place % 2 == 0 ? 1 : 0)) / 2);
                odd[k] = row[k] - even[k];
                place += (long)row[k];
            }
            seen.WriteRow(d, even);
            unseen.WriteRow(d, odd);
        }
        return (seen, unseen);
    }

    /// <summary>The probabilities of the unseen words of documents, in double precision.</summary>
    /// <param name="model">A machine whose visible units are one softmax, and whose hidden units are independent given them.</param>
    /// <param name="counts">Whole numbers, [documents × vocabulary], of any precision.</param>
    /// <param name="interrupted">Checked for every document.</param>
    /// <exception cref="ArgumentException">The machine has other units, or a count is not a whole number of 0 or more.</exception>
    public static WordScore Score(Rbm model, Matrix counts, CancellationToken interrupted = default)
    {
        RequireWords(model);
        var target = (Rbm)FreeEnergy.InDouble(model);
        var (seen, unseen) = Halves(target.Here(counts));
        var logs = new double[counts.Rows];
        var words = new double[counts.Rows];
        Matrix inputs = seen.Like(seen.Rows, target.Hidden.Units);
        inputs.SetProduct(seen, target.Weights);
        var next = new NextWord(target);
        for (int d = 0; d < counts.Rows; d++)
        {
            interrupted.ThrowIfCancellationRequested();
            double[] wanted = unseen.ReadRow(d);
            words[d] = wanted.Sum();
            if (words[d] == 0) continue;
            double[] log = next.LogProbabilities(inputs.RowRange(d, 1));
            for (int k = 0; k < wanted.Length; k++)
                if (wanted[k] > 0) logs[d] += wanted[k] * log[k];
        }
        return new(logs, words);
    }

    /// <summary>Throws unless the visible units of a machine are one softmax of words.</summary>
    internal static void RequireWords(Rbm model)
    {
        if (model.Visible is not MultinomialLayer { Blocks: 1 })
            throw new ArgumentException($"words are draws from one softmax; the visible units are {model.Visible}", nameof(model));
    }

    // log p of each word as the next one: softmax of b_k + Σ_j A_j(I_j + W_kj).
    sealed class NextWord(Rbm model)
    {
        readonly Matrix changed = model.Weights.Like(model.Weights.Rows, model.Weights.Columns),
            values = model.Weights.Like(model.Weights.Rows, 1);

        readonly double[] bias = model.Visible.Bias.ReadRow(0);

        public double[] LogProbabilities(Matrix inputs)
        {
            changed.SetSum(model.Weights, 1, inputs);
            values.Fill(0);
            model.Hidden.AddLogNormalizer(changed, values);
            double[] logs = values.ReadColumn(0);
            for (int k = 0; k < logs.Length; k++) logs[k] += bias[k];
            double norm = Scalar.LogSumExp(logs);
            for (int k = 0; k < logs.Length; k++) logs[k] -= norm;
            return logs;
        }
    }
}
