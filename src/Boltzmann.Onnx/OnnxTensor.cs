namespace Boltzmann.Onnx;

/// <summary>What goes into a model or comes out of it: a table with a row for each row, or a number for each.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns; null of a number for each row.</param>
/// <param name="IsWhole">Whether it has whole numbers (64 bits); else numbers of single precision.</param>
public sealed record OnnxTensor(string Name, int? Columns, bool IsWhole = false)
{
    /// <summary>"probabilities [rows × 10]".</summary>
    public override string ToString() => $"{Name} [rows{(Columns is int columns ? $" × {columns}" : "")}]";
}
