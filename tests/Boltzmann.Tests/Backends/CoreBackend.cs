namespace Boltzmann.Tests.Backends;

/// <summary>
/// Another backend's core and nothing more: what is optional is composed of it, as it would be on a backend that is just being written.
/// </summary>
sealed class CoreBackend(Backend inner) : Backend
{
    public override string Name => $"core of {inner.Name}";

    public override long LargestAllocation => inner.LargestAllocation;

    public override Storage Allocate(nuint bytes) => inner.Allocate(bytes);

    public override void Write(Matrix destination, MatrixBlock block, ReadOnlySpan<double> values) =>
        inner.Write(destination, block, values);

    public override void Read(Matrix source, MatrixBlock block, Span<double> values) => inner.Read(source, block, values);

    public override void Copy(Matrix destination, Matrix source) => inner.Copy(destination, source);

    public override void CopyColumns(Matrix destination, Matrix source, int firstColumn) =>
        inner.CopyColumns(destination, source, firstColumn);

    public override void PutColumns(Matrix destination, Matrix source, int firstColumn) =>
        inner.PutColumns(destination, source, firstColumn);

    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep) =>
        inner.Product(destination, left, right, transposeRight, scale, keep);

    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep) =>
        inner.OuterProducts(destination, factors, keep);

    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule) =>
        inner.Update(parameter, first, second, factors, in rule);

    public override void LimitColumnNorms(Matrix weights, double limit) => inner.LimitColumnNorms(weights, limit);

    public override void Combine(Matrix destination, Matrix a, double alpha, Matrix? b, double beta) =>
        inner.Combine(destination, a, alpha, b, beta);

    public override void Multiply(Matrix destination, Matrix a, Matrix b, double power) => inner.Multiply(destination, a, b, power);

    public override void Greater(Matrix destination, Matrix a, Matrix b) => inner.Greater(destination, a, b);

    public override void ColumnSums(Matrix destination, Matrix a, Matrix? b, Matrix? rowWeights, double scale, double keep) =>
        inner.ColumnSums(destination, a, b, rowWeights, scale, keep);

    public override void AddRowSums(Matrix destination, Matrix a, Matrix? b, double scale) => inner.AddRowSums(destination, a, b, scale);

    public override void GaussianKernel(Matrix destination, Matrix leftSquares, Matrix rightSquares, double gamma) =>
        inner.GaussianKernel(destination, leftSquares, rightSquares, gamma);

    public override void KeepSmallest(Matrix values, Matrix indices, Matrix candidates, Matrix offsets, double firstIndex) =>
        inner.KeepSmallest(values, indices, candidates, offsets, firstIndex);

    public override Summary Summarize(Matrix source) => inner.Summarize(source);

    public override void FillUniform(Matrix destination, in Draw draw) => inner.FillUniform(destination, in draw);

    public override void FillNormal(Matrix destination, in Draw draw) => inner.FillNormal(destination, in draw);

    public override void TwoStateMean(Matrix destination, Matrix inputs, Matrix bias, double low, double high) =>
        inner.TwoStateMean(destination, inputs, bias, low, high);

    public override void TwoStateSample(Matrix destination, Matrix inputs, Matrix bias, double low, double high, in Draw draw) =>
        inner.TwoStateSample(destination, inputs, bias, low, high, in draw);

    public override void TwoStateSampleWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high, double scale, Matrix? free, in Draw draw) =>
        inner.TwoStateSampleWithin(states, inputs, bias, weights, low, high, scale, free, in draw);

    public override void TwoStateMeanWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high, double scale, Matrix? free) =>
        inner.TwoStateMeanWithin(states, inputs, bias, weights, low, high, scale, free);

    public override void EdgeProduct(Matrix destination, Matrix states, EdgeList edges, Matrix weights, double scale, double keep) =>
        inner.EdgeProduct(destination, states, edges, weights, scale, keep);

    public override void AddEdgeMoments(Matrix destination, Matrix a, Matrix b, Matrix? rowWeights, EdgeList edges, double scale) =>
        inner.AddEdgeMoments(destination, a, b, rowWeights, edges, scale);

    public override void TwoStateSampleEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale,
        Matrix? free, int sweeps, in Draw draw) =>
        inner.TwoStateSampleEdges(states, inputs, bias, edges, weights, low, high, scale, free, sweeps, in draw);

    public override void TwoStateMeanEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale, Matrix? free) =>
        inner.TwoStateMeanEdges(states, inputs, bias, edges, weights, low, high, scale, free);

    public override void SoftmaxSampleWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale, Matrix? free, in Draw draw) =>
        inner.SoftmaxSampleWithin(states, inputs, bias, weights, categories, scale, free, in draw);

    public override void SoftmaxMeanWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale, Matrix? free) =>
        inner.SoftmaxMeanWithin(states, inputs, bias, weights, categories, scale, free);

    public override void Symmetrize(Matrix weights, int unitColumns) => inner.Symmetrize(weights, unitColumns);

    public override void AddTwoStateLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, double low, double high, double scale) =>
        inner.AddTwoStateLogNormalizer(destination, inputs, bias, low, high, scale);

    public override void SoftmaxMean(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws) =>
        inner.SoftmaxMean(destination, inputs, bias, categories, draws);

    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw) =>
        inner.SoftmaxSample(destination, inputs, bias, categories, draws, in draw);

    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, Matrix draws, in Draw draw) =>
        inner.SoftmaxSample(destination, inputs, bias, draws, in draw);

    public override void AddLogSumExp(Matrix destination, Matrix inputs, Matrix bias, int categories, double scale) =>
        inner.AddLogSumExp(destination, inputs, bias, categories, scale);

    public override void RectifiedMoments(Matrix? mean, Matrix? second, Matrix inputs, Matrix bias, Matrix precision) =>
        inner.RectifiedMoments(mean, second, inputs, bias, precision);

    public override void RectifiedSample(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, in Draw draw) =>
        inner.RectifiedSample(destination, inputs, bias, precision, in draw);

    public override void AddRectifiedLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, double scale) =>
        inner.AddRectifiedLogNormalizer(destination, inputs, bias, precision, scale);

    public override void Rectify(Matrix destination, Matrix inputs, Matrix bias) => inner.Rectify(destination, inputs, bias);

    public override void MultiplySlope(Matrix destination, Matrix values, Activation activation) =>
        inner.MultiplySlope(destination, values, activation);
}
