namespace Boltzmann.Temporal;

/// <summary>
/// Steps of some sequences in lock-step, the longest sequence first, so that at every time those that go on are the first rows: all first
/// steps, then all second ones.
/// </summary>
sealed class PackedSteps
{
    /// <summary>Steps of sequences, all of them or a stretch.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="sequences">Which of them.</param>
    /// <param name="from">The first step, from 0.</param>
    /// <param name="most">How many steps of each, at most.</param>
    public PackedSteps(Sequences data, IReadOnlyList<int> sequences, int from = 0, int most = int.MaxValue)
    {
        int Length(int s) => Math.Clamp(data.LengthOf(s) - from, 0, most);
        Order = [.. sequences.Where(s => Length(s) > 0).OrderByDescending(data.LengthOf)];
        Times = Order.Length == 0 ? 0 : Length(Order[0]);
        Offsets = new int[Times + 1];
        for (int t = 0, running = Order.Length; t < Times; t++)
        {
            while (Length(Order[running - 1]) <= t) running--;
            Offsets[t + 1] = Offsets[t] + running;
        }
        Steps = new int[Offsets[Times]];
        for (int t = 0; t < Times; t++)
            for (int r = 0; r < RowsAt(t); r++) Steps[Offsets[t] + r] = data.First[Order[r]] + from + t;
    }

    /// <summary>The sequences, the longest first.</summary>
    public int[] Order { get; }

    /// <summary>Steps of the longest.</summary>
    public int Times { get; }

    /// <summary>Where each time's rows begin among all, and at the end their number.</summary>
    public int[] Offsets { get; }

    /// <summary>For each row the number of its step among all steps of the data.</summary>
    public int[] Steps { get; }

    /// <summary>All rows.</summary>
    public int Count => Steps.Length;

    /// <summary>How many sequences have a step at a time.</summary>
    public int RowsAt(int time) => Offsets[time + 1] - Offsets[time];
}
