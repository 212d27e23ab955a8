namespace Boltzmann;

/// <content>Products of matrices.</content>
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public override void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep) =>
        ReferenceBackend.Shared.Product(destination, left, right, transposeRight, scale, keep);

    /// <inheritdoc/>
    public override void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep) =>
        ReferenceBackend.Shared.OuterProducts(destination, factors, keep);

    /// <inheritdoc/>
    public override void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule) =>
        ReferenceBackend.Shared.Update(parameter, first, second, factors, rule);

    /// <inheritdoc/>
    public override void GatherBytes(Matrix destination, nint source, ReadOnlySpan<int> indices, double scale) =>
        ReferenceBackend.Shared.GatherBytes(destination, source, indices, scale);
}
