namespace Boltzmann.Experiments;

/// <summary>Errors of hidden ratings by how many ratings their user, or their film, has to learn from.</summary>
/// <param name="parts">The ratings.</param>
/// <param name="ways">Whose errors.</param>
sealed class RatingGroups(RatingParts parts, IReadOnlyList<RatingResult> ways)
{
    /// <summary>By the user's.</summary>
    public TextTable ByUser() => Table("ratings of the user", ratings => ratings.Users, parts.Training.UserNames.Count,
        [30, 100, 300, 1000]);

    /// <summary>By the film's.</summary>
    public TextTable ByItem() => Table("ratings of the film", ratings => ratings.Items, parts.Training.ItemNames.Count,
        [0, 2, 5, 20, 50, 100]);

    // Groups up to and with each end, the last open.
    TextTable Table(string what, Func<RatingList, int[]> keys, int count, int[] ends)
    {
        var counts = new int[count];
        foreach (int key in keys(parts.Training)) counts[key]++;
        var table = new TextTable([what, "test ratings", .. ways.Select(way => $"RMSE, {way.Name}")]);
        int[] groupOf = [.. keys(parts.Test).Select(key => Array.FindIndex(ends, end => counts[key] <= end) is >= 0 and int g ? g
            : ends.Length)];
        for (int g = 0; g <= ends.Length; g++)
        {
            int[] own = [.. Enumerable.Range(0, groupOf.Length).Where(n => groupOf[n] == g)];
            if (own.Length == 0) continue;
            RatingList ratings = parts.Test.Where(n => groupOf[n] == g);
            int low = g == 0 ? 0 : ends[g - 1] + 1;
            string name = g == ends.Length ? $"{low} and more" : low == ends[g] ? $"{low}" : $"{low} to {ends[g]}";
            table.Add([name, $"{own.Length}", .. ways.Select(way =>
                $"{way.Test.Average(test => HiddenErrors.Of([.. own.Select(n => test[n])], ratings).Rmse):F4}")]);
        }
        return table;
    }
}
