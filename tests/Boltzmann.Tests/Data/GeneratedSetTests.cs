namespace Boltzmann.Tests.Data;

public class GeneratedSetTests
{
    static string[] Patterns(Dataset data) =>
        [.. Enumerable.Range(0, data.Count).Select(r => string.Concat(((ByteRows)data.Rows)[r].ToArray()))];

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 6)]
    [InlineData(3, 14)]
    [InlineData(4, 30)]
    public void All_bars_and_stripes_are_distinct_and_their_entropy_is_known(int size, int count)
    {
        Dataset data = BarsAndStripes.All(size);
        Assert.Equal((count, size * size), (data.Count, data.Columns));
        Assert.Equal(count, Patterns(data).Distinct().Count());
        Assert.Equal(Math.Log(count), data.Entropy, 12);
        foreach (int r in Enumerable.Range(0, count))
        {
            string pattern = Patterns(data)[r];
            bool lines = Enumerable.Range(0, size * size).All(i => pattern[i] == pattern[i / size * size]);
            bool columns = Enumerable.Range(0, size * size).All(i => pattern[i] == pattern[i % size]);
            Assert.True(data.Labels![r] == 0 ? lines : columns);
        }
    }

    [Fact]
    public void Sampled_bars_and_stripes_come_from_all_patterns_alike()
    {
        // Pearson's χ² over 30 patterns: 29 degrees of freedom, exceeds 70.0 once in 30 000 seeds.
        Dataset sample = BarsAndStripes.Sample(4, 3000, new Rng(1));
        var counts = Patterns(sample).CountBy(pattern => pattern).Select(pair => pair.Value).ToArray();
        Assert.Equal(30, counts.Length);
        Assert.InRange(counts.Sum(count => (count - 100.0) * (count - 100) / 100), 0, 70);
        Assert.Contains("1 to 16", ArrayFiles.Refusal(() => BarsAndStripes.All(17)));
    }

    [Fact]
    public void The_demo_set_has_two_halves_of_biased_bits()
    {
        Dataset data = DemoSet.Create();
        Assert.Equal((2000, 10), (data.Count, data.Columns));
        Assert.Equal(1000, data.Labels!.Sum());
        // 10 000 bits per half: 5 standard deviations are 5·√(0.1875/10⁴) = 0.0217, left once in a million seeds.
        for (int half = 0; half < 2; half++)
        {
            int[] rows = [.. Enumerable.Range(0, 2000).Where(r => data.Labels![r] == half)];
            Assert.InRange(data.Select(rows).Means().Average(), 0.25 + half * 0.5 - 0.0217, 0.25 + half * 0.5 + 0.0217);
        }
        Assert.Equal(Patterns(data), Patterns(DemoSet.Create()));
        Assert.NotEqual(Patterns(data), Patterns(DemoSet.Create(1)));
        Assert.NotEqual(data.Labels!.Order(), data.Labels!);
    }
}
