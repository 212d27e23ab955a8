using Boltzmann.Compute.Cpu;

namespace Boltzmann.Compute;

/// <content>Products: handed to the kernels of the operands' precision.</content>
public sealed partial class CpuBackend
{
    Kernels? singleKernels, doubleKernels;

    /// <inheritdoc/>
    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep) =>
        KernelsFor(destination).Product(destination, left, right, transposeRight, scale, keep);

    /// <inheritdoc/>
    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep) =>
        KernelsFor(destination).OuterProducts(destination, factors, keep);

    /// <inheritdoc/>
    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule) =>
        KernelsFor(parameter).Update(parameter, first, second, factors, rule);

    Kernels KernelsFor(Matrix destination) => destination.Precision == Precision.Float32
        ? singleKernels ??= Kernels.Create(Precision.Float32, VectorBits, Team, SkipZeros)
        : doubleKernels ??= Kernels.Create(Precision.Float64, VectorBits, Team, SkipZeros);
}
