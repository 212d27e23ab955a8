using System.Runtime.Intrinsics;

namespace Boltzmann.Compute;

/// <summary>
/// A function of numbers that a backend applies element by element (<see cref="Matrix.SetMap"/>, <see cref="Matrix.SampleMap"/>), so that a
/// unit kind from outside the library runs on all cores without a kernel
/// of its own. The scalar form is the definition and is enough. Vector forms, for speed, begin with the 128-bit ones: wider ones are made
/// of two halves unless they are written, too.
/// </summary>
/// <remarks>
/// The forms must agree to rounding. They are also called for lanes behind a row's last column, of zeros; what they return there is
/// dropped.
/// x is the input, p and q are parameters (0 where there is none), u is a random number, uniform in [0, 1) with 24 bits (0 where none is
/// drawn).
/// </remarks>
/// <typeparam name="TSelf">The function's own type.</typeparam>
public interface IMap<TSelf> where TSelf : struct, IMap<TSelf>
{
    /// <summary>The function.</summary>
    static abstract double Invoke(double x, double p, double q, double u);

    /// <summary>The function, four elements at a time.</summary>
    static virtual Vector128<float> Invoke(Vector128<float> x, Vector128<float> p, Vector128<float> q, Vector128<float> u) =>
        Vector128.Create(
        (float)TSelf.Invoke(x[0], p[0], q[0], u[0]), (float)TSelf.Invoke(x[1], p[1], q[1], u[1]),
        (float)TSelf.Invoke(x[2], p[2], q[2], u[2]), (float)TSelf.Invoke(x[3], p[3], q[3], u[3]));

    /// <summary>The function, two elements at a time.</summary>
    static virtual Vector128<double> Invoke(Vector128<double> x, Vector128<double> p, Vector128<double> q, Vector128<double> u) =>
        Vector128.Create(TSelf.Invoke(x[0], p[0], q[0], u[0]), TSelf.Invoke(x[1], p[1], q[1], u[1]));

    /// <summary>The function, eight elements at a time.</summary>
    static virtual Vector256<float> Invoke(Vector256<float> x, Vector256<float> p, Vector256<float> q, Vector256<float> u) =>
        Vector256.Create(
        TSelf.Invoke(x.GetLower(), p.GetLower(), q.GetLower(), u.GetLower()),
            TSelf.Invoke(x.GetUpper(), p.GetUpper(), q.GetUpper(), u.GetUpper()));

    /// <summary>The function, four elements at a time.</summary>
    static virtual Vector256<double> Invoke(Vector256<double> x, Vector256<double> p, Vector256<double> q, Vector256<double> u) =>
        Vector256.Create(
        TSelf.Invoke(x.GetLower(), p.GetLower(), q.GetLower(), u.GetLower()),
            TSelf.Invoke(x.GetUpper(), p.GetUpper(), q.GetUpper(), u.GetUpper()));

    /// <summary>The function, sixteen elements at a time.</summary>
    static virtual Vector512<float> Invoke(Vector512<float> x, Vector512<float> p, Vector512<float> q, Vector512<float> u) =>
        Vector512.Create(
        TSelf.Invoke(x.GetLower(), p.GetLower(), q.GetLower(), u.GetLower()),
            TSelf.Invoke(x.GetUpper(), p.GetUpper(), q.GetUpper(), u.GetUpper()));

    /// <summary>The function, eight elements at a time.</summary>
    static virtual Vector512<double> Invoke(Vector512<double> x, Vector512<double> p, Vector512<double> q, Vector512<double> u) =>
        Vector512.Create(
        TSelf.Invoke(x.GetLower(), p.GetLower(), q.GetLower(), u.GetLower()),
            TSelf.Invoke(x.GetUpper(), p.GetUpper(), q.GetUpper(), u.GetUpper()));
}
