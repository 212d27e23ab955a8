namespace Boltzmann;

/// <summary>A setting that varies with time: one value per epoch, the last one staying. A single number is a constant schedule.</summary>
public sealed class Schedule
{
    readonly double[] values;

    /// <summary>Values for epochs 1, 2, …</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public Schedule(params double[] values) =>
        this.values = values.Length > 0 ? [.. values] : throw new ArgumentException("a schedule needs at least one value");

    /// <summary>The values as given.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>The value in an epoch, counted from 1: the first epoch reads the first value.</summary>
    public double At(int epoch) => values[Math.Clamp(epoch - 1, 0, values.Length - 1)];

    /// <summary>Values in geometric progression: from, …, to.</summary>
    public static Schedule Geometric(double from, double to, int count) =>
        new([.. Enumerable.Range(0, count).Select(i => count == 1 ? from : from * Math.Pow(to / from, (double)i / (count - 1)))]);

    /// <summary>Values in arithmetic progression: from, …, to.</summary>
    public static Schedule Linear(double from, double to, int count) =>
        new([.. Enumerable.Range(0, count).Select(i => count == 1 ? from
            : Math.Clamp(from + (to - from) * i / (count - 1), Math.Min(from, to), Math.Max(from, to)))]);   // rounding may pass the end

    /// <summary>A constant.</summary>
    public static implicit operator Schedule(double value) => new(value);

    /// <summary>A constant, by the name that languages without operators use.</summary>
    public static Schedule FromDouble(double value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', values);
}
