namespace Boltzmann;

/// <content>Not yet written for this backend: the reference's loops serve, as the memory is the same.</content>
public sealed partial class CpuBackend
{
    static ReferenceBackend Plain => ReferenceBackend.Shared;

    /// <inheritdoc/>
    public override void LimitColumnNorms(Matrix weights, double limit) => Plain.LimitColumnNorms(weights, limit);

    /// <inheritdoc/>
    public override void Combine(Matrix destination, Matrix a, double alpha, Matrix? b, double beta) => Plain.Combine(destination, a, alpha, b, beta);

    /// <inheritdoc/>
    public override void Multiply(Matrix destination, Matrix a, Matrix b, double power) => Plain.Multiply(destination, a, b, power);

    /// <inheritdoc/>
    public override void Greater(Matrix destination, Matrix a, Matrix b) => Plain.Greater(destination, a, b);

    /// <inheritdoc/>
    public override void ColumnSums(Matrix destination, Matrix a, Matrix? b, Matrix? rowWeights, double scale, double keep) =>
        Plain.ColumnSums(destination, a, b, rowWeights, scale, keep);

    /// <inheritdoc/>
    public override void AddRowSums(Matrix destination, Matrix a, Matrix? b, double scale) => Plain.AddRowSums(destination, a, b, scale);

    /// <inheritdoc/>
    public override Summary Summarize(Matrix source) => Plain.Summarize(source);

    /// <inheritdoc/>
    public override void FillUniform(Matrix destination, in Draw draw) => Plain.FillUniform(destination, draw);

    /// <inheritdoc/>
    public override void FillNormal(Matrix destination, in Draw draw) => Plain.FillNormal(destination, draw);

    /// <inheritdoc/>
    public override void TwoStateMean(Matrix destination, Matrix inputs, Matrix bias, double low, double high) =>
        Plain.TwoStateMean(destination, inputs, bias, low, high);

    /// <inheritdoc/>
    public override void TwoStateSample(Matrix destination, Matrix inputs, Matrix bias, double low, double high, in Draw draw) =>
        Plain.TwoStateSample(destination, inputs, bias, low, high, draw);

    /// <inheritdoc/>
    public override void AddTwoStateLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, double low, double high, double scale) =>
        Plain.AddTwoStateLogNormalizer(destination, inputs, bias, low, high, scale);

    /// <inheritdoc/>
    public override void SoftmaxMean(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws) =>
        Plain.SoftmaxMean(destination, inputs, bias, categories, draws);

    /// <inheritdoc/>
    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw) =>
        Plain.SoftmaxSample(destination, inputs, bias, categories, draws, draw);

    /// <inheritdoc/>
    public override void AddLogSumExp(Matrix destination, Matrix inputs, Matrix bias, int categories, double scale) =>
        Plain.AddLogSumExp(destination, inputs, bias, categories, scale);

    /// <inheritdoc/>
    public override void RectifiedMoments(Matrix? mean, Matrix? second, Matrix inputs, Matrix bias, Matrix precision) =>
        Plain.RectifiedMoments(mean, second, inputs, bias, precision);

    /// <inheritdoc/>
    public override void RectifiedSample(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, in Draw draw) =>
        Plain.RectifiedSample(destination, inputs, bias, precision, draw);

    /// <inheritdoc/>
    public override void AddRectifiedLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, double scale) =>
        Plain.AddRectifiedLogNormalizer(destination, inputs, bias, precision, scale);
}
