using System.Buffers.Binary;

namespace Boltzmann.Persistence;

/// <summary>The number types of the safetensors format: their widths, and how their bytes become numbers.</summary>
static class TensorType
{
    public const string Float32 = "F32", Float64 = "F64", Int64 = "I64", Byte = "U8";

    /// <summary>Bits of one number, or 0 if the format has no such type.</summary>
    public static int Bits(string type) => type switch
    {
        "F64" or "I64" or "U64" or "C64" => 64,
        "F32" or "I32" or "U32" => 32,
        "F16" or "BF16" or "I16" or "U16" => 16,
        "U8" or "I8" or "BOOL" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 8,
        "F6_E2M3" or "F6_E3M2" => 6,
        "F4" => 4,
        _ => 0,
    };

    public static string Of(Precision precision) => precision == Precision.Float32 ? Float32 : Float64;

    /// <summary>
    /// Whether <see cref="Decode"/> knows it: complex numbers and those narrower than 16 bits with an exponent are only carried.
    /// </summary>
    public static bool IsDecodable(string type) => Bits(type) > 0 && type != "C64" && !type.StartsWith("F4", StringComparison.Ordinal)
        && !type.StartsWith("F6_", StringComparison.Ordinal) && !type.StartsWith("F8_", StringComparison.Ordinal);

    delegate double Decoder(ReadOnlySpan<byte> next);

    static void Each(int bytesEach, Decoder decode, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = decode(bytes[(bytesEach * i)..]);
    }

    /// <summary>The next numbers of a decodable type, from little-endian bytes.</summary>
    public static void Decode(string type, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        switch (type)
        {
            case "F64": Each(8, BinaryPrimitives.ReadDoubleLittleEndian, bytes, values); break;
            case "F32": Each(4, next => BinaryPrimitives.ReadSingleLittleEndian(next), bytes, values); break;
            case "F16": Each(2, next => (double)BinaryPrimitives.ReadHalfLittleEndian(next), bytes, values); break;
            // A bfloat16 is the upper half of a float32.
            case "BF16":
                Each(2, next => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(next) << 16), bytes, values);
                break;
            case "I64": Each(8, next => BinaryPrimitives.ReadInt64LittleEndian(next), bytes, values); break;
            case "U64": Each(8, next => BinaryPrimitives.ReadUInt64LittleEndian(next), bytes, values); break;
            case "I32": Each(4, next => BinaryPrimitives.ReadInt32LittleEndian(next), bytes, values); break;
            case "U32": Each(4, next => BinaryPrimitives.ReadUInt32LittleEndian(next), bytes, values); break;
            case "I16": Each(2, next => BinaryPrimitives.ReadInt16LittleEndian(next), bytes, values); break;
            case "U16": Each(2, next => BinaryPrimitives.ReadUInt16LittleEndian(next), bytes, values); break;
            case "I8": Each(1, next => (sbyte)next[0], bytes, values); break;
            case "U8": Each(1, next => next[0], bytes, values); break;
            case "BOOL": Each(1, next => next[0] == 0 ? 0 : 1, bytes, values); break;
            default: throw new ArgumentException($"numbers of type {type} cannot be decoded", nameof(type));
        }
    }
}
