namespace Boltzmann.Tests.Compute;

public class RngTests
{
    [Fact]
    public void A_generator_resumes_from_its_step()
    {
        var first = new Rng(7, 2);
        for (int i = 0; i < 5; i++) first.NextUniform();
        var resumed = new Rng(first.Seed, first.Stream, first.Step);
        for (int i = 0; i < 10; i++) Assert.Equal(first.NextUniform(), resumed.NextUniform());
        first.Step = resumed.Step = 5;
        Assert.Equal(first.NextDraw(), resumed.NextDraw());
    }

    [Fact]
    public void Streams_seeds_and_steps_beyond_32_bits_differ()
    {
        double[] Numbers(Rng rng) => [.. Enumerable.Range(0, 4).Select(_ => rng.NextUniform())];
        double[][] all = [Numbers(new(1)), Numbers(new(2)), Numbers(new(1, 1)), Numbers(new(1, 0, 1UL << 32)), Numbers(new(1, 0, 100)),
            Numbers(new Rng(1).Fork(9))];
        for (int i = 0; i < all.Length; i++)
            for (int j = 0; j < i; j++) Assert.NotEqual(all[i], all[j]);
        Assert.Equal(all[2], Numbers(new Rng(1, 5, 77).Fork(1)));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(7), InlineData(100)]
    public void Integers_are_uniform(int bound)
    {
        // Chi-square with bound − 1 degrees of freedom, 6 deviations: false alarms below 1e-5 even where the distribution is skewed (few
        // cells).
        const int N = 20_000;
        var rng = new Rng(11);
        var counts = new int[bound];
        for (int i = 0; i < N; i++) counts[rng.NextInteger(bound)]++;
        double expected = (double)N / bound, chi = counts.Sum(c => (c - expected) * (c - expected) / expected);
        Assert.InRange(chi, 0, bound - 1 + 6 * Math.Sqrt(2.0 * (bound - 1)) + 12);
    }

    [Fact]
    public void Integers_of_the_largest_bound_stay_below_it()
    {
        var rng = new Rng(12);
        for (int i = 0; i < 1000; i++) Assert.InRange(rng.NextInteger(int.MaxValue), 0, int.MaxValue - 1);
    }

    [Fact]
    public void A_bound_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Rng().NextInteger(0));

    [Fact]
    public void Every_permutation_of_four_is_equally_likely()
    {
        // Chi-square with 23 degrees of freedom: above 80 once in 3e8.
        const int N = 24_000;
        var rng = new Rng(13);
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < N; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            rng.Shuffle<char>(items);
            var key = new string(items);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        Assert.Equal(24, counts.Count);
        Assert.InRange(counts.Values.Sum(c => (c - 1000.0) * (c - 1000) / 1000), 0, 80);
    }

    [Fact]
    public void Shuffling_keeps_the_items_and_takes_one_step()
    {
        var rng = new Rng(14);
        int[] items = [.. Enumerable.Range(0, 1000)];
        rng.Shuffle<int>(items);
        Assert.Equal(1UL, rng.Step);
        Assert.NotEqual(Enumerable.Range(0, 1000), items);
        Assert.Equal(Enumerable.Range(0, 1000), items.Order());
        rng.Shuffle(Span<int>.Empty);
    }
}
