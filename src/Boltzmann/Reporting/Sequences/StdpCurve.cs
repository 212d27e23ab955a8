namespace Boltzmann.Reporting;

/// <summary>
/// Spike-timing dependent plasticity as a connection of a <see cref="DelayMemory"/> has learned it: its weight over δ, the steps from a
/// spike of unit i to a spike of unit j. From the delay d on, Σ_k u_k·λ_k^{δ−d}: the spike has arrived (LTP). Before it, and for negative δ
/// where j was first, −Σ_l v_l·μ_l^{d−1−δ} (LTD). There is nothing at δ = 0: units of one step are independent given the past.
/// </summary>
public static class StdpCurve
{
    // Until the slowest decay leaves so much, and no further than can be told apart.
    const double Remainder = 0.05;
    const int LeastReach = 4, MostReach = 60, MostSteps = 300;

    /// <summary>As SVG.</summary>
    /// <param name="title">Above it.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="from">Unit i, from 0.</param>
    /// <param name="to">Unit j, from 0; the same as i for a unit's own past.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public static string Svg(string title, DelayMemory memory, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(memory);
        int d = DelayOf(memory, from, to);
        int first = -Reach(memory.Mus), last = d + Reach(memory.Lambdas), stride = 1 + (last - first) / MostSteps;
        int[] deltas = [.. Enumerable.Range(first, last - first + 1).Where(delta => delta != 0
            && (stride == 1 || delta % stride == 0 || Math.Abs(delta - d) < MostReach))];
        return TimePanels.Svg(title, [new("weight", [Curve("u, after the spike has arrived", delta => delta >= d, 0),
            Curve("v, before it arrives, or j was first", delta => delta < d, 4)]) { Height = 220, HasZero = true }],
            $"δ, steps from a spike of unit {from + 1} to one of unit {to + 1}", [(d, $"delay d = {d}"), (0, "")]);

        TimeCurve Curve(string name, Func<int, bool> holds, int color) => new(name,
            [.. deltas.Where(holds).Select(delta => new ChartPoint(delta, Weight(memory, from, to, delta)))], color, CurveLook.Stems);
    }

    /// <summary>
    /// What a spike of unit i adds to the input of unit j δ steps later; for negative δ what a spike of j adds to the input of i −δ steps
    /// later on account of this connection.
    /// </summary>
    /// <param name="memory">The memory.</param>
    /// <param name="from">Unit i, from 0.</param>
    /// <param name="to">Unit j, from 0.</param>
    /// <param name="delta">δ; 0 at δ = 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such unit.</exception>
    public static double Weight(DelayMemory memory, int from, int to, int delta)
    {
        ArgumentNullException.ThrowIfNull(memory);
        int d = DelayOf(memory, from, to), connection = from * memory.Visible + to;
        if (delta == 0) return 0;
        double sum = 0;
        if (delta >= d)
            for (int k = 0; k < memory.Lambdas.Count; k++) sum += memory.Arrived[connection, k] * Math.Pow(memory.Lambdas[k], delta - d);
        else
            for (int l = 0; l < memory.Mus.Count; l++) sum -= memory.UnderWay[connection, l] * Math.Pow(memory.Mus[l], d - 1 - delta);
        return sum;
    }

    internal static int Reach(IReadOnlyList<double> decays)
    {
        double slowest = decays.DefaultIfEmpty(0).Max();
        return slowest == 0 ? LeastReach : (int)Math.Clamp(Math.Ceiling(Math.Log(Remainder) / Math.Log(slowest)), LeastReach, MostReach);
    }

    static int DelayOf(DelayMemory memory, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, memory.Visible);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(to, memory.Visible);
        return memory.Delays[from * memory.Visible + to];
    }
}
