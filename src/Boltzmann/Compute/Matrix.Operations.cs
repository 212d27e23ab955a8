namespace Boltzmann;

/// <content>The operations: each checks shapes and placements once, then calls the backend. Set… overwrites, Add… accumulates.</content>
public sealed partial class Matrix
{
    /// <summary>Entries that go from one backend to another at once.</summary>
    const int CopiedEntries = 1 << 20;

    /// <summary>this = source, converting between precisions; between backends by way of the host.</summary>
    public void SetCopy(Matrix source)
    {
        Require(source.Rows == Rows && source.Columns == Columns, source, "copied into");
        if (ReferenceEquals(source.Backend, Backend))
        {
            Backend.Copy(this, source);
            return;
        }
        // In parts, because a whole matrix may be larger than an array.
        int part = Math.Max(1, CopiedEntries / Math.Max(1, Columns));
        var values = new double[Math.Min(part, Rows) * Columns];
        for (int r = 0; r < Rows; r += part)
        {
            int count = Math.Min(part, Rows - r);
            Span<double> block = values.AsSpan(0, count * Columns);
            source.ReadRows(r, count, block);
            WriteRows(r, count, block);
        }
    }

    /// <summary>this = as many columns of the source as this has, from <paramref name="firstColumn"/> on.</summary>
    public void SetColumns(Matrix source, int firstColumn)
    {
        Require(source.Rows == Rows && firstColumn >= 0 && firstColumn <= source.Columns - Columns, source, "the source of columns of");
        RequirePlacement(source);
        Backend.CopyColumns(this, source, firstColumn);
    }

    /// <summary>The columns of this from <paramref name="firstColumn"/> on = those of the source; the others stay.</summary>
    public void PutColumns(Matrix source, int firstColumn)
    {
        Require(source.Rows == Rows && firstColumn >= 0 && firstColumn <= Columns - source.Columns, source, "put among the columns of");
        RequirePlacement(source);
        Backend.PutColumns(this, source, firstColumn);
    }

    /// <summary>this = keep·this + scale·left·right, or left·rightᵀ; [B × n] from [B × k] and [k × n] (or [n × k] transposed).</summary>
    /// <exception cref="ArgumentException">Shapes or placements do not fit; the message names them.</exception>
    public void SetProduct(Matrix left, Matrix right, bool transposeRight = false, double scale = 1, double keep = 0)
    {
        RequireProduct(left, right, transposeRight);
        Backend.Product(this, left, right, transposeRight, scale, keep);
    }

    /// <summary>this = keep·this + Σ scale·leftᵀ·right over the factors.</summary>
    public void SetOuterProducts(ReadOnlySpan<Factor> factors, double keep = 0)
    {
        RequireFactors(factors);
        Backend.OuterProducts(this, factors, keep);
    }

    /// <summary>
    /// Moves this parameter along its factored gradient; see <see cref="UpdateRule"/>. The state matrices have its shape.
    /// </summary>
    public void Update(Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule)
    {
        RequireUpdate(first, second, factors, rule);
        Backend.Update(this, first, second, factors, rule);
    }

    /// <summary>Scales each column down to at most this Euclidean norm.</summary>
    public void LimitColumnNorms(double limit)
    {
        if (!(limit > 0)) Fail($"the largest norm must be positive, not {limit}");
        Backend.LimitColumnNorms(this, limit);
    }

    /// <summary>this = alpha·a + beta·b; b of the same shape, a row, a column, [1 × 1], or null.</summary>
    public void SetSum(Matrix a, double alpha = 1, Matrix? b = null, double beta = 1)
    {
        RequireSame(a);
        if (b is not null) RequireBroadcast(b);
        Backend.Combine(this, a, alpha, b, beta);
    }

    /// <summary>Every entry becomes <paramref name="value"/>.</summary>
    public void Fill(double value) => Backend.Fill([this], value);

    /// <summary>this = a·b^power, element by element; b of the same shape, a row, a column or [1 × 1]; power 1, −1, ½ or −½.</summary>
    public void SetScaled(Matrix a, Matrix b, double power = 1)
    {
        RequireSame(a);
        RequireBroadcast(b);
        if (power is not (1 or -1 or 0.5 or -0.5)) Fail($"the power must be 1, -1, 0.5 or -0.5, not {power}");
        Backend.Multiply(this, a, b, power);
    }

    /// <summary>this = 1 where a &gt; b, else 0; b of the same shape, a row, a column or [1 × 1].</summary>
    public void SetGreater(Matrix a, Matrix b)
    {
        RequireSame(a);
        RequireBroadcast(b);
        Backend.Greater(this, a, b);
    }

    /// <summary>this[1 × n] = keep·this + scale·Σ_r w_r·a[r,·]·b[r,·]; a missing b or w counts as ones.</summary>
    public void SetColumnSums(Matrix a, Matrix? b = null, Matrix? rowWeights = null, double scale = 1, double keep = 0)
    {
        RequireColumnSums(a, b, rowWeights);
        Backend.ColumnSums(this, a, b, rowWeights, scale, keep);
    }

    /// <summary>this[B × 1] += scale·Σ_u a[·,u]·b[·,u]; b of the same shape, a row, or null for ones.</summary>
    public void AddRowSums(Matrix a, Matrix? b = null, double scale = 1)
    {
        RequireRowValues(a);
        if (b is not null && b.Rows != 1) a.RequireSame(b);
        else if (b is not null) a.RequireRowOf(b);
        Backend.AddRowSums(this, a, b, scale);
    }

    /// <summary>this[r, c] = exp(−gamma·max(0, a_r + b_c − 2·this[r, c])): products of rows become values of a Gaussian kernel.</summary>
    /// <param name="leftSquares">a: squared norms of the rows on the left, [B × 1].</param>
    /// <param name="rightSquares">b: those on the right, [1 × n].</param>
    /// <param name="gamma">Positive and finite.</param>
    public void SetGaussianKernel(Matrix leftSquares, Matrix rightSquares, double gamma)
    {
        if (!(gamma > 0 && double.IsFinite(gamma))) Fail($"gamma must be positive, not {gamma}");
        leftSquares.RequireRowValues(this);
        RequireRowOf(rightSquares);
        Backend.GaussianKernel(this, leftSquares, rightSquares, gamma);
    }

    /// <summary>Merges candidates + offsets into the smallest numbers of each row so far; see <see cref="Backend.KeepSmallest"/>.</summary>
    /// <param name="indices">Of this matrix's shape.</param>
    /// <param name="candidates">[B × n].</param>
    /// <param name="offsets">[1 × n].</param>
    /// <param name="firstIndex">Index of candidate 0; all indices are exact up to 2²⁴ in single precision, and greater ones
    /// refused.</param>
    public void KeepSmallest(Matrix indices, Matrix candidates, Matrix offsets, int firstIndex = 0)
    {
        RequireSame(indices);
        candidates.RequireRowOf(offsets);
        Require(candidates.Rows == Rows, candidates, "candidates for");
        RequirePlacement(candidates);
        if (Columns == 0) Fail("nothing can be kept in no columns");
        if (firstIndex < 0 || (Precision == Precision.Float32 && (long)firstIndex + candidates.Columns > 1 << 24))
            Fail($"indices from {firstIndex} on to {(long)firstIndex + candidates.Columns} are not exact in {Precision}");
        Backend.KeepSmallest(this, indices, candidates, offsets, firstIndex);
    }

    /// <summary>Sum, sum of squares, extremes and non-finite entries.</summary>
    public Summary Summarize() => Backend.Summarize(this);

    /// <summary>The same, asked for without waiting.</summary>
    public PendingSummary BeginSummary() => Backend.BeginSummary(this);

    /// <summary>Uniform numbers in [0, 1).</summary>
    public void SampleUniform(Rng rng) => Backend.FillUniform(this, rng.NextDraw());

    /// <summary>Standard normal numbers.</summary>
    public void SampleNormal(Rng rng) => Backend.FillNormal(this, rng.NextDraw());

    /// <summary>Mean of two-valued units: low + (high − low)·σ((high − low)(x + b)).</summary>
    public void SetTwoStateMean(Matrix inputs, Matrix bias, double low, double high)
    {
        RequireUnits(inputs, bias);
        Backend.TwoStateMean(this, inputs, bias, low, high);
    }

    /// <summary>High with probability σ((high − low)(x + b)), else low.</summary>
    public void SampleTwoState(Matrix inputs, Matrix bias, double low, double high, Rng rng)
    {
        RequireUnits(inputs, bias);
        Backend.TwoStateSample(this, inputs, bias, low, high, rng.NextDraw());
    }

    /// <summary>
    /// this = the inputs of units with two values, and what follows from them; see <see cref="Backend.TwoStateProduct"/>.
    /// </summary>
    /// <param name="product">States and weights that make the inputs.</param>
    /// <param name="mean">Set to the means, [B × n]; null for none.</param>
    /// <param name="sample">Drawn, [B × n]; null for none.</param>
    /// <param name="bias">[1 × n].</param>
    /// <param name="low">Lesser value.</param>
    /// <param name="high">Greater value.</param>
    /// <param name="rng">Source of randomness, needed for a sample only.</param>
    public void SetTwoStateProduct(in InputProduct product, Matrix? mean, Matrix? sample, Matrix bias, double low, double high, Rng? rng)
    {
        RequireProduct(product.Left, product.Right, product.TransposeRight);
        RequireRowOf(bias);
        if (mean is not null) RequireSame(mean);
        if (sample is not null) RequireSame(sample);
        if (sample is not null && rng is null) Fail("a sample needs a source of randomness");
        Backend.TwoStateProduct(this, product, mean, sample, bias, low, high, sample is null ? default : rng!.NextDraw());
    }

    /// <summary>
    /// Units with two values that are joined to each other, drawn one after another; see <see cref="Backend.TwoStateSampleWithin"/>.
    /// </summary>
    /// <param name="inputs">At these states, what the units say to each other included; changed.</param>
    /// <param name="bias">[1 × n].</param>
    /// <param name="weights">[n × n], symmetric with zero diagonal.</param>
    /// <param name="low">Lesser value.</param>
    /// <param name="high">Greater value.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">0 for units that stay, [1 × n] or [B × n]; null if all may change.</param>
    public void SampleTwoStateWithin(Matrix inputs, Matrix bias, Matrix weights, double low, double high, Rng rng, double scale = 1,
        Matrix? free = null)
    {
        RequireWithin(inputs, bias, weights, free);
        Backend.TwoStateSampleWithin(this, inputs, bias, weights, low, high, scale, free, rng.NextDraw());
    }

    /// <summary>The same with means in place of draws: mean-field updates, unit by unit.</summary>
    /// <inheritdoc cref="SampleTwoStateWithin"/>
    public void SetTwoStateMeanWithin(Matrix inputs, Matrix bias, Matrix weights, double low, double high, double scale = 1,
        Matrix? free = null)
    {
        RequireWithin(inputs, bias, weights, free);
        Backend.TwoStateMeanWithin(this, inputs, bias, weights, low, high, scale, free);
    }

    /// <summary>
    /// One-hot blocks that are joined to each other, drawn one after another; see <see cref="Backend.SoftmaxSampleWithin"/>.
    /// </summary>
    /// <param name="inputs">At these states, what the blocks say to each other included; changed.</param>
    /// <param name="bias">[1 × n].</param>
    /// <param name="weights">[n × n], symmetric with zero blocks on the diagonal.</param>
    /// <param name="categories">Columns of a block.</param>
    /// <param name="rng">Source of randomness.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">0 for blocks that stay, [1 × n] or [B × n]; null if all may change.</param>
    public void SampleSoftmaxWithin(Matrix inputs, Matrix bias, Matrix weights, int categories, Rng rng, double scale = 1,
        Matrix? free = null)
    {
        RequireWithin(inputs, bias, weights, free);
        RequireBlocks(categories);
        Backend.SoftmaxSampleWithin(this, inputs, bias, weights, categories, scale, free, rng.NextDraw());
    }

    /// <summary>The same with means in place of draws: mean-field updates, block by block.</summary>
    /// <inheritdoc cref="SampleSoftmaxWithin"/>
    public void SetSoftmaxMeanWithin(Matrix inputs, Matrix bias, Matrix weights, int categories, double scale = 1, Matrix? free = null)
    {
        RequireWithin(inputs, bias, weights, free);
        RequireBlocks(categories);
        Backend.SoftmaxMeanWithin(this, inputs, bias, weights, categories, scale, free);
    }

    /// <summary>
    /// this = (this + thisᵀ)/2 with zero blocks on the diagonal: what weights between the units of one layer must be.
    /// </summary>
    /// <param name="unitColumns">Columns of a unit: 1, or the categories of one-hot blocks.</param>
    public void Symmetrize(int unitColumns = 1)
    {
        if (Rows != Columns) Fail($"weights between the units of one layer are as many rows as columns, not {Shape}");
        RequireBlocks(unitColumns);
        Backend.Symmetrize(this, unitColumns);
    }

    /// <summary>Every block of successive rows loses its mean, column by column.</summary>
    /// <param name="means">[blocks × columns], set to the means; says how many blocks there are.</param>
    public void CenterBlocks(Matrix means)
    {
        if (means.Columns != Columns || means.Rows == 0 || Rows % means.Rows != 0)
            Fail($"{Shape} does not divide into blocks whose means are {means.Shape}");
        Backend.CenterBlocks(this, means);
    }

    /// <summary>this[B × 1] += scale·Σ log(e^{low·y} + e^{high·y}), y = x + b.</summary>
    public void AddTwoStateLogNormalizer(Matrix inputs, Matrix bias, double low, double high, double scale = 1)
    {
        RequireRowValues(inputs);
        inputs.RequireRowOf(bias);
        Backend.AddTwoStateLogNormalizer(this, inputs, bias, low, high, scale);
    }

    /// <summary>Expected counts: draws · softmax(x + b) within each block of categories.</summary>
    public void SetSoftmaxMean(Matrix inputs, Matrix bias, int categories, int draws = 1)
    {
        RequireUnits(inputs, bias);
        RequireBlocks(categories);
        Backend.SoftmaxMean(this, inputs, bias, categories, draws);
    }

    /// <summary>Counts of draws from softmax(x + b) within each block of categories.</summary>
    public void SampleSoftmax(Matrix inputs, Matrix bias, int categories, int draws, Rng rng)
    {
        RequireUnits(inputs, bias);
        RequireBlocks(categories);
        Backend.SoftmaxSample(this, inputs, bias, categories, draws, rng.NextDraw());
    }

    /// <summary>Counts of as many draws from softmax(x + b) as each row has.</summary>
    /// <param name="inputs">x, of the same shape.</param>
    /// <param name="bias">b, a row.</param>
    /// <param name="draws">Whole numbers of 0 or more, [B × 1].</param>
    /// <param name="rng">Source of randomness.</param>
    public void SampleSoftmax(Matrix inputs, Matrix bias, Matrix draws, Rng rng)
    {
        RequireUnits(inputs, bias);
        draws.RequireRowValues(this);
        Backend.SoftmaxSample(this, inputs, bias, draws, rng.NextDraw());
    }

    /// <summary>this[B × 1] += scale·Σ_blocks log Σ_c e^{y_c}, y = x + b.</summary>
    public void AddLogSumExp(Matrix inputs, Matrix bias, int categories, double scale = 1)
    {
        RequireRowValues(inputs);
        inputs.RequireRowOf(bias);
        inputs.RequireBlocks(categories);
        Backend.AddLogSumExp(this, inputs, bias, categories, scale);
    }

    /// <summary>this = E[x] of rectified units with density ∝ exp(−γx²/2 + (input + b)x) on x ≥ 0.</summary>
    public void SetRectifiedMean(Matrix inputs, Matrix bias, Matrix precision)
    {
        RequireUnits(inputs, bias);
        RequireRowOf(precision);
        Backend.RectifiedMoments(this, null, inputs, bias, precision);
    }

    /// <summary>this = E[x²] of the same density.</summary>
    public void SetRectifiedSecondMoment(Matrix inputs, Matrix bias, Matrix precision)
    {
        RequireUnits(inputs, bias);
        RequireRowOf(precision);
        Backend.RectifiedMoments(null, this, inputs, bias, precision);
    }

    /// <summary>A draw from the same density.</summary>
    public void SampleRectified(Matrix inputs, Matrix bias, Matrix precision, Rng rng)
    {
        RequireUnits(inputs, bias);
        RequireRowOf(precision);
        Backend.RectifiedSample(this, inputs, bias, precision, rng.NextDraw());
    }

    /// <summary>this[B × 1] += scale·Σ log ∫₀^∞ exp(−γx²/2 + (input + b)x) dx.</summary>
    public void AddRectifiedLogNormalizer(Matrix inputs, Matrix bias, Matrix precision, double scale = 1)
    {
        RequireRowValues(inputs);
        inputs.RequireRowOf(bias);
        inputs.RequireRowOf(precision);
        Backend.AddRectifiedLogNormalizer(this, inputs, bias, precision, scale);
    }

    /// <summary>this = max(0, x + b).</summary>
    public void SetRectified(Matrix inputs, Matrix bias)
    {
        RequireUnits(inputs, bias);
        Backend.Rectify(this, inputs, bias);
    }

    /// <summary>
    /// this = this · f′, element by element, the slope of the activation where its value is a = f(x): errors on their way back through it.
    /// </summary>
    /// <param name="values">a, of the same shape.</param>
    /// <param name="activation">f.</param>
    public void MultiplySlope(Matrix values, Activation activation)
    {
        RequireSame(values);
        Backend.MultiplySlope(this, values, activation);
    }

    bool Overlaps(Matrix other) => ReferenceEquals(other.Storage, Storage) && other.Rows > 0 && Rows > 0
        && other.Offset < Offset + (nint)Rows * Stride * Placement.ElementBytes
        && Offset < other.Offset + (nint)other.Rows * other.Stride * Placement.ElementBytes;

    void RequireProduct(Matrix left, Matrix right, bool transposeRight)
    {
        int inner = transposeRight ? right.Columns : right.Rows, outer = transposeRight ? right.Rows : right.Columns;
        if (left.Columns != inner) Fail($"weights are {right.Shape}, but the batch has {left.Columns} columns");
        if (left.Rows != Rows || outer != Columns)
            Fail($"a product of {left.Shape} and {right.Shape}{(transposeRight ? "ᵀ" : "")} does not fit {Shape}");
        RequirePlacement(left);
        RequirePlacement(right);
        if (Overlaps(left) || Overlaps(right)) Fail("the destination of a product is also an operand");
    }

    void RequireUpdate(Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule)
    {
        RequireFactors(factors);
        Require(first.Rows == Rows && first.Columns == Columns, first, "the optimiser's state of");
        if (second is not null) Require(second.Rows == Rows && second.Columns == Columns, second, "the optimiser's state of");
        if (rule.IsAdam && second is null) Fail("Adam needs two state matrices");
        if (rule is { IsAdam: true, IsAdaGrad: true }) Fail("a rule is Adam or AdaGrad, not both");
    }

    void RequireColumnSums(Matrix a, Matrix? b, Matrix? rowWeights)
    {
        if (Rows != 1 || a.Columns != Columns) Fail($"column sums of {a.Shape} do not fit {Shape}");
        RequirePlacement(a);
        if (b is not null) a.RequireSame(b);
        if (rowWeights is null) return;
        if (rowWeights.Rows != a.Rows || rowWeights.Columns != 1)
            Fail($"row weights are {rowWeights.Shape}, but the batch has {a.Rows} rows");
        RequirePlacement(rowWeights);
    }

    void RequirePlacement(Matrix other)
    {
        if (other.Precision != Precision || !ReferenceEquals(other.Backend, Backend))
            Fail($"one operand is {Placement}, another {other.Placement}");
    }

    void Require(bool fits, Matrix other, string role)
    {
        if (!fits) Fail($"{other.Shape} cannot be {role} {Shape}");
    }

    void RequireSame(Matrix other)
    {
        Require(other.Rows == Rows && other.Columns == Columns, other, "combined with");
        RequirePlacement(other);
    }

    void RequireBroadcast(Matrix other)
    {
        Require((other.Rows == Rows || other.Rows == 1) && (other.Columns == Columns || other.Columns == 1), other, "spread over");
        RequirePlacement(other);
    }

    void RequireRowOf(Matrix row)
    {
        Require(row.Rows == 1 && row.Columns == Columns, row, "a row for");
        RequirePlacement(row);
    }

    void RequireUnits(Matrix inputs, Matrix bias)
    {
        RequireSame(inputs);
        RequireRowOf(bias);
    }

    void RequireWithin(Matrix inputs, Matrix bias, Matrix weights, Matrix? free)
    {
        RequireUnits(inputs, bias);
        if (weights.Rows != Columns || weights.Columns != Columns)
            Fail($"weights between the units of one layer are {weights.Shape}, but the batch has {Columns} columns");
        RequirePlacement(weights);
        RequireMask(free);
    }

    void RequireMask(Matrix? free)
    {
        if (free is null) return;
        Require((free.Rows == Rows || free.Rows == 1) && free.Columns == Columns, free, "a mask of");
        RequirePlacement(free);
    }

    void RequireRowValues(Matrix source)
    {
        if (Columns != 1 || Rows != source.Rows) Fail($"one value per row of {source.Shape} does not fit {Shape}");
        RequirePlacement(source);
    }

    void RequireBlocks(int categories)
    {
        if (categories < 1 || Columns % categories != 0) Fail($"{Columns} columns do not divide into blocks of {categories} categories");
    }

    void RequireFactors(ReadOnlySpan<Factor> factors)
    {
        foreach (ref readonly Factor factor in factors)
        {
            if (factor.Left.Rows != factor.Right.Rows || factor.Left.Columns != Rows || factor.Right.Columns != Columns)
                Fail($"factors {factor.Left.Shape} and {factor.Right.Shape} do not form {Shape}");
            RequirePlacement(factor.Left);
            RequirePlacement(factor.Right);
            if (Overlaps(factor.Left) || Overlaps(factor.Right)) Fail("the destination of an outer product is also an operand");
        }
    }
}
