using System.Runtime.Intrinsics;

namespace Boltzmann.Compute.Cpu;

/// <summary>
/// One vector width and element type, so that each kernel is written once: generic over (TV, T, TO), the JIT compiles it to the same code
/// as a version written for the concrete vector. On machines without a width, .NET runs it in software: slow, but right.
/// </summary>
unsafe partial interface IVec<TV, T> where T : unmanaged
{
    static abstract int Count { get; }
    static abstract TV Zero { get; }
    static abstract TV Splat(T value);
    static abstract TV Load(T* address);
    static abstract void Store(TV value, T* address);
    static abstract TV Add(TV a, TV b);
    static abstract TV Subtract(TV a, TV b);
    static abstract TV Multiply(TV a, TV b);
    static abstract TV Divide(TV a, TV b);

    /// <summary>a·b + c, rounded once where the hardware can.</summary>
    static abstract TV Fma(TV a, TV b, TV c);

    /// <summary>Sum of the lanes.</summary>
    static abstract T Sum(TV a);
}

/// <summary>512 bits of float.</summary>
readonly unsafe partial struct Single512 : IVec<Vector512<float>, float>
{
    public static int Count => Vector512<float>.Count;
    public static Vector512<float> Zero => Vector512<float>.Zero;
    public static Vector512<float> Splat(float value) => Vector512.Create(value);
    public static Vector512<float> Load(float* address) => Vector512.Load(address);
    public static void Store(Vector512<float> value, float* address) => value.Store(address);
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;
    public static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;
    public static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;
    public static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;
    public static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
    public static float Sum(Vector512<float> a) => Vector512.Sum(a);
}

/// <summary>512 bits of double.</summary>
readonly unsafe partial struct Double512 : IVec<Vector512<double>, double>
{
    public static int Count => Vector512<double>.Count;
    public static Vector512<double> Zero => Vector512<double>.Zero;
    public static Vector512<double> Splat(double value) => Vector512.Create(value);
    public static Vector512<double> Load(double* address) => Vector512.Load(address);
    public static void Store(Vector512<double> value, double* address) => value.Store(address);
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;
    public static Vector512<double> Subtract(Vector512<double> a, Vector512<double> b) => a - b;
    public static Vector512<double> Multiply(Vector512<double> a, Vector512<double> b) => a * b;
    public static Vector512<double> Divide(Vector512<double> a, Vector512<double> b) => a / b;
    public static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);
    public static double Sum(Vector512<double> a) => Vector512.Sum(a);
}

/// <summary>256 bits of float.</summary>
readonly unsafe partial struct Single256 : IVec<Vector256<float>, float>
{
    public static int Count => Vector256<float>.Count;
    public static Vector256<float> Zero => Vector256<float>.Zero;
    public static Vector256<float> Splat(float value) => Vector256.Create(value);
    public static Vector256<float> Load(float* address) => Vector256.Load(address);
    public static void Store(Vector256<float> value, float* address) => value.Store(address);
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;
    public static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;
    public static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;
    public static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;
    public static Vector256<float> Fma(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);
    public static float Sum(Vector256<float> a) => Vector256.Sum(a);
}

/// <summary>256 bits of double.</summary>
readonly unsafe partial struct Double256 : IVec<Vector256<double>, double>
{
    public static int Count => Vector256<double>.Count;
    public static Vector256<double> Zero => Vector256<double>.Zero;
    public static Vector256<double> Splat(double value) => Vector256.Create(value);
    public static Vector256<double> Load(double* address) => Vector256.Load(address);
    public static void Store(Vector256<double> value, double* address) => value.Store(address);
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;
    public static Vector256<double> Subtract(Vector256<double> a, Vector256<double> b) => a - b;
    public static Vector256<double> Multiply(Vector256<double> a, Vector256<double> b) => a * b;
    public static Vector256<double> Divide(Vector256<double> a, Vector256<double> b) => a / b;
    public static Vector256<double> Fma(Vector256<double> a, Vector256<double> b, Vector256<double> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);
    public static double Sum(Vector256<double> a) => Vector256.Sum(a);
}

/// <summary>128 bits of float.</summary>
readonly unsafe partial struct Single128 : IVec<Vector128<float>, float>
{
    public static int Count => Vector128<float>.Count;
    public static Vector128<float> Zero => Vector128<float>.Zero;
    public static Vector128<float> Splat(float value) => Vector128.Create(value);
    public static Vector128<float> Load(float* address) => Vector128.Load(address);
    public static void Store(Vector128<float> value, float* address) => value.Store(address);
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;
    public static Vector128<float> Fma(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);
    public static float Sum(Vector128<float> a) => Vector128.Sum(a);
}

/// <summary>128 bits of double.</summary>
readonly unsafe partial struct Double128 : IVec<Vector128<double>, double>
{
    public static int Count => Vector128<double>.Count;
    public static Vector128<double> Zero => Vector128<double>.Zero;
    public static Vector128<double> Splat(double value) => Vector128.Create(value);
    public static Vector128<double> Load(double* address) => Vector128.Load(address);
    public static void Store(Vector128<double> value, double* address) => value.Store(address);
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;
    public static Vector128<double> Subtract(Vector128<double> a, Vector128<double> b) => a - b;
    public static Vector128<double> Multiply(Vector128<double> a, Vector128<double> b) => a * b;
    public static Vector128<double> Divide(Vector128<double> a, Vector128<double> b) => a / b;
    public static Vector128<double> Fma(Vector128<double> a, Vector128<double> b, Vector128<double> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);
    public static double Sum(Vector128<double> a) => Vector128.Sum(a);
}
