namespace Boltzmann.Cli.Training;

/// <summary>Which rows a training sets apart for validation: settled by the data, the number and the seed, so that they can be found again.</summary>
static class HeldOut
{
    const int Most = 5000;

    /// <summary>How many rows, as asked for or by default.</summary>
    /// <exception cref="BadInputException">None would be left to learn from.</exception>
    public static int Count(long? asked, Dataset all)
    {
        long held = asked ?? Math.Min(Most, all.Count / 10);
        return held >= 0 && held < all.Count ? (int)held
            : throw new BadInputException($"--validation-rows must leave rows to learn from: {all.Name} has {all.Count}, not more than {held}");
    }

    /// <summary>The rows to learn from, and those set apart.</summary>
    public static (Dataset Training, Dataset Validation) Divide(Dataset all, int held, ulong seed) => held == 0 ? (all, all.Take(0)) : Split.Random(all, held, new Rng(seed));
}
