namespace Boltzmann;

/// <summary>The positive phase of a machine of one hidden layer: exact, because the hidden units are independent given the data.</summary>
static class PositivePhase
{
    const int Hidden = 1;

    /// <summary>Bit mask for <see cref="Gradient.AddPhase"/>: the hidden layer holds means.</summary>
    public const uint HiddenMeans = 1u << Hidden;

    /// <summary>k, which every chain needs to be at least 1.</summary>
    public static int RequireSteps(int steps) => steps > 0 ? steps : throw new ArgumentOutOfRangeException(nameof(steps), $"k must be at least 1, not {steps}");

    /// <summary>Sets the hidden means given the data and adds the phase.</summary>
    public static void Add(EnergyModel model, in Batch batch, Gradient gradient)
    {
        State data = batch.State;
        model.SetInputs(data, Hidden, data.Inputs(Hidden));
        model.Layers[Hidden].SetMean(data.Inputs(Hidden), data[Hidden]);
        gradient.AddPositivePhase(batch, HiddenMeans);
    }
}
