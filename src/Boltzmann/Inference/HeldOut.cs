namespace Boltzmann.Runs;

/// <summary>
/// Which rows a training sets apart for validation: settled by the data, the number and the seed, so that they can be found again.
/// </summary>
static class HeldOut
{
    const int Most = 5000;

    /// <summary>
    /// The rows to learn from, and those to choose by: the set's own part for that unless a number is asked for, else a share of the
    /// training rows.
    /// </summary>
    /// <param name="source">Opens it.</param>
    /// <param name="name">A named set or a file.</param>
    /// <param name="options">Seed of generated sets, labels.</param>
    /// <param name="asked">How many rows to set apart; null for the default.</param>
    /// <param name="seed">Picks them.</param>
    /// <param name="stratify">Whether the rows set apart keep the shares of the classes.</param>
    /// <exception cref="BadInputException">The data cannot be read, none would be left to learn from, or there are no labels to stratify
    /// by.</exception>
    public static (Dataset Training, Dataset? Validation) Open(IDataSource source, string name, DataOptions options, long? asked,
        ulong seed, bool stratify)
    {
        Dataset training = source.Open(name, options);
        if (training.Count == 0) throw new BadInputException($"{training.Name} has no rows");
        if (asked is null && source.HasPart(name, DataSplit.Validation))
        {
            if (stratify)
                throw new BadInputException($"--stratify needs --validation-rows: {training.Name} comes with validation rows of its own");
            return (training, source.Open(name, options with { Split = DataSplit.Validation }));
        }
        long held = asked ?? Math.Min(Most, training.Count / 10);
        if (held == 0) return (training, null);
        if (held < 0 || held >= training.Count) throw new BadInputException("--validation-rows must leave rows to learn from: "
            + $"{training.Name} has {training.Count}, {held} cannot be held out");
        return Split.Random(training, (int)held, new Rng(seed), stratify);
    }
}
