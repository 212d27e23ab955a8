using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Double rectified units.</content>
public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public override void DoubleRectifiedMoments(in DoubleRectifiedMoments destinations, Matrix inputs, in DoubleRectifiedUnits units)
    {
        var kernel = new DoubleRectifiedMeans(Optional(destinations.Mean), Optional(destinations.Magnitude),
            Optional(destinations.UpperSquare), Optional(destinations.LowerSquare), new(inputs), new(units.Bias), new(units.Kink),
            new(units.Upper), new(units.Lower));
        On(inputs).Elements(ref kernel, inputs.Rows, inputs.Columns, 200);
        GC.KeepAlive(destinations.Mean);
        GC.KeepAlive(destinations.Magnitude);
        GC.KeepAlive(destinations.UpperSquare);
        GC.KeepAlive(destinations.LowerSquare);
        KeepAlive(inputs, units);

        static Operand Optional(Matrix? matrix) => matrix is null ? default : new(matrix);
    }

    /// <inheritdoc/>
    public override void DoubleRectifiedSample(Matrix destination, Matrix inputs, in DoubleRectifiedUnits units, in Draw draw)
    {
        var kernel = new DoubleRectifiedSample(new(destination), new(inputs), new(units.Bias), new(units.Kink), new(units.Upper),
            new(units.Lower), draw);
        On(destination).Elements(ref kernel, destination.Rows, destination.Columns, 250, WordRows);
        GC.KeepAlive(destination);
        KeepAlive(inputs, units);
    }

    /// <inheritdoc/>
    public override void AddDoubleRectifiedLogNormalizer(Matrix destination, Matrix inputs, in DoubleRectifiedUnits units, double scale)
    {
        var kernel = new DoubleRectifiedLogNormalizer(new(destination), new(inputs), new(units.Bias), new(units.Kink), new(units.Upper),
            new(units.Lower), scale);
        On(destination).ByRows(ref kernel, inputs.Rows, inputs.Columns, 100);
        GC.KeepAlive(destination);
        KeepAlive(inputs, units);
    }

    static void KeepAlive(Matrix inputs, in DoubleRectifiedUnits units)
    {
        GC.KeepAlive(inputs);
        GC.KeepAlive(units.Bias);
        GC.KeepAlive(units.Kink);
        GC.KeepAlive(units.Upper);
        GC.KeepAlive(units.Lower);
    }
}
