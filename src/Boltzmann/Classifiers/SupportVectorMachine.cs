namespace Boltzmann.Classifiers;

/// <summary>
/// Support vector classification with the Gaussian kernel K(x, y) = exp(−γ‖x − y‖²) (Cortes and Vapnik 1995). Each pair of classes has a
/// machine of its own that votes for one of them (Knerr, Personnaz and Dreyfus 1990), and the class of most votes wins; of equal ones the
/// first.
/// </summary>
/// <remarks>
/// For classes a &lt; b with y = 1 and −1: maximise Σα_s − ½Σ_st α_sα_t y_s y_t K(x_s, x_t) with 0 ≤ α ≤ C and Σα_s y_s = 0. The decision
/// value of x is Σα_s y_s K(x_s, x) + bias, positive for a. Only differences of rows matter, so the training rows' means are subtracted
/// from all. These are the problem and the vote of LIBSVM (Chang and Lin 2011), whose values it reproduces.
/// </remarks>
public sealed class SupportVectorMachine : Classifier
{
    const int BlockRows = 512;

    readonly double? wantedGamma;
    readonly long kernelBytes;
    (int First, int Second)[] pairs = [];
    SupportVectors? support;

    /// <summary>A machine that has learned nothing.</summary>
    /// <param name="c">C: the greatest weight of one row. The larger, the fewer training rows are left on the wrong side.</param>
    /// <param name="gamma">γ; null for 1/(columns · variance of all values), scikit-learn's "scale".</param>
    /// <param name="tolerance">The optimality conditions hold to within this; LIBSVM's default.</param>
    /// <param name="kernelBytes">Memory for kernel values, at most 2³¹: those of a pair of classes are kept at once if they fit, else the
    /// rows used last.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public SupportVectorMachine(double c = 1, double? gamma = null, double tolerance = 1e-3, long kernelBytes = 1L << 30)
    {
        C = Positive(c, nameof(c));
        wantedGamma = gamma is double given ? Positive(given, nameof(gamma)) : null;
        Tolerance = Positive(tolerance, nameof(tolerance));
        this.kernelBytes = Math.Clamp(kernelBytes, 1, int.MaxValue - 4096);
    }

    /// <summary>The greatest weight of one row.</summary>
    public double C { get; }

    /// <summary>γ of the kernel: as given, or as found from the training rows; NaN before that.</summary>
    public double Gamma { get; private set; } = double.NaN;

    /// <summary>How closely the optimality conditions hold.</summary>
    public double Tolerance { get; }

    /// <summary>Training rows that have a weight in any pair of classes.</summary>
    public int SupportVectorCount => support?.Rows.Rows ?? 0;

    /// <summary>
    /// The pairs of classes, in the order of <see cref="DecisionValues"/>: of the classes that training rows had, (first, second), (first,
    /// third), …
    /// </summary>
    public IReadOnlyList<(int First, int Second)> Pairs => pairs;

    /// <summary>The dual objective that each pair reached, Σα − ½ΣΣααyyK.</summary>
    public IReadOnlyList<double> DualObjectives { get; private set; } = [];

    /// <summary>The decision values of each pair, [B × pairs]: positive for the pair's first class.</summary>
    /// <param name="rows">[B × columns].</param>
    /// <exception cref="InvalidOperationException">Nothing has been learned.</exception>
    /// <exception cref="BadInputException">Another number of columns than learned from, or a value that is not finite or whose square, from
    /// the training rows' mean, is not.</exception>
    public double[,] DecisionValues(Matrix rows)
    {
        Require(rows);
        return Decide(rows);
    }

    /// <inheritdoc/>
    protected override void Learn(Matrix rows, int[] labels, int classes)
    {
        double gamma = wantedGamma ?? Scale(rows);
        int[][] members = [.. Enumerable.Range(0,
            classes).Select(k => Enumerable.Range(0, labels.Length).Where(r => labels[r] == k).ToArray())];
        int[] present = [.. Enumerable.Range(0, classes).Where(k => members[k].Length > 0)];
        (int First, int Second)[] found = [.. from i in present from j in present where i < j select (i, j)];
        var solutions = new SequentialMinimalOptimization.Solution[found.Length];
        Matrix center = Matrix.Row(Means(rows), rows.Placement);
        var kernel = new GaussianKernelRows(gamma, center, kernelBytes);
        foreach (int p in Enumerable.Range(0, found.Length).OrderByDescending(p => members[found[p].First].Length
            + members[found[p].Second].Length))
        {
            int[] first = members[found[p].First], second = members[found[p].Second];
            kernel.Take(rows, [.. first, .. second]);
            solutions[p] = SequentialMinimalOptimization.Solve(kernel, first.Length, C, Tolerance)
                ?? throw new BadInputException($"classes {found[p].First} and {found[p].Second}: no solution within "
                + $"{SequentialMinimalOptimization.MostSteps(kernel.Count)} steps; expected rows of a common scale, or a smaller c");
        }
        (Gamma, pairs) = (gamma, found);
        DualObjectives = [.. solutions.Select(solution => solution.DualObjective)];
        support = SupportVectors.From(rows, center, [.. found.Select(pair => (int[])[.. members[pair.First], .. members[pair.Second]])],
            solutions);
    }

    /// <inheritdoc/>
    protected override int[] Classify(Matrix rows)
    {
        double[,] decisions = Decide(rows);
        var votes = new double[rows.Rows, Classes];
        for (int r = 0; r < rows.Rows; r++)
            for (int p = 0; p < pairs.Length; p++) votes[r, decisions[r, p] > 0 ? pairs[p].First : pairs[p].Second]++;
        return Greatest(votes);
    }

    double[,] Decide(Matrix rows)
    {
        SupportVectors vectors = support!;
        var decisions = new double[rows.Rows, pairs.Length];
        foreach (var (first, block) in Blocks(rows, vectors.Rows.Placement, BlockRows))
        {
            Matrix values = vectors.Decide(block, first, Gamma);
            for (int r = 0; r < values.Rows; r++)
            {
                double[] row = values.ReadRow(r);
                for (int p = 0; p < row.Length; p++) decisions[first + r, p] = row[p];
            }
        }
        return decisions;
    }

    static double Scale(Matrix rows)
    {
        Summary all = rows.Summarize();
        double count = (double)rows.Rows * rows.Columns, mean = all.Sum / count, variance = all.SumOfSquares / count - mean * mean;
        // All values equal: any kernel is constant.
        return variance > 0 ? 1 / (rows.Columns * variance) : 1;
    }

    // In double precision, and of shares so that no sum overflows.
    static double[] Means(Matrix rows)
    {
        double[] means = new double[rows.Columns], row = new double[rows.Columns];
        for (int r = 0; r < rows.Rows; r++)
        {
            rows.ReadRow(r, row);
            for (int c = 0; c < row.Length; c++) means[c] += row[c] / rows.Rows;
        }
        return means;
    }

    static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, $"{name} must be positive, not {value}");

    /// <summary>The training rows with weights, and their weights in each pair.</summary>
    /// <param name="Rows">[S × columns], less the centre.</param>
    /// <param name="Center">The means of all training rows, [1 × columns].</param>
    /// <param name="Squares">The rows' squared norms, [1 × S].</param>
    /// <param name="Weights">α·y, [S × pairs].</param>
    /// <param name="Biases">[1 × pairs].</param>
    sealed record SupportVectors(Matrix Rows, Matrix Center, Matrix Squares, Matrix Weights, Matrix Biases)
    {
        public static SupportVectors From(Matrix rows, Matrix center, int[][] members, SequentialMinimalOptimization.Solution[] solutions)
        {
            var weights = new SortedDictionary<int, double[]>();
            for (int p = 0; p < solutions.Length; p++)
                for (int i = 0; i < members[p].Length; i++)
                {
                    if (solutions[p].Weights[i] == 0) continue;
                    if (!weights.TryGetValue(members[p][i], out double[]? own)) weights[members[p][i]] = own = new double[solutions.Length];
                    own[p] = solutions[p].Weights[i];
                }
            Matrix vectors = rows.Like(weights.Count, rows.Columns), table = rows.Like(weights.Count, solutions.Length);
            int s = 0;
            foreach (var (number, own) in weights)
            {
                vectors.RowRange(s, 1).SetCopy(rows.RowRange(number, 1));
                table.WriteRow(s++, own);
            }
            vectors.SetSum(vectors, 1, center, -1);
            return new(vectors, center, Matrix.Row(NeighborSearch.Squares(vectors), rows.Placement), table,
                Matrix.Row([.. solutions.Select(solution => solution.Bias)], rows.Placement));
        }

        public Matrix Decide(Matrix judged, int first, double gamma)
        {
            Matrix rows = judged.Like(judged.Rows, judged.Columns), kernel = rows.Like(rows.Rows, Rows.Rows),
                squares = rows.Like(rows.Rows, 1), decisions = rows.Like(rows.Rows, Weights.Columns);
            rows.SetSum(judged, 1, Center, -1);
            GaussianKernelRows.RequireRange(NeighborSearch.Squares(rows), rows.Precision, r => $"row {first + r + 1}");
            squares.AddRowSums(rows, rows);
            kernel.SetProduct(rows, Rows, transposeRight: true);
            kernel.SetGaussianKernel(squares, Squares, gamma);
            decisions.SetProduct(kernel, Weights);
            decisions.SetSum(decisions, 1, Biases);
            return decisions;
        }
    }
}
