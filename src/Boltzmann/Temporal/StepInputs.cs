namespace Boltzmann.Temporal;

/// <summary>Steps of sequences, and what the memory says to the units of each.</summary>
/// <param name="Steps">Their numbers among all steps of the data, in no particular order.</param>
/// <param name="Rows">x_t, [N × V].</param>
/// <param name="Visible">a_t, [N × V].</param>
/// <param name="Hidden">g_t, [N × H]; null without hidden units.</param>
sealed record StepInputs(int[] Steps, Matrix Rows, Matrix Visible, Matrix? Hidden)
{
    // Numbers of one chunk: what fits memory beside everything else.
    const long Most = 1 << 24;

    /// <summary>All steps of some sequences, a chunk at a time, read in order from empty memories.</summary>
    /// <param name="model">Whose memory.</param>
    /// <param name="data">Rows as the model takes them.</param>
    /// <param name="onEnd">Told what the memory of each sequence holds after its last step; null if nobody asks.</param>
    public static IEnumerable<StepInputs> Of(SequenceModel model, Sequences data, Action<int, MemoryState>? onEnd = null)
    {
        int width = 2 * model.Visible.Units + (model.Hidden?.Units ?? 0) + model.Memory.Width, most = (int)Math.Max(1, Most / width);
        for (int s = 0; s < data.Count;)
        {
            // Long sequences by themselves, in stretches; short ones side by side.
            var group = new List<int>();
            for (long steps = 0; s < data.Count && (group.Count == 0 || steps + data.LengthOf(s) <= most); s++)
            {
                group.Add(s);
                steps += data.LengthOf(s);
            }
            int stretch = group.Count == 1 ? most : int.MaxValue;
            MemoryState memory = model.NewMemory(group.Count);
            for (int from = 0; from < group.Max(data.LengthOf); from += Math.Min(stretch, data.Longest))
            {
                var packed = new PackedSteps(data, group, from, stretch);
                yield return Read(model, data, packed, memory, onEnd);
            }
        }
    }

    static StepInputs Read(SequenceModel model, Sequences data, PackedSteps packed, MemoryState all, Action<int, MemoryState>? onEnd)
    {
        int visible = model.Visible.Units;
        var rows = new Matrix(packed.Count, visible, model.Placement);
        Matrix toVisible = rows.Like(packed.Count, visible);
        Matrix? toHidden = model.Hidden is Layer hidden ? rows.Like(packed.Count, hidden.Units) : null;
        data.Steps.Rows.Gather(packed.Steps, rows);
        MemoryState memory = all;
        for (int t = 0; t < packed.Times; t++)
        {
            int count = packed.RowsAt(t), first = packed.Offsets[t];
            memory = memory.First(count);
            model.SetInputs(memory, toVisible.RowRange(first, count), toHidden?.RowRange(first, count));
            model.Remember(memory, rows.RowRange(first, count));
            if (onEnd is null) continue;
            for (int r = 0; r < count; r++)
                if (IsLast(packed.Steps[first + r], packed.Order[r])) onEnd(packed.Order[r], memory.Repeated(r, 1));
        }
        all.Steps = memory.Steps;
        return new(packed.Steps, rows, toVisible, toHidden);

        bool IsLast(int step, int sequence) => step == data.First[sequence] + data.LengthOf(sequence) - 1;
    }
}
