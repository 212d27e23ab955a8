namespace Boltzmann.Tests.Backends;

/// <summary>One line of the table of operations: what is run, where its result is, and how far it may be from the reference's.</summary>
/// <param name="Name">For people.</param>
/// <param name="Run">The operation.</param>
/// <param name="Result">The destination it writes.</param>
/// <param name="Bound">
/// The largest difference at (row, column) of the result, from the operands in the reference's memory and the reference's result; infinite
/// differences and NaN must agree.
/// </param>
/// <param name="Blocks">Columns must be a multiple of this.</param>
/// <param name="MayDiffer">For samples: whether a draw is so close to its threshold that rounding may decide it.</param>
sealed record Operation(
    string Name, Action<Operands> Run, Func<Operands, Matrix> Result, Func<Operands, int, int, double> Bound,
    int Blocks = 1, Func<Operands, int, int, bool>? MayDiffer = null)
{
    static readonly Draw Key = new(0x1234_5678_9ABC_DEF0, 3, 5_000_000_000);

    public static IReadOnlyList<Operation> All { get; } = [.. Make()];

    public override string ToString() => Name;

    static IEnumerable<Operation> Make()
    {
        // Roundings of the two constants, the products, the sum, and of the reference's result.
        Func<Operands, int, int, double> Sum(Func<Operands, int, int, double> b, double alpha, double beta) =>
            (o, r, c) => 3 * o.Epsilon * (Math.Abs(alpha * o.At(o.A, r, c)) + Math.Abs(beta * b(o, r, c)));
        yield return new("1.7·a", o => o.Batch.Backend.Combine(o.Batch, o.A, 1.7, null, 0), o => o.Batch, Sum((_, _, _) => 0, 1.7, 0));
        yield return new("a − 0.3·b", o => o.Batch.Backend.Combine(o.Batch, o.A, 1, o.B, -0.3), o => o.Batch,
            Sum((o, r, c) => o.At(o.B, r, c), 1, -0.3));
        yield return new("2·a + row", o => o.Batch.Backend.Combine(o.Batch, o.A, 2, o.Row, 1), o => o.Batch,
            Sum((o, _, c) => o.At(o.Row, 0, c), 2, 1));
        yield return new("a + 0.1·column", o => o.Batch.Backend.Combine(o.Batch, o.A, 1, o.Column, 0.1), o => o.Batch,
            Sum((o, r, _) => o.At(o.Column, r, 0), 1, 0.1));
        yield return new("0·a + one", o => o.Batch.Backend.Combine(o.Batch, o.A, 0, o.One, 1), o => o.Batch,
            Sum((o, _, _) => o.At(o.One, 0, 0), 0, 1));
        yield return new("destination + a", o => o.Batch.Backend.Combine(o.Batch, o.Batch, 1, o.A, 1), o => o.Batch,
            (o, r, c) => 2 * o.Epsilon * (8 + Math.Abs(o.At(o.A, r, c))));
        foreach (double power in new[] { 1, -1, 0.5, -0.5 })
        {
            // One rounding in the product or quotient, up to one in the root, which counts at most once; one in the reference's result.
            yield return new($"a·b^{power}", o => o.Batch.Backend.Multiply(o.Batch, o.A, o.B, power), o => o.Batch, Relative(2));
            yield return new($"a·row^{power}", o => o.Batch.Backend.Multiply(o.Batch, o.A, o.Row, power), o => o.Batch, Relative(2));
            yield return new($"a·column^{power}", o => o.Batch.Backend.Multiply(o.Batch, o.A, o.Column, power), o => o.Batch, Relative(2));
            yield return new($"a·one^{power}", o => o.Batch.Backend.Multiply(o.Batch, o.A, o.One, power), o => o.Batch, Relative(2));
        }
        yield return new("a > b", o => o.Batch.Backend.Greater(o.Batch, o.A, o.B), o => o.Batch, Exact);
        yield return new("a > row", o => o.Batch.Backend.Greater(o.Batch, o.A, o.Row), o => o.Batch, Exact);
        yield return new("a > column", o => o.Batch.Backend.Greater(o.Batch, o.A, o.Column), o => o.Batch, Exact);
        yield return new("a > one", o => o.Batch.Backend.Greater(o.Batch, o.A, o.One), o => o.Batch, Exact);

        foreach (bool product in new[] { false, true })
            foreach (bool weighted in new[] { false, true })
                foreach (double keep in new[] { 0, 0.5 })
                    yield return new($"columns of {(weighted ? "w·" : "")}a{(product ? "·b" : "")}, keep {keep}",
                        o => o.Batch.Backend.ColumnSums(o.RowResult, o.A, product ? o.B : null, weighted ? o.Column : null, -0.7, keep),
                            o => o.RowResult,
                        (o, _, c) =>
                        {
                            double size = 8;
                            for (int r = 0; r < o.Rows; r++)
                                size += Math.Abs(o.At(o.A, r, c) * (product ? o.At(o.B, r, c) : 1) * (weighted ? o.At(o.Column, r, 0) : 1));
                            return o.Epsilon * Math.Abs(o.At(o.RowResult, 0, c)) + (o.Rows + 3) * Math.Pow(2, -52) * size;
                        });
        foreach (int form in new[] { 0, 1, 2 })
            yield return new($"rows of a{form switch { 0 => "", 1 => "·b", _ => "·row" }}",
                o => o.Batch.Backend.AddRowSums(o.ColumnResult, o.A, form switch { 0 => null, 1 => o.B, _ => o.Row }, 0.4),
                    o => o.ColumnResult,
                (o, r, _) =>
                {
                    double size = 8;
                    for (int c = 0; c < o.Columns; c++)
                        size += Math.Abs(o.At(o.A, r, c) * form switch { 0 => 1, 1 => o.At(o.B, r, c), _ => o.At(o.Row, 0, c) });
                    return o.Epsilon * Math.Abs(o.At(o.ColumnResult, r, 0)) + (o.Columns + 3) * Math.Pow(2, -52) * size;
                });
        yield return new("column norms", o => { o.Batch.SetCopy(o.A); o.Batch.Backend.LimitColumnNorms(o.Batch, 5); }, o => o.Batch,
            Relative(1, perRow: true));

        foreach (double gamma in new[] { 0.01, 0.7 })
            yield return new($"Gaussian kernel, gamma {gamma}", o =>
            {
                o.Batch.SetCopy(o.A); o.Batch.Backend.GaussianKernel(o.Batch,
                o.Column, o.Row, gamma);
            }, o => o.Batch,
                (o, r, c) =>
                {
                    // Two roundings of the square, in units of its parts, two of the exponent; 2 ulp for the exponential and the
                    // reference's result.
                    double parts = Math.Abs(o.At(o.Column, r, 0)) + Math.Abs(o.At(o.Row, 0, c)) + 2 * Math.Abs(o.At(o.A, r, c));
                    return o.At(o.Batch, r, c) * o.Epsilon * (2 + 4.1 * gamma * parts) + o.Tiny;
                });
        yield return new("uniform", o => o.Batch.Backend.FillUniform(o.Batch, Key), o => o.Batch, Exact);
        // 5 ulp here; the reference's angle is rounded, which moves a sine near 0 by up to 2⁻⁵²·2π·radius, and the radius is below 5.8.
        yield return new("normal", o => o.Batch.Backend.FillNormal(o.Batch, Key), o => o.Batch,
            (o, r, c) => 6 * o.Epsilon * Math.Abs(o.At(o.Batch, r, c)) + 40 * Math.Pow(2, -52));

        foreach (var (low, high) in new[] { (0.0, 1.0), (-1, 1), (-0.5, 2) })
        {
            yield return new($"mean of {low}, {high}", o => o.Batch.Backend.TwoStateMean(o.Batch, o.A, o.Row, low, high), o => o.Batch,
                (o, r, c) =>
                    (high - low) * ProbabilityError(o, r, c, high - low) + 1.5 * o.Epsilon * Math.Max(Math.Abs(low), Math.Abs(high)));
            yield return new($"sample of {low}, {high}", o => o.Batch.Backend.TwoStateSample(o.Batch, o.A, o.Row, low, high, Key),
                o => o.Batch, Exact,
                MayDiffer: (o, r, c) => Math.Abs(Philox.Uniform(Key, r,
                    c) - Scalar.Logistic((high - low) * (o.At(o.A, r, c) + o.At(o.Row, 0, c)))) <= ProbabilityError(o, r, c, high - low));
            yield return new($"log-normaliser of {low}, {high}", o => o.Batch.Backend.AddTwoStateLogNormalizer(o.ColumnResult, o.A, o.Row,
                low, high, 0.9), o => o.ColumnResult,
                (o, r, _) =>
                {
                    double error = 0, size = 8;
                    for (int c = 0; c < o.Columns; c++)
                    {
                        double y = o.At(o.A, r, c) + o.At(o.Row, 0, c), span = high - low;
                        if (!double.IsFinite(y)) continue;                        // exact
                        double part = Math.Abs(low * y) + Scalar.Softplus(span * y);
                        error += 4 * o.Epsilon * part + InputError(o, r, c) * (Math.Abs(low) + span * Scalar.Logistic(span * y)) + o.Tiny;
                        size += part;
                    }
                    return error + o.Epsilon * Math.Abs(o.At(o.ColumnResult, r, 0)) + (o.Columns + 3) * Math.Pow(2, -52) * size;
                });
        }
        foreach (var (categories, draws) in new[] { (1, 7), (3, 1), (5, 7), (20, 1), (50, 7) })
        {
            yield return new($"mean of {draws} from {categories}", o => o.Batch.Backend.SoftmaxMean(o.Batch, o.A, o.Row, categories, draws),
                o => o.Batch,
                (o, r, c) => o.At(o.Batch, r, c) * BlockError(o, r, c, categories) + draws * o.Tiny, Blocks: categories);
            yield return new($"sample of {draws} from {categories}", o =>
                o.Batch.Backend.SoftmaxSample(o.Batch, o.A, o.Row, categories, draws, Key), o => o.Batch, Exact,
                Blocks: categories, MayDiffer: (o, r, c) => IsClose(o, r, c / categories, categories, draws));
        }
        foreach (int categories in new[] { 1, 3, 50 })
            yield return new($"log-sum-exp of {categories}", o => o.Batch.Backend.AddLogSumExp(o.ColumnResult, o.A, o.Row, categories, 1.1),
                o => o.ColumnResult,
                (o, r, _) =>
                {
                    double error = 0, size = 8;
                    for (int c = 0; c < o.Columns; c += categories)
                    {
                        error += 2 * BlockError(o, r, c, categories);
                        for (int k = c; k < c + categories; k++) size += Math.Abs(o.At(o.A, r, k) + o.At(o.Row, 0, k));
                    }
                    return error + o.Epsilon * Math.Abs(o.At(o.ColumnResult, r, 0)) + (o.Columns + 3) * Math.Pow(2, -52) * size;
                }, Blocks: categories);

        // x + p·q·u: each step rounds once, in the wider forms at most; the reference's result once more.
        static double Product(Operands o, double x, double p, double q) => 4 * o.Epsilon * (Math.Abs(x) + Math.Abs(p * q)) + o.Tiny;
        yield return new("map of a", o => o.Batch.Backend.Map<SumOfProduct>(o.Batch, o.A, null, null, null), o => o.Batch, Exact);
        yield return new("map of a, row, column", o => o.Batch.Backend.Map<SumOfProduct>(o.Batch, o.A, o.Row, o.Column, Key), o => o.Batch,
            (o, r, c) => Product(o, o.At(o.A, r, c), o.At(o.Row, 0, c), o.At(o.Column, r, 0)));
        yield return new("map of a, b, one", o => o.Batch.Backend.Map<SumOfProduct>(o.Batch, o.A, o.B, o.One, Key), o => o.Batch,
            (o, r, c) => Product(o, o.At(o.A, r, c), o.At(o.B, r, c), o.At(o.One, 0, 0)));
        yield return new("vector map of a, row, column", o =>
            o.Batch.Backend.Map<SumOfProductVector>(o.Batch, o.A, o.Row, o.Column, Key), o => o.Batch,
            (o, r, c) => Product(o, o.At(o.A, r, c), o.At(o.Row, 0, c), o.At(o.Column, r, 0)));
        yield return new("map in place", o =>
            { o.Batch.SetCopy(o.A); o.Batch.Backend.Map<SumOfProduct>(o.Batch, o.Batch, null, o.Row, Key); }, o => o.Batch, Exact);

        yield return new("rectified linear", o => o.Batch.Backend.Rectify(o.Batch, o.A, o.Row), o => o.Batch,
            (o, r, c) => o.Epsilon * Math.Abs(o.At(o.Batch, r, c)));
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            // Each product and difference rounds once; a difference from 1 by half an ulp of the greater of 1 and what is taken from it.
            yield return new($"slope of {activation}", o =>
            {
                o.Batch.SetCopy(o.B); o.Batch.Backend.MultiplySlope(o.Batch, o.A,
                activation);
            }, o => o.Batch,
                (o, r, c) => 3 * o.Epsilon * Math.Abs(o.At(o.B, r, c)) * Math.Pow(1 + Math.Abs(o.At(o.A, r, c)), 2) + o.Tiny);
        }

        // The same scalar functions on both sides; RectifiedTests judges those.
        yield return new("rectified mean", o => o.Batch.Backend.RectifiedMoments(o.Batch, null, o.A, o.Row, o.Positive), o => o.Batch,
            Exact);
        yield return new("rectified second moment", o => o.Batch.Backend.RectifiedMoments(null, o.Batch, o.A, o.Row, o.Positive),
            o => o.Batch, Exact);
        yield return new("rectified moments", o => o.Batch.Backend.RectifiedMoments(o.Second, o.Batch, o.A, o.Row, o.Positive),
            o => o.Second, Exact);
        yield return new("rectified sample", o => o.Batch.Backend.RectifiedSample(o.Batch, o.A, o.Row, o.Positive, Key), o => o.Batch,
            Exact);
        yield return new("rectified log-normaliser",
            o => o.Batch.Backend.AddRectifiedLogNormalizer(o.ColumnResult, o.A, o.Row, o.Positive, -1), o => o.ColumnResult, Exact);
        yield return new("double rectified mean", o => o.Batch.Backend.DoubleRectifiedMoments(new(Mean: o.Batch), o.A, Double(o)),
            o => o.Batch, Exact);
        yield return new("double rectified squares", o => o.Batch.Backend.DoubleRectifiedMoments(new(null, null, o.Batch, o.Second), o.A,
            Double(o)), o => o.Second, Exact);
        yield return new("double rectified sample", o => o.Batch.Backend.DoubleRectifiedSample(o.Batch, o.A, Double(o), Key),
            o => o.Batch, Exact);
        yield return new("double rectified log-normaliser",
            o => o.Batch.Backend.AddDoubleRectifiedLogNormalizer(o.ColumnResult, o.A, Double(o), -1), o => o.ColumnResult, Exact);

        static DoubleRectifiedUnits Double(Operands o) => new(o.Row, o.Row, o.Positive, o.Positive);
    }

    static double Exact(Operands o, int row, int column) => 0;

    static Func<Operands, int, int, double> Relative(double ulps, bool perRow = false) =>
        (o, r, c) => (ulps * o.Epsilon + (perRow ? o.Rows * Math.Pow(2, -52) : 0)) * Math.Abs(o.At(o.Batch, r, c)) + o.Tiny;

    /// <summary>Rounding of x + b and of its product with the span.</summary>
    static double InputError(Operands o, int row, int column) =>
        1.5 * o.Epsilon * Math.Abs(o.At(o.A, row, column) + o.At(o.Row, 0, column));

    /// <summary>σ′ = σ(1 − σ) times the input's error, and 3 ulp of σ itself.</summary>
    static double ProbabilityError(Operands o, int row, int column, double span)
    {
        double p = Scalar.Logistic(span * (o.At(o.A, row, column) + o.At(o.Row, 0, column)));
        return p * (1 - p) * span * InputError(o, row, column) * 1.01 + 3 * o.Epsilon * p + o.Tiny;
    }

    /// <summary>
    /// Relative error of a category's probability: its input and the maximum are rounded, their difference too; the same for the sum; 3 ulp
    /// for the rest.
    /// </summary>
    static double BlockError(Operands o, int row, int column, int categories)
    {
        double size = 0;
        for (int k = column / categories * categories, end = k + categories; k < end; k++)
        {
            double y = Math.Abs(o.At(o.A, row, k) + o.At(o.Row, 0, k));
            if (double.IsFinite(y)) size = Math.Max(size, y);
        }
        return o.Epsilon * (4 * size + 3 + 3);
    }

    /// <summary>Whether one of a block's draws lies within the error of a cumulative probability.</summary>
    static bool IsClose(Operands o, int row, int block, int categories, int draws)
    {
        double error = BlockError(o, row, block * categories, categories) + categories * Math.Pow(2, -51);
        var inputs = new double[categories];
        for (int k = 0; k < categories; k++) inputs[k] = o.At(o.A, row, block * categories + k) + o.At(o.Row, 0, block * categories + k);
        double norm = Scalar.LogSumExp(inputs);
        for (int d = 0; d < draws; d++)
        {
            double u = Philox.Uniform(Key, row, block * draws + d), cumulative = 0;
            foreach (double x in inputs)
                if (Math.Abs((cumulative += Math.Exp(x - norm)) - u) <= error) return true;
        }
        return false;
    }
}
