namespace Boltzmann.Training;

/// <summary>
/// Maximises a smooth function by its value and gradient: limited-memory BFGS (Nocedal 1980; Liu and Nocedal 1989) with a line search for
/// sufficient gain and curvature (Wolfe's conditions). In double precision, one step after the other, so that it can stop and go on.
/// </summary>
/// <param name="function">Sets the gradient, uphill, and returns the value.</param>
/// <param name="start">The first point.</param>
/// <param name="history">Pairs of steps and changes of the gradient that are kept.</param>
sealed class Lbfgs(Func<double[], double[], double> function, double[] start, int history = 20)
{
    const int MostTrials = 40;
    const double Gain = 1e-4, Curvature = 0.9;

    readonly List<(double[] Step, double[] Change)> pairs = [];
    double[]? gradient;

    /// <summary>Where it is.</summary>
    public double[] Point { get; private set; } = [.. start];

    /// <summary>The value there; NaN before the first step.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>The greatest entry of the gradient there; NaN before the first step.</summary>
    public double Slope => gradient is null ? double.NaN : gradient.Max(Math.Abs);

    /// <summary>Steps and changes of the gradient that the next step rests on.</summary>
    public IReadOnlyList<(double[] Step, double[] Change)> Pairs => pairs;

    /// <summary>Goes on from where another was.</summary>
    public void Restore(double[] point, IEnumerable<(double[] Step, double[] Change)> saved)
    {
        Point = [.. point];
        (gradient, Value) = (null, double.NaN);
        pairs.Clear();
        pairs.AddRange(saved);
    }

    /// <summary>One step uphill; false where none leads higher, which is the maximum to the last digits.</summary>
    public bool Step()
    {
        if (gradient is null) Value = function(Point, gradient = new double[Point.Length]);
        double[] direction = Direction(gradient);
        double slope = Dot(direction, gradient);
        if (!(slope > 0))
        {
            // A direction that rounding has spoilt: begin anew along the gradient.
            pairs.Clear();
            (direction, slope) = (gradient, Dot(gradient, gradient));
            if (!(slope > 0)) return false;
        }
        double size = pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(slope)) : 1, low = 0, high = double.PositiveInfinity;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            double[] point = Sum(Point, direction, size), next = new double[Point.Length];
            double value = function(point, next), there = Dot(direction, next);
            if (!(value >= Value + Gain * size * slope)) high = size;
            else if (there > Curvature * slope) low = size;
            else
            {
                Take(point, value, next);
                return true;
            }
            size = double.IsInfinity(high) ? 2 * size : (low + high) / 2;
            // Rounding hides what is still to gain.
            if (high - low <= 1e-12 * high) break;
        }
        if (low == 0) return false;
        double[] last = Sum(Point, direction, low), slopeThere = new double[Point.Length];
        Take(last, function(last, slopeThere), slopeThere);
        return true;
    }

    void Take(double[] point, double value, double[] next)
    {
        double[] step = Sum(point, Point, -1), change = Sum(gradient!, next, -1);
        if (Dot(step, change) > 1e-10 * Math.Sqrt(Dot(step, step) * Dot(change, change)))
        {
            pairs.Add((step, change));
            if (pairs.Count > history) pairs.RemoveAt(0);
        }
        (Point, Value, gradient) = (point, value, next);
    }

    // The two-loop recursion: the gradient times the inverse curvature that the pairs tell.
    double[] Direction(double[] uphill)
    {
        double[] q = [.. uphill];
        var shares = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = Dot(pairs[i].Step, q) / Dot(pairs[i].Step, pairs[i].Change);
            Add(q, pairs[i].Change, -shares[i]);
        }
        if (pairs.Count > 0)
        {
            double scale = Dot(pairs[^1].Step, pairs[^1].Change) / Dot(pairs[^1].Change, pairs[^1].Change);
            for (int k = 0; k < q.Length; k++) q[k] *= scale;
        }
        for (int i = 0; i < pairs.Count; i++)
            Add(q, pairs[i].Step, shares[i] - Dot(pairs[i].Change, q) / Dot(pairs[i].Step, pairs[i].Change));
        return q;
    }

    static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    static void Add(double[] to, double[] other, double scale)
    {
        for (int k = 0; k < to.Length; k++) to[k] += scale * other[k];
    }

    static double[] Sum(double[] a, double[] b, double scale)
    {
        double[] sum = [.. a];
        Add(sum, b, scale);
        return sum;
    }
}
