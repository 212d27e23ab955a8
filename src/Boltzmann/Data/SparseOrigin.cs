namespace Boltzmann.Data;

/// <summary>What a reader of sparse rows found out that the rows do not show.</summary>
/// <param name="FirstIndex">The number that the file gives to the first column, 0 or 1; null where its kind settles that.</param>
/// <param name="Note">What the reader did that nobody asked for, in words; null for nothing.</param>
sealed record SparseOrigin(int? FirstIndex, string? Note);
