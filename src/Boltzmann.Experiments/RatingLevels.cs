namespace Boltzmann.Experiments;

/// <summary>Numbers in levels of about as many each; a level is worth their mean.</summary>
sealed class RatingLevels
{
    readonly float[] ends;

    /// <param name="numbers">To divide.</param>
    /// <param name="count">Levels, fewer where there are not as many different numbers.</param>
    public RatingLevels(IEnumerable<float> numbers, int count)
    {
        float[] sorted = [.. numbers.Order()];
        ends = [.. Enumerable.Range(1, count).Select(k => sorted[(int)((long)sorted.Length * k / count) - 1]).Distinct()];
        Values = [.. sorted.GroupBy(LevelOf).Select(level => level.Average(x => (double)x))];
    }

    /// <summary>What each is worth, rising.</summary>
    public double[] Values { get; }

    /// <summary>Each number as the worth of its level.</summary>
    public RatingList Of(RatingList ratings) => ratings with { Values = [.. ratings.Values.Select(x => (float)Values[LevelOf(x)])] };

    // The first level that ends at the number or above it; the last for numbers beyond.
    int LevelOf(float number)
    {
        int found = Array.BinarySearch(ends, number);
        return Math.Min(found < 0 ? ~found : found, ends.Length - 1);
    }
}
