namespace Boltzmann.Data;

/// <summary>Divides a dataset in two at random; each part keeps the order of the rows.</summary>
public static class Split
{
    /// <summary>Puts a fraction of the rows, rounded to a whole number, into the test part.</summary>
    /// <param name="dataset">What is divided.</param>
    /// <param name="testFraction">In 0..1.</param>
    /// <param name="rng">One draw per class, or one if not stratified.</param>
    /// <param name="stratify">Keep the shares of the classes equal in both parts, to within a row.</param>
    /// <exception cref="BadInputException">Stratified, but the dataset has no labels; or the fraction is outside 0..1.</exception>
    public static (Dataset Train, Dataset Test) Random(Dataset dataset, double testFraction, Rng rng, bool stratify = false)
    {
        if (!(testFraction >= 0 && testFraction <= 1)) throw new BadInputException($"the test fraction is {testFraction}: expected 0 to 1");
        return Random(dataset, (int)Math.Round(testFraction * dataset.Count, MidpointRounding.AwayFromZero), rng, stratify);
    }

    /// <summary>Puts a number of rows into the test part.</summary>
    /// <param name="dataset">What is divided.</param>
    /// <param name="testCount">From 0 to the number of rows.</param>
    /// <param name="rng">One draw per class, or one if not stratified.</param>
    /// <param name="stratify">Keep the shares of the classes equal in both parts, to within a row.</param>
    /// <exception cref="BadInputException">Stratified, but the dataset has no labels; or there are not that many rows.</exception>
    public static (Dataset Train, Dataset Test) Random(Dataset dataset, int testCount, Rng rng, bool stratify = false)
    {
        if (testCount < 0 || testCount > dataset.Count)
            throw new BadInputException($"{dataset.Name} has {dataset.Count} rows: {testCount} cannot be set apart");
        if (stratify && dataset.Labels is null) throw new BadInputException($"{dataset.Name} has no labels: a stratified split needs them");
        var groups = stratify ? dataset.Labels!.Select((label, row) => (label, row)).GroupBy(pair => pair.label,
            pair => pair.row).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray()
            : [Enumerable.Range(0, dataset.Count).ToArray()];
        var isTest = new bool[dataset.Count];
        int[] shares = Apportion([.. groups.Select(group => group.Length)], testCount);
        for (int g = 0; g < groups.Length; g++)
        {
            rng.Shuffle<int>(groups[g]);
            foreach (int row in groups[g].AsSpan(0, shares[g])) isTest[row] = true;
        }
        return (dataset.Select(Where(isTest, false)), dataset.Select(Where(isTest, true)));
    }

    // Largest remainders: each share is its exact quota rounded down or up, and they add up.
    static int[] Apportion(int[] sizes, int total)
    {
        long all = sizes.Sum(size => (long)size);
        if (all == 0) return sizes;
        var shares = Array.ConvertAll(sizes, size => (int)((long)size * total / all));
        int missing = total - shares.Sum();
        foreach (int g in Enumerable.Range(0, sizes.Length).OrderByDescending(g => (long)sizes[g] * total % all).Take(missing)) shares[g]++;
        return shares;
    }

    static int[] Where(bool[] flags, bool value)
    {
        var rows = new List<int>();
        for (int r = 0; r < flags.Length; r++)
            if (flags[r] == value) rows.Add(r);
        return [.. rows];
    }
}
