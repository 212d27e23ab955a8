namespace Boltzmann.Classifiers;

/// <summary>
/// Minimises a smooth function by L-BFGS (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.5), with steps that satisfy the weak Wolfe
/// conditions, found by doubling and bisection (Lewis and Overton 2013, algorithm 4.6). Near the minimum, where rounding hides how far the
/// value falls, the slope tells instead: the approximate condition of Hager and Zhang (2005, equation 4.1).
/// </summary>
static class LimitedMemoryBfgs
{
    const int Memory = 20, MostTrials = 60;
    const double Decrease = 1e-4, Curvature = 0.9, Rounding = 1e-13;

    /// <summary>Value at a point; writes its gradient.</summary>
    public delegate double Function(double[] point, double[] gradient);

    /// <summary>Where it ended, and whether no entry of the gradient is above the tolerance there.</summary>
    public sealed record Result(double[] Point, double Value, int Iterations, bool IsConverged);

    /// <summary>Minimises from a start, which is overwritten.</summary>
    public static Result Minimize(Function function, double[] point, double tolerance, int iterations)
    {
        int n = point.Length;
        double[] gradient = new double[n], next = new double[n], nextGradient = new double[n], direction = new double[n];
        var pairs = new Queue<(double[] Step, double[] Change, double Curvature)>();
        double value = function(point, gradient);
        for (int iteration = 0; ; iteration++)
        {
            if (Largest(gradient) <= tolerance) return new(point, value, iteration, true);
            if (iteration == iterations) return new(point, value, iteration, false);
            SetDirection(direction, gradient, pairs);
            double slope = Dot(direction, gradient);
            double first = pairs.Count == 0 ? 1 / Math.Sqrt(Dot(gradient, gradient)) : 1;
            if (!Search(function, point, value, slope, direction, first, next, nextGradient, out double nextValue))
                return new(point, value, iteration, false);

            double[] step = new double[n], change = new double[n];
            for (int i = 0; i < n; i++) (step[i], change[i]) = (next[i] - point[i], nextGradient[i] - gradient[i]);
            double curvature = Dot(step, change);
            if (curvature > 0) pairs.Enqueue((step, change, curvature));
            if (pairs.Count > Memory) pairs.Dequeue();
            (point, next, gradient, nextGradient, value) = (next, point, nextGradient, gradient, nextValue);
        }
    }

    // The two-loop recursion: −H·gradient.
    static void SetDirection(double[] direction, double[] gradient, Queue<(double[] Step, double[] Change, double Curvature)> pairs)
    {
        for (int i = 0; i < direction.Length; i++) direction[i] = -gradient[i];
        var known = pairs.ToArray();
        var shares = new double[known.Length];
        for (int k = known.Length - 1; k >= 0; k--)
        {
            shares[k] = Dot(known[k].Step, direction) / known[k].Curvature;
            Add(direction, known[k].Change, -shares[k]);
        }
        if (known.Length > 0)
        {
            var (_, change, curvature) = known[^1];
            double scale = curvature / Dot(change, change);
            foreach (ref double d in direction.AsSpan()) d *= scale;
        }
        for (int k = 0; k < known.Length; k++)
            Add(direction, known[k].Step, shares[k] - Dot(known[k].Change, direction) / known[k].Curvature);
    }

    // False if no step of any length is any better: what is left is rounding.
    static bool Search(Function function, double[] point, double value, double slope, double[] direction, double first, double[] next,
        double[] nextGradient, out double nextValue)
    {
        double low = 0, high = double.PositiveInfinity, length = first;
        nextValue = value;
        if (!(slope < 0)) return false;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            for (int i = 0; i < point.Length; i++) next[i] = point[i] + length * direction[i];
            nextValue = function(next, nextGradient);
            double nextSlope = Dot(direction, nextGradient);
            bool falls = nextValue <= value + Decrease * length * slope
                || (nextValue <= value + Rounding * Math.Abs(value) && nextSlope <= (2 * Decrease - 1) * slope);
            if (!falls) high = length;
            else if (nextSlope < Curvature * slope) low = length;
            else return true;
            length = double.IsFinite(high) ? (low + high) / 2 : 2 * low;
        }
        return false;
    }

    static double Largest(double[] values)
    {
        double most = 0;
        foreach (double x in values) most = Math.Max(most, Math.Abs(x));
        return most;
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    static void Add(double[] destination, double[] source, double scale)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] += scale * source[i];
    }
}
