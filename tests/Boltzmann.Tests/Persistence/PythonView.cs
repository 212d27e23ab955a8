using System.Runtime.InteropServices;
using System.Text.Json;

namespace Boltzmann.Tests;

/// <summary>What safetensors.numpy.load_file would return, by a reader that shares no line with the library's.</summary>
static class PythonView
{
    public static (Dictionary<string, string> Metadata, Dictionary<string, (int[] Shape, double[] Values)> Arrays) Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int headerLength = (int)BitConverter.ToUInt64(file);
        byte[] data = file[(8 + headerLength)..];
        Dictionary<string, string> metadata = [];
        Dictionary<string, (int[], double[])> arrays = [];
        foreach (JsonProperty entry in JsonDocument.Parse(file.AsMemory(8, headerLength)).RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                metadata = entry.Value.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
                continue;
            }
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32())];
            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt32())];
            byte[] bytes = data[offsets[0]..offsets[1]];
            double[] values = entry.Value.GetProperty("dtype").GetString() switch
            {
                "F32" => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(x => (double)x)],
                "F64" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
                "I64" => [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(x => (double)x)],
                "U8" => [.. bytes.Select(x => (double)x)],
                string type => throw new InvalidDataException(type),
                null => throw new InvalidDataException("no dtype"),
            };
            if (values.Length != shape.Aggregate(1, (a, b) => a * b))
                throw new InvalidDataException($"{entry.Name} has another size than shape");
            arrays.Add(entry.Name, (shape, values));
        }
        return (metadata, arrays);
    }
}
