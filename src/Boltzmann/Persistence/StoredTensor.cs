namespace Boltzmann.Persistence;

/// <summary>What the header of a safetensors file says of one tensor, checked against the file.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="Type">The format's name of the number type: F32, F64, I64…</param>
/// <param name="Shape">Sizes, outermost first; empty for a single number.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte behind its last.</param>
public sealed record StoredTensor(string Name, string Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Number of entries: the product of the shape.</summary>
    public long Count { get; } = Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Size in the file.</summary>
    public long Bytes => End - Begin;

    /// <inheritdoc/>
    public override string ToString() => $"tensor {Quoted.Text(Name)} {Type} {ShapeText}";

    internal string ShapeText => Text(Shape);

    internal static string Text(IEnumerable<long> shape)
    {
        string text = $"[{string.Join(" × ", shape.Take(9))}]";
        return text.Length <= 200 ? text : text[..200] + "…";
    }
}
