using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>
/// Products: handed to the kernels of the operands' precision. Kernels know addresses alone, so operands are kept until they are done:
/// a caller may have no more use for a matrix while it is multiplied, and the collector could take its memory.
/// </content>
public sealed partial class CpuBackend
{
    Kernels? singleKernels, doubleKernels;

    /// <inheritdoc/>
    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep)
    {
        KernelsFor(destination).Product(destination, left, right, transposeRight, scale, keep);
        GC.KeepAlive(destination);
        GC.KeepAlive(left);
        GC.KeepAlive(right);
    }

    /// <inheritdoc/>
    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep)
    {
        KernelsFor(destination).OuterProducts(destination, factors, keep);
        GC.KeepAlive(destination);
        KeepAlive(factors);
    }

    /// <inheritdoc/>
    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule)
    {
        KernelsFor(parameter).Update(parameter, first, second, factors, rule);
        GC.KeepAlive(parameter);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
        KeepAlive(factors);
    }

    static void KeepAlive(ReadOnlySpan<Factor> factors)
    {
        foreach (ref readonly Factor factor in factors)
        {
            GC.KeepAlive(factor.Left);
            GC.KeepAlive(factor.Right);
        }
    }

    Kernels KernelsFor(Matrix destination) => destination.Precision == Precision.Float32
        ? singleKernels ??= Kernels.Create(Precision.Float32, VectorBits, Team, SkipZeros)
        : doubleKernels ??= Kernels.Create(Precision.Float64, VectorBits, Team, SkipZeros);
}
