namespace Boltzmann.Classifiers;

/// <summary>
/// Multinomial logistic regression, p(y = k|x) = softmax(xW + b)_k: the convex problem solved to convergence by L-BFGS, in double
/// precision. It minimises −(1/N)Σ log p(y|x) + ½λ‖W‖²; the biases are free.
/// </summary>
/// <param name="l2">λ; null for 1/N, which is scikit-learn's C = 1 (there C = 1/(λN)). With 0 and classes that a plane separates there is
/// no minimum, and W grows until the steps end.</param>
/// <param name="tolerance">Done when no entry of the gradient is greater.</param>
/// <param name="iterations">Steps at most.</param>
/// <exception cref="ArgumentOutOfRangeException">λ is negative, or another number not positive.</exception>
public sealed class LogisticRegression(double? l2 = null, double tolerance = 1e-6, int iterations = 1000) : Classifier
{
    const int BlockRows = 2048;

    readonly double? l2 = l2 is null or (>= 0 and < double.PositiveInfinity) ? l2
        : throw new ArgumentOutOfRangeException(nameof(l2), $"the penalty must be 0 or more, not {l2}");

    /// <summary>No entry of the gradient is greater once converged.</summary>
    public double Tolerance { get; } = tolerance > 0 ? tolerance
        : throw new ArgumentOutOfRangeException(nameof(tolerance), $"the tolerance must be positive, not {tolerance}");

    /// <summary>Steps at most.</summary>
    public int MostIterations { get; } = iterations > 0 ? iterations
        : throw new ArgumentOutOfRangeException(nameof(iterations), $"there must be 1 step or more, not {iterations}");

    /// <summary>W, [columns × classes], float64.</summary>
    public Matrix Weights { get; private set; } = new(0, 0);

    /// <summary>b, [1 × classes], float64; its sum is 0.</summary>
    public Matrix Bias { get; private set; } = new(1, 0);

    /// <summary>What was minimised, at the end: mean cross-entropy and penalty, in nats.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Steps that were made.</summary>
    public int Iterations { get; private set; }

    /// <summary>
    /// Whether the gradient fell below the tolerance; if not, the steps ended first, or rounding left no better point to find.
    /// </summary>
    public bool IsConverged { get; private set; }

    /// <summary>Probability of each class, [B × classes].</summary>
    /// <param name="rows">[B × columns].</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, or a value that is not finite.</exception>
    public double[,] PredictProbabilities(Matrix rows)
    {
        Require(rows);
        return Probabilities(rows);
    }

    /// <summary>The same as a network without hidden layers, with memory of its own: for files, and to go on from.</summary>
    /// <param name="placement">Where to; single precision on all cores when null.</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    public Network ToNetwork(Placement? placement = null)
    {
        if (Classes == 0) throw new InvalidOperationException("the classifier has learned nothing yet: fit it first");
        var layer = new NetworkLayer(Columns, Classes, Activation.Linear, placement: placement ?? Placement.Default);
        layer.Weights.SetCopy(Weights);
        layer.Bias.SetCopy(Bias);
        return new([layer], new SoftmaxHead());
    }

    /// <inheritdoc/>
    protected override void Learn(Matrix rows, int[] labels, int classes)
    {
        var objective = new Objective(rows, labels, classes, l2 ?? 1.0 / rows.Rows);
        var search = new LimitedMemoryBfgs(objective.Evaluate, new double[(rows.Columns + 1) * classes]);
        LimitedMemoryBfgs.Result result = search.Minimize(Tolerance, MostIterations);
        objective.Evaluate(result.Point, new double[result.Point.Length]);
        (Weights, Bias, Loss, Iterations, IsConverged) = (objective.Weights, objective.Bias, result.Value, result.Iterations,
            result.IsConverged);
    }

    /// <inheritdoc/>
    protected override int[] Classify(Matrix rows) => Greatest(Probabilities(rows));

    double[,] Probabilities(Matrix rows)
    {
        var probabilities = new double[rows.Rows, Bias.Columns];
        foreach (var (first, block) in Blocks(rows, Weights.Placement, BlockRows))
        {
            Matrix values = Weights.Like(block.Rows, Bias.Columns), inputs = values.Like(block.Rows, Bias.Columns);
            inputs.SetProduct(block, Weights);
            values.SetSoftmaxMean(inputs, Bias, Bias.Columns);
            for (int r = 0; r < values.Rows; r++)
            {
                double[] row = values.ReadRow(r);
                for (int k = 0; k < row.Length; k++) probabilities[first + r, k] = row[k];
            }
        }
        return probabilities;
    }

    /// <summary>The loss and its gradient at a point: W row after row, then b.</summary>
    sealed class Objective
    {
        readonly Matrix rows, targets, totals, inputs, means, gradient, biasGradient, norms;
        readonly double penalty;

        public Objective(Matrix rows, int[] labels, int classes, double penalty)
        {
            (this.rows, this.penalty) = (rows, penalty);
            Placement placement = rows.Placement.Double;
            targets = new(rows.Rows, classes, placement);
            var target = new double[classes];
            for (int r = 0; r < labels.Length; r++)
            {
                target[labels[r]] = 1;
                targets.WriteRow(r, target);
                target[labels[r]] = 0;
            }
            totals = new(1, classes, placement);
            totals.SetColumnSums(targets);
            int most = Math.Min(BlockRows, rows.Rows);
            (inputs, means, norms) = (new(most, classes, placement), new(most, classes, placement), new(most, 1, placement));
            (Weights, Bias) = (new(rows.Columns, classes, placement), new(1, classes, placement));
            (gradient, biasGradient) = (Weights.Like(rows.Columns, classes), Bias.Like(1, classes));
        }

        public Matrix Weights { get; }

        public Matrix Bias { get; }

        public double Evaluate(double[] point, double[] slope)
        {
            int classes = Bias.Columns;
            for (int c = 0; c < Weights.Rows; c++) Weights.WriteRow(c, point.AsSpan(c * classes, classes));
            Bias.WriteRow(0, point.AsSpan(Weights.Rows * classes));
            gradient.SetSum(Weights, penalty);
            biasGradient.Fill(0);
            double share = 1.0 / rows.Rows, loss = 0.5 * penalty * Weights.Summarize().SumOfSquares, fit = 0;
            foreach (var (first, block) in Blocks(rows, Weights.Placement, BlockRows))
            {
                int count = block.Rows;
                Matrix x = inputs.RowRange(0, count), p = means.RowRange(0, count), norm = norms.RowRange(0, count),
                    target = targets.RowRange(first, count);
                x.SetProduct(block, Weights);
                norm.Fill(0);
                norm.AddLogSumExp(x, Bias, classes);
                norm.AddRowSums(x, target, -1);
                fit += norm.Summarize().Sum;
                p.SetSoftmaxMean(x, Bias, classes);
                p.SetSum(p, 1, target, -1);
                gradient.SetOuterProducts([new(block, p, share)], keep: 1);
                biasGradient.SetColumnSums(p, scale: share, keep: 1);
            }
            double[] biases = Bias.ReadRow(0), counts = totals.ReadRow(0);
            for (int k = 0; k < classes; k++) fit -= biases[k] * counts[k];
            for (int c = 0; c < Weights.Rows; c++) gradient.ReadRow(c, slope.AsSpan(c * classes, classes));
            biasGradient.ReadRow(0, slope.AsSpan(Weights.Rows * classes));
            return loss + share * fit;
        }
    }
}
