namespace Boltzmann.Compute;

/// <summary>Where matrices live and how wide their numbers are. Every operand of one operation shares its placement.</summary>
/// <param name="Backend">The arithmetic that owns the memory.</param>
/// <param name="Precision">Width of the numbers.</param>
public sealed record Placement(Backend Backend, Precision Precision)
{
    /// <summary>Single precision on all cores of this machine: what a layer made without a placement uses.</summary>
    public static Placement Default { get; } = new(CpuBackend.Shared, Precision.Float32);

    /// <summary>The same backend in double precision.</summary>
    public Placement Double => this with { Precision = Precision.Float64 };

    /// <summary>Bytes of one number.</summary>
    public int ElementBytes => Precision == Precision.Float32 ? sizeof(float) : sizeof(double);

    /// <inheritdoc/>
    public override string ToString() => $"{Precision} on {Backend.Name}";
}
