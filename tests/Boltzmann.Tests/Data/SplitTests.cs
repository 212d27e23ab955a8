namespace Boltzmann.Tests.Data;

public class SplitTests
{
    static Dataset Counting(int count, Func<int, int>? label = null) =>
        new("counting", new NumberRows([.. Enumerable.Range(0, count).Select(i => (double)i)], 1))
        {
            Labels = label is null ? null : [.. Enumerable.Range(0, count).Select(label)],
        };

    static double[] Values(Dataset data) =>
        data.Count == 0 ? [] : data.ToMatrix(new Placement(ReferenceBackend.Shared, Precision.Float64)).ReadColumn(0);

    [Theory]
    [InlineData(10, 3)]
    [InlineData(10, 0)]
    [InlineData(10, 10)]
    [InlineData(1, 1)]
    public void Every_row_is_in_exactly_one_part(int count, int test)
    {
        var (train, rest) = Split.Random(Counting(count), test, new Rng(1));
        Assert.Equal(test, rest.Count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (double)i), Values(train).Concat(Values(rest)).Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_split_and_another_seed_another()
    {
        double[] Test(ulong seed) => Values(Split.Random(Counting(1000), 0.25, new Rng(seed)).Test);
        Assert.Equal(Test(1), Test(1));
        Assert.NotEqual(Test(1), Test(2));
        Assert.Equal(250, Test(1).Length);
    }

    [Fact]
    public void A_stratified_split_keeps_the_share_of_each_class_to_within_a_row()
    {
        Dataset data = Counting(103, i => i < 60 ? 0 : i < 97 ? 1 : 2);
        var (train, test) = Split.Random(data, 20, new Rng(1), stratify: true);
        int[] counts = [.. Enumerable.Range(0, 3).Select(k => test.Labels!.Count(label => label == k))];
        Assert.Equal([12, 7, 1], counts);   // quotas 11.65, 7.18, 1.17
        Assert.Equal((83, 20), (train.Count, test.Count));
        Assert.All(Values(test).Zip(test.Labels!), pair => Assert.Equal(pair.First < 60 ? 0 : pair.First < 97 ? 1 : 2, pair.Second));
    }

    [Fact]
    public void An_impossible_split_is_refused()
    {
        Assert.Contains("no labels", ArrayFiles.Refusal(() => Split.Random(Counting(4), 2, new Rng(1), stratify: true)));
        Assert.Contains("4 rows", ArrayFiles.Refusal(() => Split.Random(Counting(4), 5, new Rng(1))));
        Assert.Contains("0 to 1", ArrayFiles.Refusal(() => Split.Random(Counting(4), double.NaN, new Rng(1))));
    }
}
