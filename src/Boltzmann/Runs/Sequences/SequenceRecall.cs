namespace Boltzmann.Runs;

/// <summary>Whether a machine recalls what it learned: its most probable free run from empty memory is the sequence itself.</summary>
static class SequenceRecall
{
    /// <summary>Whether it recalls every sequence to the last unit of the last step, beginning from nothing.</summary>
    public static bool IsExact(SequenceModel model, Sequences data)
    {
        var row = new double[data.Columns];
        for (int s = 0; s < data.Count; s++)
        {
            Matrix run = new SequenceSampler(model, new Rng()).Continue(model.NewMemory(), data.LengthOf(s), isGreedy: true);
            for (int t = 0; t < data.LengthOf(s); t++)
            {
                data.Steps.Rows.Read(data.First[s] + t, row);
                if (!run.ReadRow(t).AsSpan().SequenceEqual(row)) return false;
            }
        }
        return true;
    }
}
