using System.Numerics;
using System.Runtime.InteropServices;

namespace Boltzmann.Evaluation;

/// <summary>KL(P‖Q) of a t-SNE map and its gradient. Each row is computed by itself, so threads change nothing.</summary>
/// <param name="affinities">P, [n · n] row by row: symmetric, zero diagonal, sum 1.</param>
/// <param name="n">Number of rows.</param>
/// <param name="threads">At most; 0 for all cores.</param>
sealed class TSneObjective(double[] affinities, int n, int threads)
{
    const int Bisections = 200;

    readonly ParallelOptions parallel = Parallelism(threads);
    readonly double[] mass = new double[n], pushX = new double[n], pushY = new double[n];

    /// <summary>P, [n · n].</summary>
    public double[] Affinities => affinities;

    /// <summary>The objective of rows.</summary>
    public static TSneObjective Of(Matrix rows, double perplexity, int threads, CancellationToken cancellation = default)
    {
        int n = rows.Rows;
        if (n > TSne.MostRows)
            throw new BadInputException($"a map takes at most {TSne.MostRows} rows, not {n}: its time and memory grow with their square");
        if (!(perplexity >= 1 && perplexity <= (n - 1) / 3.0))
            throw new BadInputException($"a map of {n} rows cannot have a perplexity of {perplexity}: expected 1 to {(n - 1) / 3.0:0.#}, a "
                + "third of the other rows");
        double[] p = Conditional(rows, perplexity, threads, cancellation);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++)
                p[(long)i * n + j] = p[(long)j * n + i] = (p[(long)i * n + j] + p[(long)j * n + i]) / (2.0 * n);
        return new(p, n, threads);
    }

    /// <summary>p(j|i), [n · n]: row i sums to 1 and has the perplexity, as far as rows that are equal allow.</summary>
    internal static double[] Conditional(Matrix rows, double perplexity, int threads, CancellationToken cancellation = default)
    {
        int n = rows.Rows;
        var values = new double[n][];
        for (int i = 0; i < n; i++)
        {
            values[i] = rows.ReadRow(i);
            if (!Array.TrueForAll(values[i], double.IsFinite))
                throw new BadInputException($"row {i + 1} of a map has a value that is not finite");
        }
        var p = new double[(long)n * n];
        Parallel.For(0, n, Parallelism(threads), i =>
        {
            if (cancellation.IsCancellationRequested) return;
            Span<double> row = p.AsSpan(i * n, n);
            for (int j = 0; j < n; j++) row[j] = j == i ? double.PositiveInfinity : SquaredDistance(values[i], values[j]);
            FindPrecision(row, i, Math.Log(perplexity));
        });
        cancellation.ThrowIfCancellationRequested();
        return p;
    }

    /// <summary>∂KL/∂y, with P times a factor: 4 Σⱼ (factor·pᵢⱼ − qᵢⱼ)(yᵢ − yⱼ)/(1 + ‖yᵢ − yⱼ‖²).</summary>
    public void Gradient(double[] x, double[] y, double[] gradientX, double[] gradientY, double factor)
    {
        // Q's sum is known only after all rows, so what it divides is kept apart until then.
        Parallel.For(0, n, parallel, i => Row(i, x, y, gradientX, gradientY));
        double total = 0;
        foreach (double m in mass) total += m;
        for (int i = 0; i < n; i++)
        {
            gradientX[i] = 4 * (factor * gradientX[i] - pushX[i] / total);
            gradientY[i] = 4 * (factor * gradientY[i] - pushY[i] / total);
        }
    }

    /// <summary>KL(P‖Q) in nats.</summary>
    public double Divergence(double[] x, double[] y)
    {
        double total = 0, sum = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                if (i == j) continue;
                double dx = x[i] - x[j], dy = y[i] - y[j], near = 1 / (1 + dx * dx + dy * dy), p = affinities[(long)i * n + j];
                total += near;
                if (p > 0) sum += p * Math.Log(p / near);
            }
        return sum + Math.Log(total);
    }

    void Row(int i, double[] x, double[] y, double[] pullX, double[] pullY)
    {
        ReadOnlySpan<double> p = affinities.AsSpan(i * n, n);
        ReadOnlySpan<Vector<double>> ps = MemoryMarshal.Cast<double, Vector<double>>(p), xs = MemoryMarshal.Cast<double, Vector<double>>(x),
            ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> xi = new(x[i]), yi = new(y[i]), m = default, ax = default, ay = default, rx = default, ry = default;
        for (int v = 0; v < ps.Length; v++)
        {
            Vector<double> dx = xi - xs[v], dy = yi - ys[v], near = Vector<double>.One / (Vector<double>.One + dx * dx + dy * dy);
            Vector<double> pull = ps[v] * near, push = near * near;
            m += near;
            ax += pull * dx;
            ay += pull * dy;
            rx += push * dx;
            ry += push * dy;
        }
        double sum = Vector.Sum(m) - 1, sax = Vector.Sum(ax), say = Vector.Sum(ay), srx = Vector.Sum(rx), sry = Vector.Sum(ry);
        for (int j = ps.Length * Vector<double>.Count; j < n; j++)
        {
            double dx = x[i] - x[j], dy = y[i] - y[j], near = 1 / (1 + dx * dx + dy * dy);
            sum += near;
            sax += p[j] * near * dx;
            say += p[j] * near * dy;
            srx += near * near * dx;
            sry += near * near * dy;
        }
        (mass[i], pullX[i], pullY[i], pushX[i], pushY[i]) = (sum, sax, say, srx, sry);
    }

    // In place: squared distances become probabilities. The entropy falls as the precision grows, so it is bisected; the nearest
    // distance is taken off first, which changes no probability and keeps the largest exponential at 1.
    static void FindPrecision(Span<double> row, int self, double entropy)
    {
        double nearest = double.PositiveInfinity, sum = 0;
        foreach (double d in row) nearest = Math.Min(nearest, d);
        for (int j = 0; j < row.Length; j++)
        {
            row[j] -= nearest;
            if (j != self) sum += row[j];
        }
        double low = 0, high = double.PositiveInfinity, beta = sum > 0 ? (row.Length - 1) / sum : 1;
        for (int step = 0; step < Bisections; step++)
        {
            double z = 0, mean = 0;
            for (int j = 0; j < row.Length; j++)
            {
                if (j == self) continue;
                double e = Math.Exp(-beta * row[j]);
                z += e;
                mean += e * row[j];
            }
            double excess = Math.Log(z) + beta * mean / z - entropy;
            if (Math.Abs(excess) < 1e-12) break;
            if (excess > 0) low = beta;
            else high = beta;
            beta = double.IsInfinity(high) ? 2 * beta : (low + high) / 2;
        }
        double normaliser = 0;
        for (int j = 0; j < row.Length; j++) normaliser += row[j] = j == self ? 0 : Math.Exp(-beta * row[j]);
        foreach (ref double p in row) p /= normaliser;
    }

    static double SquaredDistance(double[] a, double[] b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = default;
        for (int v = 0; v < va.Length; v++) sums += (va[v] - vb[v]) * (va[v] - vb[v]);
        double sum = Vector.Sum(sums);
        for (int k = va.Length * Vector<double>.Count; k < a.Length; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }

    static ParallelOptions Parallelism(int threads) => new() { MaxDegreeOfParallelism = threads == 0 ? -1 : threads };
}
