using System.Runtime.InteropServices;

namespace Boltzmann.Onnx;

/// <summary>
/// A graph of ONNX operators (operator set 13 of 2020, which all runtimes of today read) while it is put together. Values have names;
/// a node's is that of its operator and a number.
/// </summary>
sealed class OnnxGraph
{
    const int OperatorSet = 13, FormatVersion = 7, AttributeIsWhole = 2;
    const string RowsDimension = "rows";

    readonly OnnxMessage nodes = new();
    readonly OnnxMessage constants = new();
    readonly List<OnnxTensor> inputs = [], outputs = [];
    int count;

    /// <summary>What goes in.</summary>
    public IReadOnlyList<OnnxTensor> Inputs => inputs;

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxTensor> Outputs => outputs;

    /// <summary>What goes in; returns its name.</summary>
    public string AddInput(OnnxTensor tensor)
    {
        inputs.Add(tensor);
        return tensor.Name;
    }

    /// <summary>A node; returns the name of its value.</summary>
    /// <param name="operation">Name of the operator: "MatMul".</param>
    /// <param name="operands">Names of values.</param>
    /// <param name="attributes">Whole numbers by name.</param>
    public string Add(string operation, IReadOnlyList<string> operands, params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        string name = $"{operation.ToLowerInvariant()}.{++count}";
        Add(operation, operands, name, attributes);
        return name;
    }

    /// <summary>A node whose value comes out of the model.</summary>
    public void AddOutput(OnnxTensor tensor, string operation, IReadOnlyList<string> operands,
        params ReadOnlySpan<(string Name, long Value)> attributes)
    {
        Add(operation, operands, tensor.Name, attributes);
        outputs.Add(tensor);
    }

    /// <summary>Numbers of single precision that belong to the model; returns their name.</summary>
    public string Constant(string name, double[] values, params ReadOnlySpan<long> shape) =>
        Constant(name, OnnxElement.Single, MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, value => (float)value)), shape);

    /// <summary>Numbers of double precision.</summary>
    public string ConstantDoubles(string name, double[] values, params ReadOnlySpan<long> shape) =>
        Constant(name, OnnxElement.Double, MemoryMarshal.AsBytes<double>(values), shape);

    /// <summary>Whole numbers, in a row.</summary>
    public string ConstantWhole(string name, params long[] values) =>
        Constant(name, OnnxElement.Whole, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    /// <summary>Truths, in a row.</summary>
    public string ConstantTruths(string name, IReadOnlyList<bool> values) =>
        Constant(name, OnnxElement.Truth, values.Select(value => (byte)(value ? 1 : 0)).ToArray(), [values.Count]);

    /// <summary>The file.</summary>
    /// <param name="name">Of the graph.</param>
    /// <param name="version">Of the library that writes it.</param>
    /// <param name="metadata">What else is to be known of it.</param>
    public ReadOnlyMemory<byte> ToFile(string name, string version, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        // Within a message fields may come in any order: repeated ones have been put together already.
        OnnxMessage graph = new OnnxMessage().Add(2, name);
        foreach (OnnxTensor input in inputs) graph.Add(11, Value(input));
        foreach (OnnxTensor output in outputs) graph.Add(12, Value(output));
        OnnxMessage model = new OnnxMessage().Add(1, FormatVersion).Add(2, "Boltzmann").Add(3, version)
            .Add(8, new OnnxMessage().Add(1, "").Add(2, OperatorSet));
        foreach (var (key, value) in metadata) model.Add(14, new OnnxMessage().Add(1, key).Add(2, value));
        ReadOnlyMemory<byte>[] parts = [graph.Written, nodes.Written, constants.Written];
        var whole = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }
        return model.Add(7, whole).Written;
    }

    void Add(string operation, IReadOnlyList<string> operands, string output, ReadOnlySpan<(string Name, long Value)> attributes)
    {
        var node = new OnnxMessage();
        foreach (string operand in operands) node.Add(1, operand);
        node.Add(2, output).Add(3, $"node.{output}").Add(4, operation);
        foreach (var (name, value) in attributes)
            node.Add(5, new OnnxMessage().Add(1, name).Add(3, value).Add(20, AttributeIsWhole));
        nodes.Add(1, node);
    }

    string Constant(string name, OnnxElement element, ReadOnlySpan<byte> values, ReadOnlySpan<long> shape)
    {
        var tensor = new OnnxMessage();
        foreach (long length in shape) tensor.Add(1, length);
        tensor.Add(2, (long)element).Add(8, name).Add(9, (ReadOnlyMemory<byte>)values.ToArray());
        constants.Add(5, tensor);
        return name;
    }

    static OnnxMessage Value(OnnxTensor tensor)
    {
        OnnxMessage shape = new OnnxMessage().Add(1, new OnnxMessage().Add(2, RowsDimension));
        if (tensor.Columns is int columns) shape.Add(1, new OnnxMessage().Add(1, columns));
        OnnxMessage type = new OnnxMessage().Add(1, (long)(tensor.IsWhole ? OnnxElement.Whole : OnnxElement.Single)).Add(2, shape);
        return new OnnxMessage().Add(1, tensor.Name).Add(2, new OnnxMessage().Add(1, type));
    }
}
