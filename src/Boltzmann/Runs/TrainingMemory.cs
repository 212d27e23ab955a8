using System.Globalization;

namespace Boltzmann.Runs;

/// <summary>
/// The memory that a training will take for its parameters: known before any of it is taken. Data are there already, and batches and
/// chains are small beside weights.
/// </summary>
/// <param name="plan">What is to learn.</param>
/// <param name="hidden">Numbers of hidden units, by layer.</param>
/// <param name="visible">Columns of the rows.</param>
/// <param name="placement">How wide numbers are, and how large one matrix may be.</param>
sealed class TrainingMemory(TrainPlan plan, IReadOnlyList<int> hidden, int visible, Placement placement)
{
    const double Gigabyte = 1e9;

    // Less than this goes unsaid.
    const double Large = 2 * Gigabyte, LargeShare = 0.25;

    /// <summary>Says what a large training will take.</summary>
    /// <param name="free">Bytes that are free.</param>
    /// <param name="say">Takes the sentence.</param>
    /// <exception cref="BadInputException">It is more than there is; the message says what would fit.</exception>
    public void Check(double free, Action<string> say)
    {
        double needed = Needed(1);
        if (!Fits(1, free)) throw new BadInputException(Refusal(needed, free));
        if (needed > Large || needed > LargeShare * free)
            say($"training takes about {Amount(needed)} of memory beside the data; {Amount(free)} are free");
    }

    /// <summary>Bytes of memory that are not taken, by this program or, where a limit is set, by others.</summary>
    public static double Free => GC.GetGCMemoryInfo() is { TotalAvailableMemoryBytes: > 0 and long all } memory
        ? Math.Max(0, all - Math.Max(memory.MemoryLoadBytes, Environment.WorkingSet)) : double.PositiveInfinity;

    // Values, their gradient and the last step; a second moment; fast weights.
    int Copies => 3 + (plan.Optimizer == OptimizerKind.Adam ? 1 : 0) + (plan.Method == TrainingMethod.Fpcd ? 1 : 0);

    double Needed(double share) => Copies * Matrices(share).Sum();

    bool Fits(double share, double free) =>
        Needed(share) <= free && Matrices(share).All(bytes => bytes < placement.Backend.LargestAllocation);

    // Bytes of each matrix of weights with hidden layers of a share of their size.
    IEnumerable<double> Matrices(double share)
    {
        double[] sizes = [visible, .. hidden.Select(units => Math.Floor(units * share))];
        if (plan.Kind == ModelKind.Bm) sizes = [sizes.Sum(), sizes.Sum()];
        return sizes.Zip(sizes.Skip(1), (below, above) => below * above * placement.ElementBytes);
    }

    string Refusal(double needed, double free)
    {
        double low = 0, high = 1;
        for (int halving = 0; halving < 40; halving++)
        {
            double middle = (low + high) / 2;
            if (Fits(middle, free)) low = middle;
            else high = middle;
        }
        string[] fitting = [.. hidden.Select(units => RoundedDown(Math.Floor(units * low)).ToString("0", CultureInfo.InvariantCulture))];
        double largest = Matrices(1).Max();
        string limit = needed > free ? $"takes about {Amount(needed)} of memory, and {Amount(free)} are free"
            : $"has a matrix of {Amount(largest)}, and one can have {Amount(placement.Backend.LargestAllocation)} at most";
        string what = $"{string.Join(" × ", [visible, .. hidden])} units in {placement.Precision.ToString().ToLowerInvariant()}";
        return fitting.Length == 0 || fitting.Contains("0") ? $"a model of {what} {limit}"
            : $"a model of {what} {limit}; --hidden {string.Join(' ', fitting)} fits";
    }

    // To two digits: a promise of the last unit could not be kept.
    static double RoundedDown(double number)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, number))) - 1));
        return Math.Floor(number / unit) * unit;
    }

    static string Amount(double bytes) => string.Create(CultureInfo.InvariantCulture,
        $"{bytes / Gigabyte:0.#} GB");
}
