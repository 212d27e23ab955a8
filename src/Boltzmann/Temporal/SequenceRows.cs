namespace Boltzmann.Temporal;

/// <summary>
/// The steps that count of some sequences as rows (x_t, z_t) of a machine whose contexts no parameter changes, in any order: columns of the
/// step, then those of its context. Steps of the queue are looked up; the rest of the context, traces and echoes, is kept once per step.
/// </summary>
sealed class SequenceRows : Rows
{
    readonly Sequences data;
    readonly Memory memory;
    readonly int[] steps, place;
    readonly Matrix? rest;
    readonly BatchScratch frame = new(), mask = new(), kept = new();
    int[] chosen = [], before = [];
    double[] has = [];

    public SequenceRows(Sequences data, Memory memory)
    {
        if (!memory.IsFixed) throw new ArgumentException($"contexts of {memory.Kind} change as the machine learns", nameof(memory));
        (this.data, this.memory) = (data, memory);
        steps = data.Counted();
        place = new int[data.Steps.Count];
        for (int s = 0; s < data.Count; s++)
            for (int t = 0; t < data.LengthOf(s); t++) place[data.First[s] + t] = t;
        if (memory.Width > memory.Queued * data.Columns) rest = Rest();
    }

    /// <summary>The rows with what is known of the steps: weights.</summary>
    public static Dataset Of(Sequences data, Memory memory)
    {
        var rows = new SequenceRows(data, memory);
        return new(data.Name, rows)
        {
            RowWeights = data.Steps.RowWeights is double[] weights ? [.. rows.steps.Select(t => weights[t])]
            : null
        };
    }

    /// <inheritdoc/>
    public override int Count => steps.Length;

    /// <inheritdoc/>
    public override int Columns => data.Columns + memory.Width;

    /// <inheritdoc/>
    public override void Gather(ReadOnlySpan<int> indices, Matrix destination)
    {
        CheckGather(indices, destination);
        int n = indices.Length, columns = data.Columns;
        if (chosen.Length < n) (chosen, before, has) = (new int[n], new int[n], new double[n]);
        for (int i = 0; i < n; i++) chosen[i] = steps[indices[i]];
        Matrix rows = frame.Of(n, columns, destination.Placement);
        data.Steps.Rows.Gather(chosen.AsSpan(0, n), rows);
        destination.PutColumns(rows, 0);
        for (int delta = 1; delta <= memory.Queued; delta++)
        {
            bool isWhole = true;
            for (int i = 0; i < n; i++)
            {
                bool isThere = place[chosen[i]] >= delta;
                before[i] = isThere ? chosen[i] - delta : chosen[i];
                has[i] = isThere ? 1 : 0;
                isWhole &= isThere;
            }
            data.Steps.Rows.Gather(before.AsSpan(0, n), rows);
            if (!isWhole)
            {
                Matrix there = mask.Of(n, 1, destination.Placement);
                there.WriteColumn(0, has.AsSpan(0, n));
                rows.SetScaled(rows, there);
            }
            destination.PutColumns(rows, delta * columns);
        }
        if (rest is null) return;
        Matrix past = kept.Of(n, rest.Columns, destination.Placement);
        past.GatherRows([rest], chosen.AsSpan(0, n));
        destination.PutColumns(past, (memory.Queued + 1) * columns);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<double> destination)
    {
        CheckRead(row, destination.Length);
        var one = new Matrix(1, Columns, memory.Placement.Double);
        Gather([row], one);
        one.ReadRow(0, destination);
    }

    Matrix Rest()
    {
        int queued = memory.Queued * data.Columns;
        var all = new Matrix(data.Steps.Count, memory.Width - queued, memory.Placement);
        var row = new Matrix(1, data.Columns, memory.Placement);
        var context = new Matrix(1, memory.Width, memory.Placement);
        var values = new double[memory.Width];
        for (int s = 0; s < data.Count; s++)
        {
            MemoryState state = memory.NewState(1);
            for (int t = 0; t < data.LengthOf(s); t++)
            {
                int step = data.First[s] + t;
                memory.SetContext(state, context);
                context.ReadRow(0, values);
                all.WriteRow(step, values.AsSpan(queued));
                data.Steps.Rows.Gather([step], row);
                // What hidden units make of a step, no such memory keeps.
                memory.Remember(null!, state, row);
            }
        }
        return all;
    }
}
