namespace Boltzmann.Compute;

/// <summary>
/// Minimises a smooth function by L-BFGS (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.5), with steps that satisfy the weak Wolfe
/// conditions, found by doubling and bisection (Lewis and Overton 2013, algorithm 4.6). Near the minimum, where rounding hides how far the
/// value falls, the slope tells instead: the approximate condition of Hager and Zhang (2005, equation 4.1). One step at a time, so that it
/// may stop and go on.
/// </summary>
/// <param name="function">What is minimised.</param>
/// <param name="start">The first point; it is not changed.</param>
/// <param name="metric">Puts in place of a vector its product with what is near the inverse of the second derivatives; null for a multiple
/// of the unit matrix, which takes many steps where they differ much from way to way.</param>
sealed class LimitedMemoryBfgs(LimitedMemoryBfgs.Function function, double[] start, Action<double[]>? metric = null)
{
    const int Memory = 20, MostTrials = 60;
    const double Decrease = 1e-4, Curvature = 0.9, Rounding = 1e-13;

    readonly Queue<Pair> pairs = new();
    readonly double[] direction = new double[start.Length];
    double[] point = [.. start], next = new double[start.Length], nextGradient = new double[start.Length];
    double[]? gradient;
    double value;

    /// <summary>Value at a point; writes its gradient.</summary>
    public delegate double Function(double[] point, double[] gradient);

    /// <summary>A step, and how it changed the gradient.</summary>
    public readonly record struct Pair(double[] Step, double[] Change)
    {
        /// <summary>Their product, above 0.</summary>
        public double Curvature { get; } = Dot(Step, Change);
    }

    /// <summary>Where it ended, and whether no entry of the gradient is above the tolerance there.</summary>
    public sealed record Result(double[] Point, double Value, int Iterations, bool IsConverged);

    /// <summary>Where it is; another array after each step.</summary>
    public double[] Point => point;

    /// <summary>The value there.</summary>
    public double Value
    {
        get
        {
            _ = Gradient;
            return value;
        }
    }

    /// <summary>The greatest entry of the gradient there, either way.</summary>
    public double Steepest
    {
        get
        {
            double most = 0;
            foreach (double x in Gradient) most = Math.Max(most, Math.Abs(x));
            return most;
        }
    }

    /// <summary>What the next step rests on beside the point, the oldest first.</summary>
    public IReadOnlyCollection<Pair> Pairs => pairs;

    double[] Gradient
    {
        get
        {
            if (gradient is null) value = function(point, gradient = new double[point.Length]);
            return gradient;
        }
    }

    /// <summary>Goes on until no entry of the gradient is above the tolerance, or for so many steps.</summary>
    public Result Minimize(double tolerance, int steps)
    {
        for (int step = 0; ; step++)
        {
            if (Steepest <= tolerance) return new(Point, Value, step, true);
            if (step == steps || !Step()) return new(Point, Value, step, false);
        }
    }

    /// <summary>Goes on from where another search was.</summary>
    public void Restore(double[] at, IEnumerable<Pair> known)
    {
        (point, gradient) = ([.. at], null);
        pairs.Clear();
        foreach (Pair pair in known) pairs.Enqueue(pair);
    }

    /// <summary>One step down; false if none of any length is any better: what is left is rounding.</summary>
    public bool Step()
    {
        double[] here = Gradient;
        SetDirection(here);
        double slope = Dot(direction, here);
        double first = pairs.Count == 0 && metric is null ? 1 / Math.Sqrt(Dot(here, here)) : 1;
        if (!Search(slope, first, out double nextValue)) return false;

        int n = point.Length;
        double[] step = new double[n], change = new double[n];
        for (int i = 0; i < n; i++) (step[i], change[i]) = (next[i] - point[i], nextGradient[i] - here[i]);
        var pair = new Pair(step, change);
        if (pair.Curvature > 0) pairs.Enqueue(pair);
        if (pairs.Count > Memory) pairs.Dequeue();
        (point, next, gradient, nextGradient, value) = (next, point, nextGradient, here, nextValue);
        return true;
    }

    // The two-loop recursion: −H·gradient.
    void SetDirection(double[] uphill)
    {
        for (int i = 0; i < direction.Length; i++) direction[i] = -uphill[i];
        Pair[] known = [.. pairs];
        var shares = new double[known.Length];
        for (int k = known.Length - 1; k >= 0; k--)
        {
            shares[k] = Dot(known[k].Step, direction) / known[k].Curvature;
            Add(direction, known[k].Change, -shares[k]);
        }
        metric?.Invoke(direction);
        if (known.Length > 0)
        {
            Pair last = known[^1];
            double[] change = last.Change;
            if (metric is not null) metric(change = [.. change]);
            double scale = last.Curvature / Dot(last.Change, change);
            foreach (ref double d in direction.AsSpan()) d *= scale;
        }
        for (int k = 0; k < known.Length; k++)
            Add(direction, known[k].Step, shares[k] - Dot(known[k].Change, direction) / known[k].Curvature);
    }

    bool Search(double slope, double first, out double nextValue)
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
