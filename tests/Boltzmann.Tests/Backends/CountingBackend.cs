using System.Runtime.CompilerServices;

namespace Boltzmann.Tests.Backends;

/// <summary>
/// Another backend whose operations are counted, as a device would see them: each call is work to hand over, and each number read by the
/// host is a wait until all work handed over is done.
/// </summary>
sealed class CountingBackend(Backend inner) : Backend
{
    readonly SortedDictionary<string, int> byName = [];
    readonly List<Summary> summaries = [];
    long known = -1;

    /// <summary>Operations since the last <see cref="Reset"/>.</summary>
    public int Calls => byName.Values.Sum();

    /// <summary>How often the host would have waited.</summary>
    public int Waits { get; private set; }

    public override bool ReadsWait => true;

    public override string Name => $"counted {inner.Name}";

    public override Storage Allocate(nuint bytes) => inner.Allocate(bytes);

    public override long LargestAllocation => inner.LargestAllocation;

    /// <summary>Counts from zero.</summary>
    public void Reset()
    {
        byName.Clear();
        Waits = 0;
    }

    /// <summary>"37 calls, 0 waits: 14 ColumnSums, …", the most frequent first.</summary>
    public override string ToString() =>
        $"{Calls} calls, {Waits} waits: {string.Join(", ", byName.OrderByDescending(n => n.Value).Select(n => $"{n.Value} {n.Key}"))}";

    public override void Write(Matrix destination, MatrixBlock block, ReadOnlySpan<double> values) =>
        Counted().Write(destination, block, values);

    public override void Read(Matrix source, MatrixBlock block, Span<double> values) => Waiting().Read(source, block, values);

    public override void Copy(Matrix destination, Matrix source) => Counted().Copy(destination, source);

    public override void CopyColumns(Matrix destination, Matrix source, int firstColumn) =>
        Counted().CopyColumns(destination, source, firstColumn);

    public override void PutColumns(Matrix destination, Matrix source, int firstColumn) =>
        Counted().PutColumns(destination, source, firstColumn);

    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep) =>
        Counted().Product(destination, left, right, transposeRight, scale, keep);

    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep) =>
        Counted().OuterProducts(destination, factors, keep);

    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule) =>
        Counted().Update(parameter, first, second, factors, in rule);

    public override void LimitColumnNorms(Matrix weights, double limit) => Counted().LimitColumnNorms(weights, limit);

    public override void Combine(Matrix destination, Matrix a, double alpha, Matrix? b, double beta) =>
        Counted().Combine(destination, a, alpha, b, beta);

    public override void Multiply(Matrix destination, Matrix a, Matrix b, double power) => Counted().Multiply(destination, a, b, power);

    public override void Greater(Matrix destination, Matrix a, Matrix b) => Counted().Greater(destination, a, b);

    public override void ColumnSums(Matrix destination, Matrix a, Matrix? b, Matrix? rowWeights, double scale, double keep) =>
        Counted().ColumnSums(destination, a, b, rowWeights, scale, keep);

    public override void AddRowSums(Matrix destination, Matrix a, Matrix? b, double scale) =>
        Counted().AddRowSums(destination, a, b, scale);

    public override void GaussianKernel(Matrix destination, Matrix leftSquares, Matrix rightSquares, double gamma) =>
        Counted().GaussianKernel(destination, leftSquares, rightSquares, gamma);

    public override void KeepSmallest(Matrix values, Matrix indices, Matrix candidates, Matrix offsets, double firstIndex) =>
        Counted().KeepSmallest(values, indices, candidates, offsets, firstIndex);

    public override Summary Summarize(Matrix source) => Waiting().Summarize(source);

    public override void FillUniform(Matrix destination, in Draw draw) => Counted().FillUniform(destination, in draw);

    public override void FillNormal(Matrix destination, in Draw draw) => Counted().FillNormal(destination, in draw);

    public override void TwoStateMean(Matrix destination, Matrix inputs, Matrix bias, double low, double high) =>
        Counted().TwoStateMean(destination, inputs, bias, low, high);

    public override void TwoStateSample(Matrix destination, Matrix inputs, Matrix bias, double low, double high, in Draw draw) =>
        Counted().TwoStateSample(destination, inputs, bias, low, high, in draw);

    public override void TwoStateSampleWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high, double scale, Matrix? free, in Draw draw) =>
        Counted().TwoStateSampleWithin(states, inputs, bias, weights, low, high, scale, free, in draw);

    public override void TwoStateMeanWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high, double scale, Matrix? free) =>
        Counted().TwoStateMeanWithin(states, inputs, bias, weights, low, high, scale, free);

    public override void EdgeProduct(Matrix destination, Matrix states, EdgeList edges, Matrix weights, double scale, double keep) =>
        Counted().EdgeProduct(destination, states, edges, weights, scale, keep);

    public override void AddEdgeMoments(Matrix destination, Matrix a, Matrix b, Matrix? rowWeights, EdgeList edges, double scale) =>
        Counted().AddEdgeMoments(destination, a, b, rowWeights, edges, scale);

    public override void TwoStateSampleEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale,
        Matrix? free, int sweeps, in Draw draw) =>
        Counted().TwoStateSampleEdges(states, inputs, bias, edges, weights, low, high, scale, free, sweeps, in draw);

    public override void TwoStateMeanEdges(
        Matrix states, Matrix? inputs, Matrix bias, EdgeList edges, Matrix weights, double low, double high, double scale, Matrix? free) =>
        Counted().TwoStateMeanEdges(states, inputs, bias, edges, weights, low, high, scale, free);

    public override void SoftmaxSampleWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale, Matrix? free, in Draw draw) =>
        Counted().SoftmaxSampleWithin(states, inputs, bias, weights, categories, scale, free, in draw);

    public override void SoftmaxMeanWithin(
        Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale, Matrix? free) =>
        Counted().SoftmaxMeanWithin(states, inputs, bias, weights, categories, scale, free);

    public override void Symmetrize(Matrix weights, int unitColumns) => Counted().Symmetrize(weights, unitColumns);

    public override void AddTwoStateLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, double low, double high, double scale) =>
        Counted().AddTwoStateLogNormalizer(destination, inputs, bias, low, high, scale);

    public override void SoftmaxMean(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws) =>
        Counted().SoftmaxMean(destination, inputs, bias, categories, draws);

    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw) =>
        Counted().SoftmaxSample(destination, inputs, bias, categories, draws, in draw);

    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, Matrix draws, in Draw draw) =>
        Counted().SoftmaxSample(destination, inputs, bias, draws, in draw);

    public override void AddLogSumExp(Matrix destination, Matrix inputs, Matrix bias, int categories, double scale) =>
        Counted().AddLogSumExp(destination, inputs, bias, categories, scale);

    public override void RectifiedMoments(Matrix? mean, Matrix? second, Matrix inputs, Matrix bias, Matrix precision) =>
        Counted().RectifiedMoments(mean, second, inputs, bias, precision);

    public override void RectifiedSample(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, in Draw draw) =>
        Counted().RectifiedSample(destination, inputs, bias, precision, in draw);

    public override void AddRectifiedLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, double scale) =>
        Counted().AddRectifiedLogNormalizer(destination, inputs, bias, precision, scale);

    public override void Rectify(Matrix destination, Matrix inputs, Matrix bias) => Counted().Rectify(destination, inputs, bias);

    public override void MultiplySlope(Matrix destination, Matrix values, Activation activation) =>
        Counted().MultiplySlope(destination, values, activation);

    public override void Fill(ReadOnlySpan<Matrix> destinations, double value) => Counted().Fill(destinations, value);

    public override void Copy(ReadOnlySpan<Matrix> destinations, ReadOnlySpan<Matrix> sources) => Counted().Copy(destinations, sources);

    public override void ColumnSums(ReadOnlySpan<Moment> moments) => Counted().ColumnSums(moments);

    public override void Update(ReadOnlySpan<ParameterUpdate> updates, ReadOnlySpan<Factor> factors) => Counted().Update(updates, factors);

    public override void AddProjections(ReadOnlySpan<Projection> projections) => Counted().AddProjections(projections);

    public override void TwoStateProduct(
        Matrix inputs, in InputProduct product, Matrix? mean, Matrix? sample, Matrix bias, double low, double high, in Draw draw) =>
        Counted().TwoStateProduct(inputs, in product, mean, sample, bias, low, high, in draw);

    public override void ExchangeRows(Matrix a, Matrix b, Matrix mask) => Counted().ExchangeRows(a, b, mask);

    public override void SetOneHot(Matrix destination, ReadOnlySpan<int> labels) => Counted().SetOneHot(destination, labels);

    public override void GatherRows(Matrix destination, ReadOnlySpan<Matrix> parts, ReadOnlySpan<int> indices) =>
        Counted().GatherRows(destination, parts, indices);

    public override void Gather(Matrix destination, HostValues source, ReadOnlySpan<int> indices, double scale) =>
        Counted().Gather(destination, source, indices, scale);

    public override void AddScores(Matrix outputs, Matrix targets, Matrix totals) => Counted().AddScores(outputs, targets, totals);

    public override PendingSummary BeginSummary(Matrix source)
    {
        summaries.Add(Counted().Summarize(source));
        return new(this, summaries.Count - 1);
    }

    public override Summary Finish(long ticket)
    {
        // Work is done in order: whoever waits for the last summary that was asked for knows all of them.
        if (ticket > known) Waits++;
        known = Math.Max(known, ticket);
        return summaries[(int)ticket];
    }

    Backend Counted([CallerMemberName] string operation = "")
    {
        byName[operation] = byName.GetValueOrDefault(operation) + 1;
        return inner;
    }

    Backend Waiting([CallerMemberName] string operation = "")
    {
        Waits++;
        return Counted(operation);
    }
}
