namespace Boltzmann.Runs;

/// <summary>A search for settings: random trials, of which the better ones are trained longer, round by round.</summary>
/// <param name="Training">The training whose settings are searched; its epochs are those of the last round.</param>
public sealed record TunePlan(RunPlan Training)
{
    /// <summary>From round to round a third of the trials go on, to three times the epochs.</summary>
    public const int Factor = 3;

    /// <summary>What is searched, as NAME=VALUES (<see cref="SettingRange"/>); empty for the defaults of the training.</summary>
    public IReadOnlyList<string> Over { get; init; } = [];

    /// <summary>
    /// How many settings are tried. With rounds of a ninth, a third and all of the epochs, twenty trials cost about five trainings: a
    /// quarter of the epochs each.
    /// </summary>
    public int Budget
    {
        get; init => field = value >= 2 ? value
        : throw new BadInputException($"--budget must be at least 2, not {value}");
    } = 20;

    /// <summary>The metric of held-out rows that trials are chosen by; null for the most important one that is measured.</summary>
    public string? Metric { get; init; }

    /// <summary>Epochs of the first round; null for a ninth of the training's.</summary>
    public int? FirstEpochs
    {
        get; init => field = value is null or >= 1 ? value
        : throw new BadInputException($"--first-epochs must be at least 1, not {value}");
    }

    /// <summary>Epochs of each round: the first one's, three times as many, and so on up to all.</summary>
    /// <param name="epochs">Of the last round.</param>
    /// <param name="first">Of the first one; null for a ninth, rounded up.</param>
    /// <exception cref="BadInputException">The first round would be longer than the last.</exception>
    public static int[] Rounds(int epochs, int? first = null)
    {
        int start = first ?? (int)Math.Ceiling(epochs / (double)(Factor * Factor));
        if (start > epochs) throw new BadInputException($"--first-epochs {start} is more than the --epochs of the last round, {epochs}");
        var rounds = new List<int>();
        for (long at = start; at < epochs; at *= Factor) rounds.Add((int)at);
        return [.. rounds, epochs];
    }

    /// <summary>How many of so many trials go on to the next round: a third, at least one.</summary>
    public static int Survivors(int trials) => Math.Max(1, trials / Factor);
}
