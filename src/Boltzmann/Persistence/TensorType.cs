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

    /// <summary>Whether <see cref="Decode"/> knows it: complex numbers and those narrower than 16 bits with an exponent are only carried.</summary>
    public static bool IsDecodable(string type) => Bits(type) > 0 && type != "C64" && !type.StartsWith("F4", StringComparison.Ordinal)
        && !type.StartsWith("F6_", StringComparison.Ordinal) && !type.StartsWith("F8_", StringComparison.Ordinal);

    /// <summary>The next numbers of a decodable type, from little-endian bytes.</summary>
    public static void Decode(string type, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        switch (type)
        {
            case "F64": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]); break;
            case "F32": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]); break;
            case "F16": for (int i = 0; i < values.Length; i++) values[i] = (double)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]); break;
            // A bfloat16 is the upper half of a float32.
            case "BF16": for (int i = 0; i < values.Length; i++) values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16); break;
            case "I64": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]); break;
            case "U64": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]); break;
            case "I32": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]); break;
            case "U32": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]); break;
            case "I16": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]); break;
            case "U16": for (int i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]); break;
            case "I8": for (int i = 0; i < values.Length; i++) values[i] = (sbyte)bytes[i]; break;
            case "U8": for (int i = 0; i < values.Length; i++) values[i] = bytes[i]; break;
            case "BOOL": for (int i = 0; i < values.Length; i++) values[i] = bytes[i] == 0 ? 0 : 1; break;
            default: throw new ArgumentException($"numbers of type {type} cannot be decoded", nameof(type));
        }
    }
}
