namespace Boltzmann.Networks;

/// <summary>How well a network does on examples.</summary>
/// <param name="Loss">Mean loss of a row, in nats (half squared error for a linear head).</param>
/// <param name="Accuracy">Share of rows whose most probable class is right; NaN for numbers.</param>
/// <param name="RSquared">1 − squared error/squared deviation from the mean target; NaN for classes.</param>
public sealed record NetworkScore(double Loss, double Accuracy, double RSquared)
{
    const int BatchRows = 1000;

    /// <summary>Mean of ‖output − target‖² over rows.</summary>
    public double SquaredError { get; init; } = double.NaN;

    /// <summary>Mean recall of the classes that have rows; NaN for numbers. See <see cref="ConfusionMatrix.BalancedAccuracy"/>.</summary>
    public double BalancedAccuracy { get; init; } = double.NaN;

    /// <summary>
    /// Area under the precision–recall curve, mean over classes that have rows; NaN for numbers. See <see cref="AveragePrecision.Macro"/>.
    /// </summary>
    public double AveragePrecision { get; init; } = double.NaN;

    /// <summary>Measures a network.</summary>
    /// <exception cref="BadInputException">The examples do not fit the network.</exception>
    public static NetworkScore Of(Network network, Examples examples)
    {
        network.Require(examples);
        Placement placement = network.Placement;
        NetworkLayer last = network.Layers[^1];
        var tally = new Tally(network.Outputs, placement);
        var (probabilities, labels) = (new List<double[]>(), new List<int>());
        var indices = new int[Math.Min(BatchRows, examples.Count)];
        for (int first = 0; first < examples.Count; first += indices.Length)
        {
            int count = Math.Min(indices.Length, examples.Count - first);
            for (int i = 0; i < count; i++) indices[i] = first + i;
            Matrix rows = new(count, network.Inputs, placement), targets = new(count, network.Outputs, placement);
            examples.Inputs.Rows.Gather(indices.AsSpan(0, count), rows);
            examples.Targets.Gather(indices.AsSpan(0, count), targets);
            Matrix features = network.Transform(rows, network.Layers.Count - 1), z = targets.Like(count, network.Outputs),
                outputs = targets.Like(count, network.Outputs), scratch = targets.Like(count, network.Outputs),
                    losses = targets.Like(count, 1);
            z.SetProduct(features, last.Weights);
            network.Head.SetOutputs(z, last.Bias, outputs);
            network.Head.AddLoss(z, last.Bias, outputs, targets, scratch, losses);
            tally.Add(outputs, targets, losses.Summarize() is { NonFinite: 0 } sum ? sum.Sum : double.NaN);
            if (!network.Head.IsClassifier) continue;
            for (int r = 0; r < count; r++)
            {
                probabilities.Add(PerClass(outputs.ReadRow(r)));
                labels.Add(ClassOf(targets.ReadRow(r)));
            }
        }
        NetworkScore score = tally.Score(network.Head);
        return network.Head.IsClassifier ? score.WithClasses(probabilities, [.. labels]) : score;
    }

    /// <summary>The same with what tells classes apart however rare they are.</summary>
    /// <param name="probabilities">Of each class, a row per example.</param>
    /// <param name="labels">True classes.</param>
    public NetworkScore WithClasses(IReadOnlyList<double[]> probabilities, int[] labels)
    {
        if (labels.Length == 0) return this;
        var confusion = ConfusionMatrix.Of(labels, [.. probabilities.Select(row => ClassOf(row))], probabilities[0].Length);
        double precision = Evaluation.AveragePrecision.Of(probabilities, labels).Macro;
        return this with { BalancedAccuracy = confusion.BalancedAccuracy, AveragePrecision = precision };
    }

    // A single output tells two classes apart.
    static double[] PerClass(double[] outputs) => outputs.Length == 1 ? [1 - outputs[0], outputs[0]] : outputs;

    /// <summary>Whether all rows of targets are the same, so that there is no R².</summary>
    internal static bool IsConstant(Rows targets)
    {
        double[] first = new double[targets.Columns], row = new double[targets.Columns];
        if (targets.Count > 0) targets.Read(0, first);
        for (int r = 1; r < targets.Count; r++)
        {
            targets.Read(r, row);
            if (!row.AsSpan().SequenceEqual(first)) return false;
        }
        return true;
    }

    /// <summary>Sums over batches, kept where the network computes, so that a batch reads none of them.</summary>
    internal sealed class Tally(int columns, Placement placement)
    {
        // As Backend.AddScores has them.
        const int Right = 0, SquaredErrors = 1, Sums = 2;

        readonly Matrix totals = new(1, Sums + 2 * columns, placement.Double);
        double loss;
        long rows;

        public void Clear()
        {
            (loss, rows) = (0, 0);
            totals.Fill(0);
        }

        public void Add(Matrix outputs, Matrix targets, double batchLoss)
        {
            loss += batchLoss;
            rows += outputs.Rows;
            totals.AddScores(outputs, targets);
        }

        /// <summary>The sums by name, to save inside an epoch.</summary>
        public IEnumerable<(string Name, double Value)> Numbers
        {
            get
            {
                double[] all = totals.ReadRow(0);
                return
                [
                    ("loss", loss), ("error", all[SquaredErrors]), ("rows", rows), ("right", all[Right]),
                    .. Enumerable.Range(0, columns).Select(c => ($"sum.{c}", all[Sums + c])),
                    .. Enumerable.Range(0, columns).Select(c => ($"squares.{c}", all[Sums + columns + c])),
                ];
            }
        }

        /// <summary>Takes saved sums up again.</summary>
        public void Restore(Func<string, double> number)
        {
            (loss, rows) = (number("loss"), (long)number("rows"));
            var all = new double[Sums + 2 * columns];
            (all[Right], all[SquaredErrors]) = (number("right"), number("error"));
            for (int c = 0; c < columns; c++) (all[Sums + c], all[Sums + columns + c]) = (number($"sum.{c}"), number($"squares.{c}"));
            totals.WriteRow(0, all);
        }

        public NetworkScore Score(Head head)
        {
            double[] all = totals.ReadRow(0);
            double deviation = 0;
            for (int c = 0; c < columns; c++) deviation += all[Sums + columns + c] - all[Sums + c] * all[Sums + c] / rows;
            return (head.IsClassifier
                ? new NetworkScore(loss / rows, all[Right] / rows, double.NaN)
                : new(loss / rows, double.NaN, 1 - all[SquaredErrors] / deviation)) with
            { SquaredError = all[SquaredErrors] / rows };
        }
    }

    /// <summary>The most probable class of a row of outputs; with a single output, 1 above a half.</summary>
    public static int ClassOf(ReadOnlySpan<double> outputs) => Scalar.ClassOf(outputs);
}
