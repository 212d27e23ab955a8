namespace Boltzmann.Compute;

/// <summary>
/// The arithmetic under everything: a small set of operations on matrices that live where the backend computes.
/// <see cref="ReferenceBackend"/> says in plain loops what each means; <see cref="CpuBackend"/> does the same fast.
/// </summary>
/// <remarks>
/// Callers are the methods of <see cref="Matrix"/>, which check shapes and placements first; a backend may rely on that.
/// Two rules hold for every operation. The padding behind each row's last column is zero before and after it, so kernels may read whole
/// vectors. Each element of a result is summed in an order that depends on shapes alone, never on the number of threads.
/// A destination may be the same matrix as an operand only in element-wise operations. Rows are B, columns n.
/// A [1 × n] operand is called a row, a [B × 1] one a column.
///
/// The operations are of two parts. The core (Backend.cs) is abstract, and every backend has to write it: memory, products, units, sums and
/// random numbers. The optional part (Backend.Composed.cs) is virtual, with defaults that are written with the core: several operations in
/// one call, operations that follow one another anyway, and rows that are filled, picked, exchanged and counted. The defaults are right
/// everywhere; a backend overrides what it can do better. On a device each call is a launch, and each number that the host reads
/// (<see cref="Read"/>, <see cref="Summarize"/>) a wait.
/// </remarks>
public abstract partial class Backend
{
    /// <summary>Short name for people: "reference", "cpu (2 threads, Vector512)".</summary>
    public abstract string Name { get; }

    /// <summary>Zeroed memory; a matrix of this backend lies in it.</summary>
    /// <param name="bytes">Size, less than <see cref="LargestAllocation"/>; rows start at multiples of 64 bytes.</param>
    public abstract Storage Allocate(nuint bytes);

    /// <summary>The bytes that one storage cannot have.</summary>
    public abstract long LargestAllocation { get; }

    /// <summary>Copies values from the host into a block, rounding to the matrix's precision.</summary>
    /// <param name="destination">The matrix.</param>
    /// <param name="block">Inside of it.</param>
    /// <param name="values">As many as the block has entries, row after row.</param>
    public abstract void Write(Matrix destination, MatrixBlock block, ReadOnlySpan<double> values);

    /// <summary>Copies a block to the host, which waits for it.</summary>
    /// <param name="source">The matrix.</param>
    /// <param name="block">Inside of it.</param>
    /// <param name="values">As many as the block has entries, row after row.</param>
    public abstract void Read(Matrix source, MatrixBlock block, Span<double> values);

    /// <summary>destination = source, of the same shape and backend but possibly another precision.</summary>
    public abstract void Copy(Matrix destination, Matrix source);

    /// <summary>destination[B × n] = the columns of the source from <paramref name="firstColumn"/> on, in the same precision.</summary>
    public abstract void CopyColumns(Matrix destination, Matrix source, int firstColumn);

    /// <summary>The columns of the destination from <paramref name="firstColumn"/> on = source[B × n], in the same precision.</summary>
    public abstract void PutColumns(Matrix destination, Matrix source, int firstColumn);

    /// <summary>destination = keep·destination + scale·left·right, or left·rightᵀ. keep = 0 overwrites even NaN.</summary>
    /// <param name="destination">[B × n].</param>
    /// <param name="left">[B × k].</param>
    /// <param name="right">[k × n], or [n × k] if transposed.</param>
    /// <param name="transposeRight">Whether right enters transposed.</param>
    /// <param name="scale">Factor on the product.</param>
    /// <param name="keep">Factor on what the destination held.</param>
    public abstract void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep);

    /// <summary>destination = keep·destination + Σ scale·leftᵀ·right over the factors. keep = 0 overwrites even NaN.</summary>
    public abstract void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep);

    /// <summary>
    /// Forms the gradient of a parameter from its factors and applies <paramref name="rule"/>, reading and writing each array once.
    /// </summary>
    /// <param name="parameter">θ, [m × n].</param>
    /// <param name="first">Δ or m, of the same shape.</param>
    /// <param name="second">Adam's s; null for momentum.</param>
    /// <param name="factors">The gradient: Σ scale·leftᵀ·right.</param>
    /// <param name="rule">See <see cref="UpdateRule"/>.</param>
    public abstract void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule);

    /// <summary>w_j ← w_j · min(1, limit/‖w_j‖) for each column (incoming weights of a hidden unit).</summary>
    public abstract void LimitColumnNorms(Matrix weights, double limit);

    /// <summary>destination = alpha·a + beta·b; b may be null, of the same shape, a row [1 × n], a column [B × 1] or [1 × 1].</summary>
    public abstract void Combine(Matrix destination, Matrix a, double alpha, Matrix? b, double beta);

    /// <summary>
    /// destination = a · b^power, element by element; b of the same shape, a row, a column or [1 × 1]; power 1, −1, ½ or −½.
    /// </summary>
    public abstract void Multiply(Matrix destination, Matrix a, Matrix b, double power);

    /// <summary>destination = 1 where a &gt; b, else 0 (also for NaN); b of the same shape, a row, a column or [1 × 1].</summary>
    public abstract void Greater(Matrix destination, Matrix a, Matrix b);

    /// <summary>
    /// destination[1 × n] = keep·destination + scale·Σ_r w_r·a[r,·]·b[r,·]; null b or w counts as ones. Accumulates in double.
    /// </summary>
    /// <param name="destination">[1 × n].</param>
    /// <param name="a">[B × n].</param>
    /// <param name="b">[B × n] or null.</param>
    /// <param name="rowWeights">[B × 1] or null.</param>
    /// <param name="scale">Factor on the sums.</param>
    /// <param name="keep">Factor on what the destination held.</param>
    public abstract void ColumnSums(Matrix destination, Matrix a, Matrix? b, Matrix? rowWeights, double scale, double keep);

    /// <summary>
    /// destination[B × 1] += scale·Σ_u a[·,u]·b[·,u]; b of the same shape, a row, or null for ones. Accumulates in double.
    /// </summary>
    public abstract void AddRowSums(Matrix destination, Matrix a, Matrix? b, double scale);

    /// <summary>
    /// destination[r, c] = exp(−gamma·max(0, a_r + b_c − 2·destination[r, c])): from products x·y and squared norms to a Gaussian kernel,
    /// in place. Results below the least normal number may be 0.
    /// </summary>
    /// <param name="destination">[B × n], products before and kernel values after.</param>
    /// <param name="leftSquares">a, [B × 1].</param>
    /// <param name="rightSquares">b, [1 × n].</param>
    /// <param name="gamma">γ &gt; 0.</param>
    public abstract void GaussianKernel(Matrix destination, Matrix leftSquares, Matrix rightSquares, double gamma);

    /// <summary>
    /// Merges candidates[r, c] + offsets[c] into the k smallest numbers of each row so far: values[r, ·] stays ascending, and indices[r, ·]
    /// holds each number's firstIndex + c. Of equal numbers the one that came first goes first; NaN and what is not below the last value
    /// never enter.
    /// </summary>
    /// <param name="values">[B × k], ascending in each row; +∞ to begin with.</param>
    /// <param name="indices">[B × k].</param>
    /// <param name="candidates">[B × n].</param>
    /// <param name="offsets">[1 × n].</param>
    /// <param name="firstIndex">Index of candidate 0.</param>
    public abstract void KeepSmallest(Matrix values, Matrix indices, Matrix candidates, Matrix offsets, double firstIndex);

    /// <summary>Sum, sum of squares, extremes and the count of non-finite entries.</summary>
    public abstract Summary Summarize(Matrix source);

    /// <summary>destination[r, u] = word(r, u)·2⁻²⁴ as <see cref="Philox.Uniform"/>.</summary>
    public abstract void FillUniform(Matrix destination, in Draw draw);

    /// <summary>destination[r, u] = <see cref="Philox.Normal"/>.</summary>
    public abstract void FillNormal(Matrix destination, in Draw draw);

    /// <summary>Mean of units with two values: low + (high − low)·σ((high − low)(x + b)).</summary>
    /// <param name="destination">[B × n].</param>
    /// <param name="inputs">x, [B × n].</param>
    /// <param name="bias">b, [1 × n].</param>
    /// <param name="low">0 for Bernoulli, −1 for spin units.</param>
    /// <param name="high">1.</param>
    public abstract void TwoStateMean(Matrix destination, Matrix inputs, Matrix bias, double low, double high);

    /// <summary>high where the draw's uniform is below σ((high − low)(x + b)), else low.</summary>
    public abstract void TwoStateSample(Matrix destination, Matrix inputs, Matrix bias, double low, double high, in Draw draw);

    /// <summary>
    /// Units with two values that are joined to each other, drawn one after another from the first on: high where the draw's uniform is
    /// below σ((high − low)(x + b)), else low; where a unit changes by δ, the inputs of those behind it change by scale·δ·W[u, ·]. On
    /// return each unit's input is that which it was drawn from.
    /// </summary>
    /// <param name="states">[B × n].</param>
    /// <param name="inputs">x at these states, what the units say to each other included, [B × n].</param>
    /// <param name="bias">b, [1 × n].</param>
    /// <param name="weights">W, [n × n], symmetric with zero diagonal.</param>
    /// <param name="low">0 for Bernoulli, −1 for spin units.</param>
    /// <param name="high">1.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">0 for units that stay, [1 × n] or [B × n]; null if all may change.</param>
    /// <param name="draw">Of the random numbers.</param>
    public abstract void TwoStateSampleWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high,
        double scale, Matrix? free, in Draw draw);

    /// <summary>
    /// As <see cref="TwoStateSampleWithin"/>, each unit set to its mean instead: one sweep of mean-field updates unit by unit.
    /// </summary>
    public abstract void TwoStateMeanWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high,
        double scale, Matrix? free);

    /// <summary>
    /// One-hot blocks that are joined to each other, drawn one after another from the first on: block k takes the first category whose
    /// cumulative probability, of softmax(x + b) in the block, exceeds the draw's uniform of unit k. Then scale·Wᵀ·change goes into the
    /// inputs of all blocks behind it. On return each block's inputs are those that it was drawn from.
    /// </summary>
    /// <param name="states">[B × n].</param>
    /// <param name="inputs">x at these states, what the blocks say to each other included, [B × n].</param>
    /// <param name="bias">b, [1 × n].</param>
    /// <param name="weights">W, [n × n], symmetric with zero blocks on the diagonal.</param>
    /// <param name="categories">Columns of a block.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">0 in the first column of blocks that stay, [1 × n] or [B × n]; null if all may change.</param>
    /// <param name="draw">Of the random numbers.</param>
    public abstract void SoftmaxSampleWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale,
        Matrix? free, in Draw draw);

    /// <summary>
    /// As <see cref="SoftmaxSampleWithin"/>, each block set to its mean instead: one sweep of mean-field updates block by block.
    /// </summary>
    public abstract void SoftmaxMeanWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale,
        Matrix? free);

    /// <summary>
    /// destination[·, u] = keep·destination + scale·Σ w·states[·, neighbour] over the edges of u. keep = 0 overwrites even NaN.
    /// </summary>
    /// <param name="destination">[B × n].</param>
    /// <param name="states">[B × n].</param>
    /// <param name="edges">Of n units.</param>
    /// <param name="weights">w, [1 × edges].</param>
    /// <param name="scale">Factor on the sums.</param>
    /// <param name="keep">Factor on what the destination held.</param>
    public abstract void EdgeProduct(Matrix destination, Matrix states, EdgeList edges, Matrix weights, double scale, double keep);

    /// <summary>
    /// destination[1 × edges] += scale·Σ_r w_r·a[r, unit]·b[r, other] for the two units of each edge; null w count as ones. Accumulates in
    /// double.
    /// </summary>
    public abstract void AddEdgeMoments(Matrix destination, Matrix a, Matrix b, Matrix? rowWeights, EdgeList edges, double scale);

    /// <summary>
    /// Sweeps through units with two values that edges join, in the order of their colours: each is high where the uniform is below σ((high
    /// − low)(x + b + scale·Σ w·neighbours)), else low. The unit at place p of the order takes the uniform of (row p, unit r) in row r, and
    /// every sweep the draw of the step after the last one's.
    /// </summary>
    /// <param name="states">[B × n].</param>
    /// <param name="inputs">x, what comes from elsewhere, [B × n]; null for none.</param>
    /// <param name="bias">b, [1 × n].</param>
    /// <param name="edges">Of n units.</param>
    /// <param name="weights">w, [1 × edges].</param>
    /// <param name="low">0 for Bernoulli, −1 for spin units.</param>
    /// <param name="high">1.</param>
    /// <param name="scale">Factor on the weights.</param>
    /// <param name="free">0 for units that stay, [1 × n] or [B × n]; null if all may change.</param>
    /// <param name="sweeps">How many.</param>
    /// <param name="draw">Of the first sweep.</param>
    public abstract void TwoStateSampleEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale, Matrix? free,
            int sweeps, in Draw draw);

    /// <summary>One such sweep, each unit set to its mean instead.</summary>
    public abstract void TwoStateMeanEdges(Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low,
        double high, double scale, Matrix? free);

    /// <summary>W ← (W + Wᵀ)/2 with zero blocks of <paramref name="unitColumns"/> on the diagonal; 1 for a zero diagonal.</summary>
    public abstract void Symmetrize(Matrix weights, int unitColumns);

    /// <summary>destination[B × 1] += scale·Σ_u log(e^{low·y} + e^{high·y}), y = x + b. Does not overflow; accumulates in double.</summary>
    public abstract void AddTwoStateLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, double low, double high, double scale);

    /// <summary>
    /// Softmax of y = x + b within each consecutive block of <paramref name="categories"/> columns, times <paramref name="draws"/>.
    /// </summary>
    public abstract void SoftmaxMean(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws);

    /// <summary>
    /// Counts of <paramref name="draws"/> independent draws from each block's softmax. Draw d of block k uses the uniform of unit k·draws +
    /// d, and takes the first category whose cumulative probability exceeds it.
    /// </summary>
    public abstract void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw);

    /// <summary>
    /// The same with draws[r] draws in row r, [B × 1], from one softmax over all columns: a row gets what it would with a number for all.
    /// </summary>
    public abstract void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, Matrix draws, in Draw draw);

    /// <summary>
    /// destination[B × 1] += scale·Σ_blocks log Σ_c e^{y_c}, y = x + b. Subtracts the maximum first; accumulates in double.
    /// </summary>
    public abstract void AddLogSumExp(Matrix destination, Matrix inputs, Matrix bias, int categories, double scale);

    /// <summary>
    /// Moments of rectified units with density ∝ exp(−γx²/2 + yx) on x ≥ 0, y = x_in + b: the mean, and E[x²] if <paramref name="second"/>
    /// is given. Either destination may be null.
    /// </summary>
    public abstract void RectifiedMoments(Matrix? mean, Matrix? second, Matrix inputs, Matrix bias, Matrix precision);

    /// <summary>A draw from the same density, by inversion of the draw's uniform.</summary>
    public abstract void RectifiedSample(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, in Draw draw);

    /// <summary>destination[B × 1] += scale·Σ_u log ∫₀^∞ exp(−γx²/2 + yx) dx. Does not overflow; accumulates in double.</summary>
    public abstract void AddRectifiedLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, double scale);

    /// <summary>destination = max(0, x + b), NaN where x + b is.</summary>
    /// <param name="destination">[B × n].</param>
    /// <param name="inputs">x, [B × n].</param>
    /// <param name="bias">b, [1 × n].</param>
    public abstract void Rectify(Matrix destination, Matrix inputs, Matrix bias);

    /// <summary>
    /// destination = destination · f′, element by element, the slope expressed by the value a = f(x): a(1 − a) of the sigmoid, 1 − a² of
    /// tanh, 1 where a rectified value is above 0.
    /// </summary>
    /// <param name="destination">Errors, [B × n].</param>
    /// <param name="values">a, [B × n].</param>
    /// <param name="activation">f.</param>
    public abstract void MultiplySlope(Matrix destination, Matrix values, Activation activation);
}
