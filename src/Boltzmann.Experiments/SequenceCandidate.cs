namespace Boltzmann.Experiments;

/// <summary>A machine with memory that an experiment tries.</summary>
/// <param name="Label">What the page calls it, and its folder.</param>
/// <param name="Plan">How it learns.</param>
sealed record SequenceCandidate(string Label, SequencePlan Plan)
{
    /// <summary>The candidate, tried before, whose machine it begins at; null for none.</summary>
    public string? From { get; init; }

    /// <summary>A dybm of a queue, with or without traces.</summary>
    public static SequenceCandidate Dybm(string data, DataScale scale, int delay, params double[] decays) =>
        new($"dybm, delay {delay}{(decays.Length == 0 ? "" : $", decays {string.Join(" ", decays)}")}", SequencePlan.Of(ModelKind.Dybm) with
        {
            Data = data,
            Scale = scale,
            Delay = delay,
            Decays = decays,
            L2 = 1e-8,
            // Steps of the maximiser, which ends by itself where none leads higher.
            Epochs = 2000,
        });

    /// <summary>The same, its best epoch by the predictions of held-out steps in place of their likelihood.</summary>
    public SequenceCandidate ByPredictions() => this with { Plan = Plan with { EarlyStopping = "rmse", Patience = Plan.Epochs } };

    /// <summary>A crbm, its best epoch by held-out steps.</summary>
    public static SequenceCandidate Crbm(string data, DataScale scale, int delay, int hidden, int epochs, double rate) =>
        new($"crbm, delay {delay}, {hidden} hidden", SequencePlan.Of(ModelKind.Crbm) with
        {
            Data = data,
            Scale = scale,
            Delay = delay,
            Hidden = hidden,
            Epochs = epochs,
            LearningRate = [rate],
            Keep = KeptEpoch.Best,
            L2 = 1e-5,
        });
}
