namespace Boltzmann.Reporting;

/// <summary>
/// One axis of a chart: the range it covers, its ticks at round numbers with their labels, and the place of a value on it.
/// </summary>
sealed class Axis
{
    const double Smallest = 1e-300;

    readonly double low, high;

    Axis(double low, double high, bool logarithmic, IReadOnlyList<(double Value, string Label)> ticks)
    {
        (this.low, this.high) = logarithmic ? (Math.Log10(low), Math.Log10(high)) : (low, high);
        Logarithmic = logarithmic;
        Ticks = ticks;
    }

    public bool Logarithmic { get; }

    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>
    /// Whether a value has a place on some axis: finite, positive on a log axis, and far enough from the limits of double for sums and
    /// ratios.
    /// </summary>
    public static bool IsDrawable(double value, bool logarithmic = false) =>
        Math.Abs(value) <= 1e300 && (!logarithmic || value >= Smallest);

    /// <summary>
    /// Where a value lies: 0 at the low end, 1 at the high end; NaN when it has no place (not drawable, or not positive on a log axis).
    /// </summary>
    public double Place(double value)
    {
        if (!IsDrawable(value, Logarithmic)) return double.NaN;
        return ((Logarithmic ? Math.Log10(value) : value) - low) / (high - low);
    }

    /// <summary>An axis for some values; those without a place do not count.</summary>
    /// <param name="values">What must lie on the axis.</param>
    /// <param name="ticks">About how many ticks there is room for.</param>
    /// <param name="logarithmic">A log axis, for the positive values.</param>
    /// <param name="widen">Ends at ticks; otherwise at the extreme values.</param>
    public static Axis For(IEnumerable<double> values, int ticks, bool logarithmic = false, bool widen = true)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        bool whole = true;
        foreach (double given in values)
        {
            if (!IsDrawable(given, logarithmic)) continue;
            double value = Math.Abs(given) < Smallest ? 0 : given;
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
            whole &= value == Math.Floor(value);
        }
        if (min > max) (min, max) = logarithmic ? (1, 10) : (0, 1);
        // A range too small for its numbers is as good as one value; spreading it apart keeps the ticks different.
        else if (max - min <= 1e-12 * Math.Max(Math.Abs(min), Math.Abs(max)))
        {
            double pad = min == 0 ? 1 : Math.Abs(min) * 0.1;
            if (whole && !widen) pad = Math.Max(1, Math.Floor(pad));
            (min, max) = logarithmic ? (min / 2, max * 2) : (min - pad, max + pad);
        }
        return logarithmic && max / min >= 20 ? Decades(min, max, ticks, widen) : Linear(min, max, ticks, logarithmic, widen, whole);
    }

    static Axis Linear(double min, double max, int count, bool logarithmic, bool widen, bool whole)
    {
        double step = RoundStep((max - min) / Math.Max(1, count));
        if (whole && !widen) step = Math.Max(1, step);
        double first = (widen ? Math.Floor(min / step + 1e-9) : Math.Ceiling(min / step - 1e-9)) * step;
        if (logarithmic && first <= 0) first = step;
        var places = new List<double>();
        for (int i = 0; i <= 4 * count + 8; i++)
        {
            double tick = first + (i * step);
            if (!widen && tick > max + (step * 1e-9)) break;
            places.Add(tick);
            if (widen && tick >= max - (step * 1e-9)) break;
        }
        (double low, double high) = widen ? (Math.Min(min, places[0]), Math.Max(max, places[^1])) : (min, max);
        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        bool plain = largest < 1e8 && decimals <= 6;
        int digits = Math.Clamp((int)Math.Floor(Math.Log10(largest / step)) + 2, 2, 16);
        return new(low, high, logarithmic, [.. places.Select(t => (t, plain ? NumberText.Fixed(t, decimals)
            : Math.Abs(t) < step * 1e-6 ? "0" : NumberText.Short(t, digits)))]);
    }

    static Axis Decades(double min, double max, int count, bool widen)
    {
        int bottom = (int)Math.Floor(Math.Log10(min) + 1e-9), top = (int)Math.Ceiling(Math.Log10(max) - 1e-9);
        int stride = Math.Max(1, (int)Math.Ceiling((top - bottom) / (double)Math.Max(1, count)));
        bool between = top - bottom <= 2, plain = bottom >= -4 && top <= 5;
        var places = new List<(double Value, string Label)>();
        for (int power = bottom; power < top + stride && power <= 300; power += stride)
        {
            string label = plain ? NumberText.Short(Math.Pow(10, power)) : NumberText.PowerOfTen(power);
            places.Add((Math.Pow(10, power), label));
            if (!between || power >= top) continue;
            foreach (int factor in (ReadOnlySpan<int>)[2, 5])
                places.Add((factor * Math.Pow(10, power), NumberText.Short(factor * Math.Pow(10, power), 2)));
        }
        if (widen)
        {
            int first = places.FindLastIndex(p => p.Value <= min * (1 + 1e-9)), last = places.FindIndex(p => p.Value >= max * (1 - 1e-9));
            places = places[Math.Max(0, first)..(last < 0 ? places.Count : last + 1)];
            return new(Math.Min(min, places[0].Value), Math.Max(max, places[^1].Value), true, places);
        }
        return new(min, max, true, [.. places.Where(p => p.Value >= min && p.Value <= max)]);
    }

    // The smallest of 1, 2, 5 times a power of ten that is not below the step.
    static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        foreach (int factor in (ReadOnlySpan<int>)[1, 2, 5])
            if (factor * power >= step * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }
}
