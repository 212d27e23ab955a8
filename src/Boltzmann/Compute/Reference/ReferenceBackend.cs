namespace Boltzmann.Compute;

/// <summary>
/// The meaning of every operation, in plain loops: entries are read as double, combined in double and rounded once when stored.
/// Slow on purpose; the other backends are tested against it.
/// </summary>
public sealed unsafe partial class ReferenceBackend : Backend
{
    /// <summary>The only instance that is needed: it has no settings and no state.</summary>
    public static ReferenceBackend Shared { get; } = new();

    /// <inheritdoc/>
    public override string Name => "reference";

    /// <inheritdoc/>
    public override Storage Allocate(nuint bytes) => new HostStorage(bytes);

    /// <inheritdoc/>
    public override long LargestAllocation => HostStorage.Largest;

    /// <inheritdoc/>
    public override void Write(Matrix destination, MatrixBlock block, ReadOnlySpan<double> values)
    {
        for (int r = 0; r < block.Rows; r++)
            for (int c = 0; c < block.Columns; c++)
                Set(destination, block.FirstRow + r, block.FirstColumn + c, values[r * block.Columns + c]);
    }

    /// <inheritdoc/>
    public override void Read(Matrix source, MatrixBlock block, Span<double> values)
    {
        for (int r = 0; r < block.Rows; r++)
            for (int c = 0; c < block.Columns; c++)
                values[r * block.Columns + c] = Get(source, block.FirstRow + r, block.FirstColumn + c);
    }

    /// <inheritdoc/>
    public override void Copy(Matrix destination, Matrix source) => ForEach(destination, (r, c) => Get(source, r, c));

    /// <inheritdoc/>
    public override void CopyColumns(Matrix destination, Matrix source, int firstColumn) =>
        ForEach(destination, (r, c) => Get(source, r, firstColumn + c));

    /// <inheritdoc/>
    public override void PutColumns(Matrix destination, Matrix source, int firstColumn)
    {
        for (int r = 0; r < source.Rows; r++)
            for (int c = 0; c < source.Columns; c++) Set(destination, r, firstColumn + c, Get(source, r, c));
    }

    /// <inheritdoc/>
    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep) =>
        ForEach(destination, (r, c) =>
        {
            double sum = 0;
            for (int k = 0; k < left.Columns; k++) sum += Get(left, r, k) * (transposeRight ? Get(right, c, k) : Get(right, k, c));
            return Kept(destination, r, c, keep) + scale * sum;
        });

    /// <inheritdoc/>
    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep)
    {
        Factor[] terms = factors.ToArray();
        ForEach(destination, (r, c) => Kept(destination, r, c, keep) + Gradient(terms, r, c));
    }

    /// <inheritdoc/>
    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule)
    {
        Factor[] terms = factors.ToArray();
        for (int r = 0; r < parameter.Rows; r++)
            for (int c = 0; c < parameter.Columns; c++)
            {
                double theta = Get(parameter, r, c);
                double g = Gradient(terms, r, c) - rule.L2 * theta - rule.L1 * (theta > 0 ? 1 : theta < 0 ? -1 : 0);
                double m, step;
                if (rule.IsAdam)
                {
                    m = rule.Momentum * Get(first, r, c) + (1 - rule.Momentum) * g;
                    double s = rule.Beta2 * Get(second!, r, c) + (1 - rule.Beta2) * g * g;
                    Set(second!, r, c, s);
                    step = rule.LearningRate * (m / (1 - Math.Pow(rule.Momentum,
                        rule.Time))) / (Math.Sqrt(s / (1 - Math.Pow(rule.Beta2, rule.Time))) + rule.Epsilon);
                }
                else if (rule.IsAdaGrad)
                {
                    m = Get(first, r, c) + g * g;
                    step = rule.LearningRate * g / (Math.Sqrt(m) + rule.Epsilon);
                }
                else
                {
                    step = m = rule.Momentum * Get(first, r, c) + rule.LearningRate * g;
                }
                Set(first, r, c, m);
                Set(parameter, r, c, theta + step);
            }
    }

    /// <inheritdoc/>
    public override void LimitColumnNorms(Matrix weights, double limit)
    {
        for (int c = 0; c < weights.Columns; c++)
        {
            double squares = 0;
            for (int r = 0; r < weights.Rows; r++) squares += Get(weights, r, c) * Get(weights, r, c);
            double norm = Math.Sqrt(squares);
            if (norm > limit)
                for (int r = 0; r < weights.Rows; r++) Set(weights, r, c, Get(weights, r, c) * (limit / norm));
        }
    }

    /// <inheritdoc/>
    public override void Combine(Matrix destination, Matrix a, double alpha, Matrix? b, double beta) =>
        ForEach(destination, (r, c) => alpha * Get(a, r, c) + (b is null ? 0 : beta * Spread(b, r, c)));

    /// <inheritdoc/>
    public override void Multiply(Matrix destination, Matrix a, Matrix b, double power) =>
        ForEach(destination, (r, c) => Get(a, r, c) * power switch
        {
            1 => Spread(b, r, c),
            -1 => 1 / Spread(b, r, c),
            0.5 => Math.Sqrt(Spread(b, r, c)),
            _ => 1 / Math.Sqrt(Spread(b, r, c)),
        });

    /// <inheritdoc/>
    public override void Greater(Matrix destination, Matrix a, Matrix b) =>
        ForEach(destination, (r, c) => Get(a, r, c) > Spread(b, r, c) ? 1 : 0);

    /// <inheritdoc/>
    public override void ColumnSums(Matrix destination, Matrix a, Matrix? b, Matrix? rowWeights, double scale, double keep) =>
        ForEach(destination, (_, c) =>
        {
            double sum = 0;
            for (int r = 0; r < a.Rows; r++)
                sum += (rowWeights is null ? 1 : Get(rowWeights, r, 0)) * Get(a, r, c) * (b is null ? 1 : Get(b, r, c));
            return Kept(destination, 0, c, keep) + scale * sum;
        });

    /// <inheritdoc/>
    public override void AddRowSums(Matrix destination, Matrix a, Matrix? b, double scale) =>
        AddPerRow(destination, a.Columns, scale, (r, c) => Get(a, r, c) * (b is null ? 1 : Spread(b, r, c)));

    /// <inheritdoc/>
    public override void GaussianKernel(Matrix destination, Matrix leftSquares, Matrix rightSquares, double gamma) =>
        ForEach(destination, (r, c) => Math.Exp(-gamma * Math.Max(0, Get(leftSquares, r, 0)
            + Get(rightSquares, 0, c) - 2 * Get(destination, r, c))));

    /// <inheritdoc/>
    public override void KeepSmallest(Matrix values, Matrix indices, Matrix candidates, Matrix offsets, double firstIndex)
    {
        int last = values.Columns - 1;
        for (int r = 0; r < candidates.Rows; r++)
            for (int c = 0; c < candidates.Columns; c++)
            {
                double value = Get(candidates, r, c) + Get(offsets, 0, c);
                if (values.Precision == Precision.Float32) value = (float)value;
                if (!(value < Get(values, r, last))) continue;
                int place = last;
                for (; place > 0 && Get(values, r, place - 1) > value; place--)
                {
                    Set(values, r, place, Get(values, r, place - 1));
                    Set(indices, r, place, Get(indices, r, place - 1));
                }
                Set(values, r, place, value);
                Set(indices, r, place, firstIndex + c);
            }
    }

    /// <inheritdoc/>
    public override Summary Summarize(Matrix source)
    {
        double sum = 0, squares = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        long nonFinite = 0;
        for (int r = 0; r < source.Rows; r++)
            for (int c = 0; c < source.Columns; c++)
            {
                double x = Get(source, r, c);
                if (!double.IsFinite(x))
                {
                    nonFinite++;
                    continue;
                }
                sum += x;
                squares += x * x;
                minimum = Math.Min(minimum, x);
                maximum = Math.Max(maximum, x);
            }
        return new(sum, squares, minimum, maximum, nonFinite);
    }

    /// <inheritdoc/>
    public override void FillUniform(Matrix destination, in Draw draw)
    {
        Draw key = draw;
        ForEach(destination, (r, c) => Philox.Uniform(key, r, c));
    }

    /// <inheritdoc/>
    public override void FillNormal(Matrix destination, in Draw draw)
    {
        Draw key = draw;
        ForEach(destination, (r, c) => Philox.Normal(key, r, c));
    }

    /// <inheritdoc/>
    public override void TwoStateMean(Matrix destination, Matrix inputs, Matrix bias, double low, double high) =>
        ForEach(destination, (r, c) => low + (high - low) * Scalar.Logistic((high - low) * (Get(inputs, r, c) + Get(bias, 0, c))));

    /// <inheritdoc/>
    public override void TwoStateSample(Matrix destination, Matrix inputs, Matrix bias, double low, double high, in Draw draw)
    {
        Draw key = draw;
        ForEach(destination, (r, c) =>
            Philox.Uniform(key, r, c) < Scalar.Logistic((high - low) * (Get(inputs, r, c) + Get(bias, 0, c))) ? high : low);
    }

    /// <inheritdoc/>
    public override void TwoStateSampleWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high,
        double scale, Matrix? free, in Draw draw)
    {
        Draw key = draw;
        Within(states, inputs, bias, weights, scale, free,
            (r, u, y) => Philox.Uniform(key, r, u) < Scalar.Logistic((high - low) * y) ? high : low);
    }

    /// <inheritdoc/>
    public override void TwoStateMeanWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high,
        double scale, Matrix? free) =>
        Within(states, inputs, bias, weights, scale, free, (_, _, y) => low + (high - low) * Scalar.Logistic((high - low) * y));

    /// <inheritdoc/>
    public override void EdgeProduct(Matrix destination, Matrix states, EdgeList edges, Matrix weights, double scale, double keep) =>
        ForEach(destination, (r, u) => Kept(destination, r, u, keep) + scale * AlongEdges(states, edges, weights, r, u));

    /// <inheritdoc/>
    public override void AddEdgeMoments(Matrix destination, Matrix a, Matrix b, Matrix? rowWeights, EdgeList edges, double scale) =>
        ForEach(destination, (_, e) =>
        {
            var (unit, other) = edges.Pairs[e];
            double sum = 0;
            for (int r = 0; r < a.Rows; r++) sum += (rowWeights is null ? 1 : Get(rowWeights, r, 0)) * Get(a, r, unit) * Get(b, r, other);
            return Get(destination, 0, e) + scale * sum;
        });

    /// <inheritdoc/>
    public override void TwoStateSampleEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale, Matrix? free,
            int sweeps, in Draw draw)
    {
        for (int s = 0; s < sweeps; s++)
        {
            Draw key = draw with { Step = draw.Step + (ulong)s };
            Edges(states, inputs, bias, edges, weights, scale, free,
                (r, place, y) => Philox.Uniform(key, place, r) < Scalar.Logistic((high - low) * y) ? high : low);
        }
    }

    /// <inheritdoc/>
    public override void TwoStateMeanEdges(Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low,
        double high, double scale, Matrix? free) =>
        Edges(states, inputs, bias, edges, weights, scale, free, (_, _, y) => low + (high - low) * Scalar.Logistic((high - low) * y));

    /// <inheritdoc/>
    public override void Symmetrize(Matrix weights, int unitColumns)
    {
        for (int r = 0; r < weights.Rows; r++)
            for (int c = 0; c <= r; c++)
            {
                double mean = r / unitColumns == c / unitColumns ? 0 : 0.5 * (Get(weights, r, c) + Get(weights, c, r));
                Set(weights, r, c, mean);
                Set(weights, c, r, mean);
            }
    }

    /// <inheritdoc/>
    public override void AddTwoStateLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, double low, double high, double scale) =>
        AddPerRow(destination, inputs.Columns, scale, (r, c) =>
        {
            double y = Get(inputs, r, c) + Get(bias, 0, c);
            return (low == 0 ? 0 : low * y) + Scalar.Softplus((high - low) * y);   // 0·∞ must not hide log(1 + e^−∞) = 0
        });

    /// <inheritdoc/>
    public override void SoftmaxMean(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws)
    {
        var p = new double[categories];
        for (int r = 0; r < destination.Rows; r++)
            for (int first = 0; first < destination.Columns; first += categories)
            {
                Probabilities(inputs, bias, r, first, p);
                for (int k = 0; k < categories; k++) Set(destination, r, first + k, draws * p[k]);
            }
    }

    /// <inheritdoc/>
    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw)
    {
        for (int r = 0; r < destination.Rows; r++) SoftmaxSample(destination, inputs, bias, categories, draws, draw, r);
    }

    /// <inheritdoc/>
    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, Matrix draws, in Draw draw)
    {
        for (int r = 0; r < destination.Rows; r++)
            SoftmaxSample(destination, inputs, bias, destination.Columns, (int)draws[r, 0], draw, r);
    }

    static void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw, int r)
    {
        var p = new double[categories];
        var counts = new int[categories];
        for (int first = 0; first < destination.Columns; first += categories)
        {
            Probabilities(inputs, bias, r, first, p);
            Array.Clear(counts);
            for (int d = 0; d < draws; d++)
            {
                double u = Philox.Uniform(draw, r, first / categories * draws + d), cumulative = p[0];
                int k = 0;
                while (k < categories - 1 && cumulative <= u) cumulative += p[++k];
                counts[k]++;
            }
            for (int k = 0; k < categories; k++) Set(destination, r, first + k, counts[k]);
        }
    }

    /// <inheritdoc/>
    public override void SoftmaxSampleWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale,
        Matrix? free, in Draw draw)
    {
        Draw key = draw;
        Within(states, inputs, bias, weights, categories, scale, free, (r, block, p) =>
        {
            double u = Philox.Uniform(key, r, block), cumulative = p[0];
            int k = 0;
            while (k < categories - 1 && cumulative <= u) cumulative += p[++k];
            Array.Clear(p);
            p[k] = 1;
        });
    }

    /// <inheritdoc/>
    public override void SoftmaxMeanWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale,
        Matrix? free) => Within(states, inputs, bias, weights, categories, scale, free, (_, _, _) => { });

    /// <inheritdoc/>
    public override void AddLogSumExp(Matrix destination, Matrix inputs, Matrix bias, int categories, double scale)
    {
        for (int r = 0; r < inputs.Rows; r++)
        {
            double sum = 0;
            for (int first = 0; first < inputs.Columns; first += categories)
            {
                double top = double.NegativeInfinity, total = 0;
                for (int k = first; k < first + categories; k++) top = Math.Max(top, Get(inputs, r, k) + Get(bias, 0, k));
                for (int k = first; k < first + categories; k++) total += Math.Exp(Get(inputs, r, k) + Get(bias, 0, k) - top);
                sum += top + Math.Log(total);
            }
            Set(destination, r, 0, Get(destination, r, 0) + scale * sum);
        }
    }

    /// <inheritdoc/>
    public override void RectifiedMoments(Matrix? mean, Matrix? second, Matrix inputs, Matrix bias, Matrix precision)
    {
        for (int r = 0; r < inputs.Rows; r++)
            for (int c = 0; c < inputs.Columns; c++)
            {
                var (m, s) = Rectified.Moments(Get(inputs, r, c) + Get(bias, 0, c), Get(precision, 0, c));
                if (mean is not null) Set(mean, r, c, m);
                if (second is not null) Set(second, r, c, s);
            }
    }

    /// <inheritdoc/>
    public override void RectifiedSample(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, in Draw draw)
    {
        Draw key = draw;
        ForEach(destination, (r, c) => Rectified.Quantile(Philox.Uniform(key, r, c), Get(inputs, r, c) + Get(bias, 0, c),
            Get(precision, 0, c)));
    }

    /// <inheritdoc/>
    public override void AddRectifiedLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, double scale) =>
        AddPerRow(destination, inputs.Columns, scale,
            (r, c) => Rectified.LogNormalizer(Get(inputs, r, c) + Get(bias, 0, c), Get(precision, 0, c)));

    /// <inheritdoc/>
    public override void Rectify(Matrix destination, Matrix inputs, Matrix bias) =>
        ForEach(destination, (r, c) => Get(inputs, r, c) + Get(bias, 0, c) is double y && y < 0 ? 0 : y);

    /// <inheritdoc/>
    public override void MultiplySlope(Matrix destination, Matrix values, Activation activation) =>
        ForEach(destination, (r, c) => Get(destination, r, c) * (Get(values, r, c), activation) switch
        {
            (double a, Activation.Sigmoid) => a * (1 - a),
            (double a, Activation.Tanh) => 1 - a * a,
            (double a, Activation.Relu) => a > 0 ? 1 : 0,
            _ => 1,
        });

    static double Get(Matrix m, int row, int column)
    {
        long index = (long)row * m.Stride + column;
        nint start = HostStorage.AddressOf(m);
        return m.Precision == Precision.Float32 ? ((float*)start)[index] : ((double*)start)[index];
    }

    static void Set(Matrix m, int row, int column, double value)
    {
        long index = (long)row * m.Stride + column;
        nint start = HostStorage.AddressOf(m);
        if (m.Precision == Precision.Float32) ((float*)start)[index] = (float)value;
        else ((double*)start)[index] = value;
    }

    static double Spread(Matrix m, int row, int column) => Get(m, m.Rows == 1 ? 0 : row, m.Columns == 1 ? 0 : column);

    static double Kept(Matrix m, int row, int column, double keep) => keep == 0 ? 0 : keep * Get(m, row, column);

    static void ForEach(Matrix destination, Func<int, int, double> value)
    {
        for (int r = 0; r < destination.Rows; r++)
            for (int c = 0; c < destination.Columns; c++) Set(destination, r, c, value(r, c));
    }

    static void AddPerRow(Matrix destination, int columns, double scale, Func<int, int, double> value)
    {
        for (int r = 0; r < destination.Rows; r++)
        {
            double sum = 0;
            for (int c = 0; c < columns; c++) sum += value(r, c);
            Set(destination, r, 0, Get(destination, r, 0) + scale * sum);
        }
    }

    static void Within(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double scale, Matrix? free, Func<int, int, double,
        double> next)
    {
        for (int r = 0; r < states.Rows; r++)
            for (int u = 0; u < states.Columns; u++)
            {
                if (free is not null && Spread(free, r, u) == 0) continue;
                double value = next(r, u, Get(inputs, r, u) + Get(bias, 0, u)), change = value - Get(states, r, u);
                if (change == 0) continue;
                Set(states, r, u, value);
                for (int other = u + 1; other < states.Columns; other++)
                    Set(inputs, r, other, Get(inputs, r, other) + scale * change * Get(weights, u, other));
            }
    }

    // Probabilities of a block become its next value.
    static void Within(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale, Matrix? free,
        Action<int, int, double[]> next)
    {
        var values = new double[categories];
        for (int r = 0; r < states.Rows; r++)
            for (int first = 0; first < states.Columns; first += categories)
            {
                if (free is not null && Spread(free, r, first) == 0) continue;
                Probabilities(inputs, bias, r, first, values);
                next(r, first / categories, values);
                for (int k = 0; k < categories; k++)
                {
                    double change = values[k] - Get(states, r, first + k);
                    if (change == 0) continue;
                    Set(states, r, first + k, values[k]);
                    for (int other = first + categories; other < states.Columns; other++)
                        Set(inputs, r, other, Get(inputs, r, other) + scale * change * Get(weights, first + k, other));
                }
            }
    }

    static void Edges(Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double scale, Matrix? free, Func<int, int,
        double, double> next)
    {
        for (int r = 0; r < states.Rows; r++)
            for (int place = 0; place < edges.Units; place++)
            {
                int u = edges.Coloring.Order[place];
                if (free is null || Spread(free, r, u) != 0)
                    Set(states, r, u, next(r, place, (inputs is null ? 0 : Get(inputs, r, u)) + Get(bias, 0, u)
                        + scale * AlongEdges(states, edges, weights, r, u)));
            }
    }

    static double AlongEdges(Matrix states, EdgeList edges, Matrix weights, int row, int unit)
    {
        double sum = 0;
        for (int e = 0; e < edges.Count; e++)
            if (edges.Pairs[e].Unit == unit) sum += Get(weights, 0, e) * Get(states, row, edges.Pairs[e].Other);
            else if (edges.Pairs[e].Other == unit) sum += Get(weights, 0, e) * Get(states, row, edges.Pairs[e].Unit);
        return sum;
    }

    static double Gradient(Factor[] factors, int row, int column)
    {
        double sum = 0;
        foreach (Factor factor in factors)
        {
            double term = 0;
            for (int k = 0; k < factor.Left.Rows; k++) term += Get(factor.Left, k, row) * Get(factor.Right, k, column);
            sum += factor.Scale * term;
        }
        return sum;
    }

    static void Probabilities(Matrix inputs, Matrix bias, int row, int first, double[] p)
    {
        double top = double.NegativeInfinity, total = 0;
        for (int k = 0; k < p.Length; k++) top = Math.Max(top, p[k] = Get(inputs, row, first + k) + Get(bias, 0, first + k));
        for (int k = 0; k < p.Length; k++) total += p[k] = Math.Exp(p[k] - top);
        for (int k = 0; k < p.Length; k++) p[k] /= total;
    }
}
