using System.Buffers.Binary;

namespace Boltzmann.Tests.Data;

/// <summary>Reads and makes files of sequences.</summary>
static class SequenceFiles
{
    public static SequenceOptions Whole { get; } = new() { ValidationShare = 0 };

    public static Sequences Read(string path, SequenceOptions? options = null) =>
        SequenceSource.Open(path, (options ?? Whole) with { ValidationShare = 0 }).Training;

    public static string Refusal(string path, SequenceOptions? options = null) =>
        ArrayFiles.Refusal(() => SequenceSource.Open(path, options ?? Whole));

    public static double[] Values(Sequences sequences)
    {
        var values = new double[sequences.Steps.Count * sequences.Columns];
        for (int r = 0; r < sequences.Steps.Count; r++)
            sequences.Steps.Rows.Read(r, values.AsSpan(r * sequences.Columns, sequences.Columns));
        return values;
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Words(params ushort[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        return bytes;
    }

    /// <summary>0, 1, 2, …</summary>
    public static float[] Count(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];
}
