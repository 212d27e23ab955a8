namespace Boltzmann.Data;

/// <summary>A file of a named set.</summary>
/// <param name="Name">File name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal digits.</param>
/// <param name="Mirrors">Where it can be fetched, in the order to be tried; none if it has to be got by hand.</param>
public sealed record DataFile(string Name, long Bytes, string Sha256, IReadOnlyList<Uri> Mirrors);
