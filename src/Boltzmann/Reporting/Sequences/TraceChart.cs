namespace Boltzmann.Reporting;

/// <summary>What a memory holds of one unit over time: each of its traces under its spikes, before each step.</summary>
public static class TraceChart
{
    /// <summary>e_k of a unit under its values.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="memory">A queue and traces.</param>
    /// <param name="rows">[T × V].</param>
    /// <param name="unit">From 0.</param>
    /// <exception cref="ArgumentException">The rows have other columns, or there is no such unit.</exception>
    public static string Svg(string title, TraceMemory memory, IReadOnlyList<double[]> rows, int unit)
    {
        ArgumentNullException.ThrowIfNull(memory);
        double[] values = Column(rows, memory.Visible, unit);
        int first = memory.FeedsNow ? 1 : memory.Delay;
        TimePanel[] traces = memory.Decays.Count == 0 ? [] : [new($"traces e, of steps {first} and more ago",
            [.. memory.Decays.Select((decay, k) =>
                TimeCurve.Of($"e, λ = {NumberText.Short(decay)}", 1, Fading(values, decay, first, 1), k + 1))])
        {
            HasZero = true,
        }];
        return Drawn(title, values, unit, traces, memory.Delay > 1 ? $"step; the queue keeps {memory.Delay - 1} as they were" : "step");
    }

    /// <summary>α, β and γ of a connection under the spikes of the unit that it comes from.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="memory">A delay for each connection.</param>
    /// <param name="rows">[T × V].</param>
    /// <param name="from">The unit that spikes, from 0.</param>
    /// <param name="to">The unit that reads α and β, from 0; γ is the first unit's own and the same for all.</param>
    /// <exception cref="ArgumentException">The rows have other columns, or there is no such unit.</exception>
    public static string Svg(string title, DelayMemory memory, IReadOnlyList<double[]> rows, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(memory);
        double[] values = Column(rows, memory.Visible, from);
        ArgumentOutOfRangeException.ThrowIfNegative(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(to, memory.Visible);
        int d = memory.Delays[from * memory.Visible + to];
        TimePanel[] panels =
        [
            Panel("α, spikes that have arrived", memory.Lambdas, "λ", decay => Fading(values, decay, d, 1), 1),
            Panel("β, spikes under way", memory.Mus, "μ", decay => UnderWay(values, decay, d), 1),
            Panel("γ, the unit's own past", memory.Mus, "μ", decay => Fading(values, decay, 1, decay), 1),
        ];
        return Drawn(title, values, from, panels, $"step; the connection to unit {to + 1} has a delay of {d}");

        static TimePanel Panel(string name, IReadOnlyList<double> decays, string letter, Func<double, double[]> trace, int color) =>
            new(name, [.. decays.Select((decay, k) => TimeCurve.Of($"{letter} = {NumberText.Short(decay)}", 1, trace(decay), color + k))])
            {
                HasZero = true,
                Height = 90,
            };
    }

    /// <summary>scale·Σ_{δ≥first} decay^{δ−first}·x(t − δ), before each step t.</summary>
    internal static double[] Fading(double[] values, double decay, int first, double scale)
    {
        var trace = new double[values.Length];
        for (int t = 1; t < values.Length; t++) trace[t] = decay * trace[t - 1] + (t >= first ? scale * values[t - first] : 0);
        return trace;
    }

    /// <summary>Σ_{1≤δ&lt;d} decay^{d−1−δ}·x(t − δ), before each step t.</summary>
    internal static double[] UnderWay(double[] values, double decay, int d)
    {
        var trace = new double[values.Length];
        for (int t = 0; t < values.Length; t++)
            for (int delta = 1; delta < d && delta <= t; delta++) trace[t] += Math.Pow(decay, d - 1 - delta) * values[t - delta];
        return trace;
    }

    static string Drawn(string title, double[] values, int unit, IReadOnlyList<TimePanel> traces, string caption)
    {
        bool isSpikes = values.All(v => v is 0 or 1);
        var spikes = new TimePanel($"{(isSpikes ? "spikes" : "values")} of unit {unit + 1}",
            [TimeCurve.Of(isSpikes ? "spike" : "value", 1, values, 0, isSpikes ? CurveLook.Stems : CurveLook.Line)])
        {
            Height = isSpikes ? 36 : 90,
            HasZero = true,
        };
        return TimePanels.Svg(title, [spikes, .. traces], caption);
    }

    static double[] Column(IReadOnlyList<double[]> rows, int visible, int unit)
    {
        StepRows.RequireWidth(rows, visible, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNegative(unit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unit, visible);
        return [.. rows.Select(row => row[unit])];
    }
}
