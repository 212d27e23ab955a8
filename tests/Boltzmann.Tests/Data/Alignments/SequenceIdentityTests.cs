namespace Boltzmann.Tests.Data;

public class SequenceIdentityTests
{
    // Lengths below, at and above those of a vector.
    [Theory, InlineData(5, 0.8), InlineData(64, 0.3), InlineData(70, 0.25), InlineData(9, 1)]
    public void Weights_are_one_over_the_number_of_sequences_so_much_alike(int sites, double threshold)
    {
        string[] all = [.. Random(60, sites, seed: 4)];
        Dataset data = Of(all);
        double[] weights = SequenceIdentity.Weights(data, 3, threshold);
        for (int i = 0; i < all.Length; i++)
        {
            int alike = all.Count(other => other.Zip(all[i]).Count(pair => pair.First == pair.Second) >= threshold * sites - 1e-9);
            Assert.Equal(1.0 / alike, weights[i], 1e-15);
        }
    }

    [Fact]
    public void The_nearest_is_the_greatest_share_of_equal_sites()
    {
        string[] some = [.. Random(10, 30, seed: 1)], others = [.. Random(25, 30, seed: 2)];
        double[] nearest = SequenceIdentity.Nearest(Of(some), Of(others), 3);
        for (int i = 0; i < some.Length; i++)
            Assert.Equal(others.Max(other => other.Zip(some[i]).Count(pair => pair.First == pair.Second)) / 30.0, nearest[i], 1e-15);
    }

    static Dataset Of(string[] sequences) => Letters.Data(sequences, "AC-");

    static IEnumerable<string> Random(int count, int sites, ulong seed)
    {
        var rng = new Rng(seed);
        for (int i = 0; i < count; i++)
            yield return string.Concat(Enumerable.Range(0, sites).Select(_ => "AC-"[Math.Max(0, rng.NextInteger(4) - 1)]));
    }
}
