using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Boltzmann.Compute.Cpu;

/// <summary>The products for one element type and vector width, chosen once when a backend is made.</summary>
abstract class Kernels
{
    /// <summary>As <see cref="Backend.Product"/>.</summary>
    public abstract void Product(Matrix destination, Matrix left, Matrix right, bool transposeRight, double scale, double keep);

    /// <summary>As <see cref="Backend.OuterProducts"/>.</summary>
    public abstract void OuterProducts(Matrix destination, ReadOnlySpan<Factor> factors, double keep);

    /// <summary>As <see cref="Backend.Update(Matrix, Matrix, Matrix, ReadOnlySpan{Factor}, in UpdateRule)"/>.</summary>
    public abstract void Update(Matrix parameter, Matrix first, Matrix? second, ReadOnlySpan<Factor> factors, in UpdateRule rule);

    /// <summary>As <see cref="Backend.Gather"/> of bytes at an address.</summary>
    public abstract void GatherBytes(Matrix destination, nint source, ReadOnlySpan<int> indices, double scale);

    public static Kernels Create(Precision precision, int vectorBits, WorkerTeam team, bool skipZeros) => (precision, vectorBits) switch
    {
        (Precision.Float32, 512) => new Kernels<Vector512<float>, float, Single512>(team, skipZeros),
        (Precision.Float32, 256) => new Kernels<Vector256<float>, float, Single256>(team, skipZeros),
        (Precision.Float32, _) => new Kernels<Vector128<float>, float, Single128>(team, skipZeros),
        (_, 512) => new Kernels<Vector512<double>, double, Double512>(team, skipZeros),
        (_, 256) => new Kernels<Vector256<double>, double, Double256>(team, skipZeros),
        _ => new Kernels<Vector128<double>, double, Double128>(team, skipZeros),
    };

    /// <summary>Whether there are 32 vector registers: with AVX-512 (at every width) and on ARM; otherwise 16.</summary>
    protected static bool ManyRegisters => Avx512F.VL.IsSupported || AdvSimd.Arm64.IsSupported;
}
