using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Random numbers and the kinds of units: means, samples, log-normalisers.</content>
public sealed unsafe partial class CpuBackend
{
    /// <summary>Rows that share counters of the generator.</summary>
    const int WordRows = 4;

    /// <inheritdoc/>
    public override void FillUniform(Matrix destination, in Draw draw)
    {
        var kernel = new UniformFill(new(destination), draw);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, 0.3, WordRows);
        GC.KeepAlive(destination);
    }

    /// <inheritdoc/>
    public override void FillNormal(Matrix destination, in Draw draw)
    {
        var kernel = new NormalFill(new(destination), draw);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, 1, WordRows);
        GC.KeepAlive(destination);
    }

    /// <inheritdoc/>
    public override void TwoStateMean(Matrix destination, Matrix inputs, Matrix bias, double low, double high)
    {
        if ((low, high) == (0, 1)) Apply<Binary>(destination, inputs, bias, nanosecondsPerValue: 0.2);
        else Apply<TwoState>(destination, inputs, bias, high - low, low, 0.2);
    }

    /// <inheritdoc/>
    public override void TwoStateSample(Matrix destination, Matrix inputs, Matrix bias, double low, double high, in Draw draw)
    {
        var kernel = new TwoStateSample(new(destination), new(inputs), new(bias), low, high, draw);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, 0.5, WordRows);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
    }

    /// <inheritdoc/>
    public override void TwoStateSampleWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high,
        double scale, Matrix? free, in Draw draw) =>
        Within(states, inputs, bias, weights, low, high, scale, free, true, draw);

    /// <inheritdoc/>
    public override void TwoStateMeanWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high,
        double scale, Matrix? free) =>
        Within(states, inputs, bias, weights, low, high, scale, free, false, default);

    /// <inheritdoc/>
    public override void SoftmaxSampleWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale,
        Matrix? free, in Draw draw) => Within(states, inputs, bias, weights, categories, scale, free, true, draw);

    /// <inheritdoc/>
    public override void SoftmaxMeanWithin(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale,
        Matrix? free) => Within(states, inputs, bias, weights, categories, scale, free, false, default);

    /// <inheritdoc/>
    public override void Symmetrize(Matrix weights, int unitColumns)
    {
        var kernel = new Symmetrizing(new(weights), unitColumns);
        On(weights).ByRows(ref kernel, weights.Rows, weights.Columns, 0.5);
        GC.KeepAlive(weights);
    }

    /// <inheritdoc/>
    public override void AddTwoStateLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, double low, double high, double scale)
    {
        var kernel = new TwoStateLogNormalizer(new(destination), new(inputs), new(bias), low, high, scale);
        On(destination).ByRows(ref kernel, inputs.Rows, inputs.Columns, 0.4);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
    }

    /// <inheritdoc/>
    public override void SoftmaxMean(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws)
    {
        var kernel = new SoftmaxMean(new(destination), new(inputs), new(bias), categories, draws);
        On(destination).ByRows(ref kernel, destination.Rows, destination.Columns, SoftmaxTime(categories));
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
    }

    /// <inheritdoc/>
    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, int categories, int draws, in Draw draw)
    {
        var kernel = new SoftmaxSample(new(destination), new(inputs), new(bias), categories, draws, default, draw);
        On(destination).ByRows(ref kernel, destination.Rows, destination.Columns, SoftmaxTime(categories) + 1 + 20.0 * draws / categories,
            WordRows);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
    }

    /// <inheritdoc/>
    public override void SoftmaxSample(Matrix destination, Matrix inputs, Matrix bias, Matrix draws, in Draw draw)
    {
        int most = (int)draws.Summarize().Maximum, columns = destination.Columns;
        var kernel = new SoftmaxSample(new(destination), new(inputs), new(bias), columns, most, new(draws), draw);
        On(destination).ByRows(ref kernel, destination.Rows, columns, SoftmaxTime(columns) + 1 + 20.0 * most / columns, WordRows);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(draws);
    }

    /// <inheritdoc/>
    public override void AddLogSumExp(Matrix destination, Matrix inputs, Matrix bias, int categories, double scale)
    {
        var kernel = new LogSumExp(new(destination), new(inputs), new(bias), categories, scale);
        On(destination).ByRows(ref kernel, inputs.Rows, inputs.Columns, SoftmaxTime(categories));
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
    }

    /// <inheritdoc/>
    public override void RectifiedMoments(Matrix? mean, Matrix? second, Matrix inputs, Matrix bias, Matrix precision)
    {
        var kernel = new RectifiedMoments(mean is null ? default : new(mean), second is null ? default : new(second), new(inputs),
            new(bias), new(precision));
        On(inputs).Elements(ref kernel, inputs.Rows, inputs.Columns, 50);
        GC.KeepAlive(mean);
        GC.KeepAlive(second);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(precision);
    }

    /// <inheritdoc/>
    public override void RectifiedSample(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, in Draw draw)
    {
        var kernel = new RectifiedSample(new(destination), new(inputs), new(bias), new(precision), draw);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, 150, WordRows);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(precision);
    }

    /// <inheritdoc/>
    public override void AddRectifiedLogNormalizer(Matrix destination, Matrix inputs, Matrix bias, Matrix precision, double scale)
    {
        var kernel = new RectifiedLogNormalizer(new(destination), new(inputs), new(bias), new(precision), scale);
        On(destination).ByRows(ref kernel, inputs.Rows, inputs.Columns, 40);
        GC.KeepAlive(destination);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(precision);
    }

    /// <inheritdoc/>
    public override void CenterBlocks(Matrix matrix, Matrix means)
    {
        int size = matrix.Rows / means.Rows;
        var kernel = new BlockCentering(new(matrix), new(means), size);
        On(matrix).ByRows(ref kernel, means.Rows, matrix.Columns, 0.3 * size);
        GC.KeepAlive(matrix);
        GC.KeepAlive(means);
    }

    void Within(Matrix states, Matrix inputs, Matrix bias, Matrix weights, double low, double high, double scale, Matrix? free,
        bool sampled, in Draw draw)
    {
        var kernel = new TwoStateSweep(
            new(states), new(inputs), new(bias), new(weights), low, high, scale, free is null ? default
                : new(free, broadcast: true), sampled, draw);
        On(states).ByRows(ref kernel, states.Rows, states.Columns, 4 + 0.02 * states.Columns, WordRows);
        GC.KeepAlive(states);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(weights);
        GC.KeepAlive(free);
    }

    void Within(Matrix states, Matrix inputs, Matrix bias, Matrix weights, int categories, double scale, Matrix? free, bool sampled,
        in Draw draw)
    {
        var kernel = new SoftmaxSweep(new(states), new(inputs), new(bias), new(weights), categories, scale, free is null ? default
            : new(free, broadcast: true), sampled, draw);
        On(states).ByRows(ref kernel, states.Rows, states.Columns, SoftmaxTime(categories) + (20 + 0.06 * states.Columns) / categories,
            WordRows);
        GC.KeepAlive(states);
        GC.KeepAlive(inputs);
        GC.KeepAlive(bias);
        GC.KeepAlive(weights);
        GC.KeepAlive(free);
    }

    /// <summary>Nanoseconds per value: short blocks cost as much as a vector.</summary>
    static double SoftmaxTime(int categories) => categories >= 16 ? 1 : 4;
}
