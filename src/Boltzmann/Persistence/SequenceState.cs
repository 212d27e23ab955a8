using System.Text.Json;
using System.Text.Json.Nodes;

namespace Boltzmann;

/// <summary>What a machine remembers as a file of its own, so that a stream goes on where it was left.</summary>
public static class SequenceState
{
    const string Key = "boltzmann-memory", Prefix = "state.", StepsName = "state.steps";

    /// <summary>Writes a memory, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">Whose memory it is.</param>
    /// <param name="memory">Of one sequence.</param>
    public static void Save(string path, SequenceModel model, MemoryState memory)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata[Key] = Description(model).ToJsonString();
        foreach (var (name, value) in memory.Values) writer.Add(Prefix + name, value);
        writer.Add(StepsName, [memory.Steps], [1]);
        writer.Write(path);
    }

    /// <summary>Reads a memory.</summary>
    /// <exception cref="BadInputException">The file is missing or malformed, or the memory is one of another machine.</exception>
    public static MemoryState Load(string path, SequenceModel model)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue(Key, out string? json))
            throw new BadInputException($"{path}: was not written by --save-state, which keeps a memory");
        string own = Description(model).ToJsonString();
        if (json != own) throw new BadInputException($"{path}: is the memory of another model: it says {json}, this one {own}");
        MemoryState memory = model.NewMemory();
        foreach (var (name, value) in memory.Values)
        {
            file.ReadInto(Prefix + name, value);
            if (value.Summarize().NonFinite > 0) throw new BadInputException($"{path}: {Prefix}{name} has numbers that are not finite");
        }
        memory.Steps = file.ReadInt64s(StepsName) is [>= 0 and var steps] ? steps
            : throw new BadInputException($"{path}: {StepsName} is not a number of steps");
        return memory;
    }

    // Another machine of the same form remembers other things: what it remembers depends on its parameters, but a trained one goes on
    // learning, so only the form is held against it.
    static JsonObject Description(SequenceModel model) => new()
    {
        ["model"] = model.Description.Model,
        ["visible"] = model.Visible.Units,
        ["context"] = model.Memory.Width,
        ["memory"] = model.Memory.Fields,
    };
}
