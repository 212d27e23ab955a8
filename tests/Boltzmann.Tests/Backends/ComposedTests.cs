namespace Boltzmann.Tests.Backends;

/// <summary>Operations that are several in one call give the bits of the single calls, on every backend and at awkward sizes.</summary>
public class ComposedTests
{
    static readonly int[] Sizes = [0, 1, 7, 8, 15, 16, 17, 31, 33, 300];

    static IEnumerable<Placement> Placements =>
        from backend in (Backend[])[ReferenceBackend.Shared, .. KernelCase.Cpus, new CoreBackend(new CpuBackend(1))]
        from precision in Enum.GetValues<Precision>()
        select new Placement(backend, precision);

    static Matrix Random(
        int rows, int columns, int seed, Placement placement) =>
        Matrix.From(KernelCase.Values(rows, columns, seed), placement);

    [Fact]
    public void Product_means_and_samples_together_are_those_of_three_calls()
    {
        foreach (Placement placement in Placements)
            foreach (int n in Sizes)
                foreach (bool transpose in new[] { false, true })
                    foreach (double low in new[] { 0, -1 })
                    {
                        Matrix left = Random(9, 12, n, placement);
                        Matrix right = transpose ? Random(n, 12, n + 1, placement) : Random(12, n, n + 1, placement);
                        Matrix bias = Random(1, n, n + 2, placement), start = Random(9, n, n + 3, placement);
                        var product = new InputProduct(left, right, transpose, 0.7, n % 2 == 0 ? 0 : 1);
                        Matrix inputs = start.Clone(), mean = start.Like(9, n), sample = start.Like(9, n);
                        inputs.SetProduct(left, right, transpose, product.Scale, product.Keep);
                        mean.SetTwoStateMean(inputs, bias, low, 1);
                        sample.SampleTwoState(inputs, bias, low, 1, new Rng(5));
                        for (int asked = 0; asked < 4; asked++)
                        {
                            Matrix x = start.Clone(), m = start.Like(9, n), s = start.Like(9, n);
                            Matrix? ofMean = (asked & 1) != 0 ? m : null, ofSample = (asked & 2) != 0 ? s : null;
                            x.SetTwoStateProduct(product, ofMean, ofSample, bias, low, 1, new Rng(5));
                            KernelCase.AssertSameBits(inputs, x);
                            if ((asked & 1) != 0) KernelCase.AssertSameBits(mean, m);
                            if ((asked & 2) != 0) KernelCase.AssertSameBits(sample, s);
                        }
                    }
    }

    [Fact]
    public void Several_column_sums_are_those_of_single_calls()
    {
        foreach (Placement placement in Placements)
            foreach (int n in Sizes)
            {
                Matrix a = Random(11, n, 1, placement), b = Random(11, n, 2, placement), w = Random(11, 1, 4, placement);
                Matrix other = Random(5, n + 3, 3, placement);
                Matrix[] expected = [Random(1, n, 5, placement), Random(1, n + 3, 6, placement), Random(1, n, 7, placement)];
                Matrix[] actual = [.. expected.Select(m => m.Clone())];
                expected[0].SetColumnSums(a, b, w, 0.3, 0.5);
                expected[1].SetColumnSums(other, scale: -1);
                expected[2].SetColumnSums(a, null, w, 2, 1);
                Matrix.SetColumnSums(
                    [new(actual[0], a, b, w, 0.3, 0.5), new(actual[1], other, Scale: -1), new(actual[2], a, null, w, 2, 1)]);
                for (int i = 0; i < expected.Length; i++) KernelCase.AssertSameBits(expected[i], actual[i]);
            }
    }

    [Fact]
    public void Several_updates_are_those_of_single_calls()
    {
        foreach (Placement placement in Placements)
            foreach (int n in Sizes)
            {
                UpdateRule sgd = new(0.1, 0.9, 0.01), adam = new(0.1, 0.9, IsAdam: true, Time: 3);
                Factor[] factors =
                [
                    new(Random(6, 10, 1, placement), Random(6, n, 2, placement), 0.5),
                    new(Random(4, 10, 3, placement), Random(4, n, 4, placement), -0.5),
                    new(Matrix.Row(1, 1, placement), Random(1, n, 5, placement), 1),
                ];
                Matrix[] Parameters() =>
                [
                    Random(10, n, 6, placement), Random(10, n, 7, placement),
                    Random(1, n, 8, placement), Random(1, n, 9, placement), Matrix.Row(n, 0.1, placement),
                ];
                Matrix[] expected = Parameters(), actual = Parameters();
                expected[0].Update(expected[1], null, factors.AsSpan(0, 2), sgd);
                expected[2].Update(expected[3], expected[4], factors.AsSpan(2, 1), adam);
                Matrix.Update([new(actual[0], actual[1], null, 2, sgd), new(actual[2], actual[3], actual[4], 1, adam)], factors);
                for (int i = 0; i < expected.Length; i++) KernelCase.AssertSameBits(expected[i], actual[i]);
            }
    }

    [Fact]
    public void Projections_are_the_gradient_of_weights_applied_to_rows()
    {
        foreach (Placement placement in Placements)
            foreach (int n in Sizes)
                foreach (int k in new[] { 1, 13 })
                {
                    Matrix outer = Random(6, n, 1, placement), inner = Random(6, k, 2, placement);
                    Matrix row = Random(1, k, 3, placement), along = row.Like(6, 1);
                    Matrix start = Random(1, n, 4, placement), actual = start.Clone();
                    Matrix.AddProjections([new(actual, outer, inner, row, 0.5, along), new(actual, outer, inner, row, -2, along)]);
                    for (int c = 0; c < n; c++)
                    {
                        double expected = start[0, c], size = Math.Abs(expected);
                        for (int r = 0; r < 6; r++)
                            for (int j = 0; j < k; j++)
                            {
                                expected += -1.5 * outer[r, c] * inner[r, j] * row[0, j];
                                size += 2.5 * Math.Abs(outer[r, c] * inner[r, j] * row[0, j]);
                            }
                        // Each product along the row, its sums, and two sums over rows.
                        Assert.Equal(expected, actual[0, c], (2 * k + 20) * KernelCase.Epsilon(placement.Precision) * size);
                    }
                }
    }

    [Fact]
    public void A_pending_summary_is_the_summary()
    {
        foreach (Backend backend in (Backend[])[ReferenceBackend.Shared, .. KernelCase.Cpus, new CountingBackend(new CpuBackend(1))])
        {
            Matrix a = Random(7, 33, 1, new(backend, Precision.Float32)), b = Random(7, 33, 2, a.Placement);
            PendingSummary ofA = a.BeginSummary(), ofB = b.BeginSummary();
            Assert.Equal((a.Summarize(), b.Summarize()), (ofA.Value, ofB.Value));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Matrix a = new(4, 3), row = new(1, 3), state = new(1, 3), four = new(4, 2);
        var factor = new Factor(new Matrix(2, 1), new Matrix(2, 3), 1);
        string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
        ParameterUpdate one = new(row, state, null, 1, new(0.1)), two = one with { Factors = 2 };
        Assert.Contains("2 factors, but the updates take 1", Message(() => Matrix.Update([one], [factor, factor])));
        Assert.Contains("1 factors, but the updates take more", Message(() => Matrix.Update([two], [factor])));
        Assert.Contains("[1 × 4]", Message(() => Matrix.SetColumnSums([new(row, a), new(new Matrix(1, 4), a)])));
        var projection = new Projection(row, a, new Matrix(5, 2), new Matrix(1, 2), 1, new Matrix(5, 1));
        Assert.Contains("do not form a projection", Message(() => Matrix.AddProjections([projection])));
        Assert.Contains("[3 × 3] cannot be copied into [4 × 3]", Message(() => Matrix.Copy([a], [new Matrix(3, 3)])));
        var product = new InputProduct(a, new Matrix(3, 2), false, 1, 0);
        Assert.Contains("a sample needs a source", Message(() => four.SetTwoStateProduct(product, null, new(4, 2), new(1, 2), 0, 1, null)));
    }
}
