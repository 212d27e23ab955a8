using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Element by element, and sums over rows and columns.</content>
public sealed unsafe partial class CpuBackend
{
    /// <summary>Bands of rows whose summaries are added in turn.</summary>
    const int SummaryBands = 32;

    /// <inheritdoc/>
    public override void Combine(Matrix destination, Matrix a, double alpha, Matrix? b, double beta)
    {
        if (b is null) Apply<Scaled>(destination, a, a, alpha);
        else Apply<WeightedSum>(destination, a, b, alpha, beta);
    }

    /// <inheritdoc/>
    public override void Multiply(Matrix destination, Matrix a, Matrix b, double power)
    {
        if (power == 1) Apply<Times>(destination, a, b);
        else if (power == -1) Apply<Over>(destination, a, b);
        else if (power == 0.5) Apply<TimesRoot>(destination, a, b);
        else Apply<OverRoot>(destination, a, b);
    }

    /// <inheritdoc/>
    public override void Greater(Matrix destination, Matrix a, Matrix b) => Apply<IsGreater>(destination, a, b);

    /// <inheritdoc/>
    public override void Rectify(Matrix destination, Matrix inputs, Matrix bias) => Apply<RectifiedLinear>(destination, inputs, bias);

    /// <inheritdoc/>
    public override void MultiplySlope(Matrix destination, Matrix values, Activation activation)
    {
        if (activation == Activation.Sigmoid) Apply<TimesSigmoidSlope>(destination, destination, values);
        else if (activation == Activation.Tanh) Apply<TimesTanhSlope>(destination, destination, values);
        else if (activation == Activation.Relu) Apply<TimesStep>(destination, destination, values);
    }

    /// <inheritdoc/>
    public override void LimitColumnNorms(Matrix weights, double limit)
    {
        int rows = weights.Rows, columns = weights.Columns, pitch = ColumnSquares.Pitch(columns);
        if (rows == 0 || columns == 0) return;
        // By rows, although norms are of columns: rows of weights belong to threads.
        int bandRows = ColumnSquares.BandRows(rows), bands = (rows + bandRows - 1) / bandRows;
        var sums = (double*)Scratch.ForOperation((long)bands * pitch * sizeof(double));
        var squares = new ColumnSquares(new(weights), rows, columns, bandRows, sums);
        On(weights).ByRows(ref squares, bands, 1, 0.2 * bandRows * columns);
        if (ShrinksAny(sums, bands, pitch, columns, limit))
        {
            var scaling = new ColumnScaling(new(weights), sums);
            On(weights).ByRows(ref scaling, rows, columns, 0.2);
        }
        GC.KeepAlive(weights);
    }

    /// <summary>Turns sums of squares, band by band, into each column's factor min(1, limit/norm), in place of the first band's.</summary>
    static bool ShrinksAny(double* sums, int bands, int pitch, int columns, double limit)
    {
        bool any = false;
        for (int band = 1; band < bands; band++)
            for (int c = 0; c < columns; c++) sums[c] += sums[(nint)band * pitch + c];
        for (int c = 0; c < columns; c++)
        {
            double norm = Math.Sqrt(sums[c]);
            any |= norm > limit;
            sums[c] = norm > limit ? limit / norm : 1;
        }
        for (int c = columns; c < pitch; c++) sums[c] = 1;
        return any;
    }

    /// <inheritdoc/>
    public override void ColumnSums(Matrix destination, Matrix a, Matrix? b, Matrix? rowWeights, double scale, double keep)
    {
        var kernel = new ColumnSum(new(destination), new(a), b is null ? default : new(b), rowWeights is null ? default : new(rowWeights),
            scale, keep);
        On(destination).ByColumns(ref kernel, a.Rows, a.Columns, b is null ? 0.15 : 0.3);
        GC.KeepAlive(destination);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(rowWeights);
    }

    /// <inheritdoc/>
    public override void AddRowSums(Matrix destination, Matrix a, Matrix? b, double scale)
    {
        var kernel = new RowSum(new(destination), new(a), b is null ? default : new(b, broadcast: true), scale);
        On(destination).ByRows(ref kernel, a.Rows, a.Columns, b is null ? 0.1 : 0.2);
        GC.KeepAlive(destination);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    /// <inheritdoc/>
    public override void GaussianKernel(Matrix destination, Matrix leftSquares, Matrix rightSquares, double gamma)
    {
        var kernel = new GaussianKernel(new(destination), new(leftSquares), new(rightSquares), gamma);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, 0.2);
        GC.KeepAlive(destination);
        GC.KeepAlive(leftSquares);
        GC.KeepAlive(rightSquares);
    }

    /// <inheritdoc/>
    public override void KeepSmallest(Matrix values, Matrix indices, Matrix candidates, Matrix offsets, double firstIndex)
    {
        var kernel = new SmallestOfRow(new(values), new(indices), values.Columns, new(candidates), new(offsets), firstIndex);
        On(values).ByRows(ref kernel, candidates.Rows, candidates.Columns, 0.2);
        GC.KeepAlive(values);
        GC.KeepAlive(indices);
        GC.KeepAlive(candidates);
        GC.KeepAlive(offsets);
    }

    /// <inheritdoc/>
    public override Summary Summarize(Matrix source)
    {
        int bands = Math.Min(SummaryBands, source.Rows);
        Summary* results = stackalloc Summary[SummaryBands];
        var kernel = new Summarizing(new(source), source.Rows, source.Columns, bands, results);
        double valuesPerBand = (double)source.Rows * source.Columns / Math.Max(1, bands);
        if (source.Columns > 0) On(source).ByRows(ref kernel, bands, 1, 0.4 * valuesPerBand);
        else bands = 0;
        var total = new Summary(0, 0, double.PositiveInfinity, double.NegativeInfinity, 0);
        for (int i = 0; i < bands; i++)
            total = new(total.Sum + results[i].Sum, total.SumOfSquares + results[i].SumOfSquares,
                Math.Min(total.Minimum, results[i].Minimum),
                Math.Max(total.Maximum, results[i].Maximum), total.NonFinite + results[i].NonFinite);
        GC.KeepAlive(source);
        return total;
    }

    void Apply<TFunction>(Matrix destination, Matrix a, Matrix b, double p = 0, double q = 0, double nanosecondsPerValue = 0.1)
        where TFunction : struct, IFunction
    {
        var kernel = new Elementwise<TFunction>(new(destination), new(a), new(b, broadcast: true), p, q);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, nanosecondsPerValue);
        GC.KeepAlive(destination);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
    }

    Launch On(Matrix matrix) => new(Team, matrix.Precision, VectorBits);
}
