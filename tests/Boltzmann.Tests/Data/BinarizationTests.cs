namespace Boltzmann.Tests.Data;

public class BinarizationTests
{
    static readonly Placement Single = new(ReferenceBackend.Shared, Precision.Float32);

    [Fact]
    public void A_threshold_keeps_what_is_above_it()
    {
        var batch = Matrix.Row([0, 0.25, 0.5, 1], Single);
        Binarization.Threshold(0.25).Apply(batch, new Rng(), batch.Like(1, 4));
        Assert.Equal([0, 0, 1, 1], batch.ReadRow(0));
        Binarization.None.Apply(batch, new Rng(), batch.Like(1, 4));
        Assert.Equal([0, 0, 1, 1], batch.ReadRow(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Binarization.Threshold(double.NaN));
    }

    [Fact]
    public void Chance_gives_ones_as_often_as_the_grey_value_says_and_afresh_each_time()
    {
        // 40 000 draws at p = 0.3: the count leaves 5 standard deviations, 5·√(n·p·(1 − p)) = 458, once in two million seeds.
        var rng = new Rng(1);
        double[] grey = [.. Enumerable.Range(0, 40_000).Select(i => i % 4 == 0 ? 0.0 : i % 4 == 1 ? 1 : 0.3)];
        Matrix first = Matrix.Row(grey, Single), second = Matrix.Row(grey, Single), workspace = first.Like(1, grey.Length);
        Binarization.Stochastic.Apply(first, rng, workspace);
        Binarization.Stochastic.Apply(second, rng, workspace);
        double[] bits = first.ReadRow(0);
        Assert.All(bits, (bit, i) => Assert.True(i % 4 == 0 ? bit == 0 : i % 4 == 1 ? bit == 1 : bit is 0 or 1));
        Assert.InRange(bits.Where((_, i) => i % 4 > 1).Sum(), 6000 - 5 * Math.Sqrt(20_000 * 0.21), 6000 + 5 * Math.Sqrt(20_000 * 0.21));
        Assert.NotEqual(bits, second.ReadRow(0));
    }

    [Fact]
    public void Columns_of_spins_become_minus_one_and_one()
    {
        Layer[] layers = [new BernoulliLayer(2), new SpinLayer(4), new GaussianLayer(1)];
        // Grey values p of spins stand as 2p − 1.
        double[] grey = [0.6, 0.4, -1, 0.2, -0.2, 1, 0.7];
        Matrix batch = Matrix.Row(grey, Single);
        Binarization.Threshold().For(layers).Apply(batch, new Rng(), batch.Like(1, 7));
        Assert.Equal([1, 0, -1, 1, -1, 1, 1], batch.ReadRow(0));
        Assert.Same(Binarization.None, Binarization.None.For(layers));
        Assert.Same(Binarization.Stochastic, Binarization.Stochastic.For([layers[0]]));
        Assert.Equal("stochastic", Binarization.Stochastic.For(layers).ToString());

        // 4000 draws: means of spins deviate by at most 1/√4000 = 0.016, of bits by half of it; five of these, once in two million seeds a
        // column.
        var many = new Matrix(4000, 7, Single);
        for (int r = 0; r < many.Rows; r++) many.WriteRow(r, grey);
        Binarization.Stochastic.For(layers).Apply(many, new Rng(2), many.Like(4000, 7));
        for (int c = 0; c < 7; c++)
        {
            double[] drawn = many.ReadColumn(c);
            Assert.All(drawn, x => Assert.True(x == 1 || x == (c is >= 2 and < 6 ? -1 : 0)));
            Assert.Equal(grey[c], drawn.Average(), c is >= 2 and < 6 ? 0.08 : 0.04);
        }
    }

    [Fact]
    public void A_warm_batch_allocates_nothing()
    {
        var rng = new Rng(1);
        var batch = new Matrix(10, 784, new(CpuBackend.Shared, Precision.Float32));
        Matrix workspace = batch.Like(10, 784);
        foreach (Binarization kind in new[] { Binarization.None, Binarization.Stochastic, Binarization.Threshold(),
            Binarization.Stochastic.For([new SpinLayer(784)]) })
            Assert.Equal(0, Allocation.Least(() => kind.Apply(batch, rng, workspace)));
    }
}
