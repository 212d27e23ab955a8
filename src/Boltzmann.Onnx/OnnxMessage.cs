using System.Buffers;
using Google.Protobuf;

namespace Boltzmann.Onnx;

/// <summary>
/// A message of protocol buffers while it is written, field by field. The few messages that a file of ONNX consists of are written by
/// <see cref="OnnxGraph"/>, under the numbers that onnx.proto gives their fields.
/// </summary>
sealed class OnnxMessage
{
    readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    /// <summary>A whole number, or one of an enumeration.</summary>
    public OnnxMessage Add(int field, long value) => Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value),
        output => output.WriteInt64(value));

    /// <summary>Text, as UTF-8.</summary>
    public OnnxMessage Add(int field, string text) => Add(field, WireFormat.WireType.LengthDelimited,
        CodedOutputStream.ComputeStringSize(text), output => output.WriteString(text));

    /// <summary>Bytes.</summary>
    public OnnxMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeLengthSize(value.Length),
            output => output.WriteLength(value.Length));
        bytes.Write(value.Span);
        return this;
    }

    /// <summary>A message within this one.</summary>
    public OnnxMessage Add(int field, OnnxMessage message) => Add(field, message.Written);

    OnnxMessage Add(int field, WireFormat.WireType type, int size, Action<CodedOutputStream> write)
    {
        var part = new byte[CodedOutputStream.ComputeTagSize(field) + size];
        using (var output = new CodedOutputStream(part))
        {
            output.WriteTag(field, type);
            write(output);
        }
        bytes.Write(part);
        return this;
    }
}
