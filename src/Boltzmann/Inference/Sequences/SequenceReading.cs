namespace Boltzmann.Inference;

/// <summary>Reads sequences to their ends.</summary>
public static class SequenceReading
{
    /// <summary>What the memory holds after the last step of each sequence.</summary>
    /// <param name="model">The machine.</param>
    /// <param name="data">Rows as it takes them.</param>
    public static IReadOnlyList<MemoryState> Ends(SequenceModel model, Sequences data)
    {
        var ends = new MemoryState[data.Count];
        foreach (StepInputs _ in StepInputs.Of(model, data, (s, memory) => ends[s] = memory)) { }
        return ends;
    }
}
