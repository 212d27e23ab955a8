using System.Numerics;
using System.Runtime.Intrinsics;

namespace Boltzmann.Data;

/// <summary>
/// How alike aligned sequences are: identity is the share of sites at which two have the same letter, gaps included. Relatives come in
/// groups, of which some have been sequenced a thousand times; row weights 1/(number of sequences at least θ identical, itself included)
/// make each group count about once (Morcos et al. 2011).
/// </summary>
public static class SequenceIdentity
{
    // Sites are compared a vector at a time; what stands behind the last one is the same in all sequences.
    const int Stride = 64;

    /// <summary>The weights of sequences, each in (0, 1].</summary>
    /// <param name="data">Rows of one-hot blocks, such as <see cref="Alignment.ToDataset"/>.</param>
    /// <param name="letters">Letters of the alphabet: units of a block.</param>
    /// <param name="threshold">θ, above 0 and at most 1.</param>
    public static double[] Weights(Dataset data, int letters, double threshold)
    {
        var rows = new Packed(data, letters);
        int least = rows.LeastSame(threshold), count = data.Count;
        var neighbours = new int[count];
        // Sequence i meets those behind it: rows from both ends together are equally long work.
        Parallel.For(0, (count + 1) / 2, () => new int[count], (pair, _, own) =>
        {
            foreach (int i in pair == count - 1 - pair ? (int[])[pair] : [pair, count - 1 - pair])
                for (int j = i + 1; j < count; j++)
                    if (rows.Same(i, rows, j) >= least)
                    {
                        own[i]++;
                        own[j]++;
                    }
            return own;
        }, own =>
        {
            lock (neighbours)
                for (int i = 0; i < count; i++) neighbours[i] += own[i];
        });
        return [.. neighbours.Select(others => 1.0 / (1 + others))];
    }

    /// <summary>The greatest identity of each sequence with any of others, from 0 to 1.</summary>
    /// <param name="data">Rows of one-hot blocks.</param>
    /// <param name="others">Of the same sites.</param>
    /// <param name="letters">Letters of the alphabet.</param>
    public static double[] Nearest(Dataset data, Dataset others, int letters)
    {
        Packed rows = new(data, letters), among = new(others, letters);
        var nearest = new double[data.Count];
        Parallel.For(0, data.Count, i =>
        {
            int most = 0;
            for (int j = 0; j < others.Count; j++) most = Math.Max(most, rows.Same(i, among, j));
            nearest[i] = most / (double)rows.Sites;
        });
        return nearest;
    }

    sealed class Packed
    {
        readonly byte[] codes;
        readonly int stride;

        public Packed(Dataset data, int letters)
        {
            if (letters < 1 || data.Columns % letters != 0)
                throw new ArgumentException($"{data.Columns} columns do not divide into blocks of {letters} letters", nameof(letters));
            Sites = data.Columns / letters;
            stride = (Sites + Stride - 1) / Stride * Stride;
            codes = new byte[(long)data.Count * stride];
            var row = new double[data.Columns];
            for (int r = 0; r < data.Count; r++)
            {
                data.Rows.Read(r, row);
                for (int s = 0; s < Sites; s++) codes[r * (long)stride + s] = (byte)row.AsSpan(s * letters, letters).IndexOf(1.0);
            }
        }

        public int Sites { get; }

        /// <summary>The fewest sites that are an identity of at least θ.</summary>
        public int LeastSame(double threshold) => (int)Math.Ceiling(threshold * Sites - 1e-9);

        public int Same(int i, Packed other, int j)
        {
            ReadOnlySpan<byte> a = codes.AsSpan(i * stride, stride), b = other.codes.AsSpan(j * stride, stride);
            int same = Sites - stride;
            for (int s = 0; s < stride; s += Stride)
                same += BitOperations.PopCount(Vector512.Equals(Vector512.Create(a[s..]), Vector512.Create(b[s..]))
                    .ExtractMostSignificantBits());
            return same;
        }
    }
}
