using System.Buffers;

namespace Boltzmann.Data;

/// <summary>Rows that keep some of their entries, on their way into a dense batch.</summary>
static class SparseEntries
{
    // Of numbers that are written at once: 2 MB, so that a large batch needs no second copy of itself and a small one is one transfer.
    const int Chunk = 1 << 18;

    /// <summary>Writes rows of <see cref="Rows.Elsewhere"/> and their entries on top. Allocates nothing once warm.</summary>
    public static void Gather(Rows rows, ReadOnlySpan<int> indices, Matrix destination)
    {
        int width = rows.Columns, most = Math.Clamp(Chunk / width, 1, Math.Max(1, indices.Length));
        double elsewhere = rows.Elsewhere!.Value;
        double[] batch = ArrayPool<double>.Shared.Rent(checked(most * width)), values = ArrayPool<double>.Shared.Rent(width);
        int[] columns = ArrayPool<int>.Shared.Rent(width);
        batch.AsSpan(0, Math.Min(most, indices.Length) * width).Fill(elsewhere);
        for (int first = 0; first < indices.Length; first += most)
        {
            int count = Math.Min(most, indices.Length - first);
            for (int i = 0; i < count; i++)
            {
                int entries = rows.ReadEntries(indices[first + i], columns, values);
                Span<double> row = batch.AsSpan(i * width, width);
                for (int e = 0; e < entries; e++) row[columns[e]] = values[e];
            }
            destination.WriteRows(first, count, batch.AsSpan(0, count * width));
            // Cleared where it was written; the rest is as it was.
            for (int i = 0; i < count && first + count < indices.Length; i++)
            {
                int entries = rows.ReadEntries(indices[first + i], columns, values);
                Span<double> row = batch.AsSpan(i * width, width);
                for (int e = 0; e < entries; e++) row[columns[e]] = elsewhere;
            }
        }
        ArrayPool<double>.Shared.Return(batch);
        ArrayPool<double>.Shared.Return(values);
        ArrayPool<int>.Shared.Return(columns);
    }
}
