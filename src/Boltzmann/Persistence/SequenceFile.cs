namespace Boltzmann.Persistence;

/// <summary>Machines of sequences in files, and what their memory holds.</summary>
static class SequenceFile
{
    /// <summary>A model of a file's layers and memory, its parameters not yet read.</summary>
    /// <exception cref="BadInputException">A number of the memory is out of its range.</exception>
    public static SequenceModel Create(ModelSource source)
    {
        MemoryDescription memory = source.Description.Memory!;
        ModelKind kind = source.Description.Kind;
        Layer visible = source.Layer(0);
        SequenceModel model = Within(source.File.Path, () =>
            kind == ModelKind.Dybm && memory.Kind == MemoryDescription.Delays ? SequenceModel.Dybm(visible, Delays(source, memory))
            : memory.Kind == MemoryDescription.Echo ? kind == ModelKind.Dybm ? SequenceModel.Dybm(visible, Echo(source, memory))
                : SequenceModel.Crbm(visible, source.Layer(1), Echo(source, memory))
            : kind == ModelKind.Dybm ? SequenceModel.Dybm(visible, Traces(source, memory))
            : kind == ModelKind.Crbm ? SequenceModel.Crbm(visible, source.Layer(1), Traces(source, memory))
            : kind == ModelKind.Rtrbm ? SequenceModel.Rtrbm(visible, source.Layer(1))
            : SequenceModel.RnnRbm(visible, source.Layer(1), new RecurrentMemory(visible.Units, source.Description.Layers[2].Size,
                source.Placement)));
        return model.With(memory.Alphabet, memory.LowestPitch);
    }

    static TraceMemory Traces(ModelSource source, MemoryDescription memory)
    {
        string? feed = memory.Fields["feed"]?.ToString();
        if (feed is not (null or "now" or "delayed"))
            throw new BadInputException($"has a memory whose feed is {Quoted.Text(feed)}; expected now or delayed");
        return new(source.Description.Layers[0].Size, (int)Math.Min(memory.Number("delay")!.Value, int.MaxValue),
            memory.Numbers("decays")!, feed == "now", source.Placement);
    }

    static EchoMemory Echo(ModelSource source, MemoryDescription memory) =>
        new(Traces(source, memory), (int)memory.Number("units")!.Value);

    static DelayMemory Delays(ModelSource source, MemoryDescription memory) =>
        new([.. source.File.ReadInt64s(MemoryDescription.DelaysName).Select(d => (int)Math.Clamp(d, -1, int.MaxValue))],
            memory.Numbers("lambdas")!, memory.Numbers("mus")!, source.Placement);

    static SequenceModel Within(string path, Func<SequenceModel> create)
    {
        try
        {
            return create();
        }
        catch (BadInputException e) when (!e.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new BadInputException($"{path}: {e.Message}", e);
        }
    }
}
