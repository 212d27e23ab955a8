using System.Buffers.Binary;

namespace Boltzmann.Data;

/// <summary>How one number of an array file is written.</summary>
/// <param name="Kind">Integer or floating point; or text.</param>
/// <param name="Bytes">1, 2, 4 or 8; of a text, all of it.</param>
/// <param name="BigEndian">Most significant byte first.</param>
readonly record struct ElementFormat(ElementKind Kind, int Bytes, bool BigEndian)
{
    /// <summary>Whether these are texts, not numbers.</summary>
    public bool IsText => Kind is ElementKind.Text or ElementKind.Bytes;

    /// <summary>Whether the numbers can stay bytes.</summary>
    public bool IsByte => Bytes == 1 && Kind is ElementKind.Unsigned or ElementKind.Boolean;

    /// <summary>Whether single precision holds every such number.</summary>
    public bool FitsSingle => Bytes <= 2 || (Kind == ElementKind.Float && Bytes == 4);

    /// <summary>Widens as many numbers as the destination holds.</summary>
    public void Decode(ReadOnlySpan<byte> source, Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = Decode(source.Slice(i * Bytes, Bytes));
    }

    double Decode(ReadOnlySpan<byte> x) => (Kind, Bytes) switch
    {
        (ElementKind.Boolean, _) => x[0] == 0 ? 0 : 1,
        (ElementKind.Unsigned, 1) => x[0],
        (ElementKind.Unsigned, 2) => BigEndian ? BinaryPrimitives.ReadUInt16BigEndian(x) : BinaryPrimitives.ReadUInt16LittleEndian(x),
        (ElementKind.Unsigned, 4) => BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(x) : BinaryPrimitives.ReadUInt32LittleEndian(x),
        (ElementKind.Unsigned, _) => BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(x) : BinaryPrimitives.ReadUInt64LittleEndian(x),
        (ElementKind.Signed, 1) => (sbyte)x[0],
        (ElementKind.Signed, 2) => BigEndian ? BinaryPrimitives.ReadInt16BigEndian(x) : BinaryPrimitives.ReadInt16LittleEndian(x),
        (ElementKind.Signed, 4) => BigEndian ? BinaryPrimitives.ReadInt32BigEndian(x) : BinaryPrimitives.ReadInt32LittleEndian(x),
        (ElementKind.Signed, _) => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(x) : BinaryPrimitives.ReadInt64LittleEndian(x),
        (ElementKind.Float, 2) => (double)(BigEndian ? BinaryPrimitives.ReadHalfBigEndian(x) : BinaryPrimitives.ReadHalfLittleEndian(x)),
        (ElementKind.Float, 4) => BigEndian ? BinaryPrimitives.ReadSingleBigEndian(x) : BinaryPrimitives.ReadSingleLittleEndian(x),
        _ => BigEndian ? BinaryPrimitives.ReadDoubleBigEndian(x) : BinaryPrimitives.ReadDoubleLittleEndian(x),
    };
}
