namespace Boltzmann.Ratings;

/// <summary>Ratings of items by users, in the order of their file. Names stand for numbers from 0.</summary>
/// <param name="Source">Where they come from, for messages.</param>
/// <param name="Users">User of each.</param>
/// <param name="Items">Item of each.</param>
/// <param name="Values">What each is; NaN in a list of what is asked.</param>
/// <param name="Times">When each was given, where the file tells.</param>
/// <param name="UserNames">Names of users.</param>
/// <param name="ItemNames">Names of items.</param>
public sealed record RatingList(string Source, int[] Users, int[] Items, float[] Values, double[]? Times, IReadOnlyList<string> UserNames,
    IReadOnlyList<string> ItemNames)
{
    const int MostLevels = 100;

    /// <summary>How many there are.</summary>
    public int Count => Users.Length;

    /// <summary>Some of them, under the same names.</summary>
    /// <param name="isChosen">By number.</param>
    public RatingList Where(Func<int, bool> isChosen)
    {
        int[] chosen = [.. Enumerable.Range(0, Count).Where(isChosen)];
        return this with
        {
            Users = [.. chosen.Select(n => Users[n])],
            Items = [.. chosen.Select(n => Items[n])],
            Values = [.. chosen.Select(n => Values[n])],
            Times = Times is null ? null : [.. chosen.Select(n => Times[n])],
        };
    }

    /// <summary>The values that occur, rising: the levels of a machine.</summary>
    /// <exception cref="BadInputException">There are fewer than two, or so many that they are no levels.</exception>
    public double[] Levels()
    {
        double[] levels = [.. Values.Where(float.IsFinite).Distinct().Order().Select(x => (double)x)];
        if (levels.Length < 2) throw new BadInputException($"{Source}: all ratings are alike: expected at least two different ones");
        if (levels.Length > MostLevels)
            throw new BadInputException($"{Source}: has {levels.Length:N0} different ratings: expected at most {MostLevels} levels, such "
                + "as stars");
        return levels;
    }

    /// <summary>The table of a machine: films as cases and users as units, or the other way round.</summary>
    /// <param name="values">What levels are worth; null where only who rated what counts.</param>
    /// <param name="byItem">Whether items are the cases.</param>
    /// <exception cref="BadInputException">A rating is none of the values, or there twice.</exception>
    public RatingTable ToTable(IReadOnlyList<double>? values, bool byItem)
    {
        byte[] levels = LevelsIn(values);
        return byItem ? new(Items, Users, levels, ItemNames.Count, UserNames.Count)
            : new(Users, Items, levels, UserNames.Count, ItemNames.Count);
    }

    /// <summary>The level of each; 0 where there are no values.</summary>
    /// <exception cref="BadInputException">A rating is none of the values, or there twice.</exception>
    internal byte[] LevelsIn(IReadOnlyList<double>? values)
    {
        var numbers = new Dictionary<float, byte>();
        for (int k = 0; k < values?.Count; k++) numbers[(float)values[k]] = (byte)k;
        var levels = new byte[Count];
        if (values is not null)
            for (int n = 0; n < Count; n++)
                if (!numbers.TryGetValue(Values[n], out levels[n]))
                    throw new BadInputException($"{Source}: {Named(n)} has the rating {Values[n]}, which is none of "
                        + string.Join(", ", values));
        if (FirstTwice() is int twice) throw new BadInputException($"{Source}: {Named(twice)} is there twice: expected every rating once");
        return levels;
    }

    string Named(int number) => $"user {Quoted.Text(UserNames[Users[number]])} on item {Quoted.Text(ItemNames[Items[number]])}";

    int? FirstTwice()
    {
        int[] order = Data.Triples.Order(Users, UserNames.Count, out int[] starts), seenBy = new int[ItemNames.Count];
        Array.Fill(seenBy, -1);
        for (int u = 0; u < UserNames.Count; u++)
            for (int i = starts[u]; i < starts[u + 1]; i++)
            {
                if (seenBy[Items[order[i]]] == u) return order[i];
                seenBy[Items[order[i]]] = u;
            }
        return null;
    }
}
