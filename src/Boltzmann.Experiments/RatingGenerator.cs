namespace Boltzmann.Experiments;

/// <summary>
/// Ratings by chance, as many and as unevenly spread as large collections have them: users with a number of ratings that falls by a power
/// law, items chosen with one too, and a taste that each user and each item has one of; who meets the own taste gives a star and a half
/// more.
/// </summary>
static class RatingGenerator
{
    const int Tastes = 4, Levels = 10;
    const double Fall = 0.9, Offset = 30;

    /// <summary>Halves of stars.</summary>
    public static double[] Values { get; } = [.. Enumerable.Range(1, Levels).Select(k => k / 2.0)];

    /// <summary>A table with users as cases.</summary>
    /// <param name="count">Ratings.</param>
    /// <param name="users">Users.</param>
    /// <param name="items">Items, no user having more than a quarter of them.</param>
    /// <param name="seed">Settles all of it.</param>
    public static RatingTable Draw(int count, int users, int items, ulong seed)
    {
        var rng = new Rng(seed);
        int[] sizes = Sizes(count, users, items / 4), cases = new int[count], units = new int[count], drawnFor = new int[items],
            tasteOf = [.. Enumerable.Range(0, items).Select(_ => rng.NextInteger(Tastes))];
        var levels = new byte[count];
        double[] ends = Ends(items);
        Array.Fill(drawnFor, -1);
        for (int user = 0, n = 0; user < users; user++)
        {
            int taste = rng.NextInteger(Tastes);
            for (int i = 0; i < sizes[user];)
            {
                int place = Array.BinarySearch(ends, rng.NextUniform() * ends[^1]), item = Math.Min(place < 0 ? ~place : place, items - 1);
                if (drawnFor[item] == user) continue;
                drawnFor[item] = user;
                double stars = (tasteOf[item] == taste ? 4.25 : 2.75) + 2 * (rng.NextUniform() + rng.NextUniform() - 1);
                (cases[n], units[n], levels[n++]) = (user, item, (byte)Math.Clamp((int)(2 * stars) - 1, 0, Levels - 1));
                i++;
            }
        }
        return new(cases, units, levels, users, items);
    }

    // Cumulative weights (i + offset)^-fall.
    static double[] Ends(int items)
    {
        var ends = new double[items];
        double sum = 0;
        for (int i = 0; i < items; i++) ends[i] = sum += Math.Pow(i + Offset, -Fall);
        return ends;
    }

    // Of the same law, none above the most; what rounding leaves is given one by one.
    static int[] Sizes(int count, int users, int most)
    {
        if ((long)users * most < count) throw new ArgumentException($"{count} ratings are too many for {users} users of {most} each");
        double sum = Ends(users)[^1];
        int[] sizes = [.. Enumerable.Range(0, users).Select(u => (int)Math.Min(most, count * Math.Pow(u + Offset, -Fall) / sum))];
        for (int u = 0, left = count - sizes.Sum(); left > 0; u = (u + 1) % users)
            if (sizes[u] < most) (sizes[u], left) = (sizes[u] + 1, left - 1);
        return sizes;
    }
}
