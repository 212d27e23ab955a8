using System.Runtime.Intrinsics;
using Boltzmann.Compute.Cpu;

namespace Boltzmann.Tests.Compute;

public unsafe class PhiloxTests
{
    // The known answers that are published with the generator (Random123, kat_vectors, philox 4x32 10).
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu,
        0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u,
        0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u,
        0x24126ea1u)]
    public void Words_are_the_published_ones(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3)
    {
        Assert.Equal((x0, x1, x2, x3), Philox.Words(c0, c1, c2, c3, k0 | (ulong)k1 << 32));
        // The same counter as a draw: unit c0, rows 4·c1 to 4·c1 + 3, step's low half c2, and a stream that makes the fourth word c3.
        var draw = new Draw(k0 | (ulong)k1 << 32, c3, c2);
        RequireWords<Vector512<uint>, Words512>(draw, c0, c1, [x0, x1, x2, x3]);
        RequireWords<Vector256<uint>, Words256>(draw, c0, c1, [x0, x1, x2, x3]);
        RequireWords<Vector128<uint>, Words128>(draw, c0, c1, [x0, x1, x2, x3]);
    }

    static void RequireWords<TU, TO>(Draw draw, uint unit, uint group, uint[] expected) where TO : struct, IWords<TU>
    {
        const int Pitch = 64;
        uint* words = stackalloc uint[4 * Pitch];
        PhiloxVector.Fill<TU, TO>(words, Pitch, unit, 1, group, draw);
        for (int j = 0; j < 4; j++) Assert.Equal(expected[j], words[j * Pitch]);
        // And the neighbours, which wrap around behind the last unit.
        PhiloxVector.Fill<TU, TO>(words, Pitch, unit, 40, group, draw);
        for (uint i = 0; i < 40; i++)
        {
            var (x0, x1, x2, x3) = Philox.Words(unchecked(unit + i), group, draw.Counter2, draw.Counter3, draw.Seed);
            Assert.Equal((x0, x1, x2, x3), (words[i], words[Pitch + i], words[2 * Pitch + i], words[3 * Pitch + i]));
        }
    }

    [Fact]
    public void Elements_take_the_words_of_their_row_group()
    {
        var draw = new Draw(99, 4, (7UL << 32) + 5);
        var (x0, x1, x2, x3) = Philox.Words(11, 2, 5, unchecked(4 + 7 * 2654435769u), 99);
        Assert.Equal([x0, x1, x2, x3], Enumerable.Range(8, 4).Select(row => Philox.Word(draw, row, 11)));
    }

    [Fact]
    public void Uniforms_fill_their_interval_evenly()
    {
        // Two chi-square tests with 255 degrees of freedom (deviation √510), and a mean within 5 deviations: false alarms 1e-6 each.
        const int Rows = 400, Columns = 1000, Cells = 256;
        var matrix = new Matrix(Rows, Columns);
        matrix.SampleUniform(new Rng(5));
        var counts = new int[Cells];
        var pairs = new int[Cells];
        double sum = 0;
        for (int r = 0; r < Rows; r++)
        {
            double[] row = matrix.ReadRow(r);
            foreach (double u in row)
            {
                Assert.InRange(u, 0, 1 - 1.0 / (1 << 24));
                counts[(int)(u * Cells)]++;
                sum += u;
            }
            for (int c = 0; c + 1 < Columns; c += 2) pairs[(int)(row[c] * 16) * 16 + (int)(row[c + 1] * 16)]++;
        }
        const double N = Rows * Columns;
        Assert.Equal(0.5, sum / N, 5 * Math.Sqrt(1.0 / 12 / N));
        Assert.InRange(ChiSquare(counts, N / Cells), 255 - 5 * Math.Sqrt(510), 255 + 5.3 * Math.Sqrt(510));
        Assert.InRange(ChiSquare(pairs, N / 2 / Cells), 255 - 5 * Math.Sqrt(510), 255 + 5.3 * Math.Sqrt(510));
    }

    [Fact]
    public void Normals_have_the_moments_of_normals_and_neighbours_are_uncorrelated()
    {
        const int Rows = 400, Columns = 1000;
        const double N = Rows * Columns;
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            var matrix = new Matrix(Rows, Columns, Placement.Default with { Precision = precision });
            matrix.SampleNormal(new Rng(6));
            double[,] x = matrix.ToArray();
            double[] powers = new double[5];
            double across = 0, down = 0;
            for (int r = 0; r < Rows; r++)
                for (int c = 0; c < Columns; c++)
                {
                    for (int k = 1; k <= 4; k++) powers[k] += Math.Pow(x[r, c], k) / N;
                    if (c > 0) across += x[r, c] * x[r, c - 1] / N;
                    if ((r & 1) == 1) down += x[r, c] * x[r - 1, c] / (N / 2);        // a pair from the same two uniforms
                }
            // Variances of xᵏ: 1, 2, 15, 96. Five deviations: 6e-7 each.
            Assert.Equal(0, powers[1], 5 * Math.Sqrt(1 / N));
            Assert.Equal(1, powers[2], 5 * Math.Sqrt(2 / N));
            Assert.Equal(0, powers[3], 5 * Math.Sqrt(15 / N));
            Assert.Equal(3, powers[4], 5 * Math.Sqrt(96 / N));
            Assert.Equal(0, across, 5 * Math.Sqrt(1 / N));
            Assert.Equal(0, down, 5 * Math.Sqrt(2 / N));
        }
    }

    static double ChiSquare(int[] counts, double expected) => counts.Sum(c => (c - expected) * (c - expected) / expected);
}
